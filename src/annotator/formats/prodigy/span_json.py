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

from ...domain.span import Span
from .. import own_keys


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
        # mappings are kept beside their JSON, so that their identity is not given to others.
        self._rests: dict[
            tuple[int, int, str, str], tuple[str, Mapping[str, Any], Mapping[str, Any]]
        ]
        self._rests = {}

    @staticmethod
    def value(value: Any) -> str:
        """Return any JSON-like value as JSON."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def details(self, span: Span) -> str:
        """Return the JSON of ``own_keys.span_details`` of a span."""
        if span.fragments or span.extra or span.note:
            return self.value(own_keys.span_details(span))
        attributes, origin = span.attributes, span.origin
        key = id(attributes), id(origin), span.created, span.by
        known = self._rests.get(key)
        if known is None:
            rest = own_keys.span_details(span, with_id=False)
            text = f", {self.value(rest)[1:]}" if rest else "}"
            known = self._rests[key] = text, attributes, origin
        return f'{{"id": {encode_basestring(span.id)}{known[0]}'
