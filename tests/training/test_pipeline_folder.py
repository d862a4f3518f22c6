"""The saved pipeline: loads in a fresh process, scores the same, says what it was made of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator import __version__
from annotator.domain.document import text_sha256
from annotator.store.project import open_project
from annotator.suggest.trained_claims.model import ClaimModel, load
from annotator.training.labelling import NOT_WORTH, Examples, collect
from annotator.training.pipeline_folder import provenance
from annotator.training.train import Trained, train
from benchmarks.debate_project import write_project
from benchmarks.debate_sentences import generate

_WRITE = """
import json, sys
from pathlib import Path
from annotator.suggest.trained_claims.model import read_model
from annotator.training.pipeline_folder import write_pipeline
model = read_model(Path(sys.argv[1]))
for language in json.loads(sys.argv[3]):
    folder = Path(sys.argv[2]) / language
    made_of = {"language": language, "ids": ["caf\\u00e9 \\udcff"]}
    write_pipeline(
        folder, model, label="claim", language=language, version="2.0.0", made_of=made_of
    )
"""

_LOAD = """
import json, sys
import spacy
for folder in json.loads(sys.argv[1]):
    pipeline = spacy.load(folder)
    doc = pipeline(sys.argv[2])
    spans = doc.spans["claims"]
    alone = [pipeline(text).cats["claim"] for text in json.loads(sys.argv[3])]
    print(json.dumps([
        [[span.start_char, span.end_char, span.label_] for span in spans],
        spans.attrs["scores"], alone, pipeline.lang, pipeline.meta["version"],
        pipeline.meta["annotator"], pipeline.analyze_pipes()["problems"],
    ]))
"""

TEXT = "Unemployment has fallen by 5 percent since 1992. 🚀 I hope we can do better. Thank you."


def run(code: str, *arguments: str) -> str:
    """Run code in a fresh process; the tests' own stays without spaCy."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Examples, Trained]:
    """A model of a small project, and what it learned from."""
    root = tmp_path_factory.mktemp("project")
    write_project(root, generate(160, seed=6, debates=6))
    examples = collect(open_project(root))
    return examples, train([one.labelled for one in examples.examples], 5)


@pytest.mark.slow
def test_a_fresh_process_scores_the_same(made: tuple[Examples, Trained], tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text(json.dumps(made[1].model.to_json()))
    run(_WRITE, str(file), str(tmp_path), json.dumps(["en", "tlh"]))
    model = load(tmp_path / "en")
    assert model.to_json() == made[1].model.to_json()
    texts = [one.text for one in generate(20, seed=12)]
    folders = json.dumps([str(tmp_path / name) for name in ("en", "tlh")])
    told = run(_LOAD, folders, TEXT, json.dumps(texts)).splitlines()
    for line, name, language in zip(told, ("en", "tlh"), ("en", "xx"), strict=True):
        spans, scores, alone, lang, version, made_of, problems = json.loads(line)
        check_spans(model, spans, scores)
        assert alone == model.scores(texts)
        assert (lang, version, made_of) == (
            language,
            "2.0.0",
            {"language": name, "ids": ["café \\udcff"]},
        )
        assert not any(problems.values())


def check_spans(model: ClaimModel, spans: list[list[Any]], scores: list[float]) -> None:
    """Hold that the spans are the sentences that score one half or more."""
    found = [TEXT[start:end] for start, end, _ in spans]
    assert found[0].startswith("Unemployment has fallen")
    assert "Thank you." not in found
    assert {label for _, _, label in spans} == {"claim"}
    assert scores == model.scores(found)
    assert all(score >= 0.5 for score in scores)


def test_the_provenance_says_what_the_model_was_made_of(made: tuple[Examples, Trained]) -> None:
    examples, trained = made
    found = json.loads(json.dumps(provenance(examples, trained, 5, NOT_WORTH)))
    assert found["annotator_version"] == __version__
    assert found["created"].endswith("Z")
    assert (found["label"], found["annotators"], found["seed"]) == ("claim", ["mira"], 5)
    assert found["counts"]["documents"] == 6
    assert found["counts"]["sentences"] == len(examples.examples)
    assert sum(found["counts"]["by_origin"].values()) == len(examples.examples)
    assert found["counts"]["positive"] == sum(one.positive for one in examples.examples)
    assert [one["id"] for one in found["documents"]] == [f"debates/0{n}.txt" for n in range(6)]
    assert sum(one["sentences"] for one in found["documents"]) == len(examples.examples)
    assert trained.scores is not None
    assert found["scores"]["f1"] == trained.scores.f1
    assert found["learning_curve"][-1]["scores"] == found["scores"]
    assert found["against"] == {"worthiness": ["unimportant", "not-checkable"]}
    assert set(found["versions"]) == {"python", "numpy", "spacy"}


def test_the_hash_of_a_document_is_that_of_its_text(
    made: tuple[Examples, Trained], tmp_path: Path
) -> None:
    write_project(tmp_path, generate(160, seed=6, debates=6))
    for source in made[0].sources:
        text = (tmp_path / source.id).read_text(encoding="utf-8")
        assert source.sha256 == text_sha256(text)
