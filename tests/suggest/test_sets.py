"""Suggestions as annotation sets: always the same, and known again."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.document import Document
from annotator.store.scheme_files import load_scheme
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from annotator.suggest.base import SuggestedLink, Suggestion, Suggestions
from annotator.suggest.running.plain import pack, unpack
from annotator.suggest.sets import STAMP, Stamp, is_current, is_edited, to_set

SCHEME = load_scheme("claims-and-placeholders")
STAMP_1 = Stamp("words", "1.0", "some-pipeline")


@st.composite
def proposals(draw: st.DrawFn) -> tuple[Document, Suggestions]:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        spans.append(
            Suggestion(
                label=draw(st.sampled_from(["claim", "placeholder", "unknown"])),
                start=start,
                end=draw(st.integers(start + 1, len(text))),
                score=draw(st.floats(0, 1)),
                rule=draw(st.text(max_size=5)),
                reasons=tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
                attributes=draw(
                    st.dictionaries(
                        st.sampled_from(["kind", "voice", "claimer", "odd"]),
                        st.sampled_from(["slot", "article", "nonsense", 3]),
                        max_size=3,
                    )
                ),
            )
        )
    links = []
    for _ in range(draw(st.integers(0, 3)) if len(spans) > 1 else 0):
        source, target = draw(st.permutations(range(len(spans))))[:2]
        links.append(
            SuggestedLink(
                type=draw(st.sampled_from(["contradicts", "answered-by", "unknown"])),
                source=source,
                target=target,
                score=draw(st.floats(0, 1)),
                rule="r",
                attributes={"kind": draw(st.sampled_from(["number", "nonsense"]))},
            )
        )
    return Document.of("d.txt", text), Suggestions(tuple(spans), tuple(links))


@given(proposals())
def test_a_set_is_always_the_same_and_comes_back_from_its_file(
    proposed: tuple[Document, Suggestions],
) -> None:
    document, found = proposed
    text = dump_set(to_set(STAMP_1, document, SCHEME, found))
    # The other way round, the same best proposal of a place stays, unless two are equally good.
    again = unpack(pack(found), document.length)
    assert dump_set(to_set(STAMP_1, document, SCHEME, again)) == text
    loaded = load_set(text, "d.yaml")
    assert loaded.canonical
    assert is_current(loaded.annotations, STAMP_1, document.sha256, SCHEME)
    assert not is_edited(loaded.annotations)


@given(proposals())
def test_it_says_nothing_that_the_scheme_does_not(proposed: tuple[Document, Suggestions]) -> None:
    document, found = proposed
    made = to_set(STAMP_1, document, SCHEME, found)
    wanted = {(s.label, s.start, s.end) for s in found.spans if s.label in SCHEME.labels}
    assert {(s.label, s.start, s.end) for s in made.spans.values()} == wanted
    assert len(made.spans) == len(wanted)
    for span in made.spans.values():
        assert document.text[span.start : span.end] == span.quote
        declared = SCHEME.labels[span.label].attributes
        assert all(not declared[name].complaint(v) for name, v in span.attributes.items())
        best = max(
            s.score
            for s in found.spans
            if (s.label, s.start, s.end) == (span.label, span.start, span.end)
        )
        assert span.origin["score"] == round(best, 4)
        assert span.origin["from"] == made.annotator == "model:words"
    for relation in made.relations.values():
        kind = SCHEME.relations[relation.type]
        ends = made.spans[relation.source], made.spans[relation.target]
        assert kind.allows(ends[0].label, ends[1].label)
        assert relation.attributes in ({}, {"kind": "number"})


def a_set() -> tuple[Document, str]:
    document = Document.of("d.txt", "Something happened on Monday.")
    span = Suggestion(label="claim", start=0, end=29, score=0.98765, rule="r", reasons=("why",))
    return document, dump_set(to_set(STAMP_1, document, SCHEME, Suggestions((span,))))


def test_a_score_that_nobody_measured_is_not_written() -> None:
    document = Document.of("d.txt", "Something happened on Monday.")
    span = Suggestion(label="claim", start=0, end=29, score=1, rule="r", measured=False)
    packed = json.loads(json.dumps(pack(Suggestions((span,)))))
    assert unpack(packed, 29) == Suggestions((span,))
    (made,) = to_set(STAMP_1, document, SCHEME, unpack(packed, 29)).spans.values()
    assert made.origin == {"from": "model:words", "version": "1.0", "rule": "r"}


def test_another_version_text_scheme_or_pipeline_makes_it_out_of_date() -> None:
    document, text = a_set()
    found = load_set(text, "d.yaml").annotations
    assert is_current(found, STAMP_1, document.sha256, SCHEME)
    assert not is_current(found, replace(STAMP_1, version="1.1"), document.sha256, SCHEME)
    assert not is_current(found, replace(STAMP_1, entities=""), document.sha256, SCHEME)
    assert not is_current(found, STAMP_1, "0" * 64, SCHEME)
    assert not is_current(found, STAMP_1, document.sha256, SCHEME._replace(version=2))


def test_a_change_by_hand_is_seen() -> None:
    _, text = a_set()
    for old, new in (
        ("end: 29", "end: 28"),
        ("status: done", "status: done\nnote: not so"),
        ("rule: r", "rule: s"),
        ("\nmodel:", "\nowner: me\nmodel:"),
        ("\nmodel:", "\nrejected_relations:\n- {id: no, type: restates, from: a, to: b}\nmodel:"),
    ):
        assert old in text
        assert is_edited(load_set(text.replace(old, new), "d.yaml").annotations)
    without_stamp = text[: text.index("\nmodel:") + 1]
    assert is_edited(load_set(without_stamp, "d.yaml").annotations)
    # How the file is laid out is no change.
    assert not is_edited(load_set(f"# read by hand\n{text}", "d.yaml").annotations)


def test_the_stamp_stands_in_the_file() -> None:
    _, text = a_set()
    made = load_set(text, "d.yaml").annotations
    assert made.extra[STAMP]["name"] == "words"
    assert "score: 0.9877, rule: r, reasons: [why]}" in text
