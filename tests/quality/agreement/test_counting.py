"""One document: words, nested and split spans, attributes, relations, and what is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.scheme import Attribute, Label, RelationType, Scheme
from annotator.domain.span import Relation, Span
from annotator.quality.agreement.counting import Counted, Wanted, count_document
from annotator.quality.agreement.measure import Key
from annotator.quality.agreement.report import Row, build_report
from annotator.quality.agreement.tokens import (
    NOTHING,
    Words,
    code_words,
    cohens_kappa,
    count_item,
    count_pair,
    krippendorffs_alpha,
)
from annotator.quality.agreement.unitizing import count_units, unitized_alpha

TEXT = "one two three four five six seven eight nine ten"
SCHEME = Scheme(
    "s",
    1,
    {
        "claim": Label(
            "claim",
            "c",
            attributes={
                "worth": Attribute("worth", "choice", ("high", "low"), default="low"),
                "kinds": Attribute("kinds", "choices", ("a", "b")),
                "why": Attribute("why", "text"),
            },
        ),
        "slot": Label("slot", "p"),
        "page": Label("page", "f", furniture=True),
    },
    {"same": RelationType("same", symmetric=True), "blocks": RelationType("blocks")},
)


def span(name: str, label: str, start: int, end: int, **attributes: Any) -> Span:
    return Span(id=name, label=label, start=start, end=end, attributes=attributes)


def said(name: str, spans: Sequence[Span], relations: Sequence[Relation] = ()) -> AnnotationSet:
    reference = DocumentRef("d", "h", len(TEXT))
    return AnnotationSet(reference, name, "s/1", spans=spans, relations=relations)


def compared(*sets: AnnotationSet, wanted: Wanted | None = None) -> Counted:
    wanted = wanted or Wanted(SCHEME)
    return count_document("d", TEXT, {own.annotator: own for own in sets}, wanted)


def row(counted: Counted, kind: str, name: str = "") -> Row:
    found = build_report(list(counted.spans), [counted]).pairs[0].row(kind, name)
    assert found is not None
    return found


def value(counted: Counted, kind: str, name: str, measure: str) -> float | None:
    return row(counted, kind, name).scores[measure].value


ranges = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
    lambda r: (r[0], min(len(TEXT), r[0] + r[1]))
)
some_spans = st.lists(st.tuples(st.sampled_from(["claim", "slot"]), ranges)).map(
    lambda rows: [span(str(n), label, *where) for n, (label, where) in enumerate(rows)]
)


@given(some_spans, some_spans)
def test_words_are_coded_as_when_each_is_looked_at(one: list[Span], other: list[Span]) -> None:
    words = Words.of(TEXT)
    expected: dict[tuple[frozenset[str], ...], int] = {}
    for start, end in zip(words.starts, words.ends, strict=True):
        coding = tuple(
            frozenset(s.label for s in own if s.start < end and start < s.end)
            for own in (one, other)
        )
        expected[coding] = expected.get(coding, 0) + 1
    assert code_words(words, [one, other]) == expected


def naive(one: list[Span], other: list[Span], label: str) -> Counter[Key]:
    """Count for kappa and alpha word by word: the set of labels, or whether one is in it."""
    counts: Counter[Key] = Counter()
    words = Words.of(TEXT)
    for start, end in zip(words.starts, words.ends, strict=True):
        values = []
        for own in (one, other):
            labels = {s.label for s in own if s.start < end and start < s.end}
            values.append(str(label in labels) if label else " ".join(sorted(labels)))
        count_pair(counts, values[0], values[1])
        count_item(counts, values)
    return counts


@given(some_spans, some_spans)
def test_kappa_and_alpha_look_at_one_label_or_at_the_set_of_all(
    one: list[Span], other: list[Span]
) -> None:
    counted = compared(said("ada", one), said("ben", other))
    labels = {s.label for s in (*one, *other)}
    for label in ("", *labels):
        scores = row(counted, "label", label).scores
        counts = naive(one, other, label)
        assert scores["kappa"].value == cohens_kappa().value(counts)
        assert scores["alpha"].value == krippendorffs_alpha().value(counts)


@given(some_spans, some_spans)
def test_unitized_alpha_of_all_labels_sums_over_labels(one: list[Span], other: list[Span]) -> None:
    counted = compared(said("ada", one), said("ben", other))
    total: Counter[Key] = Counter()
    for label in ("claim", "slot"):
        units = [[s for s in own if s.label == label] for own in (one, other)]
        total.update(count_units(units, len(TEXT)))
    found = value(counted, "label", "", "u-alpha")
    assert found == (pytest.approx(unitized_alpha().value(total)) if one or other else None)


def test_the_gap_of_a_split_span_carries_no_label() -> None:
    split = Span(id="s", label="claim", start=0, end=13, fragments=((0, 3), (8, 13)))
    coded = code_words(Words.of(TEXT), [[split]])
    assert coded == {(frozenset({"claim"}),): 2, (NOTHING,): 8}


@given(some_spans, some_spans)
def test_values_stay_within_their_range(one: list[Span], other: list[Span]) -> None:
    counted = compared(said("ada", one), said("ben", other))
    for entry in build_report(["ada", "ben"], [counted]).pairs[0].rows:
        for name, score in entry.scores.items():
            assert (score.value is None) == bool(score.undefined)
            if score.value is not None:
                assert score.value <= 1
                assert score.value >= 0 or name in ("kappa", "alpha", "u-alpha")


def test_a_default_counts_as_set_and_a_list_has_no_order() -> None:
    one = said("ada", [span("a", "claim", 0, 7, kinds=["a", "b"]), span("b", "claim", 8, 13)])
    other = said(
        "ben",
        [
            span("x", "claim", 0, 7, worth="low", kinds=["b", "a"]),
            span("y", "claim", 8, 13, worth="high", why="so"),
        ],
    )
    counted = compared(one, other)
    assert value(counted, "attribute", "claim.worth", "same value") == 0.5
    assert value(counted, "attribute", "claim.kinds", "same value") == 1
    assert value(counted, "attribute", "claim.why", "same value") == 0
    assert row(counted, "attribute", "claim.why").scores["kappa"].undefined == "free text"


def test_relations_agree_when_their_ends_were_matched() -> None:
    a, b = span("a", "claim", 0, 7), span("b", "claim", 14, 23)
    x, y = span("x", "claim", 14, 23), span("y", "claim", 0, 3)
    one = said("ada", [a, b], [Relation(id="1", type="same", source="a", target="b")])
    turned = said("ben", [x, y], [Relation(id="2", type="same", source="x", target="y")])
    counted = compared(one, turned)
    # Symmetric, so the direction does not count; one end only overlaps.
    assert value(counted, "relation", "same", "overlap F1") == 1
    assert value(counted, "relation", "same", "strict F1") == 0
    one = said("ada", [a, b], [Relation(id="1", type="blocks", source="a", target="b")])
    turned = said("ben", [x, y], [Relation(id="2", type="blocks", source="x", target="y")])
    assert value(compared(one, turned), "relation", "blocks", "overlap F1") == 0


def test_furniture_and_its_relations_are_left_out() -> None:
    spans = [span("a", "page", 0, 7), span("b", "claim", 8, 13)]
    links = [Relation(id="1", type="same", source="a", target="b")]
    one, other = said("ada", spans, links), said("ben", spans, links)
    narrow = compared(one, other)
    assert narrow.spans == {"ada": 1, "ben": 1}
    assert build_report(["ada", "ben"], [narrow]).pairs[0].row("relation") is None
    wide = compared(one, other, wanted=Wanted(SCHEME, furniture=True))
    assert value(wide, "relation", "same", "strict F1") == 1


def test_ids_mean_spans_of_their_own_set_only() -> None:
    # ada's "a" is furniture, ben's "a" is none.
    links = [Relation(id="1", type="same", source="a", target="b")]
    one = said("ada", [span("a", "page", 0, 7), span("b", "claim", 8, 13)], links)
    other = said("ben", [span("a", "claim", 0, 7), span("b", "claim", 8, 13)], links)
    assert row(compared(one, other), "relation", "same").counts == {"relation second": 1}


def test_versions_of_a_span_are_one_dispute() -> None:
    counted = compared(
        said("ada", [span("a", "claim", 0, 13)]),
        said("ben", [span("b", "claim", 0, 7)]),
        said("cy", [span("c", "claim", 0, 13), span("d", "slot", 4, 7)]),
    )
    bounds, missing = counted.disputed
    assert (bounds.kind, bounds.pairs, bounds.of) == ("bounds", 2, 3)
    assert [v.quote for v in bounds.versions] == ["one two three", "one two", "one two three"]
    # A slot within a claim is no other version of the claim.
    assert (missing.kind, missing.missing, missing.column) == ("missing", ("ada", "ben"), 5)
    report = build_report(["ada", "ben", "cy"], [counted])
    assert report.confusions == {("", "slot"): 1}
    assert report.team is not None
