"""The benchmark of the suggesters, run on suggesters whose worth is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.suggest.base import Suggester, Suggestion, Suggestions, Text
from benchmarks.claims import evaluate_claims, rate
from benchmarks.labels import Labelled
from benchmarks.news import articles
from benchmarks.scoring import Counts
from benchmarks.spans import (
    FamilyScore,
    compare,
    evaluate_spans,
    excerpt,
    family_verdict,
    placeholders,
    scan,
)
from benchmarks.suggest import evaluate_speed, main
from benchmarks.tables import MET, MISSED, UNCERTAIN, verdict


@dataclass(frozen=True)
class PatternSuggester:
    """Proposes whatever a pattern finds."""

    pattern: str
    label: str = "placeholder"
    kind: str = "slot"
    name: str = "pattern"
    version: str = "1"
    needs_entities: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label,)

    def suggest(self, text: Text) -> Suggestions:
        found = re.finditer(self.pattern, text.text)
        attributes = {"kind": self.kind} if self.label == "placeholder" else {}
        return Suggestions(
            tuple(
                Suggestion(
                    label=self.label,
                    start=one.start(),
                    end=one.end(),
                    score=len(one[0]) / 100,
                    rule=f"{self.name}.{self.kind}",
                    attributes=attributes,
                )
                for one in found
            )
        )


BRACKETS = PatternSuggester(r"\[[^\]]*\]")
TEXT = Labelled(
    7,
    "Sure! Dear [name], see [1] at XX.",
    ((0, 5, "opener"), (11, 17, "hint"), (30, 32, "marker")),
)


def test_the_pattern_is_a_suggester() -> None:
    assert isinstance(BRACKETS, Suggester)


def test_families_are_scored_apart() -> None:
    proposed = placeholders(BRACKETS, TEXT.text)
    slots, wrong = compare("slots", TEXT, proposed)
    assert slots == FamilyScore(Counts(1, 1, 1), Counts(1, 1, 1), right_kinds=0)
    assert [(one.what, one.kind) for one in wrong] == [("false", "slot"), ("missed", "marker")]
    chatter, wrong = compare("chatter", TEXT, proposed)
    assert chatter == FamilyScore(Counts(0, 0, 1), Counts(0, 0, 1), right_kinds=0)
    assert [(one.record, one.what, one.kind) for one in wrong] == [(7, "missed", "opener")]


def test_near_bounds_count_but_not_as_exact() -> None:
    proposed = placeholders(PatternSuggester(r"\[\w{4}", kind="hint"), TEXT.text)
    score, _ = compare("slots", TEXT, proposed)
    assert score == FamilyScore(Counts(1, 0, 1), Counts(0, 1, 2), right_kinds=1)


def test_other_labels_are_not_placeholders() -> None:
    assert placeholders(PatternSuggester("XX", label="claim"), TEXT.text) == []


def test_the_table_of_spans(capsys: pytest.CaptureFixture[str]) -> None:
    assert not evaluate_spans([TEXT, TEXT], BRACKETS, errors=True)
    out = capsys.readouterr().out
    row = next(line for line in out.splitlines() if line.startswith("| slots |"))
    assert row.startswith("| slots | 2 | 2 | 2 | 0.500 (0.15–0.85) | 0.500 (0.15–0.85) | 0.500 |")
    assert row.endswith(f"| 0.95 / 0.90 | {MISSED} |")
    assert out.count("- 7 missed opener") == 2


def test_excerpts_are_one_line_and_safe() -> None:
    shown = excerpt("a\x1b[31m\n[name]\u202e", 7, 13)
    assert "⟦[name]⟧" in shown
    assert not any(char in shown for char in "\x1b\n\u202e")


def test_the_scan_leaves_the_labelled_out(capsys: pytest.CaptureFixture[str]) -> None:
    scan(["[a] [b]", "[c]", "[d]"], {1}, BRACKETS, show="pattern.slot")
    out = capsys.readouterr().out
    assert "| pattern.slot | slot | 3 | 2 |" in out
    assert "⟦[d]⟧" in out
    assert "[c]" not in out


def test_verdicts() -> None:
    assert verdict(0.9, 0.95) == MISSED
    assert verdict(float("nan"), 0.5) == MISSED
    assert verdict(0.96, 0.95) == MET
    assert verdict(1, 0.95, low=0.9) == UNCERTAIN
    assert family_verdict(Counts(3), 0.95, 0.9) == UNCERTAIN
    assert family_verdict(Counts(500), 0.95, 0.9) == MET
    assert family_verdict(Counts(500, missed=200), 0.95, 0.9) == MISSED


def test_a_sentence_is_rated_by_its_best_claim() -> None:
    words = PatternSuggester(r"\w+", label="claim")
    assert rate(words, words, Text("One three five.")) == (0.05, True)
    assert rate(words, words, Text("...")) == (0.0, False)
    assert rate(BRACKETS, BRACKETS, Text("[name]")) == (0.0, False)


def test_what_is_not_proposed_is_ranked_all_the_same() -> None:
    long = PatternSuggester(r"\w{5,}", label="claim")
    words = PatternSuggester(r"\w+", label="claim")
    assert rate(long, words, Text("Two four.")) == (0.04, False)


def test_a_perfect_ranking_gets_full_marks(capsys: pytest.CaptureFixture[str]) -> None:
    digits = PatternSuggester(r"\d+", label="claim")
    records = [{"sentence": f"It cost {n}.", "checkworthy": "yes"} for n in range(1, 9)]
    records += [{"sentence": "It was nice.", "checkworthy": "opinion"}] * 4
    assert evaluate_claims(records, digits, digits)
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("| without entities, halves |"))
    cells = [cell.strip() for cell in row.split("|")[1:-1]]
    assert cells[1] == "8"
    assert cells[2] == cells[3] == cells[5] == "1.000 (1.00–1.00)"
    assert cells[-1] == MET


def test_a_suggester_that_takes_everything_is_no_better_than_the_floor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    records = [{"sentence": "Same words.", "checkworthy": "yes"}] * 4
    records += [{"sentence": "Same words.", "checkworthy": "no"}] * 4
    everything = PatternSuggester("Same", label="claim")
    assert not evaluate_claims(records, everything, everything)
    rows = [
        line.split("|")[2:] for line in capsys.readouterr().out.splitlines() if "halves |" in line
    ]
    floor, found = ([cell.strip() for cell in row] for row in rows)
    assert floor[1] == found[1] == "0.667 (0.67–0.67)"
    assert floor[4] == found[4] == "0.500 (0.50–0.50)"


def test_speed_is_measured_on_every_article(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate_speed([BRACKETS, PatternSuggester("©.*", name="foot")], size=20_000, rounds=1)
    out = capsys.readouterr().out
    texts = articles(20_000)
    spans = sum(len(re.findall(BRACKETS.pattern, text)) for text in texts)
    assert f"| {spans} |" in next(
        line for line in out.splitlines() if line.startswith("| pattern |")
    )
    assert f"| {len(texts)} |" in next(
        line for line in out.splitlines() if line.startswith("| foot |")
    )
    assert f"| {spans + len(texts)} |" in out


def test_generated_news_is_the_same_each_time_and_large_enough() -> None:
    texts = articles(100_000)
    assert texts == articles(100_000)
    assert texts != articles(100_000, seed=2)
    assert sum(len(text.encode()) for text in texts) >= 100_000


def test_without_data_it_says_what_to_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 2
    assert main(["--data", str(tmp_path), "--only", "claims"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("pass --data FOLDER") == 2
