"""From keys as they are pressed to commands: counts, sequences, digits and label keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..domain.scheme import Scheme
from .keymap import Keymap, sentence_keys
from .names import Sequence
from .registry import COMMANDS, CONTEXTS, TAG_PREFIX, TAG_SENTENCE_PREFIX, VALUE_DIGITS

ResolutionKind = Literal["command", "pending", "unknown"]

_LONGEST_COUNT = 9
_CANCELS = ("select.clear", "list.close")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a key came to.

    Attributes:
        kind: ``command`` run it; ``pending`` wait for more keys, or, with nothing in
            :attr:`pending`, what was waiting has been dropped; ``unknown`` the key does nothing.
        command: an id of the registry, ``tag.LABEL`` for a label's key, or ``tag-sentence.LABEL``
            for its capital.
        label: the label of these two, else empty. Look here first: a scheme may have a label
            ``repeat``, whose command has the same id as ``tag.repeat``.
        count: the number typed before the command; None without one or if it takes none.
        pending: for the status line: what was typed of an unfinished command, or the keys that
            nothing is bound to.
    """

    kind: ResolutionKind
    command: str = ""
    label: str = ""
    count: int | None = None
    pending: str = ""


class _Table(NamedTuple):
    """What can be typed in one context: its own bindings and the global ones."""

    commands: dict[Sequence, str]
    prefixes: frozenset[Sequence]
    labels: dict[str, str]
    sentences: dict[str, str]


class KeyResolver:
    """Reads keys one by one.

    Args:
        keymap: what the keys do.
        scheme: its labels' keys tag in the article; they win over a command on the same key,
            which :func:`keymap.check_labels` finds beforehand.
    """

    def __init__(self, keymap: Keymap, scheme: Scheme) -> None:
        self.keymap = keymap
        self.scheme = scheme
        self._tables = {str(context): self._table(context) for context in CONTEXTS}
        self._context = ""
        self._keys: Sequence = ()
        self._digits = ""
        self._counting = False

    def _table(self, context: str) -> _Table:
        commands = self.keymap.active(context)
        prefixes = {keys[:length] for keys in commands for length in range(1, len(keys))}
        labels: dict[str, str] = {}
        sentences: dict[str, str] = {}
        if context == "article":
            labels = {label.key: label.name for label in self.scheme.labels.values()}
            sentences = sentence_keys(self.keymap, self.scheme)
        return _Table(commands, frozenset(prefixes), labels, sentences)

    @property
    def pending(self) -> str:
        """What was typed of an unfinished command, for the status line; may be empty."""
        count = self._digits or ("count" if self._counting else "")
        return " ".join([count, *self._keys] if count else self._keys)

    def reset(self) -> None:
        """Forget what was typed of an unfinished command."""
        self._keys = ()
        self._digits = ""
        self._counting = False

    def feed(self, context: str, key: str, *, on_span_values: int = 0) -> Resolution:
        """Take in one key.

        Args:
            context: where it was pressed; one that has no bindings of its own is ``global``.
                A change of context drops what was typed of an unfinished command.
            key: its name, see :func:`names.key_name`; an empty name changes nothing.
            on_span_values: how many values the first attribute of the span under the cursor
                has, 0 without a span: so many digits set values where the keymap has
                ``digits: value-on-span``.
        """
        if context != self._context:
            self.reset()
            self._context = context
        if not key:
            return Resolution("pending", pending=self.pending)
        table = self._tables.get(context) or self._tables["global"]
        if self.pending and self._cancels(table, key):
            self.reset()
            return Resolution("pending")
        if not self._keys and len(key) == 1 and key in "0123456789":
            resolution = self._digit(context, key, on_span_values)
            if resolution:
                return resolution
        return self._look_up(table, key)

    def choices(self, context: str) -> list[tuple[str, str]]:
        """Return each key that can follow what was typed, with the command it leads to.

        Where a key only leads on to more keys, the command is empty.
        """
        table = self._tables.get(context) or self._tables["global"]
        found: dict[str, str] = {}
        length = len(self._keys)
        for keys, command in table.commands.items():
            if len(keys) > length and keys[:length] == self._keys:
                found[keys[length]] = command if len(keys) == length + 1 else ""
        return list(found.items())

    def _cancels(self, table: _Table, key: str) -> bool:
        if key == "escape":
            return True
        if (*self._keys, key) in table.commands and self._keys:
            return False
        return table.commands.get((key,)) in _CANCELS

    def _digit(self, context: str, key: str, on_span_values: int) -> Resolution | None:
        """Take a digit that is no part of a sequence; None if it is to be looked up as a key."""
        if not self._digits and not self._counting:
            sets_value = self.keymap.digits == "value-on-span" and context == "article"
            if sets_value and key in VALUE_DIGITS and int(key) <= on_span_values:
                return Resolution("command", f"value.{key}")
            if key == "0":
                return None
        if len(self._digits) < _LONGEST_COUNT:
            self._digits += key
        return Resolution("pending", pending=self.pending)

    def _look_up(self, table: _Table, key: str) -> Resolution:
        if not self._keys and key in table.labels:
            label = table.labels[key]
            self.reset()
            return Resolution("command", TAG_PREFIX + label, label)
        if not self._keys and key in table.sentences:
            label = table.sentences[key]
            self.reset()
            return Resolution("command", TAG_SENTENCE_PREFIX + label, label)
        keys = (*self._keys, key)
        command = table.commands.get(keys)
        if command == "count":
            self.reset()
            self._counting = True
            return Resolution("pending", pending=self.pending)
        if command is not None:
            count = int(self._digits or 0) if COMMANDS[command].counted else 0
            self.reset()
            return Resolution("command", command, count=count or None)
        self._keys = keys
        typed = self.pending
        if keys in table.prefixes:
            return Resolution("pending", pending=typed)
        self.reset()
        return Resolution("unknown", pending=typed)
