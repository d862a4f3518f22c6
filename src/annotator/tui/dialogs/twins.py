"""What was missed in other documents, listed while they are still being looked through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...session.corpus_twins import Twin
from ..filtering import matches, words_of
from ..hint_bar import Hint
from ..line_widget import LabelStyle, Part
from ..row_model import Row
from ..sidebar_state import squeeze
from .list_dialog import ListDialog

_NAME = 24
"""Code points of a document's name that are shown; of a longer one its end."""
_WORDS_BEFORE = 2
_BEFORE, _AFTER = 20, 40
"""Code points of the text around a twin that are shown at most."""
_LEAST_ROWS = 8


class TwinsDialog(ListDialog[Twin]):
    """Asks to choose a missed twin; rows come in while the dialog is open.

    Args:
        total: documents of the project.
        begin: starts the search; called once rows can be shown.
        label_style: colour of a label by its name.
    """

    def __init__(
        self, total: int, begin: Callable[[], None], *, label_style: LabelStyle | None = None
    ) -> None:
        self._total = total
        self._begin = begin
        super().__init__(
            "Missed in other documents",
            subtitle=" ",
            filtered=True,
            filter_hint="a part of the name or text",
            empty="nothing yet",
            label_style=label_style,
        )
        self._twins: list[Twin] = []
        self._rows: list[Row] = []
        self._documents = 0

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("enter", "go there"), ("↑↓", "move"), ("esc", "leave")]

    def wanted_height(self, width: int) -> int:
        """Return the lines that all rows would take; never so few that every new one is felt."""
        lines = super().wanted_height(width)
        return lines - max(1, self._most) + max(_LEAST_ROWS, len(self._rows))

    def opened(self) -> None:
        """Begin to search."""
        super().opened()
        self._begin()

    def count_text(self, shown: int) -> str:
        """Return how many rows the filter left."""
        return f"{shown:,} of {len(self._rows):,}"

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return the twins whose document or text holds what was typed."""
        words = words_of(pattern)
        if not words:
            return self._rows
        return [
            row
            for row, twin in zip(self._rows, self._twins, strict=True)
            if matches(f"{twin.document} {twin.span.quote} {twin.there}", words)
        ]

    def add(self, twins: Sequence[Twin], looked_through: int) -> None:
        """Show what was found since, and how far the search is.

        Args:
            twins: what was found.
            looked_through: documents that were looked through so far.
        """
        if twins:
            self._documents += len({twin.document for twin in twins})
            self._rows += [self._row(twin, len(self._rows) + n) for n, twin in enumerate(twins)]
            self._twins += twins
            self.list.set_rows(self.rows_for(self.filter.text))
            self.fit()
        found = f"{len(self._twins):,} in {self._documents:,}" if self._twins else "nothing"
        self.tell(f"{found} · looking through documents: {looked_through:,} of {self._total:,}")

    def finished(self, note: str = "") -> None:
        """Say that all is found.

        Args:
            note: what else is to be said.
        """
        places = "1 place" if len(self._twins) == 1 else f"{len(self._twins):,} places"
        told = f"{places} in {self._documents:,} of {self._total:,} documents"
        if not self._twins:
            told = f"nothing was missed in {self._total - 1:,} other documents"
            self.list.set_empty("nothing was missed")
        self.tell(f"{told}{note}")
        self.fit()  # a note may take a second line

    def tell(self, text: str) -> None:
        """Show a line above the list."""
        self._subtitle.show(text, "muted")

    def chosen(self, row: Row) -> None:
        """Answer with a twin."""
        self.dismiss(self._twins[int(row.key)])

    def _row(self, twin: Twin, number: int) -> Row:
        name = twin.document
        if len(name) > _NAME:
            name = f"…{name[1 - _NAME :]}"
        # What a span keeps of the text before it begins anywhere; its last words are whole ones.
        before = " ".join(twin.span.prefix.split()[-_WORDS_BEFORE:])[-_BEFORE:]
        after = squeeze(twin.span.suffix, _AFTER)
        parts: tuple[Part, ...] = (
            (f"{name}:{twin.line}  ", "muted"),
            (f"{before}{' ' * twin.span.prefix[-1:].isspace()}", ""),
            (squeeze(twin.span.quote), f"label.{twin.span.label}"),
            (f"{' ' * twin.span.suffix[:1].isspace()}{after}", ""),
        )
        return Row(str(number), parts, right=f"{twin.there or 'untagged'} → {twin.span.label}")
