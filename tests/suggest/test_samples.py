"""What the shipped suggesters propose on the sample project, beside what two people said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.annotations import AnnotationSet
from annotator.store.texts import read_text
from annotator.store.yaml_reader import load_set
from annotator.suggest.assembly import Assembly
from annotator.suggest.base import Range, Suggestion, Text
from annotator.suggest.specs import SuggesterSpec
from benchmarks.scoring import match

SAMPLE = Path(__file__).parents[2] / "sample_data"
SETS = sorted((SAMPLE / "annotations").glob("*/articles/*.yaml"))
ARTICLES = sorted(path for path in (SAMPLE / "articles").iterdir() if path.is_file())
LABELS = ("claim", "placeholder", "furniture")
VALUES = ("kind", "expects")

SOLAR, MINUTES = "lakeside-solar.md", "council-minutes.txt"
OTHER_BOUNDS = {
    # By docs/labelling-slots-and-chatter.md, which the rules follow:
    ("ada", SOLAR, 0): "the interjection and the lead-in are two sentences, so two spans",
    ("ben", SOLAR, 0): "the same",
    ("ada", SOLAR, 2147): "tracking is the token alone, without the question mark",
    ("ben", SOLAR, 2107): "the same: ben marks the whole link",
    ("ada", SOLAR, 2465): "a sentence about the assistant is one span, as ben marks it",
    ("ada", SOLAR, 2490): "the same",
    ("ben", SOLAR, 2607): "two sentences of chatter are two spans, as ada marks them",
    ("ben", SOLAR, 668): "the picture goes with its address, as ada marks it",
    # Ben takes editors' brackets for gaps; ada rejects them.
    ("ben", MINUTES, 324): "[laughter] is no gap",
    ("ben", MINUTES, 516): "[sic] is no gap",
    ("ben", MINUTES, 1461): "[...] is no gap",
}
"""Placeholders that are not proposed with the annotator's bounds, by their start, and why."""
OTHER_VALUES = {
    ("ada", SOLAR, 518): "letters for a number are a marker; both call them a slot",
    ("ben", SOLAR, 518): "the same",
    ("ada", MINUTES, 781): "whose name it is, the text does not say; ben expects a person",
    ("ben", SOLAR, 190): "a variable of a template, as ada says; ben calls them slots",
    ("ben", SOLAR, 648): "the same",
    ("ben", SOLAR, 835): "the same",
    ("ben", SOLAR, 1175): "ben does not say what he expects; ada does",
    ("ben", SOLAR, 979): "the same",
    ("ben", SOLAR, 1881): "the same",
    ("ben", SOLAR, 1514): "a machine's citation, as ada says; ben calls it a marker",
    ("ben", SOLAR, 1665): "what is to be inserted is named, so it is a slot; ben calls it a hint",
}
"""Placeholders that are proposed under another kind, or expect something else, and why."""
UNTAGGED = {
    (SOLAR, 0): "ada and ben take this and the next for one span, see above",
    (SOLAR, 11): "see above",
    (SOLAR, 2148): "see above",
    ("reservoir-levels.txt", 567): "a slot; nobody has annotated this article",
}
"""Placeholders that are proposed where no annotator tagged one with these bounds, and why."""


def proposed(name: str, article: str) -> tuple[Suggestion, ...]:
    text, _ = read_text(SAMPLE / "articles" / article)
    return Assembly(LABELS).load(SuggesterSpec(name=name)).suggest(Text(text)).spans


def set_at(path: Path) -> AnnotationSet:
    return load_set(path.read_bytes(), str(path)).annotations


@pytest.mark.parametrize("path", SETS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_hand_tagged_placeholders_are_proposed_or_it_is_said_why_not(path: Path) -> None:
    annotator, article = path.parts[-3], path.name.removesuffix(".yaml")
    found = {(one.start, one.end): one for one in proposed("placeholders", article)}
    missed, otherwise = set(), set()
    for span in set_at(path).spans.values():
        key = annotator, article, span.start
        if span.label != "placeholder":
            continue
        one = found.get((span.start, span.end))
        if one is None:
            missed.add(key)
        elif any(one.attributes.get(name) != span.attributes.get(name) for name in VALUES):
            otherwise.add(key)
    assert missed == {key for key in OTHER_BOUNDS if key[:2] == (annotator, article)}
    assert otherwise == {key for key in OTHER_VALUES if key[:2] == (annotator, article)}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_no_placeholder_is_proposed_that_is_none(path: Path) -> None:
    tagged = {
        (span.start, span.end)
        for each in SETS
        if each.name == f"{path.name}.yaml"
        for span in set_at(each).spans.values()
        if span.label == "placeholder"
    }
    found = {(one.start, one.end) for one in proposed("placeholders", path.name)}
    assert {(path.name, start) for start, _ in found - tagged} == {
        key for key in UNTAGGED if key[0] == path.name
    }


def test_every_placeholder_of_the_machine_written_article_is_one_key_away() -> None:
    """A candidate that has half of the union in common decides a span."""
    ours = [(one.start, one.end) for one in proposed("placeholders", SOLAR)]
    ada = ranges_of("ada", SOLAR, "placeholder")
    assert len(ada) == 25
    # The two halves of a sentence that ada tags apart lie in one candidate.
    assert len(match(ours, ada)) == len(ada) - 2
    assert all(any(start < end and begin < stop for begin, end in ours) for start, stop in ada)


def ranges_of(annotator: str, article: str, label: str) -> list[Range]:
    path = SAMPLE / "annotations" / annotator / "articles" / f"{article}.yaml"
    spans = set_at(path).spans.values()
    return [(span.start, span.end) for span in spans if span.label == label]


@pytest.mark.parametrize(("annotator", "least"), [("ada", 50), ("ben", 24)])
def test_most_claims_of_the_samples_are_proposed(annotator: str, least: int) -> None:
    """Of ada's 60 and ben's 52: she marks sentences, as the suggester does, and he clauses."""
    hits = 0
    for path in SETS:
        if path.parts[-3] == annotator:
            article = path.name.removesuffix(".yaml")
            found = [(one.start, one.end) for one in proposed("claims", article)]
            hits += len(match(found, ranges_of(annotator, article, "claim")))
    assert hits >= least
