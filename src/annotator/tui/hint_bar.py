"""The line that says which keys are worth knowing here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from ..domain.scheme import Label, Scheme
from ..keys.keymap import Keymap
from ..keys.names import short
from ..keys.registry import COMMANDS
from .line_widget import LineWidget, Part, draw, fill

Hint = tuple[str, str]
"""A key and one or two words on what it does."""


_ARTICLE = ("select.grow", "move.sentence-next", "move.bracket-next", "move.entity-next")
_ARTICLE_MORE = ("edit.undo", "tag.repeat", "search.open", "app.focus-next", "document.done")
_ON_SPAN = ("span.form", "span.delete", "span.relabel", "span.resize", "relation.link")
_ON_SPAN_MORE = ("tag.identical", "span.note", "edit.undo")
_DECIDING = ("candidate.accept", "candidate.reject", "candidate.next")
_ON_LINK = ("relation.follow", "candidate.accept-rule", "candidate.reject-rule", "edit.undo")
_ON_CANDIDATE = (
    "span.resize",
    "span.relabel",
    "candidate.accept-rule",
    "candidate.reject-rule",
    "candidate.accept-same",
    "edit.undo",
)
_SELECTING = ("select.grow", "select.shrink", "select.swap-ends", "select.clear")
_LIST = ("list.choose", "list.fold", "list.delete", "list.close", "app.focus-next")
_LAST = ("app.palette", "app.help")
_SPELLED_OUT = 3
"""Values of an attribute up to which each stands with its digit."""


class Situation(NamedTuple):
    """Where the person stands, as far as other keys matter there.

    Attributes:
        context: ``article`` or ``list``.
        label: of the span or candidate that keys act on; empty for none.
        selecting: whether text is selected.
        reviewing: whether keys decide a candidate.
        candidates: whether any candidates are open.
        proposed: whether one of them is under the caret, so that it can be decided.
        reviewed: whether there were candidates and all are decided.
    """

    context: str = "article"
    label: str = ""
    selecting: bool = False
    reviewing: bool = False
    candidates: bool = False
    proposed: bool = False
    reviewed: bool = False


def hints_for(keymap: Keymap, scheme: Scheme, situation: Situation) -> tuple[Hint, ...]:
    """Return the keys worth knowing in a situation, the most important first, help last.

    Args:
        keymap: the keymap in use.
        scheme: its labels' keys come first in the article.
        situation: where the person stands.
    """
    if situation.context == "list":
        return (*_commands(keymap, _LIST), *_commands(keymap, _LAST))
    labels = [(label.key, label.name) for label in scheme.labels.values()]
    label = scheme.labels.get(situation.label)
    values = _digits(keymap, label) if label else []
    if situation.reviewing:
        more = _ON_CANDIDATE if label else _ON_LINK
        hints = [*_commands(keymap, _DECIDING), *values, *_commands(keymap, more)]
    elif situation.selecting:
        hints = [*labels, *_commands(keymap, _SELECTING)]
    elif label is not None:
        done = _commands(keymap, ("document.done",)) if situation.reviewed else []
        hints = [*done, *values, *_commands(keymap, _ON_SPAN), *labels]
        hints += _commands(keymap, _ON_SPAN_MORE)
    else:
        review: tuple[str, ...] = ()
        if situation.candidates:
            review = _DECIDING if situation.proposed else _DECIDING[-1:]
        elif situation.reviewed:
            review = ("document.done",)
        rest = [command for command in (*_ARTICLE, *_ARTICLE_MORE) if command not in review]
        hints = [*_commands(keymap, review), *labels, *_commands(keymap, rest)]
    return (*hints, *_commands(keymap, _LAST))


def _commands(keymap: Keymap, commands: Sequence[str]) -> list[Hint]:
    """Return a hint for each command that has a key."""
    return [
        (short(keys[0]), COMMANDS[command].hint)
        for command in commands
        if (keys := keymap.keys_of(command))
    ]


def _digits(keymap: Keymap, label: Label) -> list[Hint]:
    """Return what the keys of the values set on a span of a label; digits in most keymaps."""
    first = label.first_choice
    if first is None:
        return []
    keys = value_keys(keymap)
    pairs = [(key, value) for key, value in zip(keys, first.values, strict=False) if key]
    if len(pairs) <= _SPELLED_OUT:
        return pairs
    return [(f"{pairs[0][0]}…{pairs[-1][0][-1]}", first.name)]


def value_keys(keymap: Keymap) -> list[str]:
    """Return what is pressed to set each of the first nine values; empty for one without a key."""
    bound = [keymap.keys_of(f"value.{number}") for number in range(1, 10)]
    return [short(keys[0]) if keys else "" for keys in bound]


def hint_parts(hints: Sequence[Hint], width: int) -> list[Part]:
    """Return as many hints as fit, as drawn parts of exactly ``width`` cells.

    Args:
        hints: the most important first; those that do not fit are left out, not cropped. The
            last one, the way to all the others, stays when any does.
        width: cells of the line.
    """
    *others, last = [(draw(key, width), draw(word, width)) for key, word in hints] or [("", "")]
    used = 1 + _cells(last) + 1
    if not last[0] or used > width:
        return fill([], width)
    kept = []
    for hint in others:
        if used + _cells(hint) + 2 > width:
            break
        kept.append(hint)
        used += _cells(hint) + 2
    parts: list[Part] = []
    for key, word in [*kept, last]:
        parts += [("  " if parts else " ", ""), (key, "key"), (f" {word}", "muted")]
    return fill(parts, width)


def _cells(hint: Hint) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1])


class HintBar(LineWidget):
    """One line of key hints that renders its own state.

    Args:
        hints: what to show at first.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    HintBar { height: 1; background: $surface; }
    """

    def __init__(
        self,
        hints: Sequence[Hint] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.hints = tuple(hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other hints; nothing is repainted when they are the same."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh_lines(0)

    def line(self, _y: int, width: int) -> list[Part]:
        """Return the line as drawn parts."""
        return hint_parts(self.hints, width)
