"""Lines and columns of offsets, as editors and reports name them."""

from __future__ import annotations

from bisect import bisect_right


class LineTable:
    r"""Where the lines of a text begin; a line ends behind ``\n``, so behind ``\r\n`` too.

    Other characters that Unicode calls line ends do not count: editors and compilers disagree
    about them, and SARIF counts like this by default.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1; columns count code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
