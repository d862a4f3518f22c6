from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.text.graphemes import snap
from annotator.text.quotes import CONTEXT, Placement, context, place

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)

TEXT = "The crew left. A boat came. The crew slept. A boat sank."


def test_context_is_what_stands_around() -> None:
    assert context(TEXT, 4, 8) == ("The ", " left. A boat came. The crew sle")
    assert context(TEXT, 0, len(TEXT)) == ("", "")


@QUICK
@given(data=st.data())
def test_context_is_cut_at_graphemes(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    start = snap(text, data.draw(st.integers(0, len(text))))
    end = snap(text, data.draw(st.integers(start, len(text))))
    prefix, suffix = context(text, start, end)
    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert max(len(prefix), len(suffix)) <= CONTEXT
    low, high = start - len(prefix), end + len(suffix)
    assert snap(text, low) == low
    assert snap(text, high) == high


@QUICK
@given(data=st.data())
def test_a_quote_finds_its_place_in_the_same_text(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = place(text, text[start:end], *context(text, start, end), near=start)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@QUICK
@given(st.text("ab c.", min_size=1), st.text("ab c.", max_size=80))
def test_a_quote_finds_its_place_behind_an_insertion(quote: str, inserted: str) -> None:
    before, behind = "Here is what stood before it: ", " and this is what came after."
    old = before + quote + behind
    start = len(before)
    prefix, suffix = context(old, start, start + len(quote))
    found = place(inserted + "§" + old, quote, prefix, suffix, near=start)
    at = len(inserted) + 1 + start
    assert found == Placement(at, at + len(quote), certain=True)


def test_context_tells_equal_quotes_apart() -> None:
    second = TEXT.rindex("boat")
    prefix, suffix = context(TEXT, second, second + 4)
    changed = "News! " + TEXT.replace("sank", "sank at dusk")
    at = changed.rindex("boat")
    # Where it was expected, it is this one; elsewhere, it may be another of the same words.
    for near, certain in ((at, True), (0, False)):
        found = place(changed, "boat", prefix, suffix, near=near)
        assert found == Placement(at, at + 4, certain=certain)


def test_context_counts_from_the_quote_outwards() -> None:
    text = "by the old boat we sat, in the new boat we slept"
    found = place(text, "boat", "in the old ", " they", near=text.rindex("boat"))
    assert found is not None
    assert found.start == text.index("boat")


def test_context_does_not_cut_a_grapheme() -> None:
    text = "👩\u200d🚀" * 15 + "boat" + "👩\u200d🚀" * 15
    assert context(text, 45, 49) == ("👩\u200d🚀" * 10, "👩\u200d🚀" * 10)


def test_equal_places_are_decided_by_nearness_and_said_to_be_uncertain() -> None:
    text = "boat\n" * 40
    found = place(text, "boat", "boat\n" * 2, "\nboat" * 2, near=101)
    assert found == Placement(100, 104, certain=False)


def test_a_lone_quote_in_foreign_surroundings_is_uncertain() -> None:
    """The one that was meant may be gone, and this be another mention of the same words."""
    for quote in ("he", "the ferry to the northern isles"):
        found = place(f"xxx {quote} yyy", quote, "when ", " came", near=0)
        assert found == Placement(4, 4 + len(quote), certain=False)


def test_a_carrier_phrase_on_one_side_is_not_enough() -> None:
    before = "The minister told reporters that "
    text = f"{before}the bridge was safe, as did his deputy."
    found = place(text, "the bridge was safe", before[-32:], ", and left for the coast.", near=0)
    assert found == Placement(33, 52, certain=False)


def test_what_does_not_occur_has_no_place() -> None:
    assert place(TEXT, "ship", "A ", " came", near=0) is None
    assert place(TEXT, "", "A ", " came", near=0) is None


def test_a_quote_on_every_line_of_a_long_text() -> None:
    text = "".join(f"line {number} has a boat in it\n" for number in range(30_000))
    start = text.index("boat", text.index("line 17321 "))
    prefix, suffix = context(text, start, start + 4)
    assert place(text, "boat", prefix, suffix, near=0) == Placement(start, start + 4, certain=True)
