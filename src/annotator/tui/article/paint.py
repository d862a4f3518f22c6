"""One visual line of the article as styled segments. Pure: no widget, no app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style

from ...domain.span import Span
from ...session.cursor import Range
from ...text.cells import LineCells
from ..theme import Palette
from .view import View

GUTTER = 4
"""Cells left of the text: three marks and a blank."""


class Painter:
    """Turns lines into segments; keeps the styles it has made.

    Args:
        palette: the theme's colours for this pane.
        labels: each label's colour and key, for the gutter.
    """

    def __init__(self, palette: Palette, labels: Mapping[str, tuple[str, str]]) -> None:
        self.palette = palette
        self.labels = labels
        self._styles: dict[tuple[object, ...], Style] = {}

    def line(
        self,
        cells: LineCells,
        spans: Sequence[Span],
        view: View,
        hits: Sequence[Range] = (),
        candidates: Sequence[Span] = (),
        *,
        last: bool = False,
    ) -> list[Segment]:
        """Return gutter and text of a line.

        Args:
            cells: the line.
            spans: the spans that touch it, outer ones first.
            view: caret, selection and highlights.
            hits: search hits that touch the line.
            candidates: open candidates that touch the line, in document order.
            last: whether it is the text's last line, where the caret may stand behind the text.
        """
        return [
            *self.gutter(cells, spans, view, candidates),
            *self.text(cells, spans, view, hits, candidates, last=last),
        ]

    def gutter(
        self, cells: LineCells, spans: Sequence[Span], view: View, candidates: Sequence[Span] = ()
    ) -> list[Segment]:
        """Return the marks of a line.

        A label's key stands where a span starts, a bar where it goes on; a candidate has a
        question mark in the colour of its label, and a dotted bar.
        """
        here = cells.start <= view.caret < max(cells.end, cells.start + 1)
        marks: list[tuple[str, str]] = []
        for span in spans:
            colour, key = self.labels.get(span.label, ("", "?"))
            mark = (key if span.start >= cells.start else "│", colour)
            if mark not in marks:
                marks.append(mark)
        for span in candidates:
            mark = (
                "?" if span.start >= cells.start else "┊",
                self.labels.get(span.label, ("",))[0],
            )
            if mark not in marks:
                marks.append(mark)
        shown = marks if len(marks) <= 3 else [*marks[:2], ("+", "")]
        segments = [Segment(key, self.palette.mark(colour)) for key, colour in shown]
        rest = GUTTER - len(shown)
        if here and not shown:
            return [Segment("›" + " " * (rest - 1), self.palette.mark(""))]
        return [*segments, Segment(" " * rest, self.palette.base)]

    def text(
        self,
        cells: LineCells,
        spans: Sequence[Span],
        view: View,
        hits: Sequence[Range] = (),
        candidates: Sequence[Span] = (),
        *,
        last: bool = False,
    ) -> list[Segment]:
        """Return the line's text, cut wherever its look changes."""
        cuts = self._cuts(cells, (*spans, *candidates), view, hits)

        def style_at(at: int, *, special: bool) -> Style:
            return self._style(at, spans, candidates, view, hits, special=special)

        segments: list[Segment] = []
        for start, _end, drawn, special in cells.slices(cuts):
            if drawn:
                segments.append(Segment(drawn, style_at(start, special=special)))
            elif view.caret == start:
                segments.append(Segment(" ", style_at(start, special=False)))
            elif view.selection and view.selection[0] <= start < view.selection[1]:
                segments.append(Segment("↵", style_at(start, special=True)))
        if last and view.caret == cells.end:
            segments.append(Segment(" ", self._style(cells.end, (), (), view, (), special=False)))
        return segments

    def _cuts(
        self, cells: LineCells, spans: Iterable[Span], view: View, hits: Iterable[Range]
    ) -> list[int]:
        cuts: set[int] = {view.caret, view.caret + 1}
        for span in spans:
            cuts.update(span.range)
            for fragment in span.fragments:
                cuts.update(fragment)
        for marked in (view.selection, view.unit, view.linking, *hits):
            if marked:
                cuts.update(marked)
        return sorted(cut for cut in cuts if cells.start < cut < cells.end)

    def _style(
        self,
        at: int,
        spans: Iterable[Span],
        candidates: Iterable[Span],
        view: View,
        hits: Iterable[Range],
        *,
        special: bool,
    ) -> Style:
        """Return the style at an offset: innermost label behind it, caret before everything."""
        label, depth, active, related = "", 0, False, False
        for span in spans:
            if span.start <= at < span.end and _in_fragments(span, at):
                label, depth = span.label, depth + 1
                active = active or (view.active is not None and span.id == view.active.id)
                related = related or span.range in view.related
        proposed, reviewed = "", False
        for span in candidates:
            if span.start <= at < span.end and _in_fragments(span, at):
                this = view.candidate is not None and span.id == view.candidate.id
                proposed = proposed if reviewed else span.label
                reviewed = reviewed or this
        key = (
            label,
            min(depth, 3),
            active,
            related,
            proposed,
            reviewed,
            special,
            at == view.caret,
            _within(view.selection, at),
            _within(view.unit, at),
            _within(view.linking, at),
            any(start <= at < end for start, end in hits),
        )
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._compose(*key)
        return style

    def _compose(
        self,
        label: str,
        depth: int,
        active: bool,
        related: bool,
        proposed: str,
        reviewed: bool,
        special: bool,
        caret: bool,
        selected: bool,
        in_unit: bool,
        linking: bool,
        hit: bool,
    ) -> Style:
        palette = self.palette
        style = palette.base
        if in_unit:
            style += palette.unit
        if depth:
            style += palette.span(self.labels.get(label, ("", "?"))[0], active)
        if depth > 1:
            style += Style(underline=True)
        if active:
            style += Style(bold=True)
        if proposed:
            colour = self.labels.get(proposed, ("", "?"))[0]
            style += palette.proposed(colour, reviewed)
        if related or linking:
            style += Style(italic=True, underline=True)
        if special:
            style += palette.special
        if hit:
            style += palette.hit
        if selected:
            style += palette.selection
        if caret:
            style += palette.caret
        return style


def _within(bounds: tuple[int, int] | None, at: int) -> bool:
    return bounds is not None and bounds[0] <= at < bounds[1]


def _in_fragments(span: Span, at: int) -> bool:
    return not span.fragments or any(start <= at < end for start, end in span.fragments)
