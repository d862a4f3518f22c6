"""The claim suggester with learned scores."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.suggest.base import SuggestedLink, Suggester, Suggestion, Suggestions, Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.trained_claims import TrainedClaimSuggester
from annotator.suggest.trained_claims.model import COMPONENT, MODEL_FILE, ClaimModel

ARTICLE = (
    "Unemployment has fallen by 5 percent since 1992, the governor said. I hope we can do better. "
    "Three hundred factories were shut down in Ohio last year. Thank you very much for coming."
)


@pytest.fixture
def folder(model: ClaimModel, tmp_path: Path) -> Path:
    """Folder of a trained model, version 3."""
    write(tmp_path, model, "3.0.0")
    return tmp_path


def write(folder: Path, model: ClaimModel, version: str) -> None:
    """Write a model with what the suggester reads of its provenance."""
    (folder / COMPONENT).mkdir(exist_ok=True)
    (folder / COMPONENT / MODEL_FILE).write_text(json.dumps(model.to_json()))
    (folder / "meta.json").write_text(json.dumps({"version": version, "annotator": {}}))


class Everything:
    """Proposes every sentence, and that the first contradicts the second and the third."""

    name, version, labels, needs_entities = "everything", "1", ("claim",), False

    def suggest(self, text: Text) -> Suggestions:
        spans = tuple(
            Suggestion(label="claim", start=start, end=end, score=0.1, rule="all")
            for start, end in text.sentences
        )
        link = SuggestedLink(type="contradicts", source=0, target=2, score=1, rule="r")
        return Suggestions(spans, (link, replace(link, target=1)))


def test_only_scores_are_replaced(folder: Path) -> None:
    base = ClaimSuggester(threshold=0)
    trained = TrainedClaimSuggester(folder, base, threshold=0)
    expected, found = base.suggest(Text(ARTICLE)).spans, trained.suggest(Text(ARTICLE)).spans
    assert [(one.label, one.start, one.end) for one in found] == [
        (one.label, one.start, one.end) for one in expected
    ]
    texts = [ARTICLE[one.start : one.end] for one in found]
    assert [one.score for one in found] == [round(s, 3) for s in trained.model.scores(texts)]
    assert found[0].attributes["voice"] == expected[0].attributes["voice"] == "attributed"
    assert set(expected[0].reasons) < set(found[0].reasons)
    assert found[0].reasons[0].startswith("learned: ")


def test_what_scores_below_the_threshold_is_not_proposed(folder: Path) -> None:
    trained = TrainedClaimSuggester(folder, ClaimSuggester(threshold=0))
    found = trained.suggest(Text(ARTICLE)).spans
    assert all(one.score >= 0.5 for one in found)
    assert [ARTICLE[one.start : one.start + 5] for one in found] == ["Unemp", "Three"]


def test_worthiness_follows_the_learned_score(folder: Path) -> None:
    trained = TrainedClaimSuggester(folder, ClaimSuggester(threshold=0), threshold=0)
    for one in trained.suggest(Text(ARTICLE)).spans:
        assert (one.attributes.get("worthiness") == "check-worthy") == (one.score >= 0.85)


def test_links_go_along_with_their_spans(folder: Path) -> None:
    found = TrainedClaimSuggester(folder, Everything()).suggest(Text(ARTICLE))
    assert [ARTICLE[one.start : one.start + 5] for one in found.spans] == ["Unemp", "Three"]
    assert [(link.source, link.target) for link in found.links] == [(0, 1)]


def test_it_is_the_same_annotator_with_a_version_that_rises(
    folder: Path, model: ClaimModel
) -> None:
    base = ClaimSuggester(threshold=0)
    first = TrainedClaimSuggester(folder, base)
    assert isinstance(first, Suggester)
    assert (first.name, first.labels) == (base.name, base.labels)
    assert first.version.startswith(f"{base.version}+trained.3.")
    other = ClaimModel(model.frequent, model.weights, model.bias + 1, model.slope, model.shift)
    write(folder, other, "4.0.0")
    second = TrainedClaimSuggester(folder, base)
    assert second.version.startswith(f"{base.version}+trained.4.")
    assert second.version.split(".")[-1] != first.version.split(".")[-1]
