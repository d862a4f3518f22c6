"""Lines of the article as plain text and styles, with no app running."""

from __future__ import annotations

from rich.segment import Segment

from annotator.domain.span import Span
from annotator.text.cells import line_cells
from annotator.tui.article.paint import GUTTER, Painter
from annotator.tui.article.view import View, dirty_ranges
from annotator.tui.theme import dark_palette, light_palette

LABELS = {"claim": ("green", "c"), "placeholder": ("yellow", "p")}
FAR = View(caret=10_000)


def painter() -> Painter:
    """Return a painter for a dark screen."""
    return Painter(dark_palette(), LABELS)


def span(label: str, start: int, end: int, **more: object) -> Span:
    """Return a span with an id made of its bounds."""
    return Span(id=f"{label}{start}-{end}", label=label, start=start, end=end, **more)  # type: ignore[arg-type]


def plain(segments: list[Segment]) -> str:
    """Return what a terminal would show."""
    return "".join(segment.text for segment in segments)


def background(segments: list[Segment], text: str) -> str:
    """Return the background of the segment with some text."""
    (style,) = [s.style for s in segments if s.text == text]
    assert style is not None
    assert style.bgcolor is not None
    return style.bgcolor.name


def test_markup_and_escapes_appear_literally() -> None:
    text = "a [bold]x[/] [@click=app.quit]\x1b[31m"
    drawn = plain(painter().line(line_cells(text, 0, len(text)), (), FAR))
    assert drawn[GUTTER:] == "a [bold]x[/] [@click=app.quit]␛[31m"


def test_gutter_names_what_starts_and_bars_what_goes_on() -> None:
    text = "one two three four"
    first = line_cells(text, 0, 8)
    second = line_cells(text, 8, 18)
    claim, slot = span("claim", 0, 18), span("placeholder", 4, 7)
    assert plain(painter().gutter(first, (claim, slot), FAR)) == "cp  "
    assert plain(painter().gutter(second, (claim,), FAR)) == "│   "


def test_gutter_never_grows() -> None:
    spans = [span("claim", 0, 9), span("placeholder", 1, 9), span("other", 2, 9), span("x", -3, 9)]
    drawn = plain(painter().gutter(line_cells("123456789", 0, 9), spans, FAR))
    assert len(drawn) == GUTTER
    assert "+" in drawn


def test_caret_line_without_spans_is_marked_without_colour() -> None:
    drawn = plain(painter().gutter(line_cells("abc", 0, 3), (), View(caret=1)))
    assert drawn == "›   "


def test_innermost_label_wins_and_nesting_is_underlined() -> None:
    text = "aa bb cc"
    segments = painter().text(
        line_cells(text, 0, 8), (span("claim", 0, 8), span("placeholder", 3, 5)), FAR
    )
    styles = {segment.text: segment.style for segment in segments}
    assert background(segments, "bb") != background(segments, "aa ")
    assert styles["bb"] is not None
    assert styles["bb"].underline
    assert styles["aa "] is not None
    assert not styles["aa "].underline


def test_only_the_fragments_of_a_discontinuous_span_are_coloured() -> None:
    segments = painter().text(
        line_cells("aa bb cc", 0, 8), (span("claim", 0, 8, fragments=((0, 2), (6, 8))),), FAR
    )
    assert background(segments, "aa") == background(segments, "cc")
    assert background(segments, " bb ") != background(segments, "aa")


def test_caret_shows_on_line_ends_and_behind_the_text() -> None:
    text = "ab\ncd"
    on_newline = painter().text(line_cells(text, 0, 3), (), View(caret=2))
    assert plain(on_newline) == "ab "
    behind = painter().text(line_cells(text, 3, 5), (), View(caret=5), last=True)
    assert plain(behind) == "cd "
    not_last = painter().text(line_cells("ab cd", 0, 3), (), View(caret=3))
    assert plain(not_last) == "ab "


def test_selected_line_end_is_visible() -> None:
    drawn = painter().text(line_cells("ab\n", 0, 3), (), View(caret=9, selection=(0, 3)))
    assert plain(drawn) == "ab↵"


def test_wide_and_combining_characters_stay_whole_under_the_caret() -> None:
    text = "e\u0301悉x"
    segments = painter().text(line_cells(text, 0, 4), (), View(caret=2))
    assert [segment.text for segment in segments] == ["e\u0301", "悉", "x"]


def test_light_and_dark_give_labels_different_backgrounds() -> None:
    for palette in (dark_palette(), light_palette()):
        shades = {
            str(palette.span(colour, active).bgcolor)
            for colour in ("green", "yellow", "#123456")
            for active in (False, True)
        }
        assert len(shades) == 5


def test_growing_a_selection_dirties_only_what_entered_it() -> None:
    old = View(caret=100, selection=(10, 100))
    new = View(caret=101, selection=(10, 101))
    assert dirty_ranges(old, new) == [(100, 101), (101, 102), (100, 101)]


def test_nothing_is_dirty_when_nothing_changed() -> None:
    view = View(caret=5, selection=(1, 5), unit=(0, 9), active=span("claim", 0, 9))
    assert dirty_ranges(view, view) == []


def test_a_candidate_has_a_question_mark_and_no_background_until_it_is_reviewed() -> None:
    text = "one two three four"
    cells = line_cells(text, 0, len(text))
    slot = span("placeholder", 4, 7)
    drawn = painter().line(cells, (), FAR, (), [slot])
    assert plain(drawn) == "?   one two three four"
    (style,) = [s.style for s in drawn if s.text == "two"]
    assert style is not None
    assert background(drawn, "two") == background(drawn, "one ")
    assert style.color != painter().palette.base.color
    reviewed = painter().line(cells, (), View(caret=10_000, candidate=slot), (), [slot])
    assert background(reviewed, "two") != background(drawn, "two")
    assert plain(painter().gutter(line_cells(text, 5, 18), (), FAR, [slot])) == "┊   "


def test_a_new_candidate_under_review_repaints_both_places() -> None:
    one, other = span("claim", 0, 3), span("claim", 4, 7)
    old, new = View(caret=1, candidate=one), View(caret=5, candidate=other)
    assert {(0, 3), (4, 7)} <= set(dirty_ranges(old, new))
