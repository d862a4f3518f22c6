"""Keymaps: which keys run which command, checked before they are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast, get_args

from ..domain.errors import InvalidFileError, Path, Problem, Source
from ..domain.scheme import Scheme
from .names import Sequence, parse_sequence, short
from .registry import COMMANDS, CONTEXTS, VALUE_DIGITS, Context

KEYMAP_FORMAT = "annotator-keymap/1"
SHIPPED_KEYMAPS = ("default", "vim", "emacs")

Digits = Literal["value-on-span", "count"]
DIGITS: tuple[Digits, ...] = get_args(Digits)
"""What a digit does: set a value of the span under the cursor, or always begin a count."""

Bindings = Mapping[Context, Mapping[Sequence, str]]
KeymapLoader = Callable[[str], "Keymap"]

_NAMED = re.compile(r"\{([a-z]+\.[a-z0-9-]+)\}")
"""A command that a hint names."""
_KEYMAP_KEYS = ("format", "name", "description", "inherits", "digits", "keys")
_LABEL_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'\"$%&+,-@_~"
_REVIEW_KEYS = "yxkjhYXJH"
"""Not proposed for labels: the review of candidates will need them."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys run which command.

    Attributes:
        name: how the user asks for it.
        description: one line.
        digits: what digits do, see :data:`DIGITS`.
        bindings: command ids by key sequence, by context; free of clashes when it comes from
            :func:`parse_keymap`.
    """

    name: str
    description: str
    digits: Digits
    bindings: Bindings
    _keys: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys: dict[str, list[str]] = {}
        for context in self.bindings.values():
            for sequence, command in context.items():
                keys.setdefault(command, []).append(" ".join(sequence))
        if self.digits == "value-on-span":
            for digit in VALUE_DIGITS:
                keys.setdefault(f"value.{digit}", []).insert(0, digit)
        object.__setattr__(self, "_keys", keys)

    def keys_of(self, command: str) -> tuple[str, ...]:
        """Return the key sequences of a command, the digits of ``value.1`` ... included."""
        return tuple(self._keys.get(command, ()))

    def named_in(self, hint: str) -> str:
        """Return a hint with the keys that it speaks of, as ``{candidate.next} goes to the next``.

        Args:
            hint: a sentence of the program's own, with the ids of commands in braces.

        Returns:
            The sentence; empty where one of the commands has no key, and nobody could do it.
        """
        if not all(self.keys_of(command) for command in _NAMED.findall(hint)):
            return ""
        return _NAMED.sub(lambda found: short(self.keys_of(found[1])[0]), hint)

    def active(self, context: str) -> dict[Sequence, str]:
        """Return what can be typed in a context: its own bindings and the global ones."""
        own = self.bindings.get(cast("Context", context), {})
        return {**self.bindings.get("global", {}), **own}


def default_keymap() -> Keymap:
    """Return the keymap that the registry's default keys make; reads no file."""
    bindings: dict[Context, dict[Sequence, str]] = {context: {} for context in CONTEXTS}
    for command in COMMANDS.values():
        for context in command.contexts:
            for keys in command.keys:
                bindings[context][tuple(keys.split())] = command.id
    description = "Plain letters, arrows and function keys, for every terminal"
    return Keymap("default", description, "value-on-span", bindings)


def parse_keymap(data: object, source: Source, load: KeymapLoader | None = None) -> Keymap:
    """Return the keymap that a file's data describes.

    A file inherits from the default keymap unless it says otherwise. A command that it names
    gets the keys it lists, none for an empty list, in place of those inherited.

    Args:
        data: what the YAML loader returned.
        source: where each value stood.
        load: returns a shipped keymap by name, for ``inherits: vim``; without it a file can
            inherit from the default keymap only.

    Raises:
        InvalidFileError: with every problem, each naming file, line and key.
    """
    return _Parser(source, load).keymap(data)


def free_label_keys(keymap: Keymap, scheme: Scheme) -> list[str]:
    """Return keys that a label of the scheme could have without a clash, best first."""
    taken = {sequence[0] for sequence in keymap.active("article")}
    taken.update(label.key for label in scheme.labels.values())
    return [c for c in _LABEL_CHARACTERS if c not in taken and c not in _REVIEW_KEYS]


def sentence_keys(keymap: Keymap, scheme: Scheme) -> dict[str, str]:
    """Return the capital letters that tag a whole sentence, each with its label.

    A label's key that is a small letter has its capital for this, unless the keymap or another
    label uses that.
    """
    taken = {sequence[0] for sequence in keymap.active("article")}
    taken.update(label.key for label in scheme.labels.values())
    return {
        label.key.upper(): label.name
        for label in scheme.labels.values()
        if label.key.upper() not in taken and len(label.key.upper()) == 1
    }


def check_labels(
    keymap: Keymap, scheme: Scheme, source: Source | None = None, *, essential_only: bool = False
) -> list[Problem]:
    """Return a problem for each label whose key does something else in the article.

    Args:
        keymap: the keymap in use.
        scheme: the scheme in use.
        source: where the scheme's values stood; without it problems name the scheme, not a line.
        essential_only: leave out labels that may win: the command is in the palette, or has
            another key.
    """
    place = source or Source(scheme.name, {})
    label_keys = {label.key for label in scheme.labels.values()}
    commands = {sequence[0]: command for sequence, command in keymap.active("article").items()}
    problems = []
    for label in scheme.labels.values():
        if label.key in commands:
            other = commands[label.key]
            may_win = not COMMANDS[other].essential or set(keymap.keys_of(other)) - label_keys
            if essential_only and may_win:
                continue
            what = f"is {other} ({COMMANDS[other].description.lower()})"
        elif label.key in "0123456789":
            what = "is a digit of counts and values"
        else:
            continue
        free = " ".join(free_label_keys(keymap, scheme)[:12])
        message = (
            f"{label.key!r} tags {label.name} but {what} in the keymap {keymap.name}; "
            f"free keys: {free or 'none'}"
        )
        problems.append(place.problem(("labels", label.name, "key"), message))
    return problems


class _Binding(NamedTuple):
    """One key sequence of one command, and where it was said; no path when inherited."""

    context: Context
    sequence: Sequence
    command: str
    path: Path | None

    @property
    def keys(self) -> str:
        return " ".join(self.sequence)


class _Parser:
    def __init__(self, source: Source, load: KeymapLoader | None) -> None:
        self.source = source
        self.load = load
        self.problems: list[Problem] = []
        self.parent_name = ""

    def complain(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem(path, message))

    def keymap(self, data: object) -> Keymap:
        top = self.mapping((), data)
        for key in top:
            if key not in _KEYMAP_KEYS:
                message = f"unknown key; expected {', '.join(_KEYMAP_KEYS)}"
                self.complain((str(key),), message)
        if top.get("format", KEYMAP_FORMAT) != KEYMAP_FORMAT:
            self.complain(("format",), f"expected {KEYMAP_FORMAT}, found {top['format']!r}")
        name = self.text(("name",), top.get("name"), required=True)
        description = self.text(("description",), top.get("description", ""))
        parent = self.parent(top.get("inherits", "default"))
        digits = self.digits(top.get("digits"), parent)
        own, said = self.own_bindings(top.get("keys"))
        bindings = [*self.inherited(parent, said), *own]
        self.check_clashes(bindings)
        self.check_essentials(bindings)
        if self.problems:
            raise InvalidFileError(sorted(self.problems, key=lambda problem: problem.line))
        merged: dict[Context, dict[Sequence, str]] = {context: {} for context in CONTEXTS}
        for binding in bindings:
            merged[binding.context][binding.sequence] = binding.command
        return Keymap(name, description, digits, merged)

    def parent(self, name: object) -> Keymap | None:
        if name == "none":
            return None
        self.parent_name = str(name)
        if name == "default":
            return default_keymap()
        if isinstance(name, str) and name in SHIPPED_KEYMAPS and self.load is not None:
            return self.load(name)
        choices = ", ".join(("none", *SHIPPED_KEYMAPS))
        self.complain(("inherits",), f"{name!r} is none of {choices}")
        return default_keymap()

    def digits(self, value: object, parent: Keymap | None) -> Digits:
        if value is None:
            return parent.digits if parent else "value-on-span"
        if value in DIGITS:
            return value
        self.complain(("digits",), f"{value!r} is none of {', '.join(DIGITS)}")
        return "value-on-span"

    def own_bindings(self, data: object) -> tuple[list[_Binding], set[tuple[str, str]]]:
        """Return the file's bindings, and each context and command that it speaks of."""
        bindings: list[_Binding] = []
        said: set[tuple[str, str]] = set()
        for context, commands in self.mapping(("keys",), data).items():
            path: Path = ("keys", str(context))
            if context not in CONTEXTS:
                self.complain(path, f"unknown context; expected {', '.join(CONTEXTS)}")
                continue
            for command, keys in self.mapping(path, commands).items():
                place = (*path, str(command))
                if self.known_command(place, context, str(command)):
                    said.add((context, command))
                    bindings += self.sequences(place, context, command, keys)
        return bindings, said

    def known_command(self, path: Path, context: str, command: str) -> bool:
        found = COMMANDS.get(command)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(command, COMMANDS, n=1)
            advice = f"; did you mean {near[0]}?" if near else "; see 'annotator keys list'"
            self.complain(path, f"unknown command {command!r}{advice}")
            return False
        if context not in found.contexts:
            wanted = " or ".join(found.contexts)
            self.complain(path, f"{command} belongs under {wanted}, not under {context}")
            return False
        return True

    def sequences(self, path: Path, context: Context, command: str, data: object) -> list[_Binding]:
        keys = data if isinstance(data, list) else [data]
        found: dict[Sequence, _Binding] = {}
        for place, key in enumerate(keys):
            where = (*path, place) if isinstance(data, list) else path
            try:
                sequence = self.sequence(key)
            except ValueError as error:
                self.complain(where, f"{command}: {error}")
            else:
                found[sequence] = _Binding(context, sequence, command, where)
        return list(found.values())

    @staticmethod
    def sequence(key: object) -> Sequence:
        if not isinstance(key, str):
            if key is None:
                raise ValueError("no key is written []")
            raise ValueError(f"{key!r} is not a key name; put it in quotes")
        sequence = parse_sequence(key)
        if sequence[0] in VALUE_DIGITS:
            raise ValueError(f"{key!r} begins with a digit, and those are counts and values")
        if "escape" in sequence[1:]:
            raise ValueError(f"{key!r} cannot be typed: escape drops what was typed before it")
        return sequence

    @staticmethod
    def inherited(parent: Keymap | None, said: set[tuple[str, str]]) -> list[_Binding]:
        if parent is None:
            return []
        return [
            _Binding(context, sequence, command, None)
            for context, commands in parent.bindings.items()
            for sequence, command in commands.items()
            if (context, command) not in said
        ]

    def check_clashes(self, bindings: list[_Binding]) -> None:
        reported: set[tuple[int, int]] = set()
        for context in CONTEXTS:
            holders: dict[Sequence, list[int]] = {}
            active = [n for n, b in enumerate(bindings) if b.context in (context, "global")]
            for number in active:
                holders.setdefault(bindings[number].sequence, []).append(number)
            for number in active:
                sequence = bindings[number].sequence
                for length in range(1, len(sequence) + 1):
                    for other in holders.get(sequence[:length], ()):
                        pair = (min(number, other), max(number, other))
                        if number != other and pair not in reported:
                            reported.add(pair)
                            self.clash(bindings[number], bindings[other])

    def clash(self, one: _Binding, other: _Binding) -> None:
        """Complain of two bindings that cannot both be typed, at the later of the file's own."""
        here, there = (one, other) if self.line(one) >= self.line(other) else (other, one)
        first = f"{there.command} ({self.origin(there)})"
        if here.sequence == there.sequence:
            message = f"{here.keys!r} is bound to both {here.command} and {first}"
        elif len(here.sequence) < len(there.sequence):
            message = f"{here.keys!r} ({here.command}) hides {there.keys!r}, which is {first}"
        else:
            message = f"{here.keys!r} ({here.command}) cannot be typed: {there.keys!r} is {first}"
        self.complain(here.path or (), message)

    def line(self, binding: _Binding) -> int:
        if binding.path is None:
            return -1
        return self.source.problem(binding.path, "").line

    def origin(self, binding: _Binding) -> str:
        if binding.path is None:
            return f"inherited from {self.parent_name}"
        line = self.line(binding)
        return f"line {line}" if line else f"under {binding.context}"

    def check_essentials(self, bindings: list[_Binding]) -> None:
        bound = {(binding.context, binding.command) for binding in bindings}
        for command in COMMANDS.values():
            for context in command.contexts:
                if command.essential and (context, command.id) not in bound:
                    message = f"the essential command {command.id} has no key"
                    self.complain(("keys", context, command.id), message)

    def mapping(self, path: Path, data: object) -> Mapping[Any, Any]:
        if isinstance(data, Mapping):
            return data
        self.complain(path, "missing" if data is None else "expected keys and values")
        return {}

    def text(self, path: Path, data: object, *, required: bool = False) -> str:
        if isinstance(data, str) and (data or not required):
            return data
        self.complain(path, "missing" if data in (None, "") else f"{data!r} is not a string")
        return ""
