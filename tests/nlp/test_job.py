"""The order of reading and the joining of results, with a recogniser of capital letters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.entities import Entity
from annotator.nlp.events import EntitiesFound
from annotator.nlp.job import Found, Job
from annotator.nlp.paragraphs import LIMIT


def capitals(texts: list[str]) -> Found:
    return [[(m.start(), m.end(), "CAP") for m in re.finditer("[A-Z]+", text)] for text in texts]


def run(job: Job, focus: list[int]) -> list[EntitiesFound]:
    """Read to the end, two batches at a time as the service does, turning now and then."""
    reports: list[EntitiesFound] = []
    waiting: list[list[int]] = []
    while True:
        while len(waiting) < 2 and (batch := job.next_batch()):
            waiting.append(batch)
        if not waiting:
            return reports
        batch = waiting.pop(0)
        report = job.take(batch, capitals(job.texts(batch)))
        if report is not None:
            reports.append(report)
        if focus:
            job.refocus(focus.pop())


PARAGRAPHS = st.lists(st.text(st.sampled_from("aBC \u00e9"), max_size=1500), max_size=60)


@given(PARAGRAPHS, st.lists(st.integers(-5, 100_000), min_size=1, max_size=6))
def test_whatever_the_order_all_entities_are_found_once_and_in_place(
    paragraphs: list[str], places: list[int]
) -> None:
    text = "\n\n".join(paragraphs)
    job = Job("hash", text, places[0])
    if job.done:
        assert not text.strip()
        assert job.report() == EntitiesFound("hash", (), 1.0, done=True)
        return
    reports = run(job, places[1:])
    assert [report.done for report in reports] == [False] * (len(reports) - 1) + [True]
    assert reports[-1].fraction == 1.0
    assert list(reports[-1].entities) == [
        Entity(m.start(), m.end(), "CAP") for m in re.finditer("[A-Z]+", text)
    ]
    for report in reports:
        assert list(report.entities) == sorted(report.entities)


def numbered(count: int) -> str:
    return "\n\n".join(f"P{number} ".ljust(400, "x") for number in range(count))


def test_the_first_batch_is_small_and_around_the_caret() -> None:
    text = numbered(100)
    job = Job("hash", text, text.index("P50"))
    first = " ".join(job.texts(job.next_batch()))
    assert "P50" in first
    assert "P49" in first
    assert "P51" in first
    assert len(first) < LIMIT / 2


def test_a_caret_behind_the_text_begins_with_the_last_paragraph() -> None:
    assert Job("hash", "one\n\ntwo", 1_000).next_batch()[0] == 1


def test_a_new_place_is_read_next_and_reported_at_once() -> None:
    text = numbered(1_000)
    job = Job("hash", text, 0)
    # Past this much the next report would be several batches away.
    while (report := job.take(batch := job.next_batch(), [()] * len(batch))) is None or (
        report.fraction < 0.3
    ):
        pass
    job.refocus(text.index("P800"))
    batch = job.next_batch()
    report = job.take(batch, capitals(job.texts(batch)))
    assert report is not None
    assert text.index("P800") in {entity.start for entity in report.entities}


def test_reports_become_rarer_as_more_is_read() -> None:
    text = numbered(2_000)
    job = Job("hash", text, 0)
    reports = run(job, [])
    assert sum(len(report.entities) for report in reports) < 12 * len(reports[-1].entities)
    assert 10 < len(reports) < 80
