"""Missed twins in other documents, in the running app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.app import MakeApp, main_screen
from support.widgets import screen_lines
from textual.pilot import Pilot

from annotator.session.document_session import Session
from annotator.tui.actions import twins as twins_action
from annotator.tui.dialogs.twins import TwinsDialog

SIZE = (80, 24)
SLOT = "[insert exact arrival time]"


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / "harbour.txt").write_text(
        f"Ships come in.\n\nThe next is due at {SLOT}, or at {SLOT}.\n", encoding="utf-8"
    )
    (folder / "quiet.txt").write_text("Nothing is due.\n", encoding="utf-8")
    return folder


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def ask(pilot: Pilot[Any]) -> None:
    """Tag the slot of the first document and look for its twins."""
    await pilot.press("b", "p", "_")
    await settled(pilot)


def status_of(session: Session) -> str:
    return session.annotations.status


def picture(pilot: Pilot[Any]) -> str:
    return "\n".join(screen_lines(pilot.app))


async def test_the_list_the_way_there_and_one_key_to_tag(make_app: MakeApp, corpus: Path) -> None:
    app = make_app("")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await ask(pilot)
        shown = picture(pilot)
        assert "2 places in 1 of 3 documents" in shown
        assert f"harbour.txt:3  due at {SLOT}" in shown
        assert "untagged → placeholder" in shown
        await pilot.press("down", "enter")
        await settled(pilot)
        session = main_screen(app).session
        assert session.document.id == "harbour.txt"
        assert session.text[session.cursor.caret :].startswith(f"{SLOT}.")
        await pilot.press("y")
        assert [s.quote for s in session.annotations.index] == [SLOT]
        # What is left is asked about before the document is done.
        await pilot.press("D")
        await settled(pilot)
        assert status_of(session) == "in-progress"
        await pilot.press("x", "D")
        await settled(pilot)
        assert status_of(session) == "done"
        await pilot.press("q")
    text = (corpus / "annotations" / "ada" / "harbour.txt.yaml").read_text(encoding="utf-8")
    (span,) = yaml.safe_load(text)["spans"]
    assert span["origin"]["from"] == "model:twins"
    assert span["origin"]["reasons"] == ["tagged placeholder once in ferry.txt"]


async def test_typing_filters_and_escape_ends_the_search(make_app: MakeApp, corpus: Path) -> None:
    (corpus / "pier.txt").write_text(f"Pier: {SLOT}\n", encoding="utf-8")
    app = make_app("")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await ask(pilot)
        await pilot.press(*"pier")
        assert "1 of 3" in picture(pilot)
        await pilot.press("escape", "escape")
        assert main_screen(app).session.document.id == "ferry.txt"
        assert app.screen is main_screen(app)


async def test_nothing_of_an_older_revision_is_shown(make_app: MakeApp, corpus: Path) -> None:
    app = make_app("")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        screen = main_screen(app)
        await pilot.press("b", "p")
        search = twins_action._Search(screen, screen.session)
        dialog = TwinsDialog(3, lambda: None)
        app.push_screen(dialog)
        await pilot.pause()
        screen.session.revision += 1
        spans = tuple(screen.session.annotations.spans.values())
        screen.run_worker(lambda: search.run(spans, dialog), thread=True)
        await settled(pilot)
        assert "was changed meanwhile" in picture(pilot)
        assert not dialog.list.rows


async def test_what_cannot_be_looked_for_is_said(make_app: MakeApp, folder: Path) -> None:
    app = make_app("")
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("_")
        assert "no other document" in picture(pilot)
        await pilot.press("q")
    (folder / "other.txt").write_bytes(b"\xff\xfe\xfa")
    app = make_app("")
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("_")
        assert "nothing is tagged here" in picture(pilot)
        await ask(pilot)
        assert "left out: other.txt" in picture(pilot)
