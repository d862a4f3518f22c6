"""What the reader and the writer of web annotations must agree on: context, names, bodies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ...domain.span import Relation, Span
from .. import own_keys
from ..aspect import kind_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:annotator:"
OWN_CONTEXT: dict[str, Any] = {
    own_keys.KEY: {"@id": f"{TERMS}details", "@type": "@json"},
    "attribute": f"{TERMS}attribute",
}
"""Terms of our own: what the model has no word for, and the name of the attribute that a body
tells the value of."""
NATIVE = "w3c"
"""Key of ``extra`` for what an annotation said and the program has no place for."""

Bodies = list[tuple[str, str]]


def iri(*parts: str) -> str:
    """Return an IRI of our own for a document, an annotator's set of it, a span of that."""
    return TERMS + ":".join(quote(part, safe="", errors="surrogatepass") for part in parts)


def source_iri(document_id: str) -> str:
    """Return a document's id as a relative IRI."""
    return quote(document_id, safe="/", errors="surrogatepass") or "."


def attribute_bodies(attributes: Mapping[str, Any]) -> Bodies:
    """Return attributes as names and texts; a list gives one for each of its values."""
    bodies: Bodies = []
    for name, value in attributes.items():
        kind = kind_of(value)
        if kind == "text":
            bodies.append((name, value))
        elif kind == "list":
            bodies += [(name, item) for item in value]
        elif value is not None:
            bodies.append((name, json.dumps(value, ensure_ascii=False)))
    return bodies


def attributes_of(bodies: Bodies) -> dict[str, Any]:
    """Return the attributes that bodies tell; several of one name are a list."""
    values: dict[str, list[str]] = {}
    for name, value in bodies:
        values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def told_attributes(details: Mapping[str, Any], bodies: Bodies) -> dict[str, Any]:
    """Return the attributes that bodies and details tell together.

    The details hold as long as the bodies are those that were written with them.
    """
    detailed = details.get("attributes")
    if isinstance(detailed, dict) and sorted(attribute_bodies(detailed)) == sorted(bodies):
        return detailed
    return attributes_of(bodies)


def item_details(item: Span | Relation) -> dict[str, Any]:
    """Return what bodies and selectors do not say of a span or relation."""
    details = (
        own_keys.span_details(item) if isinstance(item, Span) else own_keys.relation_details(item)
    )
    details.pop("note", None)
    told = attributes_of(attribute_bodies(item.attributes))
    if told == item.attributes and all(isinstance(v, str | list) for v in told.values()):
        details.pop("attributes", None)
    extra = item.extra.get(NATIVE)
    if isinstance(extra, dict):  # stands in the annotation itself
        details["extra"] = {key: value for key, value in item.extra.items() if key != NATIVE}
        if not details["extra"]:
            del details["extra"]
    return details
