"""Suggesters that build on one another, and whom a project asks."""

from __future__ import annotations

from pathlib import Path

from annotator.store.project import open_project
from annotator.suggest.assembly import Assembly
from annotator.suggest.base import Text
from annotator.suggest.choice import candidate_annotators, setup_of
from annotator.suggest.running.runner import Runner
from annotator.suggest.specs import OWN_PIPELINE, SuggesterSpec, SuggestSetup, names_of

LABELS = ("claim", "placeholder", "furniture")
RULES = """\
format: annotator-rules/1
label: furniture
description: Marks of our own.
rules:
- id: own-mark
  description: a mark of our own
  literals: [own mark]
  pattern: '^own mark \\d+$'
  bounds: line
  score: 0.9
  examples:
  - '⟦own mark 7⟧'
  counter-examples:
  - 'own mark'
"""
ARTICLE = """\
The Varnholm bridge opened on 4 May 2021 and cost 48 million crowns.

At [insert opening date], the mayor cut the ribbon in front of 3,000 people.

Would you like me to add more details about the 12 contractors who built the bridge in 2020?
"""


def test_no_claim_is_looked_for_where_the_assistant_talks() -> None:
    claims = Assembly(LABELS).load(SuggesterSpec(name="claims"))
    placeholders = Assembly(LABELS).load(SuggesterSpec(name="placeholders"))
    talk = [s for s in placeholders.suggest(Text(ARTICLE)).spans if s.attributes["kind"] == "offer"]
    assert [ARTICLE[s.start : s.end].startswith("Would you like") for s in talk] == [True]
    found = claims.suggest(Text(ARTICLE)).spans
    assert found
    assert all(span.end <= talk[0].start for span in found)


def test_rules_are_asked_once_a_text() -> None:
    assembly = Assembly(LABELS)
    furniture = assembly.load(SuggesterSpec(name="furniture"))
    assembly.load(SuggesterSpec(name="claims"))
    text = Text(ARTICLE)
    first = furniture.suggest(text)
    assert furniture.suggest(text.with_entities([])) is first
    assert furniture.suggest(Text(ARTICLE)) is not first


def test_rules_of_the_project_are_read_and_change_the_version(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(RULES)
    text = Text("A bridge opened.\n\nown mark 12\n")
    for name in ("furniture", "claims", "placeholders"):
        plain = Assembly(LABELS).load(SuggesterSpec(name=name))
        other = Assembly(LABELS).load(SuggesterSpec(name=name, rules=(str(own),)))
        # What is left out of the claims depends on the rules too.
        assert (plain.version != other.version) == (name != "placeholders")
    furniture = Assembly(LABELS).load(SuggesterSpec(name="furniture", rules=(str(own),)))
    assert "own-mark" in {span.rule for span in furniture.suggest(text).spans}


def test_a_rule_file_with_errors_is_told_once_and_the_other_rules_are_used(tmp_path: Path) -> None:
    own, wrong = tmp_path / "own.yaml", tmp_path / "wrong.yaml"
    own.write_text(RULES)
    wrong.write_text("rules: 3")
    assembly = Assembly(LABELS)
    for name in ("placeholders", "furniture", "claims"):
        files = (str(tmp_path / "gone.yaml"), str(wrong), str(own))
        suggester = assembly.load(SuggesterSpec(name=name, rules=files))
        assert (
            suggester.suggest(Text("Of [NUMBER] people.\n\nown mark 12\n")).spans
            or name == "claims"
        )
    (gone, no_rules) = assembly.problems
    assert gone[0] == no_rules[0] == "placeholders"
    assert "gone.yaml" in gone[1]
    assert "wrong.yaml:1: format: expected" in no_rules[1]


def test_a_trained_model_that_does_not_load_leaves_the_untrained_claims(tmp_path: Path) -> None:
    setup = SuggestSetup((SuggesterSpec(name="claims", model=str(tmp_path / "gone")),), LABELS)
    runner = Runner(setup)
    assert list(runner.suggesters) == ["claims"]
    ((name, message),) = runner.failed
    assert name == "claims"
    assert "the untrained ones are shown" in message


def test_placeholders_under_a_scheme_without_claims() -> None:
    placeholders = Assembly(["placeholder"]).load(SuggesterSpec(name="placeholders"))
    assert placeholders.labels == ("placeholder",)
    found = placeholders.suggest(Text(ARTICLE))
    assert {span.label for span in found.spans} == {"placeholder"}
    assert found.links == ()


def test_a_setup_survives_its_way_to_another_process() -> None:
    setup = SuggestSetup(
        (
            SuggesterSpec(name="a", rules=("x.yaml",), model="folder"),
            SuggesterSpec(name="b", pipeline="en_x", labels={"A": "b"}, spans="sc"),
        ),
        LABELS,
        "nb",
    )
    assert SuggestSetup.from_json(setup.to_json()) == setup


def test_whom_a_project_asks(tmp_path: Path) -> None:
    settings = tmp_path / "annotator.yaml"
    settings.write_text("pipeline: en_x\nsuggesters: {ner: {pipeline: models/ner}}\n")
    shipped = ["placeholders", "furniture", "claims", "contradictions"]
    project = open_project(tmp_path)
    setup = setup_of(project)
    assert names_of(setup.specs) == [*shipped, "ner", OWN_PIPELINE]
    assert setup.specs[4].pipeline == str(tmp_path / "models" / "ner")
    assert setup.specs[5].pipeline == "en_x"
    assert setup_of(project, pipeline="en_y").specs[5].pipeline == "en_y"
    assert names_of(setup_of(project, ["claims"]).specs) == ["claims"]
    assert candidate_annotators(project) == []


def test_candidates_are_suggesters_or_annotators_with_a_set(tmp_path: Path) -> None:
    (tmp_path / "annotations" / "mira").mkdir(parents=True)
    (tmp_path / "annotations" / "claims").mkdir()  # a person may have any name: the suggester wins
    (tmp_path / "annotator.yaml").write_text(
        "candidates: [somebody-elses, claims, mira, 'model:old']\nrules: own.yaml\n"
    )
    project = open_project(tmp_path)
    setup = setup_of(project)
    assert names_of(setup.specs) == ["claims", "somebody-elses"]
    assert setup.specs[0].rules == (str(tmp_path / "own.yaml"),)
    assert candidate_annotators(project) == ["mira", "model:old"]
