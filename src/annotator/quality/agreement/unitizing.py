"""Krippendorff's alpha for unitizing: where spans begin and end, corrected for chance.

Krippendorff 1995, *On the Reliability of Unitizing Continuous Data* (Sociological Methodology 25),
and 2004, *Content Analysis*, 2nd edition, section 11.6. Not the revised family of 2016.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from ...domain.span import Span
from .measure import Key, Measure, Number, Sums

Unit = tuple[int, int]


def units_of(spans: Iterable[Span]) -> list[Unit]:
    """Return the units of one annotator and one label: ranges that do not overlap, ascending.

    The measure knows no overlapping units of one label, so spans that overlap are taken as one;
    spans that only touch stay two. A discontinuous span is a unit for each fragment.
    """
    ranges = sorted(part for span in spans for part in (span.fragments or (span.range,)))
    units: list[Unit] = []
    for start, end in ranges:
        if units and start < units[-1][1]:
            units[-1] = (units[-1][0], max(end, units[-1][1]))
        else:
            units.append((start, end))
    return units


def observed_disagreement(sets: Sequence[Sequence[Unit]], length: int) -> float:
    """Return Do of one label.

    Do = sum over ordered pairs of annotators, their sections g and h, of d(g, h) / (m (m - 1) L L).
    d is (difference of begins)^2 + (difference of ends)^2 for two units that intersect, the squared
    length of a unit that lies in a gap of the other annotator, else 0.

    Args:
        sets: the units of each of m >= 2 annotators, see :func:`units_of`.
        length: L, the code points of the text; at least 1.
    """
    raters = len(sets)
    total = sum(_difference(sets[i], sets[j]) for i in range(raters) for j in range(i + 1, raters))
    return 2 * total / (raters * (raters - 1) * length * length)


def expected_disagreement(sets: Sequence[Sequence[Unit]], length: int) -> float:
    """Return De of one label: what units of these lengths would give, thrown in by chance.

    De = 2/L * sum over units of [(N - 1)/3 (2 b^3 - 3 b^2 + b) + b^2 * sum over gaps with l >= b of
    (l - b + 1)] / (m L (m L - 1) - sum over units of b (b - 1)), with b the length of a unit, l of
    a gap, N the number of units of all m annotators.

    Args:
        sets, length: as in :func:`observed_disagreement`.
    """
    raters = len(sets)
    lengths = Counter(end - start for units in sets for start, end in units)
    gaps = sorted(gap for units in sets for gap in _gaps(units, length))
    behind = [0] * (len(gaps) + 1)  # sums of the gaps from a place on
    for place in range(len(gaps) - 1, -1, -1):
        behind[place] = behind[place + 1] + gaps[place]
    number = sum(lengths.values())
    tripled = 0
    for b, times in lengths.items():
        place = bisect_left(gaps, b)
        room = behind[place] - (len(gaps) - place) * (b - 1)
        tripled += times * ((number - 1) * (2 * b**3 - 3 * b**2 + b) + 3 * b * b * room)
    places = raters * length
    ways = places * (places - 1) - sum(times * b * (b - 1) for b, times in lengths.items())
    return 2 * tripled / (3 * length * ways) if ways else 0.0


def count_units(sets: Sequence[Iterable[Span]], length: int) -> Counter[Key]:
    """Count a document's disagreement about one label.

    Args:
        sets: the spans of the label, one list an annotator.
        length: code points of the text.
    """
    units = [units_of(spans) for spans in sets]
    counts: Counter[Key] = Counter()
    if length and any(units):
        # Counter is typed for whole numbers; any number adds up.
        counts["unit", "observed"] = length * observed_disagreement(units, length)  # type: ignore[assignment]
        counts["unit", "expected"] = length * expected_disagreement(units, length)  # type: ignore[assignment]
    return counts


def unitized_alpha() -> Measure:
    """Return u-alpha = 1 - Do/De.

    For all labels together Do and De are summed over labels, as in the paper. A corpus of several
    texts is one continuum a text: 1 - sum of L Do / sum of L De over texts of L code points,
    which for a single text is the paper's value. Undefined where nobody has a span.
    """
    return Measure("u-alpha", _parts, "no spans", chance_corrected=True)


def _parts(sums: Sums) -> tuple[Number, Number]:
    expected = sums["unit", "expected"]
    return expected - sums["unit", "observed"], expected


def _difference(first: Sequence[Unit], second: Sequence[Unit]) -> int:
    total = _alone(first, second) + _alone(second, first)
    low = 0
    for start, end in first:
        while low < len(second) and second[low][1] <= start:
            low += 1
        at = low
        while at < len(second) and second[at][0] < end:
            total += (start - second[at][0]) ** 2 + (end - second[at][1]) ** 2
            at += 1
    return total


def _alone(units: Sequence[Unit], others: Sequence[Unit]) -> int:
    """Return the squared lengths of units that lie in a gap between others."""
    total = low = 0
    for start, end in units:
        while low < len(others) and others[low][1] <= start:
            low += 1
        if low == len(others) or others[low][0] >= end:
            total += (end - start) ** 2
    return total


def _gaps(units: Sequence[Unit], length: int) -> list[int]:
    edges = [0, *(edge for unit in units for edge in unit), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
