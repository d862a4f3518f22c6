from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef, Put, SetField
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.store.reanchor import (
    HOME_KEY,
    PERHAPS_KEY,
    fits,
    misquoted,
    perhaps,
    reanchor,
    rescue_misfits,
)
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore
from annotator.store.yaml_emitter import dump_set
from annotator.text.quotes import context

WORDS = [f"{a}{b}{c}" for a in "klmrs" for b in "aeiou" for c in "ntdbg"]
TEXT = " ".join(WORDS)


def span(text: str, span_id: str, start: int, end: int) -> Span:
    prefix, suffix = context(text, start, end)
    return Span(
        id=span_id,
        label="claim",
        start=start,
        end=end,
        quote=text[start:end],
        prefix=prefix,
        suffix=suffix,
    )


def said(text: str, spans: list[Span], rejected: list[Span] | None = None) -> AnnotationSet:
    reference = DocumentRef("x.txt", Document.of("x", text).sha256, len(text))
    return AnnotationSet(reference, "mira", "claims/1", spans=spans, rejected=rejected or ())


PLACES = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)), min_size=1, max_size=8
)


@given(PLACES, st.integers(0, len(TEXT)), st.integers(0, 60), st.sampled_from(["", "NEW. ", "é"]))
def test_spans_follow_their_words_and_none_is_lost(
    places: list[tuple[int, int]], at: int, gone: int, new: str
) -> None:
    spans = [
        span(TEXT, f"s{number}", start, min(len(TEXT), start + length))
        for number, (start, length) in enumerate(places)
    ]
    text = TEXT[:at] + new + TEXT[at + gone :]
    ours = said(TEXT, spans)
    ours.apply(reanchor(ours, text, TEXT).ops)
    assert {*ours.spans, *ours.orphans} == {one.id for one in spans}
    for one in spans:
        now = ours.spans.get(one.id)
        if now is not None:
            assert text[now.start : now.end] == now.quote == one.quote
        else:
            orphan = ours.orphans[one.id]
            assert replace(orphan, extra={}) == one
            assert perhaps(orphan, text) or one.quote not in text
            # Only what lies in the change or near it can be in doubt.
            assert one.start < at + gone + 72
            assert one.end + 72 > at
        # What lies wholly before or behind the change keeps its words, so it keeps its place.
        if one.end + 72 <= at:
            assert now is not None
            assert now.range == one.range
        if one.start - 72 >= at + gone:
            shift = len(new) - min(gone, len(TEXT) - at)
            assert now is not None
            assert now.start == one.start + shift


def test_equal_quotes_are_told_apart_by_what_surrounds_them() -> None:
    old = "Rain fell on [CITY] at noon. Snow fell on [CITY] at night."
    new = "At first nothing fell. " + old
    places = [old.index("[CITY]"), old.rindex("[CITY]")]
    ours = said(old, [span(old, f"s{at}", at, at + 6) for at in places])
    ours.apply(reanchor(ours, new, old).ops)
    assert [one.start for one in ours.spans.values()] == [at + 23 for at in places]


def test_an_orphan_comes_back_with_its_text() -> None:
    without = TEXT.replace(TEXT[100:107], "")
    first = span(TEXT, "s1", 100, 107)
    turned_down = replace(first, id="c1", label="placeholder", note="no slot")
    ours = said(TEXT, [first], [turned_down])
    found = reanchor(ours, without)
    ours.apply(found.ops)
    assert sorted(found.orphaned) == ["c1", "s1"]
    assert (ours.spans, ours.rejected) == ({}, {})
    assert ours.orphans["c1"].extra == {HOME_KEY: "rejected"}
    back = reanchor(ours, TEXT)
    ours.apply(back.ops)
    assert back.recovered == 2
    assert ours.spans == {"s1": first}
    assert ours.rejected == {"c1": turned_down}
    assert ours.orphans == {}


def test_an_orphan_that_was_tagged_anew_stays_one() -> None:
    ours = said(TEXT, [span(TEXT, "again", 100, 107)])
    ours.orphans["s1"] = span(TEXT, "s1", 100, 107)
    ours.apply(reanchor(ours, TEXT).ops)
    assert set(ours.orphans) == {"s1"}


def test_fragments_move_with_their_span_or_it_is_an_orphan() -> None:
    whole = replace(span(TEXT, "s1", 100, 140), fragments=((100, 110), (120, 140)))
    ours = said(TEXT, [whole])
    ours.apply(reanchor(ours, "So. " + TEXT, TEXT).ops)
    assert ours.spans["s1"].fragments == ((104, 114), (124, 144))
    odd = replace(whole, fragments=((100, 110), (120, 200)))
    ours = said(TEXT, [odd])
    ours.apply(reanchor(ours, "So. " + TEXT, TEXT).ops)
    assert ours.orphans["s1"] == odd


def test_a_span_without_quote_cannot_be_followed() -> None:
    ours = said(TEXT, [Span(id="s1", label="claim", start=3, end=9)])
    ours.apply(reanchor(ours, TEXT[1:]).ops)
    assert set(ours.orphans) == {"s1"}


@given(st.integers(-5, 900), st.integers(-5, 900))
def test_a_span_edited_out_of_the_text_is_rescued_by_its_quote(start: int, end: int) -> None:
    moved = replace(span(TEXT, "s1", 50, 90), start=start, end=end)
    assume(not fits(moved, len(TEXT)))
    ours = said(TEXT, [moved, span(TEXT, "s2", 3, 9)])
    ours.apply(rescue_misfits(ours, TEXT).ops)
    assert ours.spans["s1"].range == (50, 90)
    assert ours.spans["s2"].range == (3, 9)


def test_a_range_that_its_quote_contradicts_is_left_and_counted() -> None:
    ours = said(TEXT, [replace(span(TEXT, "s1", 3, 9), end=10)])
    assert rescue_misfits(ours, TEXT).ops == []
    assert misquoted(ours.spans.values(), TEXT) == 1


def test_a_changed_text_moves_spans_once_and_undo_stays_in_front(paths: SetPaths) -> None:
    def opened(text: str) -> SetStore:
        return SetStore.open(paths, Document.of("x.txt", text), "mira", "claims/1")

    store = opened(TEXT)
    store.do("tag", [Put("spans", span(TEXT, "s1", 100, 140))])
    store.do("tag", [Put("spans", span(TEXT, "s2", 200, 240))])
    store.write(store.freeze())
    store.do("tag", [Put("spans", span(TEXT, "s3", 300, 340))])  # not in the YAML yet
    store.close()
    changed = "Correction. " + TEXT.replace(TEXT[200:240], "")
    for _ in range(2):  # the second time, the journal alone tells that they were moved
        store = opened(changed)
        assert store.annotations.spans["s1"].start == 112
        assert store.annotations.spans["s3"].start == 272
        assert set(store.annotations.orphans) == {"s2"}
        assert store.annotations.document.sha256 == store.document.sha256
        assert store.annotations.document.length == len(changed)
        assert not store.history.done
        assert store.dirty
        store.close()
    assert not [notice for notice in store.notices if "text changed" in notice]
    store = opened(changed)
    store.do("note", [SetField("note", "moved")])
    assert store.undo() is not None
    assert store.undo() is None
    store.write(store.freeze())
    store.do("note", [SetField("note", "not in the YAML")])
    store.close()
    store = opened(changed)  # that note was made in this text, so nothing moves
    assert store.notices == []
    assert store.undo() is not None
    store.close()
    store = opened(TEXT)
    assert {one.id: one.range for one in store.annotations.spans.values()} == {
        "s1": (100, 140),
        "s2": (200, 240),
        "s3": (300, 340),
    }
    store.close()


def test_unsaved_work_on_the_old_text_follows_a_file_for_the_new_one(paths: SetPaths) -> None:
    """A colleague moved the file to the new text while our last actions were in the journal."""
    store = SetStore.open(paths, Document.of("x.txt", TEXT), "mira", "claims/1")
    store.do("tag", [Put("spans", span(TEXT, "ours", 300, 340))])
    store.close()
    changed = "Correction. " + TEXT
    theirs = said(changed, [span(changed, "theirs", 112, 152)])
    paths.annotations.parent.mkdir(parents=True)
    paths.annotations.write_text(dump_set(theirs))
    store = SetStore.open(paths, Document.of("x.txt", changed), "mira", "claims/1")
    assert store.annotations.spans["theirs"].start == 112
    assert store.annotations.spans["ours"].start == 312
    store.close()


def test_without_the_older_text_words_are_trusted_where_nothing_repeats_itself() -> None:
    lonely = said(TEXT, [span(TEXT, "s1", 400, 420)])
    found = reanchor(lonely, TEXT[:200] + TEXT[240:])
    assert (found.unsure, found.moved) == ([], 1)
    text = f"{TEXT} {TEXT[::-1]}"
    far = text[:340] + text[480:] + text[340:480]
    assert reanchor(said(text, [span(text, "s1", 400, 420)]), far).unsure == ["s1"]


def test_without_the_older_text_a_lonely_match_among_set_phrases_is_in_doubt() -> None:
    """Its words may have stood there before, and be gone where it was."""
    text = " ".join(f"The council {n} said that the bridge was closed." for n in range(40))
    lonely = said(text, [span(text, "s1", 402, 424)])
    assert reanchor(lonely, f"New. {text}").unsure == ["s1"]


def test_without_the_older_text_many_neighbours_that_moved_alike_are_trusted() -> None:
    text = " ".join(f"The council {n} said that the bridge was closed." for n in range(400))
    at = range(0, len(text) - 40, 400)
    many = said(text, [span(text, f"s{start}", start, start + 20) for start in at])
    found = reanchor(many, f"New. {text}")
    assert 0 < len(found.unsure) <= 2, "the outermost ones"
    assert found.moved == len(at) - len(found.unsure)


def test_fragments_follow_other_white_space_and_composition() -> None:
    old = f"{TEXT} The caf\u00e9 on the quay closed. {TEXT[::-1]}"
    new = old.replace("The caf\u00e9 on", "The\r\n cafe\u0301 on")
    start, end = old.index("The"), old.index("closed") + 6
    quay = old.index("quay")
    whole = replace(span(old, "s1", start, end), fragments=((start, start + 8), (quay, end)))
    ours = said(old, [whole])
    ours.apply(reanchor(ours, new, old).ops)
    parts = [new[a:b] for a, b in ours.spans["s1"].fragments]
    assert parts == ["The\r\n cafe\u0301", "quay closed"]


def test_an_orphan_in_doubt_stays_one_through_another_edit_and_comes_back_with_its_text() -> None:
    cut = TEXT[:110] + "Here is new. " + TEXT[110:118] + "More is new. " + TEXT[118:]
    ours = said(TEXT, [span(TEXT, "s1", 110, 118)])
    ours.apply(reanchor(ours, cut, TEXT).ops)
    (first,) = perhaps(ours.orphans["s1"], cut)[:1]
    assert cut[first.start : first.end] == TEXT[110:118]
    ours.document = DocumentRef("x.txt", Document.of("x", cut).sha256, len(cut))
    again = "Well. " + cut
    ours.apply(reanchor(ours, again, cut).ops)
    assert perhaps(ours.orphans["s1"], again)[0].start == first.start + 6
    back = reanchor(ours, TEXT, again)
    ours.apply(back.ops)
    assert ours.spans == {"s1": span(TEXT, "s1", 110, 118)}


def test_an_orphan_that_waits_for_review_does_not_come_back_by_itself_elsewhere() -> None:
    """Its words were in the text all along: a person was asked, and has not answered."""
    waiting = replace(span(TEXT, "s1", 110, 118), extra={PERHAPS_KEY: [[110, 118]]})
    ours = said(TEXT, [])
    ours.orphans["s1"] = waiting
    ours.apply(reanchor(ours, f"NEW. {TEXT}", TEXT).ops)
    assert ours.spans == {}
    assert ours.orphans["s1"].extra == {PERHAPS_KEY: [[115, 123]]}
