"""The sample project is what its README says: exact, canonical, and instructive."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import text_sha256
from annotator.domain.span import Relation, Span
from annotator.store.scheme_files import load_scheme
from annotator.store.validate import validate
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from annotator.text.graphemes import snap
from annotator.text.quotes import context

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
ARTICLES = sorted(path for path in (SAMPLE / "articles").iterdir() if path.is_file())
SETS = sorted((SAMPLE / "annotations").glob("*/articles/*.yaml"))
PAIRED = sorted({path.name.removesuffix(".yaml") for path in SETS})


def text_of(name: str) -> str:
    return (SAMPLE / "articles" / name).read_bytes().decode("utf-8")


def set_of(annotator: str, name: str) -> AnnotationSet:
    path = SAMPLE / "annotations" / annotator / "articles" / f"{name}.yaml"
    return load_set(path.read_bytes(), str(path)).annotations


def quotes(spans: list[Span]) -> set[str]:
    return {span.quote for span in spans}


def linked(annotations: AnnotationSet, kind: str) -> set[frozenset[str]]:
    """The pairs of quotes that relations of one type join."""

    def ends(relation: Relation) -> frozenset[str]:
        return frozenset(annotations.spans[i].quote for i in (relation.source, relation.target))

    return {ends(relation) for relation in annotations.relations.values() if relation.type == kind}


def labelled(annotations: AnnotationSet, label: str) -> list[Span]:
    return [span for span in annotations.spans.values() if span.label == label]


def test_there_are_enough_articles_and_pairs_of_sets() -> None:
    assert len(ARTICLES) >= 6
    assert len(PAIRED) >= 3
    assert len(SETS) == 2 * len(PAIRED)


def test_the_whole_project_is_valid() -> None:
    assert [str(finding) for finding in validate(SAMPLE)] == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_set_is_canonical_and_its_quotes_are_exact(path: Path) -> None:
    written = path.read_bytes()
    loaded = load_set(written, str(path))
    assert loaded.canonical
    assert dump_set(loaded.annotations).encode() == written
    annotations = loaded.annotations
    text = text_of(path.name.removesuffix(".yaml"))
    assert annotations.annotator == path.parts[-3]
    assert annotations.document.sha256 == text_sha256(text)
    assert annotations.document.length == len(text)
    for span in (*annotations.spans.values(), *annotations.rejected.values()):
        assert span.start < span.end
        assert text[span.start : span.end] == span.quote
        assert (span.prefix, span.suffix) == context(text, span.start, span.end)
        assert snap(text, span.start) == span.start, "a span begins inside a grapheme"
        assert snap(text, span.end) == span.end, "a span ends inside a grapheme"
        assert span.quote == span.quote.strip()


def test_relations_join_what_the_scheme_allows() -> None:
    scheme = load_scheme("claims-and-placeholders")
    for path in SETS:
        annotations = load_set(path.read_bytes(), str(path)).annotations
        for relation in annotations.relations.values():
            source, target = (
                annotations.spans[end].label for end in (relation.source, relation.target)
            )
            assert scheme.relations[relation.type].allows(source, target)


@pytest.mark.parametrize("name", PAIRED)
def test_ada_and_ben_agree_in_part_only(name: str) -> None:
    ada, ben = (set_of(who, name) for who in ("ada", "ben"))
    ranges = [{(s.label, s.start, s.end) for s in one.spans.values()} for one in (ada, ben)]
    assert ranges[0] & ranges[1]
    assert ranges[0] - ranges[1]
    assert ranges[1] - ranges[0]


def test_sentence_against_clause() -> None:
    ada, ben = (labelled(set_of(who, "mill-bridge.txt"), "claim") for who in ("ada", "ben"))
    nested = [(a, b) for a in ada for b in ben if a.start <= b.start and b.end < a.end]
    assert len(nested) >= 4


def test_slots_nest_in_claims_and_block_them() -> None:
    annotations = set_of("ada", "lakeside-solar.md")
    blocked = [
        (annotations.spans[r.source], annotations.spans[r.target])
        for r in annotations.relations.values()
        if r.type == "blocks"
    ]
    assert len(blocked) >= 5
    for slot, claim in blocked:
        assert claim.start <= slot.start
        assert slot.end <= claim.end


def test_each_sees_a_contradiction_that_the_other_does_not() -> None:
    ada, ben = (set_of(who, "mill-bridge.txt") for who in ("ada", "ben"))
    mayor_pays = "The town will pay half of it"
    nobody_hurt = "Nobody was hurt in the accident."
    assert any(mayor_pays in quote for pair in linked(ada, "contradicts") for quote in pair)
    assert not any(mayor_pays in quote for pair in linked(ben, "contradicts") for quote in pair)
    assert any(nobody_hurt in pair for pair in linked(ben, "contradicts"))
    assert not any(nobody_hurt in pair for pair in linked(ada, "contradicts"))


def test_same_span_different_attributes() -> None:
    def shared(name: str, attribute: str) -> set[tuple[object, object]]:
        ada, ben = (
            {(s.label, s.range): s.attributes for s in set_of(who, name).spans.values()}
            for who in ("ada", "ben")
        )
        values = {(ada[k].get(attribute), ben[k].get(attribute)) for k in ada.keys() & ben.keys()}
        return {pair for pair in values if None not in pair and pair[0] != pair[1]}

    assert ("check-worthy", "unimportant") in shared("mill-bridge.txt", "worthiness")
    assert ("conflicting", "supported") in shared("mill-bridge.txt", "verdict")
    assert ("template-variable", "slot") in shared("lakeside-solar.md", "kind")
    assert ("ORG", "PERSON") in shared("council-minutes.txt", "expects")


def test_claim_or_placeholder() -> None:
    closing = "In conclusion, the Lakeside Solar Park"
    ada, ben = (set_of(who, "lakeside-solar.md").spans.values() for who in ("ada", "ben"))
    assert {s.label for s in ada if s.quote.startswith(closing)} == {"placeholder"}
    assert {s.label for s in ben if s.quote.startswith(closing)} == {"claim"}


def test_rejected_suggestions_are_kept_with_their_origin() -> None:
    ada, ben = (set_of(who, "council-minutes.txt") for who in ("ada", "ben"))
    for span in (*ada.rejected.values(), *ben.rejected.values()):
        assert span.origin["from"] == "model:brackets"
    wrongly_accepted = quotes(list(ada.rejected.values())) & quotes(list(ben.spans.values()))
    assert wrongly_accepted == {"[sic]", "[laughter]", "[...]"}


def test_night_ferry_is_clean() -> None:
    text = text_of("night-ferry.txt")
    assert not re.search(r"[\[\]{}<>]", text)
    assert "10:40 p.m. (21:40 GMT) from" not in text
    assert "10:40 p.m. (21:40 GMT) with" in text
    assert "Dr. " in text


def test_lakeside_solar_was_left_unfinished_by_a_machine() -> None:
    text = text_of("lakeside-solar.md")
    kinds = {s.attributes.get("kind") for s in set_of("ada", "lakeside-solar.md").spans.values()}
    assert len(re.findall(r"\[[^\]]+\]", text)) >= 10
    assert text.startswith("Certainly!")
    assert {
        "slot", "alternatives", "marker", "template-variable", "dummy", "media-stub", "offer",
        "opener", "closer", "self-id", "cutoff", "cite-token", "tracking",
    } <= kinds  # fmt: skip


def test_mill_bridge_contradicts_itself() -> None:
    first, second = text_of("mill-bridge.txt").split("A crossing with a history")
    for one, other in (("1908", "1926"), ("4.1 million", "5.6 million"), ("Reiner", "Marquardt")):
        assert one in first
        assert one not in second
        assert other in second
        assert other not in first


def test_night_market_holds_every_script_and_cluster() -> None:
    text = text_of("night-market.txt")
    names = {unicodedata.name(char, "").split(" ")[0] for char in text}
    assert {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HEBREW", "ARABIC", "REGIONAL", "TAG"} <= names
    for cluster in (
        "👨\u200d👩\u200d👧\u200d👦",
        "👩🏽\u200d🍳",
        "🇯🇵🇰🇷",
        "🏳\ufe0f\u200d🌈",
        "1\ufe0f\u20e3",
    ):
        assert cluster in text
    assert "\u200c" in text
    assert "\u2028" in text
    assert "\u00a0" in text
    assert unicodedata.normalize("NFC", text) != text


def test_reservoir_levels_keeps_its_bytes() -> None:
    text = text_of("reservoir-levels.txt")
    assert text.count("\r\n") == text.count("\n") == text.count("\r") > 15
    assert text.count("\t") > 30
    assert "\t\t" in text
    assert "\f" in text
    assert re.search(r"[ \t]\r\n", text)
    assert not text.endswith("\n")


def test_only_this_file_has_carriage_returns_and_git_leaves_them_alone() -> None:
    with_returns = [path.name for path in ARTICLES if b"\r" in path.read_bytes()]
    assert with_returns == ["reservoir-levels.txt"]
    assert "* -text" in (SAMPLE / ".gitattributes").read_text(encoding="utf-8").splitlines()


def test_garden_allotments_is_mostly_furniture() -> None:
    text = text_of("garden-allotments.txt")
    furniture = labelled(set_of("ada", "garden-allotments.txt"), "furniture")
    assert len(furniture) >= 10
    covered = sum(span.end - span.start for span in furniture)
    assert 0.4 < covered / len(text) < 0.6


def test_council_minutes_are_hard_wrapped_with_editors_brackets() -> None:
    text = text_of("council-minutes.txt")
    assert max(map(len, text.splitlines())) <= 72
    for bracket in ("[sic]", "[she]", "[N]othing", "[emphasis added]", "[1]", "[...]"):
        assert bracket in text
    spans = set_of("ada", "council-minutes.txt").spans.values()
    assert sum("\n" in span.quote for span in spans) >= 5


def test_readme_tells_of_every_article() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for path in ARTICLES:
        assert f"`{path.name}`" in readme
