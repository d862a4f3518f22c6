"""What a brat folder cannot say, in a file beside each ``.ann``: ``NAME.annotator.json``.

brat leaves such files alone. What is said there of a span or relation holds only as long as its
line is what it was when both were written: ids are used again in brat, and spans are moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..reading import LONGEST, dump_json, need_mapping, open_input
from ..record import RecordError
from .lines import Pairs, attribute_pairs, attributes_of, note_line

SUFFIX = ".annotator.json"
AT = "at"
"""Key of what the line said when the details were written."""


def item_details(item: Span | Relation, *, keep: bool) -> dict[str, Any]:
    """Return what the lines of a span or relation do not say; see :func:`told_attributes`."""
    details = (
        own_keys.span_details(item) if isinstance(item, Span) else own_keys.relation_details(item)
    )
    for name in ("from", "to", "fragments"):
        details.pop(name, None)
    if attributes_of(attribute_pairs(item.attributes, keep=keep)) == item.attributes and all(
        map(_is_plain, item.attributes.values())
    ):
        details.pop("attributes", None)
    if note_line(item.note) == item.note:
        details.pop("note", None)
    return details


def _is_plain(value: Any) -> bool:
    # 1 == True to Python.
    return value is True or isinstance(value, str | list)


def told_attributes(details: Mapping[str, Any], pairs: Pairs, *, keep: bool) -> dict[str, Any]:
    """Return the attributes that ``A`` lines and details say together.

    The details hold as long as the lines are those that were written with them.
    """
    detailed = details.get("attributes")
    if isinstance(detailed, dict) and sorted(attribute_pairs(detailed, keep=keep), key=str) == (
        sorted(pairs, key=str)
    ):
        return detailed
    return attributes_of(pairs)


def told_note(details: Mapping[str, Any], note: str) -> str:
    """Return the note that a ``#`` line and details say together."""
    detailed = details.get("note")
    if isinstance(detailed, str) and note_line(detailed) == note_line(note):
        return detailed
    return note


def document_bytes(document: Document, one: AnnotationSet, more: Mapping[str, Any]) -> bytes:
    """Return the file of one ``.ann``."""
    details = own_keys.document_details(document) | own_keys.set_details(one)
    if document.meta:
        details["meta"] = document.meta
    if one.rejected:
        details["rejected"] = [own_keys.full_span(span) for span in one.rejected.values()]
    return dump_json({own_keys.KEY: {**details, **more}}) + b"\n"


def read_details(path: Path) -> dict[str, Any]:
    """Return the details beside an ``.ann`` file; empty where there are none.

    Raises:
        RecordError: they are malformed.
    """
    if not path.is_file():
        return {}
    with open_input(path) as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise RecordError("", f"{path.name} is longer than {LONGEST >> 20} MiB")
    try:
        top = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RecordError("", f"no JSON in {path.name}: {error}") from None
    return own_keys.own_details(need_mapping(top))
