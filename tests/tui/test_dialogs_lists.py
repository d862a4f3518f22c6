"""Dialogs that ask to choose from a list: choices, documents, relations, help, palette."""

from __future__ import annotations

import pytest
from support.samples import SCHEME
from support.widgets import Host, answers, press, screen_lines, settle

from annotator.keys.keymap import default_keymap
from annotator.keys.registry import COMMANDS
from annotator.tui.dialogs.choose import Choice, ChooseDialog, keyed
from annotator.tui.dialogs.documents import (
    DocumentItem,
    DocumentRows,
    DocumentsDialog,
    common_folder,
    counts_text,
)
from annotator.tui.dialogs.help import HelpDialog
from annotator.tui.dialogs.relations import RelationAction, RelationItem, RelationsDialog
from annotator.tui.palette import PaletteDialog

KEYMAP = default_keymap()


def text_of(app: Host) -> str:
    return "\n".join(screen_lines(app))


LABELS = [
    Choice("claim", "claim", "c", "A [b]statement[/]", "label.claim"),
    Choice("gap", "gap", "g", "A hole"),
]
RELATIONS = [
    Choice(name, name)
    for name in ("contradicts", "restates", "supports", "blocks", "answers", "1-to-1")
]


async def test_choosing() -> None:
    cases: list[tuple[list[Choice], list[str], str | None]] = [
        (LABELS, ["g"], "gap"),
        (LABELS, ["enter"], "gap"),
        (LABELS, ["up", "enter"], "claim"),
        (LABELS, ["x", "c"], "claim"),
        (LABELS, ["escape"], None),
        (RELATIONS, ["3"], "supports"),
        (RELATIONS, ["b", "enter"], "blocks"),
        (RELATIONS, ["/", "1", "-", "enter"], "1-to-1"),
        (RELATIONS, ["s", "u", "p", "1", "backspace", "enter"], "supports"),
        (RELATIONS, ["z", "enter", "escape", "2"], "restates"),
        (RELATIONS, ["r", "backspace", "6"], "1-to-1"),
    ]
    found = await answers(
        *((ChooseDialog("Which?", choices, current="gap"), keys) for choices, keys, _ in cases)
    )
    assert found == [expected for _, _, expected in cases]


async def test_choices_show_their_keys_and_what_holds_now() -> None:
    app = Host(dialog=ChooseDialog("Relabel", LABELS, current="gap", subtitle="The [i]ferry"))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "The [i]ferry" in shown
        assert "  c  claim  A [b]statement[/]" in shown
        assert "▌● g  gap    A hole" in shown


def test_keys_of_choices_never_clash() -> None:
    choices = [Choice("a", "a", "2"), Choice("b", "b"), Choice("c", "c", "2"), Choice("d", "d")]
    found = {key: choice.id for key, choice in keyed(choices).items()}
    assert found == {"2": "a", "3": "c", "4": "d"}


def describe(place: int) -> DocumentItem:
    status = ("done", "in-progress", "flagged", "new")[place % 4]
    return DocumentItem(f"news/{place:03}.txt", status, {"claim": place, "gap": 2}, place % 2)


async def test_documents() -> None:
    ids = [describe(place).id for place in range(30)]
    app = Host(dialog=DocumentsDialog(ids, 7, describe))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "Documents · news/" in shown
        assert "▌● · 007.txt" in shown
        assert "7c 2g 1↔  new" in shown
        await press(pilot, "0", "1")
        assert "10 of 30" not in text_of(app)
        assert "11 of 30" in text_of(app)
        await press(pilot, "1", "enter")
        assert app.answers == [11]


async def test_a_shorter_filter_brings_documents_back() -> None:
    dialog = DocumentsDialog([describe(place).id for place in range(30)], 7, describe)
    keys = [*"011", "backspace", "backspace", "backspace", *"005", "enter"]
    assert await answers((dialog, keys)) == [5]


async def test_documents_can_be_filtered_by_status() -> None:
    dialog = DocumentsDialog([describe(place).id for place in range(30)], 7, describe)
    assert await answers((dialog, [*"flag", "down", "enter"])) == [6]


async def test_of_very_many_documents_only_those_in_view_are_described() -> None:
    described: list[int] = []

    def watched(place: int) -> DocumentItem:
        described.append(place)
        return describe(place)

    dialog = DocumentsDialog([f"d{place}" for place in range(100_000)], 50_000, watched)
    app = Host(dialog=dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"d999")
        assert "111 of 100,000" in text_of(app)
        await press(pilot, "enter")
        assert app.answers == [999]
        assert len(set(described)) < 200


def test_the_folder_that_all_documents_share() -> None:
    assert common_folder(["a/b/c.txt", "a/b/d.txt"]) == "a/b/"
    assert common_folder(["a/b/c.txt", "a/bc.txt"]) == "a/"
    assert common_folder(["a.txt", "b.txt"]) == ""
    assert common_folder(["a/b.txt"]) == ""
    assert common_folder([]) == ""
    assert common_folder(["a/b", "a/b/c"]) == "a/"


def test_counts_are_as_short_as_they_stay_apart() -> None:
    counts = {"claim": 12, "cause": 3, "gap": 0}
    assert counts_text(DocumentItem("x", "new", counts, 0)) == "3ca 12cl"
    assert counts_text(DocumentItem("x", "new", {"a": 1, "ab": 2}, 4)) == "1a 2ab 4↔"


def test_document_rows_find_their_place() -> None:
    rows = DocumentRows([4, 8], describe, 8)
    assert rows.index_of("8") == 1
    assert rows.index_of("5") is None
    assert rows.index_of("") is None


ITEMS = [
    RelationItem("r1", "contradicts", True, True, "s4", "claim", "It [b]never left.", 70, "kind x"),
    RelationItem("r2", "blocks", False, False, "s3", "gap", "[XX]", 45),
]


async def test_relations() -> None:
    cases = {
        ("enter",): RelationAction("follow", "r1"),
        ("down", "e"): RelationAction("edit", "r2"),
        ("d",): RelationAction("remove", "r1"),
        ("down", "delete"): RelationAction("remove", "r2"),
        ("escape",): None,
    }
    found = await answers(*((RelationsDialog("The ferry", ITEMS), keys) for keys in cases))
    assert found == list(cases.values())


async def test_what_relations_look_like() -> None:
    app = Host(dialog=RelationsDialog("The ferry left.", ITEMS))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "▌↔ contradicts  It [b]never left." in shown
        assert "← blocks       [XX]" in shown
        assert "kind x" in shown


async def test_help_lists_labels_and_commands_and_runs_what_is_chosen() -> None:
    app = Host(dialog=HelpDialog(KEYMAP, SCHEME))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Keys · default" in text_of(app)
        await press(pilot, *"gap")
        shown = text_of(app)
        assert "Tag as gap" in shown
        assert "Move one" not in shown
        await press(pilot, "enter")
        assert app.answers == ["tag.gap"]


async def test_help_of_a_list_names_only_what_can_be_done_there() -> None:
    app = Host(dialog=HelpDialog(KEYMAP, SCHEME, ("list", "global")))
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "Fold or unfold" in shown
        assert "Tag as" not in shown


async def test_a_help_row_that_stands_for_several_commands_runs_none() -> None:
    dialog = HelpDialog(KEYMAP, SCHEME)
    assert await answers((dialog, [*"that value", "enter"])) == ["still open"]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_help_can_be_read_to_its_end(size: tuple[int, int]) -> None:
    app = Host(dialog=HelpDialog(KEYMAP, SCHEME, ("article",)))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "end")
        assert COMMANDS["search.clear"].description[:20] in text_of(app)


async def test_the_palette_finds_commands_by_words_and_by_id() -> None:
    def palette() -> PaletteDialog:
        return PaletteDialog(KEYMAP, ("article", "global"), SCHEME)

    found = await answers(
        (palette(), [*"relab", "enter"]),
        (palette(), [*"undo", "enter"]),
        (palette(), [*"as cl", "enter"]),
        (palette(), ["escape"]),
    )
    assert found == ["span.relabel", "edit.undo", "tag.claim", None]


async def test_the_palette_begins_with_what_was_used_lately() -> None:
    dialog = PaletteDialog(
        KEYMAP, ("article", "global"), SCHEME, recent=["app.theme", "gone", "tag.gap"]
    )
    assert [row.key for row in dialog.rows_for("")[:3]] == ["app.theme", "tag.gap", "tag.claim"]
    keys = [row.key for row in dialog.rows_for("")]
    assert len(set(keys)) == len(keys)


def test_the_palette_hides_what_cannot_be_done_here() -> None:
    dialog = PaletteDialog(KEYMAP, ("list", "global"), SCHEME)
    shown = {row.key for row in dialog.rows_for("")}
    assert "list.fold" in shown
    assert not {"move.left", "tag.claim", "app.palette", "count"} & shown


async def test_every_command_of_the_article_can_be_reached_by_the_palette() -> None:
    dialog = PaletteDialog(KEYMAP, ("article", "global"), SCHEME)
    shown = {row.key for row in dialog.rows_for("")}
    wanted = {
        command.id
        for command in COMMANDS.values()
        if command.contexts[0] != "list" and not command.id.startswith("value.")
    }
    assert wanted - {"count", "app.palette"} <= shown


async def test_a_click_chooses() -> None:
    dialog = ChooseDialog("Which?", LABELS)
    app = Host(dialog=dialog)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click(dialog.list, offset=(10, 1))
        await settle(pilot)
        assert app.answers == ["gap"]
