"""Statistics as text with bars, and as an HTML page that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_BAR = 24
"""Cells of the longest bar."""

Table = tuple[str, dict[str, float], str]
"""Title, numbers by name, and what to say where there are none."""


def text_lines(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of the statistics of each annotator."""
    for name, counts in found.items():
        yield f"== {name}"
        yield from _facts(counts)
        for title, numbers, none in _tables(counts):
            yield f"{title}:" if numbers else f"{title}: {none}"
            width = max(map(len, numbers), default=0)
            most = max(numbers.values(), default=0)
            for key, number in numbers.items():
                yield f"  {key:{width}} {number:>7,} {'#' * _cells(number, most)}".rstrip()
        yield ""


def html_page(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a page with the statistics of each annotator; whatever names hold is escaped."""
    from ..pages.escaping import text_html
    from ..pages.page import page
    from ..pages.tables import Cell, table

    parts = ["<h1>Statistics</h1>"]
    for name, counts in found.items():
        facts = "".join(f"<li>{text_html(fact)}</li>" for fact in _facts(counts))
        parts.append(f"<h2>{text_html(name)}</h2><ul>{facts}</ul>")
        for title, numbers, none in _tables(counts):
            if not numbers:
                parts.append(f"<p>{text_html(f'{title}: {none}')}</p>")
                continue
            most = max(numbers.values())
            rows: list[list[str | Cell]] = [
                [
                    key,
                    Cell(f"{number:,}", "number"),
                    Cell(f'<meter max="{most}" value="{number}">{number:,}</meter>'),
                ]
                for key, number in numbers.items()
            ]
            parts.append(table(title, ["value", "number", "share of the most"], rows))
    return page("Statistics", "\n".join(parts))


def _facts(counts: Mapping[str, Any]) -> Iterator[str]:
    documents = ", ".join(f"{n} {status}" for status, n in counts["documents"].items())
    yield f"documents: {documents or 'none'}"
    yield f"read, nothing found: {counts['done_without_spans']} done without a span"
    share = counts["coverage"]
    told = f"{share:.1%}" if share is not None else "undefined: no text"
    yield f"coverage: {told} ({counts['covered']:,} of {counts['length']:,} code points)"
    for label, length in counts["lengths"].items():
        yield (
            f"length of {label}: {length['least']:,} to {length['most']:,}, "
            f"median {length['median']:,} code points"
        )
    for day, work in counts["days"].items():
        each = (
            f"{work['seconds_per_span']} s and {work['keys_per_span']} keys a span"
            if work["seconds_per_span"] is not None
            else "no span made"
        )
        yield f"{day}: {work['actions']} actions, {work['spans']} spans, {each}"
    if not counts["days"]:
        yield "time and keys: unknown, there is no journal"


def _tables(counts: Mapping[str, Any]) -> Iterator[Table]:
    yield "spans by label", counts["spans"], "none"
    for name, values in counts["attributes"].items():
        if len(values) <= _BAR:
            yield name, values, "none"
    yield "relations", counts["relations"], "none"
    for decision in ("accepted", "rejected"):
        numbers = {
            f"{one['source']} {one['rule']}".rstrip(): one[decision]
            for one in counts["candidates"]
            if one[decision]
        }
        yield f"candidates {decision}", numbers, "none"


def _cells(number: float, most: float) -> int:
    return max(1, round(_BAR * number / most)) if number > 0 and most else 0
