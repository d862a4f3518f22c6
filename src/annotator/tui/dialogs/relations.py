"""The relations of one span: go to the other end, edit, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..hint_bar import Hint
from ..line_widget import LabelStyle, Part, width_of
from ..row_model import Row
from ..sidebar_state import squeeze
from .list_dialog import ListDialog


@dataclass(frozen=True, slots=True)
class RelationItem:
    """One relation, seen from one of its spans.

    Attributes:
        id: the relation's id.
        type: its type.
        outgoing: whether it goes out from the span.
        symmetric: whether the direction means nothing.
        other_id: id of the span at the other end.
        other_label: that span's label; empty when the span is gone.
        other_quote: its text.
        start: where it starts, in code points.
        summary: the relation's attributes in a few words.
    """

    id: str
    type: str
    outgoing: bool
    symmetric: bool
    other_id: str
    other_label: str
    other_quote: str
    start: int
    summary: str = ""


@dataclass(frozen=True, slots=True)
class RelationAction:
    """What to do with a relation.

    Attributes:
        kind: go to its other end, edit its attributes, or remove it.
        relation_id: which one.
    """

    kind: Literal["follow", "edit", "remove"]
    relation_id: str


class RelationsDialog(ListDialog[RelationAction]):
    """Lists the relations of a span.

    Args:
        quote: the span's text.
        items: its relations.
        label_style: colour of a label by its name.
    """

    def __init__(
        self,
        quote: str,
        items: Sequence[RelationItem],
        *,
        label_style: LabelStyle | None = None,
    ) -> None:
        super().__init__("Relations", subtitle=squeeze(quote, 400), label_style=label_style)
        self._items = tuple(items)
        self._types = max((width_of([(item.type, "")]) for item in items), default=0)

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("enter", "go there"), ("e", "edit"), ("d", "remove"), ("esc", "leave")]

    def rows_for(self, _pattern: str) -> Sequence[Row]:
        """Return a row for each relation."""
        return [self._row(item) for item in self._items]

    def _row(self, item: RelationItem) -> Row:
        sign = "↔" if item.symmetric else "→" if item.outgoing else "←"
        pad = " " * (2 + self._types - width_of([(item.type, "")]))
        parts: tuple[Part, ...] = (
            (f"{sign} ", "accent"),
            (item.type, "strong"),
            (pad, ""),
            (squeeze(item.other_quote), f"label.{item.other_label}" if item.other_label else ""),
        )
        return Row(item.id, parts, right=item.summary)

    def press(self, key: str, character: str) -> bool:
        """Edit or remove the highlighted relation, or move."""
        kinds: dict[str, Literal["edit", "remove"]] = {
            "e": "edit",
            "d": "remove",
            "delete": "remove",
        }
        if key in kinds and self.list.row is not None:
            self.dismiss(RelationAction(kinds[key], self.list.row.key))
            return True
        return super().press(key, character)

    def chosen(self, row: Row) -> None:
        """Answer with the wish to go to the other end."""
        self.dismiss(RelationAction("follow", row.key))
