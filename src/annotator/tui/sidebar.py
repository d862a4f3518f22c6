"""The pane beside the article: its entities, its spans, and what is known of the place here."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Scheme
from ..session.candidates import Candidates
from ..session.orphans import missed
from .details import Details, detail_rows
from .key_names import KeyHook
from .line_widget import LabelStyle, width_of
from .rows import RowList
from .sidebar_state import (
    CandidateRows,
    EntitiesState,
    EntityRows,
    SpanRows,
    Target,
    TargetKind,
    slot_test,
)

_MARGINS = 3
"""Cells of a heading that neither title nor place can have."""


class Sidebar(Widget):
    """Lists under each other: entities, spans, candidates, and details of the place here.

    Nothing in here is rebuilt when the cursor moves: the highlight follows, and details are
    repainted when they differ.

    Args:
        label_style: colour of a label by its name.
        list_keys: commands ``list.*`` by key; see :class:`RowList`.
        key_hook: gets every key first while one of the lists has the focus.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    Sidebar {
        layout: vertical; width: 38; height: 1fr;
        background: $surface; border-left: vkey $panel;
    }
    Sidebar > RowList { height: 1fr; min-height: 2; }
    Sidebar > #details { height: 1.2fr; }
    Sidebar > #candidates { display: none; }
    Sidebar.-reviewing > #candidates { display: block; }
    """

    class GoTo(Message):
        """The person wants to see a place of the text.

        Attributes:
            start: where, in code points.
            end: where the range ends.
            kind: what was chosen: ``entity``, ``span``, ``relation``, ``candidate`` or ``text``.
            id: id of the span, relation or candidate; empty for the others.
        """

        def __init__(self, start: int, end: int, kind: TargetKind, id: str) -> None:  # noqa: A002
            super().__init__()
            self.start = start
            self.end = end
            self.kind = kind
            self.id = id

    def __init__(
        self,
        *,
        label_style: LabelStyle | None = None,
        list_keys: Mapping[str, str] | None = None,
        key_hook: KeyHook | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)

        def section(name: str, title: str, quiet: bool = False) -> RowList:
            return RowList(
                heading=[(title, "")],
                quiet=quiet,
                label_style=label_style,
                list_keys=list_keys,
                key_hook=key_hook,
                id=name,
            )

        self.entities = section("entities", "Entities", quiet=True)
        self.spans = section("spans", "Spans")
        self.candidates = section("candidates", "Candidates")
        self.details = section("details", "Details", quiet=True)
        self._entities = EntitiesState()
        self._details = Details()
        self._annotations: AnnotationSet | None = None
        self._scheme: Scheme | None = None
        self._text = ""
        self._unfolded: set[str] = set()
        self._followed = ""

    def compose(self) -> ComposeResult:
        """Stack the lists that are always there; candidates get theirs when the first ones come."""
        yield self.entities
        yield self.spans
        yield self.details

    @property
    def lists(self) -> tuple[RowList, ...]:
        """The lists that are shown, from top to bottom."""
        every = (self.entities, self.spans, self.candidates, self.details)
        return tuple(rows for rows in every if rows.display and rows.is_attached)

    def show_document(self, text: str, annotations: AnnotationSet, scheme: Scheme) -> None:
        """Show another document, or another state of its whole annotation set.

        Args:
            text: the document's text, for what stands around an entity.
            annotations: what was said about it; it may change, see :meth:`spans_changed`.
            scheme: knows its labels.
        """
        another = text != self._text
        self._text, self._annotations, self._scheme = text, annotations, scheme
        self._followed = ""
        self.spans.set_empty("none yet")
        self.spans.set_rows(SpanRows(annotations, scheme), keep=not another)
        self._span_heading()
        if another:
            self.entities.set_rows((), keep=False)
        self.show_entities(EntitiesState() if another else self._entities)

    def show_entities(self, state: EntitiesState) -> None:
        """Show the entities found so far, and what is going on with them."""
        self._entities = state
        count = f" {state.count:,}" if state.groups else ""
        self.entities.set_heading(
            [("Entities", ""), (count, "muted")], [(state.status, "muted")] if state.status else []
        )
        self.entities.set_empty("" if state.status else "none found")
        if self._annotations is not None and self._scheme is not None:
            in_slot = slot_test(self._annotations, self._scheme)
            rows = EntityRows(state.groups, self._text, self._unfolded, in_slot)
            self.entities.set_rows(rows)

    def spans_changed(self) -> None:
        """Take note that spans came, went or changed; costs nothing per span."""
        if isinstance(self.spans.rows, SpanRows):
            self.spans.rows.changed()
        self.spans.rows_changed()
        self._span_heading()
        if self._followed and not self.spans.has_focus:
            self.spans.highlight_key(self._followed)
        if self._entities.groups:
            self.entities.rows_changed()

    def show_candidates(self, candidates: Candidates) -> None:
        """Show what others propose; the list is there once somebody proposed something."""
        assert self._scheme is not None
        if not self.candidates.is_attached:
            if not candidates.total:
                return
            self.mount(self.candidates, after=self.spans)
        self.candidates.set_empty("all decided")
        self.candidates.set_rows(CandidateRows(candidates, self._scheme))
        self.set_class(candidates.total > 0, "-reviewing")
        self.candidates_changed(candidates)

    def candidates_changed(self, candidates: Candidates) -> None:
        """Take note that candidates were decided or came back."""
        if not candidates.total or not self.candidates.is_attached:
            return
        self.candidates.rows_changed()
        left = candidates.open_count
        decided = candidates.total - left
        self.candidates.set_heading(
            [("Candidates", ""), (f" {left:,}" if left else "", "muted")],
            [(f"{decided:,} decided" if decided else "", "muted")],
        )

    def follow(self, span_id: str | None, candidate_id: str = "") -> None:
        """Let the highlight among the spans and the candidates follow the cursor.

        Args:
            span_id: the span under the cursor, or None; then the highlight stays where it is.
            candidate_id: the candidate under review; empty for none.
        """
        if candidate_id and self.candidates.is_attached and not self.candidates.has_focus:
            self.candidates.highlight_key(candidate_id)
        if span_id != self._followed:
            self._followed = span_id or ""
            if span_id and not self.spans.has_focus:
                self.spans.highlight_key(span_id)

    def show_details(self, details: Details) -> None:
        """Show what is known of the place under the cursor; repaints only what differs."""
        if details != self._details:
            self._details = details
            self._lay_out_details()

    def run(self, command: str, count: int = 1) -> bool:
        """Carry out a command ``list.*`` in the list that has the focus.

        Returns:
            False when no list has it, or when the command is not a list's own.
        """
        focused = self.focused_list
        return focused is not None and focused.run(command, count)

    @property
    def focused_list(self) -> RowList | None:
        """The list that has the focus, if one has it."""
        return next((rows for rows in self.lists if rows.has_focus), None)

    def target(self) -> Target | None:
        """Return what the highlighted row of the focused list stands for; None for nothing."""
        row = self.focused_list.row if self.focused_list else None
        return row.target if row and isinstance(row.target, Target) else None

    def _span_heading(self) -> None:
        if self._annotations is None:
            return
        orphans = len(missed(self._annotations))
        count = len(self._annotations.spans)
        self.spans.set_heading(
            [("Spans", ""), (f" {count:,}" if count else "", "muted")],
            [(f"{orphans} not placed", "warning")] if orphans else [],
        )

    def _lay_out_details(self) -> None:
        details, width = self._details, self.details.inner_size.width
        place = details.place
        if width_of([(details.title, ""), (place, "")]) + _MARGINS > width:
            place = place.partition(" · ")[0]  # the length gives way to the offsets
        self.details.set_heading([(details.title, details.title_role)], [(place, "muted")])
        self.details.set_rows(detail_rows(details, width))

    def on_resize(self) -> None:
        """Wrap the details for another width, once the lists have it."""
        self.call_after_refresh(self._lay_out_details)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Pass on where the person wants to go."""
        event.stop()
        target = event.row.target
        if isinstance(target, Target):
            self.post_message(self.GoTo(target.start, target.end, target.kind, target.id))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Keep what happens between the lists inside."""
        event.stop()

    def on_row_list_fold(self, event: RowList.Fold) -> None:
        """Fold or unfold a group of entities."""
        event.stop()
        self._unfolded ^= {event.row.key}
        self.show_entities(self._entities)
