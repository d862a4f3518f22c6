from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.graphemes import next_boundary, snap
from annotator.text.units import Unit, Units

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)

TEXT = (
    "Harbour news\n"
    "\n"
    "At [insert time (GMT)], the ferry Aurora left, carrying 40 people. It came back (late).\n"
    "\n"
    "  Dear {{first name}}, write to <contact person>.  \n"
)
MOTIONS = [unit for unit in Unit if unit is not Unit.ENTITY]
EVERY_MOTION = st.sampled_from(MOTIONS)


@pytest.fixture
def units() -> Units:
    made = Units(TEXT)
    made.entities = [(entity, entity + len(name), label) for entity, name, label in found_names()]
    return made


def found_names() -> list[tuple[int, str, str]]:
    names = [("Harbour", "FAC"), ("Aurora", "PRODUCT"), ("40 people", "QUANTITY")]
    return [(TEXT.index(name), name, label) for name, label in names]


def shown(found: tuple[int, int] | None) -> str | None:
    return TEXT[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("unit", "under", "expected"),
    [
        (Unit.CHARACTER, "ferry", "f"),
        (Unit.WORD, "ferry", "ferry"),
        (Unit.ENTITY, "people", "40 people"),
        (Unit.ENTITY, "ferry", None),
        (Unit.BRACKET, "insert", "[insert time (GMT)]"),
        (Unit.BRACKET, "GMT", "[insert time (GMT)]"),
        (Unit.BRACKET, "late", "(late)"),
        (Unit.BRACKET, "first", "{{first name}}"),
        (Unit.BRACKET, "person", "<contact person>"),
        (Unit.BRACKET, "ferry", None),
        (Unit.CLAUSE, "ferry", "the ferry Aurora left"),
        (Unit.CLAUSE, "GMT", "At [insert time (GMT)]"),
        (Unit.SENTENCE, "came", "It came back (late)."),
        (Unit.SENTENCE, "news", "Harbour news"),
        (Unit.PARAGRAPH, "first", "Dear {{first name}}, write to <contact person>."),
    ],
)
def test_at(units: Units, unit: Unit, under: str, expected: str | None) -> None:
    assert shown(units.at(unit, TEXT.index(under))) == expected


def test_white_space_belongs_to_what_follows_on_the_line(units: Units) -> None:
    gap = TEXT.index(" It came")
    assert shown(units.at(Unit.SENTENCE, gap)) == "It came back (late)."
    assert shown(units.at(Unit.SENTENCE, TEXT.index("(late).") + 7)) == "It came back (late)."
    assert shown(units.at(Unit.SENTENCE, TEXT.index("  Dear"))) is not None
    for unit in (Unit.WORD, Unit.CLAUSE, Unit.SENTENCE, Unit.PARAGRAPH, Unit.BRACKET):
        units.at(unit, 0)  # the paragraph before the blank line is the one remembered
        assert units.at(unit, TEXT.index("\n\n") + 1) is None


def test_the_end_of_a_line_belongs_to_what_stands_on_it() -> None:
    units = Units("One here.\nTwo here.")
    assert units.at(Unit.SENTENCE, 9) == (0, 9)
    assert units.at(Unit.CLAUSE, 9) == (0, 9)
    assert units.at(Unit.SENTENCE, 10) == (10, 19)


def test_offsets_outside_are_clamped(units: Units) -> None:
    assert shown(units.at(Unit.WORD, -5)) == "Harbour"
    assert units.at(Unit.CHARACTER, 10**6) is None
    assert units.next(Unit.WORD, 10**6) is None
    assert units.previous(Unit.SENTENCE, -5) is None
    last = TEXT.index("Dear")
    assert units.previous(Unit.PARAGRAPH, 10**6) == last


def test_bracket_motion_stops_at_slots_only(units: Units) -> None:
    stops = [TEXT.index(mark) for mark in ("[", "{{", "<")]
    found, at = [], units.next(Unit.BRACKET, -1)
    while at is not None:
        found.append(at)
        at = units.next(Unit.BRACKET, at)
    assert found == stops
    assert units.previous(Unit.BRACKET, stops[1]) == stops[0]
    assert Units("no (slots) here").next(Unit.BRACKET, 0) is None


def test_entity_motion(units: Units) -> None:
    starts = [start for start, _, _ in found_names()]
    assert units.next(Unit.ENTITY, starts[0]) == starts[1]
    assert units.previous(Unit.ENTITY, starts[1]) == starts[0]
    assert units.previous(Unit.ENTITY, starts[0]) is None
    assert units.next(Unit.ENTITY, starts[-1]) is None
    assert Units(TEXT).next(Unit.ENTITY, 0) is None


def grown(units: Units, start: int, end: int) -> list[str | None]:
    """Return what is selected by growing again and again."""
    steps = []
    found = units.grow(start, end)
    while found:
        steps.append(shown(found))
        found = units.grow(*found)
    return steps


def test_grow_goes_through_every_unit(units: Units) -> None:
    at = TEXT.index("people")
    assert grown(units, at, at) == [
        "people",
        "40 people",
        "carrying 40 people.",
        "At [insert time (GMT)], the ferry Aurora left, carrying 40 people.",
        TEXT[TEXT.index("At [") : TEXT.index(" It came") + 21],
    ]


def test_grow_visits_nested_brackets(units: Units) -> None:
    at = TEXT.index("GMT")
    assert grown(units, at, at + 3)[:3] == [
        "(GMT)",
        "[insert time (GMT)]",
        "At [insert time (GMT)]",
    ]


@QUICK
@given(data=st.data())
def test_grow_holds_the_range_and_more(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    units = Units(text)
    start = data.draw(st.integers(0, len(text)))
    found: tuple[int, int] | None = (start, data.draw(st.integers(start, len(text))))
    empty = found is not None and found[0] == found[1]
    for _ in range(20):
        assert found is not None
        larger = units.grow(*found)
        if larger is None:
            return
        assert larger[1] - larger[0] > found[1] - found[0]
        assert empty or (larger[0] <= found[0] and found[1] <= larger[1])
        first = text[larger[0] : next_boundary(text, larger[0])]
        assert not first.isspace()  # a blank may carry a combining mark
        found, empty = larger, False
    pytest.fail("growing never ends")


@QUICK
@given(data=st.data(), unit=EVERY_MOTION)
def test_motions_are_inverse_and_land_on_units(
    data: st.DataObject, texts: st.SearchStrategy[str], unit: Unit
) -> None:
    text = data.draw(texts)
    units = Units(text)
    forward, at = [], units.next(unit, -1)
    while at is not None:
        forward.append(at)
        at = units.next(unit, at)
    backward, at = [], units.previous(unit, len(text))
    while at is not None:
        backward.append(at)
        at = units.previous(unit, at)
    assert forward == sorted(set(forward))
    assert backward[::-1] == forward
    for start in forward:
        found = units.at(unit, start)
        assert found is not None
        assert found[0] == start
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=5)):
        assert units.next(unit, offset) == min((s for s in forward if s > offset), default=None)
        assert units.previous(unit, offset) == max((s for s in forward if s < offset), default=None)
        found = units.at(unit, offset)
        assert found is None or unit is Unit.BRACKET or found[0] in forward


@QUICK
@given(data=st.data(), unit=st.sampled_from([Unit.CLAUSE, Unit.SENTENCE, Unit.PARAGRAPH]))
def test_units_are_apart_and_trimmed(
    data: st.DataObject, texts: st.SearchStrategy[str], unit: Unit
) -> None:
    text = data.draw(texts)
    units = Units(text)
    found = sorted({r for o in range(len(text)) if (r := units.at(unit, o))})
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(snap(text, edge) == edge for ends in found for edge in ends)
    for start, end in found:
        first, last = text[start : next_boundary(text, start)], text[snap(text, end - 1) : end]
        assert not first.isspace()
        assert not last.isspace()
    covered = {offset for a, b in found for offset in range(a, b)}
    if unit is not Unit.CLAUSE:
        assert covered >= {at for at, char in enumerate(text) if not char.isspace()}


@QUICK
@given(data=st.data())
def test_the_order_of_questions_does_not_matter(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    asked = Units(text)
    offsets = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    for offset in offsets:
        for unit in Unit:
            assert asked.at(unit, offset) == Units(text).at(unit, offset)


def test_a_huge_line_answers_from_nearby() -> None:
    rng = random.Random(5)
    sentences = [
        f"Boat {rng.randrange(10**6)} left port [at noon], they all say." for _ in range(9000)
    ]
    text = " ".join(sentences)
    units = Units(text)
    starts = []
    at = 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    for place in rng.sample(range(len(sentences)), 40):
        start = starts[place]
        assert units.at(Unit.SENTENCE, start + 9) == (start, start + len(sentences[place]))
        slot = text.index("[", start)
        assert units.at(Unit.BRACKET, slot + 3) == (slot, slot + 9)
        assert units.grow(slot, slot + 9) == (start, slot + 9)
        if 0 < place < len(sentences) - 1:
            assert units.next(Unit.SENTENCE, start) == starts[place + 1]
            assert units.previous(Unit.SENTENCE, start) == starts[place - 1]
    assert units.at(Unit.PARAGRAPH, 100_000) == (0, len(text))
    assert units.next(Unit.PARAGRAPH, 100_000) is None


def test_a_bracket_group_may_cross_a_chunk() -> None:
    slot = "[" + "so many words to fill in " * 60 + "]"
    text = "word " * 780 + slot + " word" * 3000
    units = Units(text)
    start = text.index("[")
    for offset in (start, start + 700, start + len(slot) - 1):
        assert units.at(Unit.BRACKET, offset) == (start, start + len(slot))
    assert units.next(Unit.BRACKET, 0) == start
