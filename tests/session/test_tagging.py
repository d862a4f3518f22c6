"""What one key does to the annotation set."""

from __future__ import annotations

import pytest

from annotator.domain.span import Span
from annotator.session import tagging
from annotator.session.document_session import NothingToDoError, Session
from annotator.text.units import Unit


def at(session: Session, words: str) -> int:
    """Put the caret on the first occurrence of some words."""
    offset = session.text.index(words)
    session.cursor.clear()
    session.cursor.move_to(offset)
    return offset


def only(session: Session) -> Span:
    """Return the only span there is."""
    (span,) = session.annotations.spans.values()
    return span


def quotes(session: Session) -> list[str]:
    """Return the quotes of all spans in document order."""
    return [span.quote for span in session.annotations.index]


def test_claim_takes_the_sentence_under_the_caret(session: Session) -> None:
    at(session, "passengers")
    tagging.tag(session, "claim")
    span = only(session)
    assert span.quote == "It carried 212 passengers, the operator said."
    assert session.text[span.start : span.end] == span.quote
    assert (span.by, span.created) == ("ada", "2026-11-23T10:00:00Z")
    assert session.active_span() == span


def test_placeholder_takes_the_bracket_group_with_its_brackets(session: Session) -> None:
    at(session, "exact arrival")
    tagging.tag(session, "placeholder")
    assert only(session).quote == "[insert exact arrival time]"


def test_selection_wins_over_the_unit_and_loses_outer_white_space(session: Session) -> None:
    start = session.text.index(" carried")
    session.cursor.select(start, start + len(" carried 212 "))
    tagging.tag(session, "placeholder")
    assert only(session).quote == "carried 212"
    assert session.cursor.selection is None


def test_tagging_with_a_larger_unit(session: Session) -> None:
    at(session, "shorter")
    tagging.tag(session, "placeholder", Unit.SENTENCE)
    assert only(session).quote == "Would you like a shorter version?"


def test_tagging_the_same_again_changes_nothing(session: Session) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    with pytest.raises(NothingToDoError, match="already"):
        tagging.tag(session, "claim")
    assert len(session.annotations.spans) == 1


def test_first_edit_marks_the_document_in_progress_and_undo_takes_that_back(
    session: Session,
) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    statuses = [session.annotations.status]
    session.undo()
    statuses.append(session.annotations.status)
    assert statuses == ["in-progress", "new"]
    assert not session.annotations.spans


def test_repeat_uses_the_attributes_given_since(session: Session) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    tagging.set_value(session, 2)
    at(session, "passengers")
    tagging.repeat(session)
    last = session.annotations.index.nth(1)
    assert last.attributes == {"worthiness": "unimportant"}


def test_value_keys_set_change_and_take_away(session: Session) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    tagging.set_value(session, 1)
    assert only(session).attributes["worthiness"] == "check-worthy"
    tagging.set_value(session, 3)
    assert only(session).attributes["worthiness"] == "not-checkable"
    tagging.set_value(session, 3)
    assert "worthiness" not in only(session).attributes
    with pytest.raises(NothingToDoError):
        tagging.set_value(session, 4)


def test_identical_mentions_are_one_undo_step(session: Session) -> None:
    start = session.text.index("ferry Aurora")
    session.cursor.select(start, start + len("ferry Aurora"))
    tagging.tag(session, "placeholder")
    tagging.set_value(session, 2)
    tagging.tag_identical(session)
    assert quotes(session) == ["ferry Aurora"] * 3
    assert {s.attributes["kind"] for s in session.annotations.index} == {"alternatives"}
    session.undo()
    assert len(session.annotations.spans) == 1


def test_resize_by_words_keeps_quote_and_context_true(session: Session) -> None:
    at(session, "exact")
    tagging.tag(session, "placeholder")
    tagging.nudge(session, "end", 1)
    assert only(session).quote == "[insert exact arrival time],"
    tagging.nudge(session, "end", 1)
    assert only(session).quote == "[insert exact arrival time], the"
    tagging.nudge(session, "end", -1)
    assert only(session).quote == "[insert exact arrival time"
    tagging.nudge(session, "start", -1)
    span = only(session)
    assert span.quote == "At [insert exact arrival time"
    assert session.text[: span.start].endswith(span.prefix)
    assert session.text[span.end :].startswith(span.suffix)


def test_resize_in_place_with_a_selection(session: Session) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    tagging.start_resize(session)
    session.cursor.move_to(session.text.index(" on Monday"))
    tagging.finish_resize(session)
    assert only(session).quote == "The ferry Aurora left Port Hale"
    session.undo()
    assert only(session).quote == "The ferry Aurora left Port Hale on Monday."


def test_label_key_while_resizing_relabels_and_drops_foreign_attributes(
    session: Session,
) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    tagging.set_value(session, 1)
    tagging.start_resize(session)
    session.cursor.move_to(session.text.index(" left Port"))
    tagging.tag(session, "placeholder")
    span = only(session)
    assert (span.label, span.quote, span.attributes) == ("placeholder", "The ferry Aurora", {})


def test_a_span_cannot_be_shrunk_to_nothing(session: Session) -> None:
    at(session, "212")
    session.cursor.grow()
    tagging.tag(session, "placeholder")
    with pytest.raises(NothingToDoError):
        tagging.nudge(session, "start", 1)
    assert only(session).quote == "212"


def test_relabel_keeps_only_attributes_of_the_new_label(session: Session) -> None:
    at(session, "exact")
    tagging.tag(session, "placeholder")
    tagging.set_value(session, 1)
    tagging.relabel(session, "claim")
    assert only(session).label == "claim"
    assert only(session).attributes == {}


def test_split_and_merge_are_opposites(session: Session) -> None:
    at(session, "passengers")
    tagging.tag(session, "claim")
    whole = only(session)
    session.cursor.move_to(session.text.index("the operator"))
    tagging.split(session)
    assert quotes(session) == ["It carried 212 passengers,", "the operator said."]
    session.cursor.move_to(whole.start)
    tagging.merge(session)
    assert only(session).range == whole.range
    assert only(session).id == whole.id


def test_merge_of_a_selection_takes_its_label_from_the_first(session: Session) -> None:
    at(session, "Aurora")
    tagging.tag(session, "claim")
    at(session, "passengers")
    tagging.tag(session, "claim")
    session.cursor.select(0, session.text.index("\n"))
    tagging.merge(session)
    assert quotes(session) == [session.text.split("\n")[0]]


def test_active_span_is_the_innermost_and_cycles_outwards(session: Session) -> None:
    at(session, "exact")
    tagging.tag(session, "placeholder")
    tagging.tag(session, "claim")
    session.cursor.move_to(session.text.index("arrival"))
    inner = session.spans_here()[0]
    assert inner.label == "placeholder"
    session.activate(inner)
    assert session.cycle().label == "claim"
    assert session.cycle().label == "placeholder"


def test_white_space_between_paragraphs_cannot_be_tagged(session: Session) -> None:
    session.cursor.move_to(session.text.index("\n\n") + 1)
    with pytest.raises(NothingToDoError):
        tagging.tag(session, "furniture")
