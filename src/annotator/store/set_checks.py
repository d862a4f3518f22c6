"""Whether an annotation set makes sense for its text and its scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from ..domain.annotations import SECTIONS, AnnotationSet
from ..domain.document import Document
from ..domain.errors import Path, Problem, Source
from ..domain.scheme import Attribute, Scheme
from ..domain.span import Relation, Span
from .origin_keys import complaints
from .yaml_reader import LoadedSet

Severity = Literal["error", "warning"]
_SHOWN = 60
"""Longest piece of a text that a message shows, in code points."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in one file.

    Attributes:
        file: the file's name as the user knows it.
        line: 1-based line; 0 where the whole file is meant.
        severity: ``error``, or ``warning`` for what could not be checked.
        code: what kind of thing: ``yaml`` (no valid file of its kind), ``file`` (cannot be
            read), ``document``, ``hash``, ``scheme``, ``annotator``, ``id``, ``range``,
            ``quote``, ``context``, ``label``, ``attribute``, ``relation``, ``origin``, ``time``,
            ``settings``.
        message: what is wrong, in one line.
    """

    file: str
    line: int
    severity: Severity
    code: str
    message: str


def finding_of(problem: Problem, code: str, severity: Severity = "error") -> Finding:
    """Return the finding that a located problem makes."""
    message = f"{problem.key}: {problem.message}" if problem.key else problem.message
    return Finding(problem.file, problem.line, severity, code, message)


def check_set(
    loaded: LoadedSet, document: Document | None, scheme: Scheme | None
) -> Iterator[Finding]:
    """Yield what is wrong with an annotation set.

    Args:
        loaded: the set and its lines.
        document: the text that it speaks of; None leaves out what needs the text.
        scheme: what may be said; None leaves out what needs the scheme.
    """
    checks = _Checks(loaded.annotations, loaded.source)
    yield from checks.ids()
    if document is not None:
        yield from checks.document(document)
    for section in ("spans", "rejected", "orphans"):
        for place, span in enumerate(getattr(loaded.annotations, section).values()):
            path = (section, place)
            yield from checks.fragments(path, span)
            yield from checks.history(path, span)
            if document is not None and section != "orphans":
                yield from checks.quote(path, span, document.text)
            if scheme is not None:
                yield from checks.label(path, span, scheme)
    yield from checks.relations("relations", scheme)
    yield from checks.relations("rejected_relations", scheme)


class _Checks:
    def __init__(self, annotations: AnnotationSet, source: Source) -> None:
        self.annotations = annotations
        self.source = source

    def finding(self, path: Path, code: str, message: str) -> Finding:
        return Finding(self.source.file, self.source.problem(path, "").line, "error", code, message)

    def ids(self) -> Iterator[Finding]:
        """Yield ids that stand in two sections; two in one section are refused by the reader."""
        seen: dict[str, Path] = {}
        for section in SECTIONS:
            for place, name in enumerate(self.annotations.section(section)):
                path = (section, place, "id")
                first = seen.setdefault(name, path)
                if first != path:
                    where = f"in {first[0]}, line {self.source.problem(first, '').line}"
                    yield self.finding(path, "id", f"{name!r} stands {where}, already")

    def document(self, document: Document) -> Iterator[Finding]:
        said = self.annotations.document
        if said.sha256 != document.sha256:
            message = "the text has changed since: its sha256 is another"
            yield self.finding(("document", "sha256"), "hash", message)
        elif said.length != document.length:
            message = f"the text has {document.length} code points, not {said.length}"
            yield self.finding(("document", "length"), "hash", message)

    def fragments(self, path: Path, span: Span) -> Iterator[Finding]:
        if not span.fragments:
            return
        where = (*path, "fragments")
        if any(one[1] > other[0] for one, other in pairwise(span.fragments)):
            yield self.finding(where, "range", "fragments overlap or are out of order")
        hull = (span.fragments[0][0], max(end for _, end in span.fragments))
        if hull != span.range:
            message = f"fragments reach from {hull[0]} to {hull[1]}, the span does not"
            yield self.finding(where, "range", message)

    def history(self, path: Path, item: Span | Relation) -> Iterator[Finding]:
        """Yield what is wrong with where an item came from, and when."""
        for key, message in complaints(item.origin):
            yield self.finding((*path, "origin", key), "origin", f"origin.{key}: {message}")
        if item.created and not _is_time(item.created):
            message = f"created: {item.created!r} is no time such as 2026-11-22T10:01:02Z"
            yield self.finding((*path, "created"), "time", message)

    def quote(self, path: Path, span: Span, text: str) -> Iterator[Finding]:
        start, end = span.start, span.end
        if end > len(text):
            key = "start" if start >= len(text) else "end"
            message = f"{key} is behind the end of the text, {len(text)}"
            yield self.finding((*path, key), "range", message)
            return
        if not text.startswith(span.quote, start) or end - start != len(span.quote):
            message = f"the text has {_shown(text[start:end])} from {start} to {end}"
            if not span.quote:
                message = f"missing; {message}"
            yield self.finding((*path, "quote"), "quote", message)
        if span.prefix and not text.endswith(span.prefix, 0, start):
            there = text[max(0, start - len(span.prefix)) : start]
            message = f"the text has {_shown(there)} before {start}"
            yield self.finding((*path, "prefix"), "context", message)
        if span.suffix and not text.startswith(span.suffix, end):
            message = f"the text has {_shown(text[end : end + len(span.suffix)])} behind {end}"
            yield self.finding((*path, "suffix"), "context", message)

    def label(self, path: Path, span: Span, scheme: Scheme) -> Iterator[Finding]:
        label = scheme.labels.get(span.label)
        if label is None:
            message = f"{span.label!r} is no label of {scheme.id}: {', '.join(scheme.labels)}"
            yield self.finding((*path, "label"), "label", message)
        elif span.attributes:
            yield from self.attributes(path, span.label, span.attributes, label.attributes)

    def attributes(
        self,
        path: Path,
        owner: str,
        values: Mapping[str, Any],
        known: Mapping[str, Attribute],
    ) -> Iterator[Finding]:
        for name, value in values.items():
            if name in known:
                complaint = known[name].complaint(value)
            elif known:
                complaint = f"{owner} has no such attribute; it has {', '.join(known)}"
            else:
                complaint = f"{owner} has no attributes"
            if complaint:
                yield self.finding((*path, "attributes", name), "attribute", f"{name}: {complaint}")

    def relations(
        self, section: Literal["relations", "rejected_relations"], scheme: Scheme | None
    ) -> Iterator[Finding]:
        found: Mapping[str, Relation] = getattr(self.annotations, section)
        for place, relation in enumerate(found.values()):
            path = (section, place)
            yield from self.history(path, relation)
            source = self.end(relation.source)
            target = self.end(relation.target)
            for key, name, span in (
                ("from", relation.source, source),
                ("to", relation.target, target),
            ):
                if span is None:
                    hint = " but a rejected one" if name in self.annotations.rejected else ""
                    message = f"{key}: {name!r} is no span of this file{hint}"
                    yield self.finding((*path, key), "relation", message)
            if relation.source == relation.target:
                yield self.finding((*path, "to"), "relation", "it links a span to itself")
            if scheme is not None:
                yield from self.relation_type(path, relation, source, target, scheme)

    def end(self, name: str) -> Span | None:
        """Return the span that a relation may end at; an orphan keeps its relations."""
        return self.annotations.spans.get(name) or self.annotations.orphans.get(name)

    def relation_type(
        self,
        path: Path,
        relation: Relation,
        source: Span | None,
        target: Span | None,
        scheme: Scheme,
    ) -> Iterator[Finding]:
        kind = scheme.relations.get(relation.type)
        if kind is None:
            known = ", ".join(scheme.relations) or "it has none"
            message = f"{relation.type!r} is no relation type of {scheme.id}: {known}"
            yield self.finding((*path, "type"), "relation", message)
            return
        yield from self.attributes(path, relation.type, relation.attributes, kind.attributes)
        if source is None or target is None:
            return
        if not kind.allows(source.label, target.label):
            message = f"{relation.type} may not link {source.label} to {target.label}"
            yield self.finding((*path, "type"), "relation", message)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(text: str) -> str:
    """Return a piece of a text for a message: quoted, short, without control characters."""
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
