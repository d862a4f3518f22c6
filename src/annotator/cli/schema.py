"""``annotator schema``: the JSON Schema of what the program reads and writes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from .output import write_json

FORMATS = ("annotation", "scheme", "keymap", "rules")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator schema``."""
    parser.add_argument(
        "format",
        metavar="FORMAT",
        nargs="?",
        choices=FORMATS,
        default=FORMATS[0],
        help="annotation (the default), scheme, keymap or rules",
    )


def run(arguments: Namespace) -> int:
    """Print a JSON Schema."""
    write_json(schema_of(arguments.format))
    return 0


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file format, one of :data:`FORMATS`."""
    if name == "keymap":
        from ..keys.keymap_schema import keymap_schema

        return keymap_schema()
    if name == "rules":
        from ..suggest.rules.schema import rule_schema

        return rule_schema()
    from ..store import json_schema

    if name == "scheme":
        return json_schema.scheme_schema()
    return json_schema.annotation_schema()
