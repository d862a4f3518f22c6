"""Whole sessions in the running app: keys in, files out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.app import ARTICLE, MakeApp, main_screen
from support.disks import read_only
from textual.pilot import Pilot

from annotator.keys.registry import COMMANDS
from annotator.tui.actions.table import ACTIONS
from annotator.tui.app import AnnotatorApp

SIZE = (120, 40)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the background writer and the messages it posts are done."""
    main_screen(pilot.app).control.wait_for_disk()  # type: ignore[arg-type]
    await pilot.pause()


async def press(pilot: Pilot[Any], keys: str) -> None:
    """Press blank-separated keys."""
    await pilot.press(*keys.split())


def saved(folder: Path, name: str = "ferry.txt") -> dict[str, Any]:
    """Return the YAML of a document as PyYAML reads it."""
    text = (folder / "annotations" / "ada" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def caret_words(app: AnnotatorApp, count: int = 12) -> str:
    """Return the text that follows the caret."""
    session = main_screen(app).session
    return session.text[session.cursor.caret :][:count]


def status_line(app: AnnotatorApp) -> str:
    """Return what the status line says."""
    return main_screen(app).status_bar.render_line(0).text


def test_every_command_has_an_action() -> None:
    assert set(COMMANDS) - set(ACTIONS) - {"count"} == set()
    assert set(ACTIONS) - set(COMMANDS) == {f"value.{n}" for n in range(1, 10)} - set(COMMANDS)


async def test_from_the_first_key_to_the_saved_yaml(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s c 1 b p 1 b p ctrl+s")
        await settled(pilot)
    document = saved(folder)
    quotes = [(s["label"], s["quote"], s.get("attributes", {})) for s in document["spans"]]
    assert quotes == [
        ("claim", "The ferry Aurora left Port Hale on Monday.", {"worthiness": "check-worthy"}),
        ("placeholder", "[insert exact arrival time]", {"kind": "slot"}),
        ("placeholder", "[XX]", {}),
    ]
    for span in document["spans"]:
        assert ARTICLE[span["start"] : span["end"]] == span["quote"]
    assert document["status"] == "in-progress"


async def test_quitting_writes_the_yaml(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s c q")
        await settled(pilot)
    assert len(saved(folder)["spans"]) == 1


async def test_undo_works_across_restarts_and_caret_is_kept(
    make_app: MakeApp, folder: Path
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await press(pilot, "s c s c q")
        await settled(pilot)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        assert caret_words(app, 10) == "It carried"
        await press(pilot, "u")
        assert [s.quote for s in main_screen(app).session.annotations.index] == [
            "The ferry Aurora left Port Hale on Monday."
        ]
        await press(pilot, "U q")
        await settled(pilot)
    assert len(saved(folder)["spans"]) == 2


async def test_contradiction_is_linked_with_its_kind(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s c l slash n e v e r enter c l")
        await pilot.pause()
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "5 enter")
        await press(pilot, "q")
        await settled(pilot)
    (relation,) = saved(folder)["relations"]
    assert relation["type"] == "contradicts"
    assert relation["attributes"] == {"kind": "negation"}


async def test_counts_and_values_share_the_digits(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "3 w")
        assert caret_words(app, 3) == "Kes"
        await press(pilot, "s c 2")
        span = main_screen(app).session.active_span()
        assert span is not None
        assert span.attributes == {"worthiness": "unimportant"}
        await press(pilot, "number_sign 2 w")
        assert caret_words(app, 6) == "Aurora"


async def test_unknown_keys_say_so_and_change_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+g")
        assert "does nothing" in status_line(app)


async def test_search_counts_and_goes_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "slash f e r r y enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert main_screen(app).search.place() == (1, 4)
        await press(pilot, "N")
        assert main_screen(app).search.place() == (4, 4)
        await press(pilot, "n n")
        assert main_screen(app).search.place() == (2, 4)
        await press(pilot, "escape")
        assert main_screen(app).search.place() is None


async def test_read_only_refuses_edits_and_writes_nothing(make_app: MakeApp, folder: Path) -> None:
    app = make_app(read_only=True)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s c")
        assert "read-only" in status_line(app)
        assert not main_screen(app).session.annotations.spans
    assert [p.name for p in folder.iterdir()] == ["ferry.txt"]


async def test_a_disk_that_is_read_only_is_looked_at(make_app: MakeApp, folder: Path) -> None:
    with read_only(folder):
        app = make_app()
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            assert main_screen(app).session.read_only
            assert "to look only" in status_line(app)


async def test_a_second_app_is_offered_read_only(make_app: MakeApp) -> None:
    first, second = make_app(), make_app()
    async with first.run_test(size=SIZE) as pilot:
        await press(pilot, "s c")
        async with second.run_test(size=SIZE) as other:
            await other.pause()
            await press(other, "r")
            await other.pause()
            assert main_screen(second).session.read_only
            assert len(main_screen(second).session.annotations.spans) == 1


async def test_folder_done_advances_and_keeps_undo_per_document(
    make_app: MakeApp, folder: Path
) -> None:
    (folder / "second.txt").write_text("A second article. It is short.\n", encoding="utf-8")
    app = make_app(".")
    async with app.run_test(size=SIZE) as pilot:
        screen = main_screen(app)
        await press(pilot, "s c D")
        await pilot.pause()
        assert screen.session.document.id == "second.txt"
        await press(pilot, "c less_than_sign")
        await pilot.pause()
        assert screen.session.document.id == "ferry.txt"
        await press(pilot, "u u")
        assert not screen.session.annotations.spans
        await press(pilot, "greater_than_sign")
        await pilot.pause()
        assert len(screen.session.annotations.spans) == 1
        await settled(pilot)


async def test_sidebar_rows_jump_and_delete(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = main_screen(app)
        await press(pilot, "s c b p tab tab up enter")
        await pilot.pause()
        assert caret_words(app, 9) == "The ferry"
        assert screen.context == "article"
        await press(pilot, "tab tab d")
        await pilot.pause()
        assert [s.label for s in screen.session.annotations.index] == ["placeholder"]


async def test_mouse_places_the_caret_selects_words_and_sentences(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = main_screen(app)
        await pilot.click("#article", offset=(4 + 10, 2))
        assert caret_words(app, 6) == "Aurora"
        await pilot.click("#article", offset=(4 + 12, 2), times=2)
        assert screen.session.cursor.selection is not None
        assert screen.session.text[slice(*screen.session.cursor.selection)] == "Aurora"
        await pilot.click("#article", offset=(4 + 12, 2), times=3)
        assert screen.session.cursor.selection is not None
        selected = screen.session.text[slice(*screen.session.cursor.selection)]
        assert selected == "The ferry Aurora left Port Hale on Monday."


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12), (20, 6)])
async def test_small_screens_show_the_caret_and_take_keys(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "ctrl+end s c")
        await pilot.resize_terminal(*reversed(size))
        await pilot.resize_terminal(*size)
        pane = main_screen(app).pane
        first, last = pane.visible_range()
        assert first <= main_screen(app).session.cursor.caret <= last


@pytest.mark.parametrize("keymap", ["default", "vim", "emacs"])
async def test_labels_tag_in_every_shipped_keymap(make_app: MakeApp, keymap: str) -> None:
    app = make_app(keymap=keymap)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c")
        assert len(main_screen(app).session.annotations.spans) == 1


@pytest.mark.parametrize("text", ["", "\n", "\x00", "x" * 100_000, "\u2028\f\r\r\n\t \u200d"])
async def test_odd_texts_open_and_take_keys(make_app: MakeApp, folder: Path, text: str) -> None:
    (folder / "odd.txt").write_bytes(text.encode())
    app = make_app("odd.txt")
    async with app.run_test(size=(80, 24)) as pilot:
        keys = "right left down up w W s S a A b e t n space backspace v end home c p u U"
        await press(pilot, keys + " ctrl+end pagedown pageup Z z escape l escape m O K L")
        assert main_screen(app).session.text == text


async def test_a_capital_tags_the_whole_sentence(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+end W P")
        (span,) = main_screen(app).session.annotations.spans.values()
        assert (span.label, span.quote) == ("placeholder", "Would you like a shorter version?")


async def test_a_second_search_begins_empty_and_enter_alone_repeats_the_last(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        for keys, hits in (("slash f e r r y enter", 4), ("slash c r e w enter", 1)):
            await press(pilot, keys)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert len(main_screen(app).search.hits) == hits
        await press(pilot, "escape slash enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(main_screen(app).search.hits) == 1


async def test_going_there_and_back_at_once_is_not_kept_out_by_ones_own_lock(
    make_app: MakeApp, folder: Path
) -> None:
    (folder / "second.txt").write_text("A second article.\n", encoding="utf-8")
    app = make_app(".")
    async with app.run_test(size=SIZE) as pilot:
        screen = main_screen(app)
        await pilot.pause()
        for _ in range(3):
            screen.run_command("tag.claim")
            screen.run_command("document.next")
            screen.run_command("document.previous")
            screen.run_command("edit.undo")
        assert app.screen is screen
        assert not screen.session.annotations.spans


async def test_a_file_changed_by_someone_else_is_not_overwritten(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s c ctrl+s")
        await settled(pilot)
        path = folder / "annotations" / "ada" / "ferry.txt.yaml"
        path.write_text(path.read_text().replace("status: in-progress", "status: flagged"))
        await press(pilot, "b p ctrl+s")
        await settled(pilot)
        assert app.screen is not main_screen(app)
        await press(pilot, "r")
        await settled(pilot)
        assert main_screen(app).session.annotations.status == "flagged"
    assert [s["label"] for s in saved(folder)["spans"]] == ["claim", "placeholder"]
