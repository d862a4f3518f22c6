"""``annotator``: finds the command, runs it, and turns every failure into a line and a status.

A first argument that is the name of a command is that command, even where a file has the same
name: ``annotator ./keys`` or ``annotator -- keys`` opens the file. Everything else opens the app.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from ..domain.errors import AnnotatorError
from .output import abandon_stdout, complain, flush, lenient, say

FINE, FINDINGS, BAD_INPUT = 0, 1, 2
"""Exit statuses: all is well; something was found; wrong usage or bad input."""
INTERRUPTED, BROKEN_PIPE = 130, 141
"""Exit statuses of a shell for ctrl+c and for a reader that went away."""


class CommandEntry(NamedTuple):
    """A command of the command line.

    Attributes:
        module: the module in this package with ``configure(parser)`` and ``run(arguments)``.
        summary: what it does, one line.
    """

    module: str
    summary: str


COMMANDS = {
    "suggest": CommandEntry("suggest", "have placeholders, claims and the like proposed"),
    "validate": CommandEntry("validate", "check annotation files, a folder or a project"),
    "audit": CommandEntry("audit", "find what is still open in an article before it is published"),
    "twins": CommandEntry(
        "twins", "find what is tagged in one place and not, or not so, in another"
    ),
    "adjudicate": CommandEntry("adjudicate", "decide between annotators, into a gold set"),
    "diff": CommandEntry("diff", "show what differs between two annotation sets of a document"),
    "reanchor": CommandEntry("reanchor", "move spans to where their words are in edited texts"),
    "stats": CommandEntry("stats", "count spans, coverage, decisions, time and keys of a project"),
    "history": CommandEntry("history", "show who changed what when in a document"),
    "agree": CommandEntry("agree", "measure how far annotators agree"),
    "train": CommandEntry("train", "learn from your own decisions which sentences are claims"),
    "export": CommandEntry("export", "write annotations in another program's format"),
    "import": CommandEntry("import_", "take another program's file into a project"),
    "formats": CommandEntry("formats", "show what each format of export and import can hold"),
    "keys": CommandEntry("keys", "show a keymap, or check one of your own"),
    "schema": CommandEntry("schema", "print the JSON Schema of a file format"),
    "paths": CommandEntry("paths", "show the folders that are in use"),
    "doctor": CommandEntry("doctor", "check Python, packages, pipeline, terminal and folders"),
}
OPEN = CommandEntry("open", "open a text, a folder, a .jsonl file or a project in the app")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments without the program's name; None for those of the process.

    Returns:
        The exit status: 0 fine, 1 findings, 2 wrong usage or bad input.
    """
    lenient(sys.stdout)
    lenient(sys.stderr)
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        flush()
    except BrokenPipeError:
        abandon_stdout()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except AnnotatorError as error:
        complain(error)
        return BAD_INPUT
    except OSError as error:
        abandon_stdout()
        what = error.strerror or str(error)
        say(f"annotator: {error.filename}: {what}" if error.filename else f"annotator: {what}")
        return BAD_INPUT
    return status


def parser_of(name: str) -> ArgumentParser:
    """Return the argument parser of a command; ``open`` is ``annotator [PATH]`` itself."""
    entry = OPEN if name == "open" else COMMANDS[name]
    parser = ArgumentParser(
        prog="annotator" if name == "open" else f"annotator {name}",
        description=f"{entry.summary[0].upper()}{entry.summary[1:]}.",
        epilog=_overview() if name == "open" else None,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    import_module(f"{__package__}.{entry.module}").configure(parser)
    return parser


def _run(argv: list[str]) -> int:
    name = argv[0] if argv and argv[0] in COMMANDS else "open"
    try:
        arguments = parser_of(name).parse_args(argv if name == "open" else argv[1:])
    except SystemExit as stop:
        flush()
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    entry = OPEN if name == "open" else COMMANDS[name]
    status: int = import_module(f"{__package__}.{entry.module}").run(arguments)
    return status


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  annotator {name:{width}} {entry.summary}" for name, entry in COMMANDS.items()]
    commands = "\n".join(lines)
    return (
        f"commands:\n{commands}\n\n"
        "'annotator COMMAND --help' tells more. A file with the name of a command is opened with\n"
        "a slash: annotator ./keys\n\n"
        "exit status: 0 fine, 1 findings, 2 wrong usage or bad input"
    )
