"""What is asked about a text, and in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entity import Entity
from annotator.suggest.running.job import (
    HUGE,
    HUGE_PART,
    LONG,
    PART,
    Member,
    SuggestJob,
    Task,
    part_around,
)

PLAIN = Member("plain", "1", needs_entities=False)
WANTS = Member("wants", "1", needs_entities=True)


def tasks(job: SuggestJob) -> list[Task]:
    found = []
    while task := job.next():
        found.append(task)
    return found


@given(
    st.lists(st.sampled_from(["word ", "end. ", "line\n", "\n\n", "x" * 40]), max_size=400),
    st.integers(0, 5000),
    st.integers(20, 300),
)
def test_a_part_holds_the_caret_and_is_about_as_long_as_asked(
    pieces: list[str], near: int, size: int
) -> None:
    text = "".join(pieces)
    start, end = part_around(text, near, size)
    assert 0 <= start <= min(near, len(text)) <= end <= len(text)
    assert end - start <= size * 3 // 2
    assert end == len(text) or end - start >= size // 2


def test_a_part_is_cut_between_paragraphs_where_it_can_be() -> None:
    text = "A paragraph of some words.\n\n" * 10_000
    start, end = part_around(text, 150_000)
    assert text[start:end].startswith("A paragraph")
    assert text[start:end].endswith(".\n\n")
    assert start < 150_000 < end


def test_a_short_text_is_asked_about_once() -> None:
    job = SuggestJob("hash", "short", 3)
    job.plan([PLAIN, WANTS])
    assert [(t.member, t.start, t.end, t.whole) for t in tasks(job)] == [
        (PLAIN, 0, 5, True),
        (WANTS, 0, 5, True),
    ]


def test_a_jump_brings_the_new_part_before_what_is_left() -> None:
    job = SuggestJob("hash", "word " * LONG, 0)
    job.plan([PLAIN, WANTS])
    first = job.next()
    assert first is not None
    assert not first.whole
    job.refocus(10)  # still in view
    job.refocus(LONG * 3)
    left = tasks(job)
    assert [task.member for task in left] == [PLAIN, WANTS, PLAIN, WANTS]
    assert [task.whole for task in left] == [False, False, True, True]
    assert left[0].start <= LONG * 3 < left[0].end
    assert left[0].end - left[0].start <= PART * 3 // 2
    job.refocus(0)  # everything was asked: nothing is left to be shown early
    assert job.next() is None


def test_entities_of_a_part_count_from_its_start() -> None:
    job = SuggestJob("hash", "word " * LONG, LONG * 3)
    far, near = Entity(0, 4, "ORG"), Entity(LONG * 3, LONG * 3 + 4, "ORG")
    job.entities = (far, near)
    job.plan([PLAIN, WANTS])
    plain, part, _, whole = tasks(job)
    assert plain.entities is None
    assert part.entities == (Entity(near.start - part.start, near.end - part.start, "ORG"),)
    assert whole.entities == (far, near)


def test_who_failed_is_asked_no_more_about_the_text() -> None:
    job = SuggestJob("hash", "short", 0)
    job.plan([PLAIN, WANTS])
    task = job.next()
    assert task is not None
    assert job.retry(task)
    again = job.next()
    assert again == task
    assert not job.retry(again)
    job.plan([PLAIN])
    assert [task.member for task in tasks(job)] == [WANTS]


def test_a_huge_text_is_asked_about_in_parts_only() -> None:
    text = "word " * (HUGE // 4)
    job = SuggestJob("hash", text, HUGE // 2)
    job.plan([PLAIN, WANTS])
    first, second = tasks(job)
    assert (first.member, second.member) == (PLAIN, WANTS)
    assert first.start < HUGE // 2 < first.end
    assert not first.whole
    assert first.end - first.start <= HUGE_PART * 3 // 2
    job.refocus(HUGE // 2 + 10)
    assert tasks(job) == []
    job.refocus(first.end - 10)  # near the edge: the next part
    third, _ = tasks(job)
    assert third.start < first.end - 10 < third.end
    assert third.end > first.end
    job.plan([WANTS])  # its entities became known
    assert [task.member for task in tasks(job)] == [WANTS]


def test_at_the_ends_of_a_huge_text_nothing_more_is_asked() -> None:
    text = "word " * (HUGE // 4)
    for near in (0, len(text)):
        job = SuggestJob("hash", text, near)
        job.plan([PLAIN])
        assert len(tasks(job)) == 1
        job.refocus(abs(near - 5))
        assert tasks(job) == []
