"""What decisions say of sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef, Put, Status
from annotator.domain.document import text_sha256
from annotator.domain.errors import AnnotatorError
from annotator.domain.span import Span
from annotator.store.escaping import escape
from annotator.store.project import open_project
from annotator.store.set_store import SetStore
from annotator.store.yaml_emitter import dump_set
from annotator.suggest.base import Text
from annotator.training.labelling import Origin, collect, label_sentences

ARTICLE = "Rain fell on Monday. It was cold there. The bridge is closed. Share this page now."
SENTENCES = [(0, 20), (21, 39), (40, 61), (62, 82)]


def a_set(
    spans: Iterable[Span] = (),
    rejected: Iterable[Span] = (),
    status: Status = "done",
    text: str = ARTICLE,
) -> AnnotationSet:
    """Return what somebody said about the article."""
    reference = DocumentRef("a.txt", text_sha256(text), len(text))
    return AnnotationSet(
        reference,
        "mira",
        "claims-and-placeholders/1",
        status=status,
        spans=spans,
        rejected=rejected,
    )


def claim(start: int, end: int, worthiness: str = "") -> Span:
    """Return a claim."""
    return Span(
        id=f"c{start}-{end}",
        label="claim",
        start=start,
        end=end,
        quote=ARTICLE[start:end],
        attributes={"worthiness": worthiness} if worthiness else {},
    )


def said(found: AnnotationSet, furniture: Iterable[str] = ()) -> list[tuple[int, bool, Origin]]:
    """Return number, label and origin of the sentences of which something is known."""
    labelled = label_sentences(Text(ARTICLE), found, "claim", furniture)
    return [(SENTENCES.index(place), positive, origin) for place, positive, origin in labelled]


def test_the_article_has_the_sentences_that_the_tests_say() -> None:
    assert list(Text(ARTICLE).sentences) == SENTENCES


def test_in_a_finished_document_what_is_not_tagged_counts_against() -> None:
    assert said(a_set([claim(0, 20)])) == [
        (0, True, "tagged"),
        (1, False, "left"),
        (2, False, "left"),
        (3, False, "left"),
    ]


def test_in_an_unfinished_document_it_says_nothing() -> None:
    assert said(a_set([claim(0, 20)], status="in-progress")) == [(0, True, "tagged")]


def test_a_span_must_hold_more_than_half_of_a_sentence() -> None:
    assert (0, True, "tagged") in said(a_set([claim(0, 11)]))
    assert 0 not in [number for number, _, _ in said(a_set([claim(0, 10)]))]


def test_spans_add_up() -> None:
    assert (0, True, "tagged") in said(a_set([claim(0, 6), claim(4, 8), claim(15, 20)]))


def test_of_a_discontinuous_span_only_the_fragments_count() -> None:
    hull = replace(claim(0, 20), fragments=((0, 4), (16, 20)))
    assert 0 not in [number for number, _, _ in said(a_set([hull]))]


def test_rejected_candidates_count_against_wherever_the_work_stands() -> None:
    assert said(a_set(rejected=[claim(21, 39)], status="in-progress")) == [(1, False, "rejected")]


def test_a_place_that_was_not_an_orphans_says_nothing_about_its_sentence() -> None:
    rejected = [replace(claim(21, 39), origin={"from": "model:reanchor", "orphan": "s1"})]
    assert said(a_set(rejected=rejected, status="in-progress")) == []


def test_a_tag_outweighs_a_rejected_candidate_of_the_same_sentence() -> None:
    found = a_set([claim(21, 39)], [claim(21, 38)], status="in-progress")
    assert said(found) == [(1, True, "tagged")]


def test_a_claim_that_is_not_worth_it_counts_against() -> None:
    unimportant = claim(0, 20, "unimportant")
    worthy = claim(21, 39, "check-worthy")
    assert said(a_set([unimportant, worthy], status="in-progress")) == [
        (0, False, "judged"),
        (1, True, "tagged"),
    ]


def test_furniture_is_left_out() -> None:
    page = Span(id="f", label="furniture", start=62, end=82)
    assert [number for number, _, _ in said(a_set([page]), ["furniture"])] == [0, 1, 2]


def test_other_labels_say_nothing() -> None:
    other = Span(id="p", label="placeholder", start=0, end=20)
    found = a_set([other], [Span(id="q", label="placeholder", start=21, end=39)], "in-progress")
    assert said(found) == []


RANGES = st.lists(
    st.tuples(st.integers(0, 82), st.integers(0, 82)).filter(lambda pair: pair[0] < pair[1]),
    max_size=4,
    unique=True,
)


@given(RANGES, RANGES, st.sampled_from(["done", "in-progress"]))
def test_it_is_what_counting_code_points_says(
    tagged: list[tuple[int, int]], rejected: list[tuple[int, int]], status: Status
) -> None:
    found = a_set((claim(*one) for one in tagged), (claim(*one) for one in rejected), status)
    yes = {at for start, end in tagged for at in range(start, end)}
    no = {at for start, end in rejected for at in range(start, end)}
    expected: list[tuple[int, bool, Origin]] = []
    for number, (start, end) in enumerate(SENTENCES):
        inside, half = set(range(start, end)), (end - start) / 2
        if len(inside & yes) > half:
            expected.append((number, True, "tagged"))
        elif len(inside & no) > half:
            expected.append((number, False, "rejected"))
        elif status == "done" and not inside & yes:
            expected.append((number, False, "left"))
    assert said(found) == expected


def write(root: Path, annotator: str, name: str, found: AnnotationSet) -> None:
    """Write the article under a name and somebody's set of it."""
    (root / name).write_text(ARTICLE, encoding="utf-8")
    path = root / "annotations" / escape(annotator) / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_set(found), encoding="utf-8")


def test_a_project_gives_examples_with_their_documents(tmp_path: Path) -> None:
    write(tmp_path, "mira", "a.txt", a_set([claim(0, 20)]))
    write(tmp_path, "mira", "b.txt", a_set([claim(40, 61)], status="in-progress"))
    (tmp_path / "c.txt").write_text("Nobody has read this.", encoding="utf-8")
    found = collect(open_project(tmp_path))
    assert (found.label, found.annotators) == ("claim", ("mira",))
    assert [(one.id, one.annotator, one.sentences) for one in found.sources] == [
        ("a.txt", "mira", 4),
        ("b.txt", "mira", 1),
    ]
    assert found.sources[0].sha256 == text_sha256(ARTICLE)
    last = found.examples[-1]
    assert (last.document, last.text, last.positive) == ("b.txt", "The bridge is closed.", True)
    assert last.labelled == (last.text, True, "b.txt")


def test_gold_is_preferred_and_others_are_named(tmp_path: Path) -> None:
    write(tmp_path, "mira", "a.txt", a_set([claim(0, 20)]))
    write(tmp_path, "gold", "a.txt", a_set([claim(21, 39)]))
    write(tmp_path, "model:claims", "a.txt", a_set([claim(40, 61)]))
    project = open_project(tmp_path)

    def tagged(*annotators: str) -> list[int]:
        found = collect(project, annotators=annotators)
        return [one.start for one in found.examples if one.positive]

    assert tagged() == [21]
    assert tagged("mira") == [0]
    assert tagged("model:claims", "mira") == [40]
    with pytest.raises(AnnotatorError, match=r"'paul' has no annotations here.*gold, mira"):
        tagged("paul")


def test_of_several_people_the_projects_own_annotator_counts(tmp_path: Path) -> None:
    write(tmp_path, "mira", "a.txt", a_set([claim(0, 20)]))
    write(tmp_path, "paul", "a.txt", a_set([claim(21, 39)]))
    assert collect(open_project(tmp_path, annotator="paul")).annotators == ("paul",)
    with pytest.raises(AnnotatorError, match=r"eve has no annotations here.*--annotator"):
        collect(open_project(tmp_path, annotator="eve"))


def test_what_only_the_journal_holds_counts_too(tmp_path: Path) -> None:
    write(tmp_path, "mira", "a.txt", a_set(status="in-progress"))
    project = open_project(tmp_path)
    entry = project.documents[0]
    document = project.load_document(entry)
    store = SetStore.open(project.paths(entry, "mira"), document, "mira", project.scheme.id)
    store.do("tag claim", [Put("spans", claim(0, 20))])
    found = collect(project)
    store.close()
    assert [(one.start, one.positive) for one in found.examples] == [(0, True)]


def test_a_skipped_document_says_nothing_and_a_broken_one_is_named(tmp_path: Path) -> None:
    write(tmp_path, "mira", "a.txt", a_set([claim(0, 20)], status="skipped"))
    write(tmp_path, "mira", "b.txt", a_set([claim(0, 20)]))
    (tmp_path / "annotations" / "mira" / "b.txt.yaml").write_text("spans: [", encoding="utf-8")
    found = collect(open_project(tmp_path))
    assert found.examples == ()
    assert len(found.skipped) == 1
    assert found.skipped[0].startswith("b.txt is left out")


def test_what_cannot_be_learned_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(AnnotatorError, match="nobody has annotated anything"):
        collect(open_project(tmp_path))
    write(tmp_path, "mira", "a.txt", a_set([claim(0, 20)]))
    with pytest.raises(AnnotatorError, match=r"no label 'clam'.*claim, placeholder"):
        collect(open_project(tmp_path), label="clam")
