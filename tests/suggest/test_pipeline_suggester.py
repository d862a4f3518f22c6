"""spaCy pipelines as suggesters: real ones, saved by processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.suggest.assembly import Assembly
from annotator.suggest.base import Suggester, Suggestions, Text
from annotator.suggest.entity_suggester import same_names
from annotator.suggest.specs import OWN_PIPELINE, SuggesterSpec

_SAVE = """
import sys, spacy
from spacy.language import Language
language = spacy.blank("en")
config = {"spans_key": "places", "annotate_ents": True}
ruler = language.add_pipe("span_ruler", config=config)
ruler.add_patterns([{"label": "GPE", "pattern": name} for name in sys.argv[2:]])
language.to_disk(sys.argv[1])
"""
TEXT = "\U0001f600 To Oslo.\r\n\r\n\x00\ud800 From Lima to Oslo.\n"
PLACES = [(5, 9), (22, 26), (30, 34)]


def save(folder: Path, *names: str) -> Path:
    """Save a pipeline that finds names, as entities and in a span group."""
    # In a process of its own, so that only the tests that run a pipeline load spaCy.
    subprocess.run([sys.executable, "-c", _SAVE, str(folder), *names], check=True)
    return folder


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("pipelines") / "cities", "Oslo", "Lima")


def load(pipeline: Path, *scheme: str, **more: object) -> Suggester:
    spec = SuggesterSpec(name="mine", pipeline=str(pipeline), **more)  # type: ignore[arg-type]
    return Assembly(scheme).load(spec)


def places(found: Suggestions) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found.spans]


def test_entities_under_the_label_that_stands_for_theirs(cities: Path) -> None:
    suggester = load(cities, "place", "claim", labels={"GPE": "place", "ORG": "claim"})
    found = suggester.suggest(Text(TEXT))
    assert [TEXT[start:end] for start, end in places(found)] == ["Oslo", "Lima", "Oslo"]
    assert places(found) == PLACES
    assert {(one.label, one.rule) for one in found.spans} == {("place", "GPE")}
    assert not any(one.measured for one in found.spans), "it gives no score, so none is told"
    assert set(suggester.labels) == {"place", "claim"}


def test_a_group_of_spans(cities: Path) -> None:
    suggester = load(cities, "gpe", spans="places")
    assert places(suggester.suggest(Text(TEXT))) == PLACES
    assert suggester.labels == ("gpe",)
    wrong = load(cities, "gpe", spans="sc")
    with pytest.raises(AnnotatorError, match="there is no span group 'sc'"):
        wrong.suggest(Text(TEXT))


def test_without_a_mapping_labels_of_one_name_are_taken(cities: Path) -> None:
    assert places(load(cities, "Gpe", "claim").suggest(Text(TEXT))) == PLACES
    assert load(cities, "claim").labels == ()
    assert same_names(["GPE", "ORG", "x"], ["org", "Gpe", "GPE"]) == {"GPE": "Gpe", "ORG": "org"}


def test_labels_that_mean_nothing_are_refused(cities: Path) -> None:
    with pytest.raises(AnnotatorError, match="GPE stands for 'place', which is no label"):
        load(cities, "claim", labels={"GPE": "place"})
    with pytest.raises(AnnotatorError, match="there is no pipeline"):
        load(cities / "nowhere", "claim")


def test_the_version_tells_settings_and_pipelines_apart(cities: Path, tmp_path: Path) -> None:
    versions = {
        load(cities, "gpe").version,
        load(cities, "gpe", spans="places").version,
        load(cities, "gpe", "place", labels={"GPE": "place"}).version,
        load(save(tmp_path / "cities", "Oslo"), "gpe").version,
    }
    assert len(versions) == 4
    before = load(tmp_path / "cities", "gpe").version
    save(tmp_path / "cities", "Kyoto")
    assert load(tmp_path / "cities", "gpe").version != before
    assert load(cities, "gpe").version == load(cities, "gpe").version


def test_the_programs_own_entities_need_no_second_reading() -> None:
    from annotator.domain.entity import Entity

    suggester = Assembly(["PERSON", "ORG"]).load(SuggesterSpec(name=OWN_PIPELINE))
    entities = [Entity(0, 3, "PERSON"), Entity(4, 8, "GPE"), Entity(9, 12, "ORG")]
    found = suggester.suggest(Text("Ada Oslo UNO", entities=entities))
    assert [(one.label, one.start, one.end) for one in found.spans] == [
        ("PERSON", 0, 3),
        ("ORG", 9, 12),
    ]
    assert suggester.needs_entities
    assert suggester.suggest(Text("Ada Oslo UNO")).spans == ()
    # Nobody misses a pipeline where no label asks for one.
    nowhere = SuggesterSpec(name=OWN_PIPELINE, pipeline="nowhere")
    assert Assembly(["claim"]).load(nowhere).labels == ()
