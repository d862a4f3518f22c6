"""``annotator [PATH]``: opens the app."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..domain.errors import AnnotatorError
from ..session_options import OpenOptions

if TYPE_CHECKING:
    from ..store.project import Project


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator [PATH]``."""
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="a .txt or .md file, a folder, a .jsonl file or a project; without it the sample",
    )
    parser.add_argument("--annotator", metavar="NAME", help="who annotates (your login name)")
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of the texts (%(default)s)"
    )
    parser.add_argument("--scheme", metavar="NAME", help="labels and relations: a name or a file")
    parser.add_argument("--keymap", metavar="NAME", help="default, vim, emacs, or a file")
    parser.add_argument("--theme", metavar="NAME", help="colours")
    parser.add_argument(
        "--order",
        metavar="ORDER",
        help="which documents come first: name, candidates, uncertainty, disagreement, random",
    )
    parser.add_argument("--seed", metavar="N", type=int, help="for --order random")
    parser.add_argument("--read-only", action="store_true", help="look, change nothing")
    parser.add_argument("--no-candidates", action="store_true", help="propose nothing for review")
    pipeline = parser.add_mutually_exclusive_group()
    pipeline.add_argument("--pipeline", metavar="NAME", help="the spaCy pipeline for entities")
    pipeline.add_argument("--no-pipeline", action="store_true", help="look for no entities")


def run(arguments: Namespace) -> int:
    """Open the app.

    Raises:
        AnnotatorError: there is no such path, or no terminal to draw on.
    """
    options = options_of(arguments)
    check_terminal()
    return run_app(options)


def run_app(options: OpenOptions) -> int:
    """Open the app and return its exit status.

    Raises:
        AnnotatorError: the path, the scheme or the keymap cannot be used.
    """
    # Nothing that start-up makes is garbage, yet looking for it takes a fifth of the time to the
    # first frame. The main screen switches the collector on again.
    gc.disable()
    from ..tui.app import run as run_tui

    return run_tui(options)


def options_of(arguments: Namespace) -> OpenOptions:
    """Return what the arguments ask for, checked as far as that needs no file to be read.

    Raises:
        AnnotatorError: an argument means nothing.
    """
    if arguments.annotator is not None and not arguments.annotator.strip():
        raise AnnotatorError("--annotator needs a name")
    check_encoding(arguments.encoding)
    return OpenOptions(
        path=existing_path(arguments.path),
        annotator=arguments.annotator or login_name(),
        encoding=arguments.encoding,
        scheme=arguments.scheme,
        keymap=arguments.keymap,
        read_only=arguments.read_only,
        pipeline=arguments.pipeline,
        use_pipeline=not arguments.no_pipeline,
        use_candidates=not arguments.no_candidates,
        order=checked_order(arguments.order),
        seed=arguments.seed,
        theme=arguments.theme,
        annotator_given=arguments.annotator is not None,
    )


def checked_order(order: str | None) -> str | None:
    """Return an order of documents if there is such a one.

    Raises:
        AnnotatorError: there is not.
    """
    if order is None:
        return None
    from ..store.config import QUEUE_ORDERS

    if order not in QUEUE_ORDERS:
        raise AnnotatorError(f"no order named {order!r}", f"there are {', '.join(QUEUE_ORDERS)}")
    return order


def known_annotators(project: Project, wanted: list[str]) -> list[str]:
    """Return annotators that a person named.

    Raises:
        AnnotatorError: one of them has annotated nothing here; names those who have.
    """
    there = project.annotators()
    for name in wanted:
        if name not in there:
            hint = f"there are {', '.join(there)}" if there else "the project has none"
            raise AnnotatorError(f"nobody of the name {name!r} has annotated anything", hint)
    return wanted


def existing_path(text: str | None) -> Path:
    """Return what to open; without a path a copy of the sample.

    Raises:
        AnnotatorError: it does not exist; a command that was mistyped is named.
    """
    if text is None:
        from .sample import sample_copy

        return sample_copy()
    path = Path(text)
    if text and os.path.lexists(path):
        return path
    from difflib import get_close_matches

    from .main import COMMANDS

    near = get_close_matches(text, COMMANDS, n=1)
    hint = f"did you mean the command {near[0]}?" if near else "see annotator --help"
    raise AnnotatorError(f"no such file or folder: {text!r}", hint)


def check_encoding(name: str) -> None:
    """Make sure that Python knows a text encoding.

    Raises:
        AnnotatorError: it does not.
    """
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        hint = "for example utf-8, utf-16, latin-1 or cp1252"
        raise AnnotatorError(f"unknown encoding {name!r}", hint) from None


def check_terminal() -> None:
    """Make sure that there is a terminal to read keys from and to draw on.

    A driver named in ``TEXTUAL_DRIVER`` (a browser's, say) brings its own.

    Raises:
        AnnotatorError: stdin or stderr, where Textual draws, is not a terminal.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    for stream, name in ((sys.__stdin__, "input"), (sys.__stderr__, "error output")):
        if stream is None or not stream.isatty():
            hint = "run it without redirecting input and error output"
            raise AnnotatorError(f"the app needs a terminal, and standard {name} is none", hint)


def login_name() -> str:
    """Return the user's login name, or ``annotator`` where there is none."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        name = os.environ.get(variable, "").strip()
        if name:
            return name
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, AttributeError):
        return "annotator"
