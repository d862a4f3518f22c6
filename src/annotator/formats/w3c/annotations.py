"""From the annotations of one text to spans and relations; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..offsets import Counter
from ..reading import join_key, need_mapping, optional_text, shown
from ..record import Place, Record, RecordError
from .model import NATIVE, Bodies, source_iri, told_attributes
from .selectors import TEXT_TYPES, claim_of, placed, selectors_of

_READ = frozenset(
    {"@context", "id", "type", "motivation", "creator", "created", "generator", "body",
     "bodyValue", "target", own_keys.KEY}
)  # fmt: skip
_LABELS = ("tagging", "classifying", "identifying", "highlighting")


def target_of(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """Return the one target that is part of something; empty for any other."""
    target = annotation.get("target")
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    return target if isinstance(target, dict) else {}


def creator_of(annotation: Mapping[str, Any]) -> str:
    """Return the name of the person or program that made an annotation; empty for none."""
    creator = annotation.get("creator")
    if isinstance(creator, list) and creator:
        creator = creator[0]
    if isinstance(creator, dict):
        names = (creator.get(key) for key in ("name", "nickname", "id"))
        creator = next((name for name in names if isinstance(name, str) and name), "")
    return creator if isinstance(creator, str) else ""


class Annotations:
    """Makes spans and relations of the annotations of one text."""

    def __init__(self, document: Document, counter: Counter) -> None:
        self.document = document
        self.counter = counter
        self.spans: list[Span] = []
        self.notes: list[str] = []
        self._links: list[tuple[str, dict[str, Any]]] = []
        self._by_iri: dict[str, str] = {}
        self._others: list[dict[str, Any]] = []
        self._number = 0

    def add(self, at: str, annotation: dict[str, Any]) -> None:
        """Take an annotation.

        Raises:
            RecordError: it is malformed.
        """
        if _is_link(annotation):
            self._links.append((at, annotation))
            return
        target = target_of(annotation)
        selectors = selectors_of(target)
        where = join_key(join_key(at, "target"), "selector")
        claim = claim_of(selectors, self.document.text, self.counter, where)
        if claim is None:
            self._others.append(annotation)
            return
        claim = placed(claim, self.document.text)
        start, end = claim.start or 0, claim.end or 0
        if not claim.quote and not 0 <= start < end <= self.document.length:
            size = self.document.length
            raise RecordError(
                where, f"{start} to {end} is no range of a text of {size} code points"
            )
        details = _details(annotation, at)
        bodies = _Bodies(annotation, at, own=bool(details))
        self._number += 1
        own_id = optional_text(details, "id", at) or f"s{self._number}"
        if isinstance(annotation.get("id"), str):
            self._by_iri[annotation["id"]] = own_id
        extra = dict(need_mapping(details.get("extra", {}), join_key(at, "annotator.extra")))
        if kept := _kept(annotation, bodies, selectors, self.document.id, own=bool(details)):
            extra[NATIVE] = kept
        told: dict[str, Any] = {"created": annotation.get("created", "")} | details
        if not details:
            told["by"] = creator_of(annotation)
        if not isinstance(told["created"], str):
            raise RecordError(join_key(at, "created"), f"{shown(told['created'])} is no time")
        self.spans.append(
            own_keys.make_span(
                told | {"id": own_id},
                at,
                label=bodies.label,
                start=start,
                end=end,
                quote=claim.quote,
                prefix=claim.prefix,
                suffix=claim.suffix,
                attributes=told_attributes(details, bodies.attributes),
                note=bodies.note,
                extra=extra,
            )
        )

    def relations(self) -> list[Relation]:
        """Return the links between spans that were taken; call it when all are."""
        found = []
        for number, (at, annotation) in enumerate(self._links, 1):
            details = _details(annotation, at)
            bodies = _Bodies(annotation, at, own=bool(details))
            ends = [end_of(annotation.get("target")), end_of(bodies.link)]
            known = [self._by_iri.get(end) for end in ends]
            if not details and None in known:
                self._others.append(annotation)
                continue
            told: dict[str, Any] = {"id": f"r{number}"} | details
            told |= {
                name: one
                for name, one in zip(("from", "to"), known, strict=True)
                if one is not None
            }
            extra = dict(need_mapping(details.get("extra", {}), join_key(at, "annotator.extra")))
            if kept := _kept(annotation, bodies, [], self.document.id, own=bool(details)):
                extra[NATIVE] = kept
            if not details:
                told |= {"by": creator_of(annotation)}
            if isinstance(annotation.get("created"), str):
                told = {"created": annotation["created"]} | told
            found.append(
                own_keys.make_relation(
                    told,
                    at,
                    type=bodies.label,
                    attributes=told_attributes(details, bodies.attributes),
                    note=bodies.note,
                    extra=extra,
                )
            )
        return found

    def record(self, place: Place, one: AnnotationSet) -> Record:
        """Return the record of the set that was made of them."""
        if self._others:
            one.extra[NATIVE] = self._others
            self.notes.append(f"{len(self._others)} annotations of no range of text are kept as is")
        return Record(self.document, (one,), place, tuple(self.notes))


def _is_link(annotation: Mapping[str, Any]) -> bool:
    motivation = annotation.get("motivation")
    return motivation == "linking" and not target_of(annotation).get("selector")


def end_of(value: Any) -> str:
    """Return the IRI of what an annotation is about, or links to; empty for none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("source", value.get("id"))
    return value if isinstance(value, str) else ""


def _details(annotation: Mapping[str, Any], at: str) -> dict[str, Any]:
    details = annotation.get(own_keys.KEY)
    if own_keys.is_span_details(details) or (
        isinstance(details, dict) and own_keys.is_relation_details(details)
    ):
        return need_mapping(details, join_key(at, own_keys.KEY))
    return {}


def _kept(
    annotation: Mapping[str, Any],
    bodies: _Bodies,
    selectors: list[Any],
    document_id: str,
    *,
    own: bool,
) -> dict[str, Any]:
    """Return what an annotation says that has no place in a span; empty where there is nothing."""
    target = {k: v for k, v in target_of(annotation).items() if k not in ("selector", "type")}
    if target.get("source") == source_iri(document_id):
        del target["source"]
    rest = {key: value for key, value in annotation.items() if key not in _READ}
    if not own:
        for name in ("motivation", "creator", "generator"):
            if name in annotation:
                rest[name] = annotation[name]
    kept: dict[str, Any] = {
        "annotation": rest,
        "target": target,
        "selectors": [one for one in selectors if not _is_plain(one)],
        "bodies": bodies.rest,
    }
    if not own and isinstance(annotation.get("id"), str):
        kept["id"] = annotation["id"]
    if bodies.label_purpose != "tagging":
        kept["label"] = bodies.label_purpose
    return {key: value for key, value in kept.items() if value}


def _is_plain(selector: Any) -> bool:
    return (
        isinstance(selector, dict)
        and selector.get("type") in TEXT_TYPES[:2]
        and "refinedBy" not in selector
    )


class _Bodies:
    """What the bodies of an annotation say.

    Attributes:
        label: the first tag; where there is none, what moved its author (``highlighting``).
        label_purpose: purpose of the body that is the label.
        attributes, note: see :class:`Span`.
        link: the body that a link goes to; None if there is none.
        rest: all other bodies.
    """

    def __init__(self, annotation: Mapping[str, Any], at: str, *, own: bool) -> None:
        self.label = ""
        self.label_purpose = "tagging"
        self.attributes: Bodies = []
        self.link: Any = None
        self.rest: list[Any] = []
        notes: list[str] = []
        motivation = annotation.get("motivation")
        if isinstance(motivation, list):
            motivation = motivation[0] if motivation else None
        for body in self._listed(annotation):
            value = body.get("value") if isinstance(body, dict) else None
            purpose = body.get("purpose", motivation) if isinstance(body, dict) else None
            if not isinstance(value, str) or body.get("type", "TextualBody") != "TextualBody":
                if self.link is None and purpose == "linking":
                    self.link = body
                else:
                    self.rest.append(body)
            elif isinstance(body.get("attribute"), str):
                self.attributes.append((body["attribute"], value))
            elif purpose in _LABELS and not self.label and value and _is_simple(body):
                self.label, self.label_purpose = value, purpose
            elif purpose in ("commenting", None) and _is_simple(body) and (own or value):
                notes.append(value)
            else:
                self.rest.append(body)
        if len(notes) > 1:
            self.rest += [
                {"type": "TextualBody", "purpose": "commenting", "value": v} for v in notes[1:]
            ]
        self.note = notes[0] if notes else ""
        if not self.label:
            self.label = motivation if isinstance(motivation, str) and motivation else "annotation"
            if own:
                raise RecordError(join_key(at, "body"), "no body with the purpose 'tagging'")

    @staticmethod
    def _listed(annotation: Mapping[str, Any]) -> list[Any]:
        if isinstance(annotation.get("bodyValue"), str):
            return [{"type": "TextualBody", "value": annotation["bodyValue"]}]
        body = annotation.get("body")
        return body if isinstance(body, list) else [] if body is None else [body]


def _is_simple(body: Mapping[str, Any]) -> bool:
    """Say whether a body has no keys that would be lost, such as its language."""
    return body.keys() <= {"type", "purpose", "value"}
