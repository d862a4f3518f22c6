"""One open document: what is said about it, where the caret is, how edits are made."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Literal, cast

from ..domain.annotations import SECTIONS, AnnotationSet, Drop, Op, Put, SetField, Status
from ..domain.document import Document
from ..domain.errors import AnnotatorError, ReadOnlyError
from ..domain.history import Edit
from ..domain.scheme import Scheme
from ..domain.span import Relation, Span
from ..store.set_store import SetStore
from ..text.quotes import context
from ..text.units import Units
from .candidates import Candidates
from .cursor import Cursor, Range

_REMEMBERED = 200
"""Edits whose places are remembered, for candidates that were put in order in a thread."""
_ID_DIGITS = "23456789abcdefghjkmnpqrstvwxyz"


class NothingToDoError(AnnotatorError):
    """An action that does not apply where the caret stands; a notice, not a failure.

    Its hint may name commands, as in ``{span.next} goes to the next``: they have the keys that
    the keymap gives them.
    """


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit changed, so that only that is painted again.

    Attributes:
        message: what was done, for the status line.
        ranges: ranges of the text whose look changed, in code points.
    """

    message: str
    ranges: tuple[Range, ...] = ()


def utc_now() -> str:
    """Return the time in UTC as ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Session:
    """One annotator's work on one open document. No user interface in here.

    Args:
        document: the text.
        store: where edits go before they are shown; holds the annotation set.
        scheme: what may be said.
        language: ISO 639-1 code for sentence splitting.
        now: returns the time for new spans.
        random: source of span ids.
    """

    def __init__(
        self,
        document: Document,
        store: SetStore,
        scheme: Scheme,
        *,
        language: str = "en",
        now: Callable[[], str] = utc_now,
        random: Random | None = None,
    ) -> None:
        self.document = document
        self.store = store
        self.scheme = scheme
        self.units = Units(document.text, language)
        self.cursor = Cursor(document.text, self.units, store.position)
        self.now = now
        self.revision = 0
        self.keys = 0
        self.last_tag: tuple[str, dict[str, object]] | None = None
        self.last_tagged_id = ""
        self.resizing: str | None = None
        self.linking: str | None = None
        self.followed: tuple[str, str] = ("", "")
        self.candidates = Candidates(lambda: self.annotations)
        self.reviewing = ""
        self._touched_lately: deque[tuple[int, tuple[Range, ...]]] = deque(maxlen=_REMEMBERED)
        self.review_order: Literal["place", "score"] = "place"
        self.unfinished_review = ("", "")
        self._cycled: str | None = None
        self._random = random or Random()  # noqa: S311 - an id is no secret

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def annotations(self) -> AnnotationSet:
        """What has been said about the document."""
        return self.store.annotations

    @property
    def read_only(self) -> bool:
        """Whether edits are refused."""
        return self.store.read_only

    def active_span(self) -> Span | None:
        """Return the span that keys act on: the innermost at the caret, or the cycled one."""
        here = self.spans_here()
        if not here:
            return None
        cycled = next((span for span in here if span.id == self._cycled), None)
        return cycled or here[0]

    def spans_here(self) -> list[Span]:
        """Return the spans at the caret (at the selection's start), innermost first."""
        return self.annotations.index.at(self.cursor.focus)

    def require_span(self) -> Span:
        """Return the active span.

        Raises:
            NothingToDoError: there is none at the caret.
        """
        span = self.active_span()
        if span is None:
            raise NothingToDoError("no span here", "{move.span-next} goes to the next one")
        return span

    def activate(self, span: Span) -> None:
        """Make a span the active one as long as the caret stays within it."""
        self._cycled = span.id

    def cycle(self) -> Span:
        """Make the next outer of the overlapping spans at the caret the active one."""
        current = self.require_span()
        here = self.spans_here()
        following = here[(here.index(current) + 1) % len(here)]
        self.activate(following)
        return following

    def new_id(self, prefix: str, taken: Iterable[str] = ()) -> str:
        """Return an unused id such as ``s7k2``."""
        annotations, also = self.annotations, set(taken)
        length = 4 if len(annotations.spans) < 20_000 else 7
        while True:
            made = prefix + "".join(self._random.choices(_ID_DIGITS, k=length))
            if made not in also and not any(made in annotations.section(s) for s in SECTIONS):
                return made

    def new_span(
        self, label: str, start: int, end: int, attributes: dict[str, object], span_id: str = ""
    ) -> Span:
        """Return a new span made by hand; it is not yet part of the set.

        Args:
            label: a label of the scheme.
            start: first code point.
            end: offset after the last one.
            attributes: what is already known of it.
            span_id: its id; a fresh one when empty.
        """
        prefix, suffix = context(self.text, start, end)
        return Span(
            id=span_id or self.new_id("s"),
            label=label,
            start=start,
            end=end,
            quote=self.text[start:end],
            prefix=prefix,
            suffix=suffix,
            attributes=attributes,
            created=self.now(),
            by=self.annotations.annotator,
        )

    def commit(self, name: str, ops: Sequence[Op], at: int | None = None) -> Change:
        """Write an edit to the journal, then carry it out.

        Args:
            name: what is done, for people.
            ops: the operations.
            at: where the action takes place; the caret when None.

        Raises:
            ReadOnlyError: the session may only look.
            StorageError: the journal could not be written; nothing was changed.
        """
        if self.read_only:
            raise ReadOnlyError("this document is open read-only")
        todo = list(ops)
        untouched = self.annotations.status == "new"
        if untouched and not any(isinstance(op, SetField) and op.name == "status" for op in todo):
            todo.append(SetField("status", "in-progress"))
        place = self.cursor.focus if at is None else at
        edit = self.store.do(name, tuple(todo), at=place, keys=self.keys)
        self.keys = 0
        self.revision += 1
        return Change(name, self._touched(edit))

    def undo(self) -> Change:
        """Take the last edit back and return to where it was made."""
        return self._travel(self.store.undo, "undid", "nothing to undo")

    def redo(self) -> Change:
        """Do the last undone edit again."""
        return self._travel(self.store.redo, "redid", "nothing to redo")

    def _travel(self, move: Callable[[], Edit | None], verb: str, nothing: str) -> Change:
        if self.read_only:
            raise ReadOnlyError("this document is open read-only")
        edit = move()
        if edit is None:
            raise NothingToDoError(nothing)
        self.resizing = None
        if self.linking and self.linking not in self.annotations.spans:
            self.linking = None
        self.cursor.clear()
        self.cursor.move_to(edit.at)
        self.revision += 1
        ranges = self._touched(edit)
        self._review_again(edit)
        return Change(f"{verb}: {edit.name}", ranges)

    def _review_again(self, edit: Edit) -> None:
        """Go back to the candidate, open again, that an edit taken back had decided."""
        for op in edit.ops:
            item = op.item if isinstance(op, Put) else None
            if isinstance(item, Span | Relation) and "from" in item.origin:
                again = self.candidates.decided_by(item)
                if again is not None:
                    self.reviewing = again.id
                    return

    def _touched(self, edit: Edit) -> tuple[Range, ...]:
        """Return the ranges that an edit changed, those of candidates that it decided too."""
        ranges = touched_ranges(edit, self.annotations)
        self._touched_lately.append((self.revision, ranges))
        return tuple(sorted({*ranges, *self.candidates.recheck(ranges)}))

    def touched_since(self, revision: int) -> list[Range] | None:
        """Return the ranges that edits changed since a revision; None when that is too long ago."""
        if self.revision - revision > len(self._touched_lately):
            return None
        lately = [ranges for number, ranges in self._touched_lately if number > revision]
        return [bounds for ranges in lately for bounds in ranges]

    def set_status(self, status: Status) -> Change:
        """Set where the work on the document stands."""
        if status == self.annotations.status:
            raise NothingToDoError(f"already {status}")
        return self.commit(f"status {status}", [SetField("status", status)])

    def set_note(self, note: str) -> Change:
        """Set the document's note; an empty string removes it."""
        if note == self.annotations.note:
            raise NothingToDoError("note unchanged")
        return self.commit("note on the document", [SetField("note", note)])


def touched_ranges(edit: Edit, annotations: AnnotationSet) -> tuple[Range, ...]:
    """Return the ranges of the text that an edit's spans and relations stand on."""
    found: set[Range] = set()
    for op in (*edit.ops, *edit.inverse):
        if not isinstance(op, SetField) and op.section == "orphans":
            continue  # it stands nowhere
        if isinstance(op, Put) and isinstance(op.item, Span):
            found.add(op.item.range)
        elif isinstance(op, Put):
            relation = cast("Relation", op.item)
            for end in (relation.source, relation.target):
                if end in annotations.spans:
                    found.add(annotations.spans[end].range)
        elif isinstance(op, Drop) and op.section == "spans" and op.id in annotations.spans:
            found.add(annotations.spans[op.id].range)
    return tuple(sorted(found))
