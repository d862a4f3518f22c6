"""Each aspect takes out exactly what it counts, and together they cover all that a record says."""

from __future__ import annotations

from hypothesis import given
from support.records import plain, records

from annotator.formats.aspects import NAMES, STANDARD, SURROGATES, XML_CHARACTERS
from annotator.formats.base import Format
from annotator.formats.loss import Losses
from annotator.formats.record import Record

ASPECTS = (*STANDARD, SURROGATES, XML_CHARACTERS)


@given(drawn=records(most=1))
def test_an_aspect_takes_out_what_it_counts(drawn: list[Record]) -> None:
    record = drawn[0]
    whole = plain(record)
    for aspect in ASPECTS:
        without = aspect.without(record)
        less = plain(without)
        assert aspect.count(without) == 0, aspect.name
        assert (aspect.count(record) == 0) == (less == whole), aspect.name
        assert plain(aspect.without(without)) == less, aspect.name


@given(drawn=records(most=1))
def test_a_format_that_holds_nothing_keeps_text_labels_and_ranges(drawn: list[Record]) -> None:
    nothing = Format(name="bare", title="Bare", extensions=(".bare",), holds=frozenset())
    losses = Losses(nothing, {})
    fitted = losses.fit(drawn[0])
    assert fitted.document.text == drawn[0].document.text
    assert len(fitted.sets) == 1
    one = fitted.sets[0]
    assert (one.annotator, one.scheme, one.note, one.status) == ("", "", "", "new")
    assert not any((one.rejected, one.orphans, one.relations, one.extra, fitted.document.meta))
    left = drawn[0].sets[0].spans.values()
    ranges = {(span.label, span.start, span.end) for span in left}
    furthest = 0
    for place, span in enumerate(sorted(one.spans.values(), key=lambda span: span.start), 1):
        assert (span.label, span.start, span.end) in ranges
        assert span.id == f"s{place}"
        assert span.start >= furthest
        furthest = span.end
        assert not any((span.attributes, span.note, span.origin, span.created, span.by, span.extra))


@given(drawn=records())
def test_a_format_that_holds_everything_gets_the_records_themselves(drawn: list[Record]) -> None:
    whole = Format(name="whole", title="Whole", extensions=(".x",), holds=NAMES)
    losses = Losses(whole, {})
    assert all(losses.fit(record) is record for record in drawn)
    assert losses.found() == []


FIELDS = {"id", "type", "source", "target"}


@given(drawn=records(most=1))
def test_nothing_but_ends_is_left_of_relations_where_no_more_is_held(drawn: list[Record]) -> None:
    holds = NAMES - {"relation-attributes", "relation-details"}
    bare = Format(name="bare", title="Bare", extensions=(".bare",), holds=holds)
    fitted = Losses(bare, {}).fit(drawn[0])
    for one in fitted.sets:
        for relation in one.relations.values():
            others = relation.__dataclass_fields__.keys() - FIELDS
            assert not any(getattr(relation, name) for name in others)
