"""What commands print: results to stdout, all else to stderr, nothing that moves the cursor."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

from ..domain.errors import AnnotatorError, InvalidFileError


def safe(text: str) -> str:
    """Return one line in which everything invisible or harmful to a terminal is an escape."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def write(text: str) -> None:
    """Write text to stdout as it is."""
    if sys.stdout is not None:
        sys.stdout.write(text)


def write_line(text: str) -> None:
    """Write a line to stdout, made safe for a terminal."""
    write(f"{safe(text)}\n")


def write_json(data: Any) -> None:
    """Write data to stdout as indented JSON in ASCII, the same in every locale."""
    import json

    write(json.dumps(data, indent=2) + "\n")


def say(text: str) -> None:
    """Write a line for the person, not for a pipe, to stderr."""
    if sys.stderr is not None:
        sys.stderr.write(f"{safe(text)}\n")


def complain(error: AnnotatorError) -> None:
    """Say what went wrong and what to do; each problem of a file on a line of its own."""
    if isinstance(error, InvalidFileError):
        for problem in error.problems:
            say(f"annotator: {problem}")
        if error.hint:
            say(f"annotator: {error.hint}")
    else:
        say(f"annotator: {error}")


def lenient(stream: TextIO | None) -> None:
    """Let a stream write characters that its encoding lacks as escapes instead of raising."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def flush() -> None:
    """Send out what is still in stdout's buffer, while an error can still be reported."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def abandon_stdout() -> None:
    """Send what is left in stdout's buffer nowhere, so that the interpreter can end in peace."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
