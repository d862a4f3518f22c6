"""Export and import from the running app."""

from __future__ import annotations

import json
from pathlib import Path

from support.app import MakeApp, main_screen


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
