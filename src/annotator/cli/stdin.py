"""A text from standard input, which goes by the name ``-``."""

from __future__ import annotations

import sys
from pathlib import Path

from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..store.texts import decode_text

STDIN = "-"
_NAME = "standard input"


def read_stdin(encoding: str) -> Document:
    """Return the text on standard input as a document.

    Args:
        encoding: a codec's name.

    Raises:
        AnnotatorError: there is no standard input, or it is no text in that encoding.
    """
    if sys.stdin is None:
        raise AnnotatorError("there is no standard input", "pipe a text into the command")
    text, bom = decode_text(sys.stdin.buffer.read(), Path(_NAME), encoding)
    return Document.of(STDIN, text, encoding, bom)
