"""Export and import from the running app."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.app import MakeApp, main_screen
from textual.pilot import Pilot

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.store.opening import reference
from annotator.store.yaml_emitter import dump_set
from annotator.tui.dialogs.report import ReportDialog


async def test_what_was_tagged_is_exported_at_once(make_app: MakeApp, folder: Path) -> None:
    app = make_app(".")
    async with app.run_test(size=(160, 30)) as pilot:
        await pilot.press("s", "c")
        screen = main_screen(app)
        screen.run_command("project.export")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "wrote 1 span" in screen.status_bar.render_line(0).text
    (line,) = (folder.parent / "work-prodigy.jsonl").read_text(encoding="utf-8").splitlines()
    (span,) = json.loads(line)["spans"]
    assert span["label"] == "claim"


async def test_a_file_is_taken_in_and_a_failure_is_told(make_app: MakeApp, folder: Path) -> None:
    (folder / "annotator.yaml").write_text("scheme: claims-and-placeholders\n", encoding="utf-8")
    task = {"text": "It rained.", "spans": [{"start": 0, "end": 2, "label": "claim"}]}
    data = folder.parent / "tasks.jsonl"
    data.write_text(json.dumps(task) + "\n", encoding="utf-8")
    app = make_app(".")
    async with app.run_test(size=(160, 30)) as pilot:
        screen = main_screen(app)
        for content, expected in (("", "open the project again"), ("{", "annotator:")):
            data.write_text(content or data.read_text(encoding="utf-8"), encoding="utf-8")
            screen.run_command("project.import")
            await pilot.pause()
            await pilot.press(*str(data), "enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert expected in screen.status_bar.state.message


async def test_a_long_export_tells_how_far_it_is_and_can_be_stopped(
    make_app: MakeApp, folder: Path
) -> None:
    # Big enough to be seen at work; nothing waits for its end.
    words = "The ferry left Port Hale with twelve people on board. " * 400
    for number in range(400):
        (folder / f"n{number}.txt").write_text(words, encoding="utf-8")
        there = folder / "annotations" / "ada" / f"n{number}.txt.yaml"
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(dump_set(one_claim(f"n{number}.txt", words)).encode("utf-8"))
    app = make_app(".")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = main_screen(app)
        screen.run_command("project.export")
        await pilot.pause()
        await pilot.press("/", *"conll", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: " of 40" in screen.status_bar.state.message)
        screen.run_command("project.import")
        await pilot.pause()
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "stopped: nothing was written" in screen.status_bar.state.message
        assert screen.transfer is None
    assert not [path for path in folder.parent.iterdir() if "conll" in path.name]


async def test_the_whole_loss_report_can_be_read(make_app: MakeApp, folder: Path) -> None:
    there = folder / "annotations" / "ada" / "ferry.txt.yaml"
    there.parent.mkdir(parents=True, exist_ok=True)
    text = (folder / "ferry.txt").read_text(encoding="utf-8")
    there.write_bytes(dump_set(one_claim("ferry.txt", text)).encode("utf-8"))
    app = make_app(".")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = main_screen(app)
        screen.run_command("project.export")
        await pilot.pause()
        await pilot.press("/", *"claimreview", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, ReportDialog)
        lines = " ".join(dialog.list.render_line(y).text for y in range(dialog.list.size.height))
        assert "cannot hold: 1 spans without a verdict" in " ".join(lines.split())
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen


def one_claim(document_id: str, text: str) -> AnnotationSet:
    """Return ada's claim at the beginning of a document."""
    span = Span(id="s1", label="claim", start=0, end=9, quote=text[:9])
    document = reference(Document.of(document_id, text))
    return AnnotationSet(document, "ada", "claims-and-placeholders/1", spans=[span])


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds; a test that waits in vain is ended by its timeout."""
    while not holds():
        await pilot.pause(0.02)
