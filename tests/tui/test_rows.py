"""The list widget: one frame a key, only touched lines repainted, keys, mouse and fold."""

from __future__ import annotations

from support.widgets import Host, press, screen_lines, settle
from textual import events
from textual.strip import Strip

from annotator.tui.row_model import Row
from annotator.tui.rows import RowList


def rows(count: int) -> list[Row]:
    return [Row(str(i), ((f"row {i}", ""),)) for i in range(count)]


class ListHost(Host):
    """Keeps the messages of its list."""

    def __init__(self, row_list: RowList) -> None:
        super().__init__(row_list)
        self.said: list[str] = []

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.said.append(f"chosen {event.row.key}")

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        self.said.append(f"highlighted {event.row.key}")

    def on_row_list_fold(self, event: RowList.Fold) -> None:
        self.said.append(f"fold {event.row.key}")


async def test_a_key_costs_one_frame_and_no_layout() -> None:
    row_list = RowList(rows(100), heading=[("Rows", "")])
    row_list.styles.height = 10
    app = Host(row_list)
    async with app.run_test(size=(30, 12)) as pilot:
        row_list.focus()
        await settle(pilot)
        for key in ("down", "down", "pagedown", "end", "up"):
            frames, layouts = app.frames, row_list._layout_updates
            await press(pilot, key)
            await settle(pilot)
            assert app.frames == frames + 1, key
            assert row_list._layout_updates == layouts, key


async def test_other_rows_need_no_layout_either() -> None:
    row_list = RowList(rows(3))
    app = Host(row_list)
    async with app.run_test(size=(30, 12)) as pilot:
        layouts = row_list._layout_updates
        row_list.set_rows(rows(50))
        row_list.set_heading([("x", "")])
        await settle(pilot)
        assert row_list._layout_updates == layouts


async def test_only_the_touched_lines_are_drawn_again() -> None:
    drawn: list[int] = []

    class Watched(RowList):
        def render_line(self, y: int) -> Strip:
            drawn.append(y)
            return super().render_line(y)

    row_list = Watched(rows(100))
    async with Host(row_list).run_test(size=(30, 12)) as pilot:
        row_list.focus()
        await settle(pilot)
        drawn.clear()
        await press(pilot, "down")
        await settle(pilot)
        assert sorted(set(drawn)) == [0, 1]


async def test_what_it_looks_like() -> None:
    row_list = RowList(
        [Row("g", (("People", "strong"),), foldable=True, right="2"), Row("k", (("Kim", ""),), 1)],
        heading=[("Entities", ""), (" 2", "muted")],
    )
    row_list.set_heading([("Entities", ""), (" 2", "muted")], [("reading 40 %", "muted")])
    app = Host(row_list)
    async with app.run_test(size=(30, 4)) as pilot:
        row_list.focus()
        await settle(pilot)
        assert screen_lines(app) == [
            " Entities 2      reading 40 %",
            "▌▾ People                   2",
            "   Kim",
            "",
        ]


async def test_a_heading_without_room_crops_what_stands_behind_its_title() -> None:
    row_list = RowList(rows(1), heading=[("Entities", "")])
    row_list.set_heading([("Entities", "")], [("no pipeline: en_core_web_sm is missing", "muted")])
    app = Host(row_list)
    async with app.run_test(size=(24, 3)):
        assert screen_lines(app)[0] == " Entities  no pipeline:…"


async def test_keys_choose_and_fold() -> None:
    row_list = RowList(
        [
            Row("g", (("group", ""),), foldable=True),
            Row("m", (("mention", ""),), depth=1, target=(3, 9)),
        ]
    )
    app = ListHost(row_list)
    async with app.run_test(size=(30, 12)) as pilot:
        row_list.focus()
        await press(pilot, "enter", "down", "enter", "space")
        await settle(pilot)
        assert app.said == ["fold g", "highlighted m", "chosen m", "highlighted g", "fold g"]


async def test_keys_of_another_keymap_and_the_hook_come_first() -> None:
    seen: list[str] = []

    def hook(event: events.Key) -> bool:
        seen.append(event.key)
        return event.key == "x"

    row_list = RowList(rows(9), list_keys={"j": "list.down"}, key_hook=hook)
    async with Host(row_list).run_test(size=(30, 12)) as pilot:
        row_list.focus()
        await press(pilot, "j", "x", "down")
        assert seen == ["j", "x", "down"]
        assert row_list.highlighted == 1


async def test_mouse() -> None:
    row_list = RowList([*rows(40), Row("f", (("fold", ""),), foldable=True)], heading=[("H", "")])
    app = ListHost(row_list)
    async with app.run_test(size=(30, 11)) as pilot:
        await pilot.click(row_list, offset=(5, 3))
        await settle(pilot)
        assert app.said == ["highlighted 2", "chosen 2"]
        await pilot._post_mouse_events([events.MouseScrollDown], row_list, offset=(5, 5))
        await settle(pilot)
        assert (row_list.state.top, row_list.highlighted) == (3, 2)
        await pilot.mouse_down(row_list, offset=(29, 10))
        await pilot.mouse_up(row_list, offset=(29, 10))
        assert row_list.state.top == 31
        app.said.clear()
        await pilot.click(row_list, offset=(1, 10))
        await settle(pilot)
        assert app.said == ["highlighted f", "fold f"]


async def test_a_click_beside_the_rows_chooses_nothing() -> None:
    row_list = RowList(rows(2), heading=[("H", "")])
    app = ListHost(row_list)
    async with app.run_test(size=(30, 11)) as pilot:
        await pilot.click(row_list, offset=(5, 0))
        await pilot.click(row_list, offset=(5, 8))
        assert app.said == []


async def test_the_highlight_is_followed_into_view_and_told_to_nobody() -> None:
    row_list = RowList(rows(100))
    app = ListHost(row_list)
    async with app.run_test(size=(30, 10)) as pilot:
        assert row_list.highlight_key("70")
        assert not row_list.highlight_key("none")
        await settle(pilot)
        assert row_list.state.top == 65
        assert app.said == []
        assert "▌row 70" in screen_lines(app)[5]


async def test_the_first_paint_already_knows_the_height() -> None:
    row_list = RowList(rows(6))
    row_list.highlight_key("4")
    app = Host(row_list)
    async with app.run_test(size=(30, 10)):
        assert screen_lines(app)[0] == " row 0"


async def test_an_empty_list_says_so() -> None:
    app = Host(RowList(empty="none [found]"))
    async with app.run_test(size=(30, 3)):
        assert screen_lines(app)[0] == " none [found]"
