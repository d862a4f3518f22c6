"""Words labelled by several annotators: Cohen's kappa and Krippendorff's alpha.

The words of a text are the items, those of ``text.words``. A word carries a label when a span of
it covers any part of the word. Since spans overlap, a word may carry several labels, so there are
two treatments: for one label it has one of two values, label or not; for all labels together its
value is the set of its labels, and two sets are the same or they are not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...domain.span import Span
from ...text.words import words_in
from .measure import Key, Measure, Number, Sums

ONE_VALUE = "only one value occurs"


class Words(NamedTuple):
    """The words of a text: their starts and ends in code points, ascending."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """Find the words of a text."""
        ranges = list(words_in(text, 0, len(text)))
        return cls([start for start, _ in ranges], [end for _, end in ranges])

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """Return the places of the first word that a range touches, and of the one behind."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


Coding = tuple[frozenset[str], ...]
"""The labels of a word, one set an annotator."""
NOTHING: frozenset[str] = frozenset()


def code_words(words: Words, sets: Sequence[Iterable[Span]]) -> Counter[Coding]:
    """Count how often each combination of labels occurs on a word.

    Args:
        words: the words of the text.
        sets: the spans of each annotator.
    """
    steps: dict[int, list[tuple[int, str, int]]] = {}
    for annotator, spans in enumerate(sets):
        for span in spans:
            for start, end in span.fragments or (span.range,):
                low, high = words.covered(start, end)
                if low < high:
                    steps.setdefault(low, []).append((annotator, span.label, 1))
                    steps.setdefault(high, []).append((annotator, span.label, -1))
    depth: list[Counter[str]] = [Counter() for _ in sets]
    carried = [NOTHING] * len(sets)
    coding: Coding = tuple(carried)
    counted: Counter[Coding] = Counter()
    before = 0
    for place in sorted(steps):
        if place > before:
            counted[coding] += place - before
        for annotator, label, step in steps[place]:
            depth[annotator][label] += step
        for annotator in {annotator for annotator, _, _ in steps[place]}:
            carried[annotator] = frozenset(lb for lb, n in depth[annotator].items() if n)
        coding = tuple(carried)
        before = place
    if len(words.starts) > before:
        counted[coding] += len(words.starts) - before
    return counted


def count_words(coded: Counter[Coding], label: str = "") -> Counter[Key]:
    """Count what kappa (for two annotators) and alpha need.

    Args:
        coded: how often each combination occurs in a document.
        label: the label to look at; empty for the set of labels.
    """
    tally: Counter[tuple[str, ...]] = Counter()
    for coding, words in coded.items():
        tally[tuple(_value(labels, label) for labels in coding)] += words
    counts: Counter[Key] = Counter()
    for values, words in tally.items():
        count_item(counts, values, words)
        if len(values) == 2:
            count_pair(counts, *values, times=words)
    return counts


def count_pair(counts: Counter[Key], one: str, other: str, times: int = 1) -> None:
    """Count an item for :func:`cohens_kappa`.

    Args:
        counts: what to add to.
        one, other: the values that the first and the second annotator gave it.
        times: how many such items there are.
    """
    counts["kappa", "items"] += times
    counts["kappa", "same"] += times * (one == other)
    counts["kappa", "first", one] += times
    counts["kappa", "second", other] += times


def count_item(counts: Counter[Key], values: Sequence[str], times: int = 1) -> None:
    """Count an item for :func:`krippendorffs_alpha`.

    Args:
        counts: what to add to.
        values: one from each annotator who gave it any; two at least.
        times: how many such items there are.
    """
    raters = len(values)
    frequencies = Counter(values)
    for value, frequency in frequencies.items():
        counts["alpha", "value", value] += frequency * times
    unlike = raters * raters - sum(f * f for f in frequencies.values())
    counts["alpha", "values"] += raters * times
    if unlike:
        # A whole number for two and three annotators, so that sums are exact.
        weight = raters - 1
        share = unlike // weight if unlike % weight == 0 else unlike / weight
        counts["alpha", "unlike"] += share * times  # type: ignore[assignment] # a sum of floats


def cohens_kappa(name: str = "kappa", undefined: str = ONE_VALUE) -> Measure:
    """Return Cohen's kappa of two annotators.

    Cohen 1960, *A Coefficient of Agreement for Nominal Scales*: k = (po - pe) / (1 - pe), po the
    share of items with the same value, pe = sum over values v of p1(v) p2(v). With whole numbers:
    (n same - S) / (n n - S), S = sum over v of n1(v) n2(v). Undefined where S = n n: both gave
    every item one and the same value.
    """
    return Measure(name, _kappa_parts, undefined, chance_corrected=True)


def krippendorffs_alpha(name: str = "alpha", undefined: str = ONE_VALUE) -> Measure:
    """Return Krippendorff's alpha for nominal data and any number of annotators.

    Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*, section C: a = 1 - Do/De =
    1 - (n - 1) D / (n n - sum over values v of n(v) n(v)); n(v) how often v was given, n all values
    given, D = sum over items of (ordered pairs of unlike values) / (annotators of the item - 1).
    Undefined where only one value occurs.
    """
    return Measure(name, _alpha_parts, undefined, chance_corrected=True)


def _kappa_parts(sums: Sums) -> tuple[Number, Number]:
    items = sums["kappa", "items"]
    chance = sum(
        number * sums["kappa", "second", key[2]]
        for key, number in sums.items()
        if key[:2] == ("kappa", "first") and ("kappa", "second", key[2]) in sums
    )
    return items * sums["kappa", "same"] - chance, items * items - chance


def _alpha_parts(sums: Sums) -> tuple[Number, Number]:
    values = sums["alpha", "values"]
    squares = sum(number * number for key, number in sums.items() if key[:2] == ("alpha", "value"))
    expected = values * values - squares
    return expected - (values - 1) * sums["alpha", "unlike"], expected


def _value(labels: frozenset[str], label: str) -> str:
    if label:
        return "1" if label in labels else "0"
    return "\n".join(sorted(labels))
