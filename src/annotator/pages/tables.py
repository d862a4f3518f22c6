"""Tables: a caption, headings of columns and rows, and cells that are text unless they say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .escaping import attribute_html, text_html


class Cell(NamedTuple):
    """A cell that is more than text.

    Attributes:
        html: its content, safe already.
        kind: names of classes of the style sheet, separated by blanks.
    """

    html: str
    kind: str = ""


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | Cell]],
    *,
    kind: str = "",
    ids: Iterable[str] = (),
) -> str:
    """Return a table as HTML; one that is wider than the page can be scrolled, by keyboard too.

    Args:
        caption: plain text that says what the table shows.
        heads: plain text above each column.
        rows: cells; the first one of each row is its heading. A string is plain text.
        kind: classes of the table, separated by blanks.
        ids: of the rows, in order, where something links to them; safe already.
    """
    head = "".join(f'<th scope="col">{text_html(name)}</th>' for name in heads)
    names = iter(ids)
    body = "\n".join(_row(row, next(names, "")) for row in rows)
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{attribute_html(caption)}">'
        f"<table{_attribute('class', kind)}>"
        f"<caption>{text_html(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str | Cell], name: str) -> str:
    first, *rest = (cell if isinstance(cell, Cell) else Cell(text_html(cell)) for cell in row)
    cells = "".join(f"<td{_attribute('class', cell.kind)}>{cell.html}</td>" for cell in rest)
    head = f'<th scope="row"{_attribute("class", first.kind)}>{first.html}</th>'
    return f"<tr{_attribute('id', name)}>{head}{cells}</tr>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""
