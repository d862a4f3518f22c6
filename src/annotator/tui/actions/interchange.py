"""Export the project in another program's format, and take another program's file in.

One at a time: asked for another, the app asks whether the one under way shall go on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from ..dialogs.choose import Choice, ChooseDialog
from ..dialogs.confirm import Answer, ConfirmDialog
from ..dialogs.prompt import PromptDialog
from ..dialogs.report import ReportDialog
from ..transfer import Transfer
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


@action("project.export")
def export(screen: MainScreen, _count: int | None) -> None:
    """Ask for a format and a file, and write the annotator's sets in a process of its own."""
    from ...formats.registry import loadable_formats

    if _is_busy(screen):
        return
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
    if _is_busy(screen):
        return
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
    """Run a command of the command line beside the app, and tell what it said."""
    screen.save_now()
    call = screen.app.call_from_thread
    # Everything that was tagged is in the journal, which the other process reads.
    transfer = Transfer(arguments, begun, lambda message: call(_follow, screen, begun, message))
    screen.transfer = transfer
    screen.tell(begun)

    def work() -> None:
        worker = get_current_worker()
        said, status = transfer.run(lambda: not worker.is_cancelled)
        if worker.is_cancelled:
            return  # the app is being closed
        if transfer.stopped and status:
            call(_told, screen, ["stopped: nothing was written"], False)
        else:
            failed = status > 1  # 1: done, and something was kept aside
            last = (said or ["done"])[-1] + ("" if failed else then)
            call(_told, screen, [*said[:-1], last], failed)

    screen.run_worker(work, thread=True, group="interchange")


def _follow(screen: MainScreen, begun: str, message: str) -> None:
    """Show how far it is, unless something else is told."""
    shown = screen.status_bar.state.message
    if not shown or shown.startswith(begun):
        screen.tell(message)


def _told(screen: MainScreen, said: list[str], failed: bool) -> None:
    """Show the end in the status line, and all that was said where that is more."""
    screen.transfer = None
    screen.tell(said[-1], "error" if failed else "information")
    alone = len(screen.app.screen_stack) == 1
    if alone and (len(said) > 1 or len(said[-1]) > screen.size.width // 2):
        title = "Not done" if failed else "Done"
        screen.ask(ReportDialog(title, said), lambda _answer: None)


def _is_busy(screen: MainScreen) -> bool:
    """Ask about what is under way, if something is."""
    transfer = screen.transfer
    if transfer is None:
        return False
    answers = (
        Answer("on", "g", "let it go on"),
        Answer("stop", "s", "stop it: nothing of it is kept"),
    )

    def answered(answer: str | None) -> None:
        if answer == "stop" and screen.transfer is transfer:
            screen.tell("stopping…")
            screen.run_worker(transfer.stop, thread=True, group="interchange-stop")

    screen.ask(ConfirmDialog("Under way", transfer.message, answers), answered)
    return True
