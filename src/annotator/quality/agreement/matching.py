"""Spans of two annotators matched: the four ways of SemEval-2013 task 9.1.

Segura-Bedmar, Martínez and Herrero-Zazo, *SemEval-2013 Task 9: Extraction of Drug-Drug Interactions
from Biomedical Texts*, section 4; the categories are those of Chinchor and Sundheim, *MUC-5
Evaluation Metrics* (1993). Where the papers leave a choice, this is what nervaluate 1.2 does: each
span of the second annotator takes one free span of the first, in the order of the lists, and
an overlap counts from 1 % of the first annotator's span on. nervaluate's ``end`` is inclusive,
ours is not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ...domain.span import Span
from .measure import Key, Measure, Number, Sums

Way = Literal["strict", "exact", "partial", "type"]
WAYS: tuple[Way, ...] = ("strict", "exact", "partial", "type")
NO_SPANS = "no spans"


class Match(NamedTuple):
    """Two spans that were matched.

    Attributes:
        first: place in the list of the first annotator's spans.
        second: place in the list of the second's.
        agrees: whether they agree in what the way of matching looks at.
    """

    first: int
    second: int
    agrees: bool


_AGREES: dict[Way, Callable[[Span, Span], bool]] = {
    "strict": lambda a, b: a.start == b.start and a.end == b.end and a.label == b.label,
    "exact": lambda a, b: a.start == b.start and a.end == b.end,
    "partial": lambda a, b: a.start == b.start and a.end == b.end,
    "type": lambda a, b: a.label == b.label,
}


def in_matching_order(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return spans in the order in which they are matched.

    Those that the other annotator has with the same label and bounds come first, then those with
    the same bounds, then the rest; within each by place. Without it a span that merely overlaps
    could take away the partner of one that is identical, and nested spans would look like
    disagreements.
    """
    identical = Counter((span.start, span.end, span.label) for span in others)
    alike = Counter((span.start, span.end) for span in others)
    ranked: list[tuple[int, int, int, str, int]] = []
    left: list[tuple[int, Span]] = []
    for place, span in enumerate(spans):
        key = (span.start, span.end, span.label)
        if identical[key]:
            identical[key] -= 1
            alike[span.start, span.end] -= 1
            ranked.append((0, *key, place))
        else:
            left.append((place, span))
    for place, span in left:
        has_twin = alike[span.start, span.end] > 0
        alike[span.start, span.end] -= has_twin
        ranked.append((1 if has_twin else 2, span.start, span.end, span.label, place))
    return [spans[entry[-1]] for entry in sorted(ranked)]


def overlaps(first: Sequence[Span], second: Sequence[Span]) -> list[list[int]]:
    """Return for each span of ``second`` the places in ``first`` that it overlaps, ascending.

    Overlaps of less than 1 % of the span in ``first`` do not count.
    """
    by_start = sorted(range(len(first)), key=lambda place: first[place].start)
    starts = [first[place].start for place in by_start]
    found: list[list[int]] = [[] for _ in second]
    under_way: list[int] = []  # those of ``first`` that began before and have not ended
    begun = 0
    for place in sorted(range(len(second)), key=lambda place: second[place].start):
        span = second[place]
        low = bisect_left(starts, span.start)
        under_way = [
            other for other in under_way + by_start[begun:low] if first[other].end > span.start
        ]
        begun = low
        beginning = by_start[low : bisect_left(starts, span.end)]
        found[place] = sorted(
            other for other in under_way + beginning if _enough(first[other], span)
        )
    return found


def match(
    first: Sequence[Span], second: Sequence[Span], way: Way, near: list[list[int]] | None = None
) -> list[Match]:
    """Match spans of two annotators one to one.

    A span of ``second`` takes the free span of ``first`` that it agrees with, the one with the
    nearest bounds if there are several; if there is none, the first that it overlaps.

    Args:
        first: the annotator in the place of the reference.
        second: the other one.
        way: what they must agree in.
        near: :func:`overlaps` of the two, if they are known already.
    """
    agrees = _AGREES[way]
    taken = [False] * len(first)
    matches: list[Match] = []
    for place, candidates in enumerate(overlaps(first, second) if near is None else near):
        span, best, fallback, least = second[place], -1, -1, 0
        for candidate in candidates:
            if taken[candidate]:
                continue
            other = first[candidate]
            if agrees(other, span):
                distance = abs(other.start - span.start) + abs(other.end - span.end)
                if best < 0 or distance < least:
                    best, least = candidate, distance
            elif fallback < 0:
                fallback = candidate
        chosen = best if best >= 0 else fallback
        if chosen >= 0:
            taken[chosen] = True
            matches.append(Match(chosen, place, best >= 0))
    return matches


def count_spans(first: Sequence[Span], second: Sequence[Span]) -> Counter[Key]:
    """Count correct, incorrect, partial, missed and spurious spans of a document, in each way.

    The names of the fields take ``first`` for the reference.
    """
    near = overlaps(first, second)
    counts: Counter[Key] = Counter()
    for way in WAYS:
        matches = match(first, second, way, near)
        correct = sum(found.agrees for found in matches)
        other = "partial" if way == "partial" else "incorrect"
        counts[way, "correct"] = correct
        counts[way, other] = len(matches) - correct
        counts[way, "missed"] = len(first) - len(matches)
        counts[way, "spurious"] = len(second) - len(matches)
    return counts


def span_measures() -> list[Measure]:
    """Return precision, recall and F1 in each way of matching.

    With COR correct, PAR partial, and POS and ACT the numbers of spans of the first and the second
    annotator: P = (COR + PAR/2) / ACT, R = (COR + PAR/2) / POS and F1 = 2PR / (P + R) =
    2 (COR + PAR/2) / (ACT + POS). F1 does not change when the annotators change places, and is the
    agreement to use where what nobody tagged cannot be counted (Hripcsak and Rothschild 2005,
    *Agreement, the F-Measure, and Reliability in Information Retrieval*).
    """
    return [make(way) for way in WAYS for make in (_f1, _precision, _recall)]


def span_totals(sums: Sums, way: Way = "strict") -> tuple[int, int]:
    """Return how many spans the first and the second annotator have."""
    return int(_possible(sums, way)), int(_actual(sums, way))


def _enough(reference: Span, span: Span) -> bool:
    common = min(reference.end, span.end) - max(reference.start, span.start)
    return common > 0 and 100 * common >= reference.end - reference.start


def _gained(sums: Sums, way: Way) -> Number:
    return 2 * sums[way, "correct"] + sums[way, "partial"]


def _actual(sums: Sums, way: Way) -> Number:
    both = sums[way, "correct"] + sums[way, "incorrect"] + sums[way, "partial"]
    return both + sums[way, "spurious"]


def _possible(sums: Sums, way: Way) -> Number:
    both = sums[way, "correct"] + sums[way, "incorrect"] + sums[way, "partial"]
    return both + sums[way, "missed"]


def _precision(way: Way) -> Measure:
    def parts(sums: Sums) -> tuple[Number, Number]:
        return _gained(sums, way), 2 * _actual(sums, way)

    return Measure(f"{way} precision", parts, NO_SPANS)


def _recall(way: Way) -> Measure:
    def parts(sums: Sums) -> tuple[Number, Number]:
        return _gained(sums, way), 2 * _possible(sums, way)

    return Measure(f"{way} recall", parts, NO_SPANS)


def _f1(way: Way) -> Measure:
    def parts(sums: Sums) -> tuple[Number, Number]:
        return _gained(sums, way), _actual(sums, way) + _possible(sums, way)

    return Measure(f"{way} F1", parts, NO_SPANS)
