"""Export the project in another program's format, and take another program's file in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..dialogs.choose import Choice, ChooseDialog
from ..dialogs.prompt import PromptDialog
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


@action("project.export")
def export(screen: MainScreen, _count: int | None) -> None:
    """Ask for a format and a file, and write the annotator's sets in a process of its own."""
    from ...formats.registry import loadable_formats

    formats = {one.name: one for one in loadable_formats() if one.make_writer is not None}
    choices = [Choice(one.name, one.name, "", one.title) for one in formats.values()]

    def chosen(name: str | None) -> None:
        if name is None:
            return
        found = formats[name]
        suffix = found.extensions[0] if found.output == "file" and found.extensions else ""
        # Beside the project: inside it, a .jsonl would be one of its documents the next time.
        root = screen.workspace.project.root
        place = root.with_name(f"{root.name}-{name}{suffix}")

        def answered(out: str | None) -> None:
            if out:
                arguments = ["export", str(root), "--to", name]
                arguments += ["--annotator", screen.workspace.annotator, "--output", out]
                _run(screen, arguments, f"exporting to {out}…")

        hint = "whose annotations: yours; annotator export --help knows more"
        screen.ask(PromptDialog(f"Export as {name} to", value=str(place), hint=hint), answered)

    screen.ask(ChooseDialog("Export in which format", choices), chosen)


@action("project.import")
def take_in(screen: MainScreen, _count: int | None) -> None:
    """Ask for a file and take it into the project in a process of its own."""
    root = screen.workspace.project.root

    def check(value: str) -> str:
        return "" if not value.strip() or Path(value).exists() else "there is no such file"

    def answered(file: str | None) -> None:
        if file and file.strip():
            _run(
                screen,
                ["import", file, "--into", str(root)],
                f"importing {file}…",
                "; open the project again to see new documents",
            )

    hint = "the format is found from the content"
    screen.ask(PromptDialog("Import which file", hint=hint, validate=check), answered)


def _run(screen: MainScreen, arguments: list[str], begun: str, then: str = "") -> None:
    """Run a command of the command line in a process of its own, and tell its last words.

    A process, since some formats load spaCy, which would hold up keys for seconds in a thread.
    """
    screen.save_now()
    screen.tell(begun)

    def work() -> None:
        # Everything that was tagged is in the journal, which the other process reads.
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "annotator", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        said = [line for line in done.stderr.splitlines() if line.strip()]
        told = " · ".join([*said[-1:], *said[:-1]]) or "done"
        failed = done.returncode != 0
        screen.app.call_from_thread(_told, screen, told if failed else told + then, failed)

    screen.run_worker(work, thread=True, group="interchange")


def _told(screen: MainScreen, message: str, failed: bool) -> None:
    screen.tell(message, "error" if failed else "information")
