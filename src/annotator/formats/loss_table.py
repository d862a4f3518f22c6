"""The table of what each format holds, made from the formats themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .aspects import STANDARD
from .base import Format

_MARKS = {"yes": "yes", "carried": "(yes)", "no": "-"}


def as_markdown(formats: Sequence[Format]) -> str:
    """Return the table of formats in Markdown, with notes on each."""
    heads = " | ".join(format_.name for format_ in formats)
    lines = [f"| | {heads} |", f"|---|{':-:|' * len(formats)}"]
    for name, cell in (
        ("read, write", _sides),
        ("offsets count", lambda format_: format_.offsets),
        ("writes a", lambda format_: format_.output),
    ):
        lines.append(f"| {name} | {' | '.join(map(cell, formats))} |")
    for aspect in STANDARD:
        cells = " | ".join(_MARKS[_holding(format_, aspect.name)] for format_ in formats)
        lines.append(f"| {aspect.title} | {cells} |")
    lines += [
        "",
        "yes: held, and other programs understand it. (yes): held under a key of our own, which",
        "other programs keep or ignore. -: lost, counted and reported.",
        "",
    ]
    for format_ in formats:
        own = [f"Cannot hold {aspect.title}." for aspect in format_.own(_defaults(format_))]
        notes = " ".join([*own, *format_.notes])
        lines += [f"- **{format_.title}** (`{format_.name}`). {notes}".rstrip()]
        lines += [
            f"  - `--{option.name}`{_values(option.choices)}: {option.help}"
            + (f" (default: {option.default})" if option.default not in (None, "", False) else "")
            for option in format_.options
        ]
    return "\n".join([*lines, ""])


def as_json(formats: Sequence[Format]) -> list[dict[str, Any]]:
    """Return the same as plain data."""
    return [
        {
            "name": format_.name,
            "title": format_.title,
            "extensions": list(format_.extensions),
            "reads": format_.read is not None,
            "writes": format_.make_writer is not None,
            "offsets": format_.offsets,
            "output": format_.output,
            "holds": {aspect.name: _holding(format_, aspect.name) for aspect in STANDARD},
            "lacks": [aspect.name for aspect in format_.own(_defaults(format_))],
            "options": [
                {
                    "name": option.name,
                    "type": option.type,
                    "default": option.default,
                    "choices": list(option.choices),
                    "side": option.side,
                    "help": option.help,
                }
                for option in format_.options
            ],
            "notes": list(format_.notes),
        }
        for format_ in formats
    ]


def _holding(format_: Format, aspect: str) -> str:
    if aspect not in format_.holds:
        return "no"
    return "carried" if aspect in format_.carries else "yes"


def _sides(format_: Format) -> str:
    sides = [(format_.read, "read"), (format_.make_writer, "write")]
    return ", ".join(word for side, word in sides if side is not None)


def _defaults(format_: Format) -> dict[str, Any]:
    return format_.settings("write", {})


def _values(choices: Sequence[str]) -> str:
    return f" `{'|'.join(choices)}`" if choices else ""
