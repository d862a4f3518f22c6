"""From suggestions to an annotation set: a model is an annotator.

The set of one text, one suggester and one scheme is always the same, to the byte: ids come from
what is proposed, and neither a set nor its spans say when they were made. What made them stands in
the set's key ``model``, so that a later run sees whether there is anything to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.annotations import MODEL_PREFIX, AnnotationSet, DocumentRef
from ..domain.document import Document
from ..domain.scheme import Attribute, Scheme
from ..domain.span import Relation, Span
from ..store.yaml_emitter import dump_set
from ..text.quotes import context
from .base import SuggestedLink, Suggestion, Suggestions

STAMP = "model"
"""Top-level key of a set that says what made it."""
_SUM = "sum"
_DIGITS = 4
"""Decimals of a score in a file."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a model's set was made by; with text and scheme it decides what the set says.

    Attributes:
        name: of the suggester.
        version: of the suggester.
        entities: the pipeline whose entities it was told (``PipelineInfo.key``); empty where it
            was told none.
    """

    name: str
    version: str
    entities: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the stamp as it stands in a file, without the sum."""
        told = {"name": self.name, "version": self.version}
        return told | {"entities": self.entities} if self.entities else told


def to_set(
    stamp: Stamp, document: Document, scheme: Scheme, suggestions: Suggestions
) -> AnnotationSet:
    """Return the annotation set of what a suggester proposes for a document.

    Of several proposals with the same label and range the one with the highest score stays.
    Labels, relation types and attributes that the scheme does not declare, and values that it
    does not allow, are left out.

    Args:
        stamp: what made the suggestions.
        document: the text; every span lies in it.
        scheme: what may be said.
        suggestions: what is proposed.
    """
    maker = _Maker(stamp, document, scheme)
    spans: dict[str, Span] = {}
    id_of: dict[int, str] = {}
    scores: dict[str, float] = {}
    for place, one in enumerate(suggestions.spans):
        if one.label not in scheme.labels:
            continue
        span_id = id_of[place] = maker.id_of("s", one.label, one.start, one.end)
        if span_id not in spans or one.score > scores[span_id]:
            scores[span_id] = one.score
            spans[span_id] = maker.span(span_id, one)
    found = AnnotationSet(
        DocumentRef(document.id, document.sha256, document.length, document.encoding, document.bom),
        f"{MODEL_PREFIX}{stamp.name}",
        scheme.id,
        status="done",
        spans=spans.values(),
        relations=maker.relations(suggestions.links, id_of, spans),
        extra={STAMP: stamp.to_json()},
    )
    found.extra[STAMP] = {**stamp.to_json(), _SUM: _sum_of(found)}
    return found


def is_current(found: AnnotationSet, stamp: Stamp, sha256: str, scheme: Scheme) -> bool:
    """Say whether a set is what a suggester would say now.

    Args:
        found: the set as its file has it.
        stamp: of the suggester as it is now.
        sha256: hash of the text as it is now.
        scheme: the project's.
    """
    made = found.extra.get(STAMP)
    return (
        isinstance(made, Mapping)
        and {key: value for key, value in made.items() if key != _SUM} == stamp.to_json()
        and found.document.sha256 == sha256
        and found.scheme == scheme.id
    )


def is_edited(found: AnnotationSet) -> bool:
    """Say whether somebody changed a model's set by hand since it was written."""
    made = found.extra.get(STAMP)
    if not isinstance(made, Mapping):
        return bool(found.spans or found.rejected or found.relations or found.note)
    bare = AnnotationSet(
        found.document,
        found.annotator,
        found.scheme,
        status=found.status,
        note=found.note,
        spans=found.spans.values(),
        rejected=found.rejected.values(),
        orphans=found.orphans.values(),
        relations=found.relations.values(),
        extra=found.extra | {STAMP: {k: v for k, v in made.items() if k != _SUM}},
    )
    return made.get(_SUM) != _sum_of(bare)


def _sum_of(found: AnnotationSet) -> str:
    return hashlib.sha256(dump_set(found).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Maker:
    """Makes spans and relations of one document and one suggester."""

    def __init__(self, stamp: Stamp, document: Document, scheme: Scheme) -> None:
        self.stamp = stamp
        self.text = document.text
        self.scheme = scheme

    def id_of(self, kind: str, *parts: object) -> str:
        """Return an id that the same proposal of the same suggester always has."""
        said = "\0".join(map(str, (self.stamp.name, *parts)))
        digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8)
        return f"{kind}{digest.hexdigest()}"

    def origin(self, one: Suggestion | SuggestedLink) -> dict[str, Any]:
        origin: dict[str, Any] = {
            "from": f"{MODEL_PREFIX}{self.stamp.name}",
            "version": self.stamp.version,
        }
        if isinstance(one, SuggestedLink) or one.measured:
            origin["score"] = round(one.score, _DIGITS)
        origin["rule"] = one.rule
        return origin | {"reasons": list(one.reasons)} if one.reasons else origin

    def span(self, span_id: str, one: Suggestion) -> Span:
        prefix, suffix = context(self.text, one.start, one.end)
        return Span(
            id=span_id,
            label=one.label,
            start=one.start,
            end=one.end,
            quote=self.text[one.start : one.end],
            prefix=prefix,
            suffix=suffix,
            attributes=_allowed(one.attributes, self.scheme.labels[one.label].attributes),
            origin=self.origin(one),
        )

    def relations(
        self, links: Iterable[SuggestedLink], id_of: Mapping[int, str], spans: Mapping[str, Span]
    ) -> list[Relation]:
        found: dict[str, Relation] = {}
        for link in links:
            kind = self.scheme.relations.get(link.type)
            source, target = id_of.get(link.source), id_of.get(link.target)
            if kind is None or source is None or target is None or source == target:
                continue
            if not kind.allows(spans[source].label, spans[target].label):
                continue
            relation_id = self.id_of("r", link.type, source, target)
            if relation_id not in found:
                found[relation_id] = Relation(
                    id=relation_id,
                    type=link.type,
                    source=source,
                    target=target,
                    attributes=_allowed(link.attributes, kind.attributes),
                    origin=self.origin(link),
                )
        return list(found.values())


def _allowed(proposed: Mapping[str, Any], declared: Mapping[str, Attribute]) -> dict[str, Any]:
    """Return the attributes that may be said, in the order in which the scheme declares them."""
    return {
        name: proposed[name]
        for name, attribute in declared.items()
        if name in proposed and not attribute.complaint(proposed[name])
    }
