"""The JSON of what own_keys tells of a span, put together from remembered pieces.

Most spans of a file share labels, attributes, authors and times. Remembering their JSON makes a
writer three times as fast (``benchmarks/formats.py``); what comes out is what ``json.dumps`` of
``own_keys.span_details`` gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

from ..domain.span import Span
from . import own_keys


class _Words(dict[str, str]):
    def __missing__(self, word: str) -> str:
        made = self[word] = encode_basestring(word)
        return made


class SpanEncoder:
    """Encodes spans of one annotation set; keep it no longer than the set.

    Attributes:
        words: JSON of strings that stand in many spans.
    """

    text = staticmethod(encode_basestring)
    """Returns a string as JSON."""

    def __init__(self) -> None:
        self.words = _Words()
        # By identity, since mappings cannot be keys and sets that were read share equal ones. The
        # mapping is kept beside its JSON, so that its identity is not given to another.
        self._mappings: dict[int, tuple[Mapping[str, Any], str]] = {}

    @staticmethod
    def value(value: Any) -> str:
        """Return any JSON-like value as JSON."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def details(self, span: Span) -> str:
        """Return the JSON of ``own_keys.span_details`` of a span."""
        if span.fragments:
            return self.value(own_keys.span_details(span))
        text = f'{{"id": {encode_basestring(span.id)}'
        if span.attributes:
            text += f', "attributes": {self._mapping(span.attributes)}'
        if span.origin:
            text += f', "origin": {self._mapping(span.origin)}'
        if span.extra:
            text += f', "extra": {self._mapping(span.extra)}'
        if span.note:
            text += f', "note": {encode_basestring(span.note)}'
        if span.created:
            text += f', "created": {self.words[span.created]}'
        if span.by:
            text += f', "by": {self.words[span.by]}'
        return text + "}"

    def _mapping(self, mapping: Mapping[str, Any]) -> str:
        known = self._mappings.get(id(mapping))
        if known is None:
            known = self._mappings[id(mapping)] = mapping, self.value(mapping)
        return known[1]
