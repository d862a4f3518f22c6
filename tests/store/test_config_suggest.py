"""What annotator.yaml says of candidates, suggesters, rules and the queue."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import InvalidFileError
from annotator.store.config import PipelineConfig, QueueConfig, load_config

GOOD = """\
candidates: [placeholders, my-ner, mira]
suggesters:
  my-ner: {pipeline: models/ner, labels: {PERSON: person, ORG: org}}
  spans: {pipeline: en_some_spans, spans: sc}
rules: extra/rules.yaml
queue: {order: random, seed: 7, between: [mira, jon]}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "annotator.yaml"


def test_everything_that_can_be_said(settings: Path) -> None:
    settings.write_text(GOOD)
    for _ in range(2):  # the second time from the compiled file
        config = load_config(settings)
        assert config.candidates == ("placeholders", "my-ner", "mira")
        labels = {"PERSON": "person", "ORG": "org"}
        assert config.suggesters == {
            "my-ner": PipelineConfig("models/ner", labels),
            "spans": PipelineConfig("en_some_spans", None, "sc"),
        }
        assert config.rules == ("extra/rules.yaml",)
        assert config.queue == QueueConfig("random", 7, ("mira", "jon"))
        assert config.problems == ()


def test_what_is_left_out_has_defaults(settings: Path) -> None:
    settings.write_text("queue: candidates\n")
    config = load_config(settings)
    assert config.candidates is None
    assert config.queue == QueueConfig("candidates")
    settings.write_text("candidates: []\n")
    assert load_config(settings).candidates == ()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("candidates: 3", "1: candidates", "no list of names"),
        ("candidates:\n- a\n- b\n- a", "1: candidates", "'a' stands twice"),
        ("suggesters: [x]", "1: suggesters", "expected names"),
        ("suggesters:\n  x: en_thing", "2: suggesters.x", "expected pipeline: NAME"),
        ("suggesters:\n  x:\n    spans: sc", "2: suggesters.x.pipeline", "missing"),
        (
            "suggesters:\n  x:\n    pipeline: p\n    label: {}",
            "4: suggesters.x.label",
            "unknown key; expected pipeline, labels, spans",
        ),
        (
            "suggesters:\n  x:\n    pipeline: p\n    labels: [A]",
            "4: suggesters.x.labels",
            "expected the pipeline's labels",
        ),
        ("suggesters:\n  x: {pipeline: p, spans: 3}", "2: suggesters.x.spans", "not a string"),
        ("rules: ../rules.yaml", "1: rules", "leads out of the project"),
        ("rules: [/etc/rules.yaml]", "1: rules", "leads out of the project"),
        ("queue: 7", "1: queue", "expected order"),
        ("queue:\n  order: best", "2: queue.order", "'best' is none of name, candidates"),
        ("queue:\n  order: random\n  seed: x", "3: queue.seed", "not a whole number"),
        ("queue:\n  sed: 7", "2: queue.sed", "unknown key; expected order, seed, between"),
        ("queue:\n  between: [a]", "2: queue.between", "no list of two annotators"),
        ("queue:\n  between: [a, a]", "2: queue.between", "no list of two annotators"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    settings: Path, text: str, place: str, said: str
) -> None:
    settings.write_text(text)
    with pytest.raises(InvalidFileError) as caught:
        load_config(settings)
    first = str(caught.value.problems[0])
    assert first.startswith(f"{settings}:{place}: ")
    assert said in first
