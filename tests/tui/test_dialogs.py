"""Prompt, form and confirm dialogs, driven by keys."""

from __future__ import annotations

from typing import Any

import pytest
from support.samples import SCHEME
from support.widgets import Host, answers, press, screen_lines, settle
from textual import events

from annotator.tui.dialogs.confirm import Answer, ConfirmDialog
from annotator.tui.dialogs.form import FormDialog, FormResult
from annotator.tui.dialogs.prompt import PromptDialog


def text_of(app: Host) -> str:
    return "\n".join(screen_lines(app))


async def test_a_prompt() -> None:
    cases = {
        ("enter",): "old",
        ("x", "enter"): "oldx",
        ("ctrl+u", "[", "b", "enter"): "[b",
        ("x", "escape"): None,
    }
    found = await answers(*((PromptDialog("Search", value="old"), keys) for keys in cases))
    assert found == list(cases.values())


async def test_a_prompt_of_several_lines() -> None:
    dialog = PromptDialog("Note", value="one", multiline=True)
    keys = ["ctrl+j", "t", "w", "o", "up", "home", "x", "enter"]
    assert await answers((dialog, keys)) == ["xone\ntwo"]


async def test_what_is_wrong_is_said_and_not_taken() -> None:
    dialog = PromptDialog("Line", validate=lambda v: "" if v.isdigit() else "a number, please")
    app = Host(dialog=dialog)
    async with app.run_test(size=(60, 12)) as pilot:
        await press(pilot, "x", "enter")
        assert app.answers == []
        assert "✗ a number, please" in text_of(app)
        await press(pilot, "backspace")
        assert "a number" not in text_of(app)
        await press(pilot, "7", "enter")
        assert app.answers == ["7"]


async def test_matches_are_counted_for_the_text_as_it_stands() -> None:
    seen: list[str] = []

    def count(pattern: str) -> str:
        seen.append(pattern)
        return f"{len(pattern)} matches"

    app = Host(dialog=PromptDialog("Search", value="a", on_change=count))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        assert "1 matches" in text_of(app)
        await press(pilot, "b", "c")
        assert "3 matches" in text_of(app)
        assert seen[-1] == "abc"
        await press(pilot, "left")
        assert seen[-1] == "abc"


async def test_pasted_lines_become_one_in_a_one_line_prompt() -> None:
    dialog = PromptDialog("Search")
    app = Host(dialog=dialog)
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        dialog.post_message(events.Paste("two\nlines"))
        await press(pilot, "enter")
        assert app.answers == ["two lines"]


async def test_titles_and_values_are_text_and_never_markup() -> None:
    app = Host(dialog=PromptDialog("[b]\x1b[31m title", value="[@click=app.quit]x[/]\x1b"))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "[b]␛[31m title" in shown
        assert "[@click=app.quit]x[/]␛" in shown


CLAIM = SCHEME.labels["claim"].attributes


def claim_form(**more: Any) -> FormDialog:
    return FormDialog("claim", CLAIM, {"worth": "high"}, quote="The [b]ferry[/] left.", **more)


async def test_a_form_is_saved_by_enter_and_left_by_escape() -> None:
    found = await answers(
        (claim_form(note="n"), ["2", "tab", "1", "enter"]),
        (claim_form(), ["2", "escape"]),
        (claim_form(start="note"), ["h", "i", "enter"]),
    )
    assert found == [
        FormResult({"worth": "low", "kinds": ["number"]}, "n"),
        None,
        FormResult({"worth": "high"}, "hi"),
    ]


async def test_a_wrong_number_keeps_the_form_open() -> None:
    app = Host(dialog=claim_form(start="share"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "enter")
        assert app.answers == []
        assert "✗ 'x' is not a number" in text_of(app)
        await press(pilot, "backspace", "2", "enter")
        assert app.answers == [FormResult({"worth": "high", "share": 2}, "")]


async def test_a_form_takes_pasted_text() -> None:
    dialog = claim_form(start="claimer")
    app = Host(dialog=dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        dialog.post_message(events.Paste("the\noperator"))
        await press(pilot, "enter")
        assert app.answers == [FormResult({"worth": "high", "claimer": "the operator"}, "")]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_field_of_a_form_comes_into_view(size: tuple[int, int]) -> None:
    app = Host(dialog=claim_form())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name in [*CLAIM, "note"]:
            assert f"▌{name}" in text_of(app), name
            assert "enter save" in text_of(app)
            await press(pilot, "tab")


async def test_a_form_key_costs_one_frame() -> None:
    app = Host(dialog=claim_form())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await pilot.pause()  # the dialog's own first layouts may come late
        frames = app.frames
        await press(pilot, "3")
        assert app.frames == frames + 1


ANSWERS = [Answer("look", "r", "open it read-only"), Answer("leave", "q", "quit")]


async def test_a_question() -> None:
    cases = {
        ("enter",): "leave",
        ("r",): "look",
        ("up", "enter"): "look",
        ("x", "q"): "leave",
        ("escape",): None,
    }

    def question() -> ConfirmDialog:
        return ConfirmDialog("In use", "by another process", ANSWERS, default="leave")

    assert await answers(*((question(), keys) for keys in cases)) == list(cases.values())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_long_question_leaves_room_for_its_answers(size: tuple[int, int]) -> None:
    app = Host(dialog=ConfirmDialog("In use", "very long " * 60, ANSWERS))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "…" in shown
        assert all(answer.text in shown for answer in ANSWERS)
        assert "esc leave it" in shown


async def test_a_dialog_fits_a_screen_that_shrinks() -> None:
    app = Host(dialog=claim_form())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.resize_terminal(40, 12)
        await settle(pilot)
        lines = screen_lines(app)
        assert lines[0].startswith("╭")
        assert lines[-1].startswith("╰")
        assert "▌worth" in text_of(app)
