"""Missed twins: the same text as a span's, left unlabelled or labelled differently elsewhere.

An annotator who tags ``[XX]`` in one sentence and overlooks it in another teaches a model that it
is both. What is found becomes a set of candidates, reviewed like a model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..domain.annotations import AnnotationSet, DocumentRef
from ..domain.scheme import Scheme
from ..domain.span import Span
from ..text.quotes import context
from ..text.words import FIRST_CJK, at_word_edges

ANNOTATOR = "model:twins"
UNLABELLED, OTHER_LABEL = "unlabelled-twin", "other-label"
"""Rules: the text stands there without a label; it stands there with another one."""
INSTEAD_OF = "instead-of"
"""Key of an origin that names the span whose label accepting the candidate changes."""
LONGEST = 300
"""Code points of the longest quote whose twins are looked for."""
_SHORTEST = 2
_MOST_LABELS = 3
_SHORT_HEAD, _LONG_HEAD = 8, 32
"""Code points by which the quotes that may stand at a place are looked up. Sentences often begin
with the same few words, so those as long as the long head are looked up by that."""

Range = tuple[int, int]


class TwinSearch:
    """Looks for the texts of some spans; prepared once, for any number of texts.

    A quote is looked for as whole words, in the same case. Where one text carries several labels,
    the one that it carries most often is proposed for the others' places (a draw proposes none),
    since spans of different labels may well cover the same text on purpose: it is only asked.
    Takes one pass over a text, however many spans there are.

    Args:
        spans: their texts are looked for.
        scheme: labels it does not know, and furniture, have no twins.
        where: where the spans stand, as reasons tell it: ``in a.txt``.
    """

    def __init__(self, spans: Iterable[Span], scheme: Scheme, where: str = "elsewhere") -> None:
        self._scheme = scheme
        self._where = where
        self._wanted = _wanted(spans, scheme)
        # By how a quote begins, the lengths of those that begin so: any number of quotes may, but
        # they have no more than LONGEST lengths.
        self._heads: dict[str, list[int]] = {}
        for head, length in sorted({(_head(quote), len(quote)) for quote in self._wanted}):
            self._heads.setdefault(head, []).append(length)
        # A quote of fewer code points than the head has is looked up by its own length.
        self._lengths = sorted({len(head) for head in self._heads})
        self._starts = _starts(self._heads) if self._heads else None

    def __bool__(self) -> bool:
        """Say whether there is anything to look for."""
        return bool(self._wanted)

    def mentions(self, text: str) -> Iterator[Range]:
        """Yield where one of the quotes stands as whole words, in one pass."""
        if self._starts is None:
            return
        heads, wanted, size = self._heads, self._wanted, len(text)
        for begin in self._starts.finditer(text):
            at = begin.start()
            for length in self._lengths:
                if at + length > size:
                    break
                for whole in heads.get(text[at : at + length], ()):
                    end = at + whole
                    if end <= size and text[at:end] in wanted and at_word_edges(text, at, end):
                        yield at, end

    def missed(self, annotations: AnnotationSet, text: str) -> AnnotationSet:
        """Return what was missed in a text, as candidates.

        Args:
            annotations: what the annotator said of it.
            text: the text.

        Returns:
            A set of the annotator :data:`ANNOTATOR`; its spans carry rule and reason in their
            origin.
        """
        found: dict[tuple[str, int, int], Span] = {}
        for start, end in self.mentions(text):
            by_label = self._wanted[text[start:end]]
            for span in _proposals(annotations, text, by_label, start, end, self._where):
                found[span.label, start, end] = span
        return AnnotationSet(
            DocumentRef(annotations.document.id, annotations.document.sha256, len(text)),
            ANNOTATOR,
            self._scheme.id,
            status="done",
            spans=found.values(),
        )


def missed_twins(annotations: AnnotationSet, text: str, scheme: Scheme) -> AnnotationSet:
    """Return the missed twins of a document's own spans as candidates, see :class:`TwinSearch`.

    Args:
        annotations: what the annotator said.
        text: the document's text.
        scheme: labels it does not know, and furniture, have no twins.
    """
    return TwinSearch(annotations.spans.values(), scheme).missed(annotations, text)


def _wanted(spans: Iterable[Span], scheme: Scheme) -> dict[str, dict[str, list[Span]]]:
    """Return the spans by quote and label."""
    wanted: dict[str, dict[str, list[Span]]] = {}
    for span in spans:
        label = scheme.labels.get(span.label)
        if label is None or label.furniture or span.fragments:
            continue
        if _SHORTEST <= span.end - span.start <= LONGEST and span.quote:
            wanted.setdefault(span.quote, {}).setdefault(span.label, []).append(span)
    return wanted


def _head(quote: str) -> str:
    return quote[: _LONG_HEAD if len(quote) >= _LONG_HEAD else _SHORT_HEAD]


def _starts(heads: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of places where a quote may begin: their first characters, at edges."""
    firsts = {head[0] for head in heads}
    inside = "".join(sorted(c for c in firsts if (c.isalnum() or c == "_") and c < FIRST_CJK))
    anywhere = "".join(sorted(firsts - set(inside)))
    parts = [rf"(?<!\w)[{re.escape(inside)}]"] if inside else []
    # Text without spaces has edges everywhere, and so does a bracket.
    if inside:
        parts.append(rf"(?<=[{FIRST_CJK}-\U0010ffff])[{re.escape(inside)}]")
    if anywhere:
        parts.append(f"[{re.escape(anywhere)}]")
    return re.compile("|".join(parts))


def _proposals(
    annotations: AnnotationSet,
    text: str,
    by_label: dict[str, list[Span]],
    start: int,
    end: int,
    where: str,
) -> Iterator[Span]:
    """Yield what may have been missed at one mention."""
    here = annotations.index.touching(start, end)
    exact = [span for span in here if span.range == (start, end)]
    ranked = sorted(by_label, key=lambda label: (-len(by_label[label]), label))
    usual = ranked[0]
    if not exact:
        if any(span.label in by_label for span in here):
            return  # part of a longer span of that label, or the other way round
        for label in ranked[:_MOST_LABELS]:
            count = len(by_label[label])
            reason = f"tagged {label} {_times(count)} {where}"
            yield _candidate(text, by_label[label][0], start, end, UNLABELLED, reason)
        return
    draw = len(ranked) > 1 and len(by_label[ranked[1]]) == len(by_label[usual])
    if draw or any(span.label == usual for span in exact):
        return
    other = exact[0]
    reason = f"{other.label} here, {usual} {_times(len(by_label[usual]))} {where}"
    yield _candidate(text, by_label[usual][0], start, end, OTHER_LABEL, reason, other.id)


def _candidate(
    text: str, twin: Span, start: int, end: int, rule: str, reason: str, instead_of: str = ""
) -> Span:
    prefix, suffix = context(text, start, end)
    origin = {"from": ANNOTATOR, "rule": rule, "reasons": [reason]}
    if instead_of:
        origin[INSTEAD_OF] = instead_of
    return Span(
        id=f"t{start}-{end}-{twin.label}",
        label=twin.label,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=prefix,
        suffix=suffix,
        attributes=twin.attributes,
        origin=origin,
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
