"""The line that says where one is, what is saved and what just happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypedDict, Unpack

from rich.cells import cell_len

from ..text.glyphs import describe, glyph
from .line_widget import LineWidget, Part, draw, fill, fit

SavedMark = Literal["", "saved", "unsaved", "failed"]
Severity = Literal["information", "warning", "error"]

_GAP = 2
_LEAST_MESSAGE = 24
"""Cells that a message may claim from everything that is less urgent than it."""
_SIGNS: dict[Severity, tuple[str, str]] = {
    "information": ("", "strong"),
    "warning": ("! ", "warning"),
    "error": ("✗ ", "error"),
}


class StatusState(NamedTuple):
    """Everything the status line tells.

    Attributes:
        document: the document's id.
        number: its place among the documents, from 1.
        total: how many documents there are.
        annotator: who annotates.
        status: where the work on the document stands.
        saved: whether what was done is safe on the disk.
        saved_detail: why it is not, when ``saved`` is ``failed``.
        line: line of the caret, from 1.
        column: column of the caret in code points, from 1.
        offset: offset of the caret in code points.
        unit: name of the unit under the caret; empty for none.
        unit_length: its length in code points.
        selection: length of the selection in code points; 0 for none.
        character: the raw character under the caret; it is named when it cannot be seen.
        pending: keys and counts typed so far of an unfinished command.
        search: the hit that was reached, from 1 (0 for none), and how many there are.
        search_truncated: whether there are more hits than were counted.
        review: how many candidates are decided, and how many there are.
        read_only: whether edits are refused.
        message: what was just done or went wrong; empty for nothing.
        severity: how bad the message is.
    """

    document: str = ""
    number: int = 0
    total: int = 0
    annotator: str = ""
    status: str = ""
    saved: SavedMark = ""
    saved_detail: str = ""
    line: int = 1
    column: int = 1
    offset: int = 0
    unit: str = ""
    unit_length: int = 0
    selection: int = 0
    character: str = ""
    pending: str = ""
    search: tuple[int, int] | None = None
    search_truncated: bool = False
    review: tuple[int, int] = (0, 0)
    read_only: bool = False
    message: str = ""
    severity: Severity = "information"


class StatusChanges(TypedDict, total=False):
    """Fields of :class:`StatusState` to change."""

    document: str
    number: int
    total: int
    annotator: str
    status: str
    saved: SavedMark
    saved_detail: str
    line: int
    column: int
    offset: int
    unit: str
    unit_length: int
    selection: int
    character: str
    pending: str
    search: tuple[int, int] | None
    search_truncated: bool
    review: tuple[int, int]
    read_only: bool
    message: str
    severity: Severity


class _Item(NamedTuple):
    """One thing on the line.

    Attributes:
        rank: the higher, the longer it stays when room gets scarce.
        text: in full, made visible.
        role: its style.
        short: what stands for it when room is scarce; empty to leave it out at once.
        right: whether it stands at the right end.
    """

    rank: int
    text: str
    role: str = ""
    short: str = ""
    right: bool = False


def status_parts(state: StatusState, width: int) -> list[Part]:
    """Return the status line as drawn parts of exactly ``width`` cells.

    What matters least gives way first when there is little room; a message keeps at least
    :data:`_LEAST_MESSAGE` cells, or all it needs.

    Args:
        state: what to tell.
        width: cells of the line.
    """
    sign, role = _SIGNS[state.severity]
    message = sign + draw(state.message, width) if state.message else ""
    wanted = min(cell_len(message), max(_LEAST_MESSAGE, width // 3), width - 2)
    items = _squeezed(_items(state, width), width - 2 - (wanted + _GAP if message else 0))
    left = [item for item in items if not item.right]
    right = [item for item in items if item.right]
    room = width - 2 - _size(left) - _size(right)
    parts: list[Part] = [(" ", ""), *_joined(left)]
    if message:
        parts.append((" " * (_GAP if left else 0), ""))
        room_for_it = room - (_GAP if left else 0) - (_GAP if right else 0)
        parts += fit([(message, role)], room_for_it)
    behind = [*_joined(right), (" ", "")]
    used = sum(cell_len(text) for text, _ in behind)
    return fill([*fill(parts, width - used), *behind], width) if right else fill(parts, width)


def _items(state: StatusState, width: int) -> list[_Item]:
    items = [*_document_items(state, width), *_place_items(state)]
    return [item for item in items if item.text]


def _document_items(state: StatusState, width: int) -> Iterable[_Item]:
    name = draw(state.document, width)
    short = name.rsplit("/", 1)[-1]
    most = max(16, width // 3)
    if state.read_only:
        yield _Item(90, "READ-ONLY", "warning", "RO")
    yield _Item(
        60, _cropped(name if cell_len(name) <= most else short, most), "strong", _cropped(short, 16)
    )
    if state.total > 1:
        yield _Item(45, f"{state.number:,}/{state.total:,}", "muted")
    yield _Item(20, _cropped(draw(state.annotator, 24), 24), "muted")
    yield _Item(30, draw(state.status, 24), "warning" if state.status == "flagged" else "")
    if state.saved == "saved":
        yield _Item(50, "✓ saved", "success", "✓")
    elif state.saved == "unsaved":
        yield _Item(85, "● unsaved", "warning", "●")
    elif state.saved == "failed":
        detail = draw(state.saved_detail, width)
        why = f"✗ not saved: {detail}" if detail else "✗ not saved"
        yield _Item(95, _cropped(why, max(12, width // 2)), "error", "✗")


def _place_items(state: StatusState) -> Iterable[_Item]:
    yield _Item(88, draw(state.pending, 24), "key", right=True)
    if state.search is not None:
        hit, count = state.search
        more = "+" if state.search_truncated else ""
        place = f"hit {hit:,}/" if hit else "hits "
        yield _Item(80, f"{place}{count:,}{more}" if count else "no hit", "accent", right=True)
    decided, candidates = state.review
    if candidates:
        done = decided == candidates
        text = f"{'✓ ' if done else ''}review {decided:,}/{candidates:,}"
        short = f"?{decided}/{candidates}"
        yield _Item(48, text, "success" if done else "accent", short, right=True)
    name = character_name(state.character)
    yield _Item(55, name, "accent", name.split(" ")[0], right=True)
    if state.selection:
        yield _Item(
            75, f"selected {state.selection:,}", "strong", f"▮{state.selection}", right=True
        )
    elif state.unit:
        text = f"{state.unit} {state.unit_length:,}"
        yield _Item(25, draw(text, 40), "muted", right=True)
    yield _Item(70, f"{state.line}:{state.column}", right=True)
    yield _Item(15, f"@{state.offset}", "muted", right=True)


def character_name(character: str) -> str:
    """Return the name of a character that cannot be seen; empty for any other.

    Args:
        character: a raw grapheme, or empty. A line's end is no riddle and has no name here.
    """
    if not character or character in "\n\r\n" or all(glyph(char) is None for char in character):
        return ""
    return describe(character)


def _cropped(text: str, width: int) -> str:
    return "".join(part for part, _ in fit([(text, "")], width))


def _squeezed(items: list[_Item], width: int) -> list[_Item]:
    """Shorten, then drop what matters least until the rest fits into ``width`` cells."""
    kept = list(items)
    while (
        kept
        and _size([i for i in kept if not i.right]) + _size([i for i in kept if i.right]) + _GAP
        > width
    ):
        least = min(kept, key=lambda item: (item.rank, item.text))
        place = kept.index(least)
        if least.short and least.short != least.text:
            kept[place] = least._replace(text=least.short, short="", rank=least.rank + 15)
        else:
            del kept[place]
    return kept


def _size(items: list[_Item]) -> int:
    return sum(cell_len(item.text) for item in items) + _GAP * max(0, len(items) - 1)


def _joined(items: list[_Item]) -> list[Part]:
    parts: list[Part] = []
    for item in items:
        if parts:
            parts.append((" " * _GAP, ""))
        parts.append((item.text, item.role))
    return parts


class StatusBar(LineWidget):
    """One line that renders its own state, so that a change of it costs no layout.

    Args:
        state: what to tell at first.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    StatusBar { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(
        self,
        state: StatusState | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.state = state or StatusState()

    def show(self, state: StatusState) -> None:
        """Tell something else; the line is repainted only if there is a difference."""
        before, self.state = self.state, state
        if before != state:
            self.refresh_lines(0)

    def change(self, **fields: Unpack[StatusChanges]) -> None:
        """Change some fields of the state; see :meth:`show`."""
        self.show(self.state._replace(**fields))

    def line(self, _y: int, width: int) -> list[Part]:
        """Return the line as drawn parts."""
        return status_parts(self.state, width)
