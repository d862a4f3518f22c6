"""Keys on paper: rows for help screens, and text, Markdown, JSON and YAML of a keymap."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.scheme import Scheme
from .keymap import KEYMAP_FORMAT, Keymap, sentence_keys
from .registry import COMMANDS, CONTEXTS, TAG_PREFIX, TAG_SENTENCE_PREFIX, VALUE_DIGITS, Command

_PLAIN_YAML = re.compile(r"(?:ctrl\+|alt\+|shift\+)+[a-z0-9]+|[a-z][a-z0-9]+")
_UNSAFE_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NO_YAML_STRINGS = frozenset({"on", "off", "no", "yes", "true", "false", "null"})
_YAML_HEADER = """\
# A keymap of annotator: each command with its keys, [] for none. Blanks stand between
# keys that are pressed one after the other. A file of your own goes into the folder of
# keymaps that 'annotator paths' shows; it can inherit from a shipped keymap and name
# only what differs. 'annotator keys check FILE' checks it.
"""
_VALUES = tuple(f"value.{digit}" for digit in VALUE_DIGITS)


@dataclass(frozen=True, slots=True)
class Row:
    """One command with its keys.

    Attributes:
        keys: its key sequences; empty when it has none.
        description: what it does, one line.
        command: its id, or ``tag.LABEL``.
        essential: whether every keymap must give it a key.
    """

    keys: tuple[str, ...]
    description: str
    command: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The commands under one heading."""

    title: str
    rows: tuple[Row, ...]


def sections(
    keymap: Keymap, contexts: Iterable[str] = CONTEXTS, scheme: Scheme | None = None
) -> tuple[Section, ...]:
    """Return what can be done in some contexts, under headings, in the registry's order.

    Args:
        keymap: the keymap in use.
        contexts: where one stands; name ``global`` too for what can be done everywhere.
        scheme: with it the section ``Tag`` begins with the labels' keys.
    """
    wanted = set(contexts)
    groups: dict[str, list[Row]] = {}
    for command in COMMANDS.values():
        if not wanted.isdisjoint(command.contexts):
            rows = groups.setdefault(command.group, [])
            if command.group == "Tag" and not rows and scheme is not None:
                rows += label_rows(scheme, keymap)
            if command.id == _VALUES[0]:
                rows.append(_values_row(keymap))
            elif command.id not in _VALUES:
                rows.append(_row(keymap, command))
    return tuple(Section(title, tuple(rows)) for title, rows in groups.items())


def label_rows(scheme: Scheme, keymap: Keymap) -> list[Row]:
    """Return two rows for each label of a scheme: what its key and what its capital do."""
    capitals = {label: key for key, label in sentence_keys(keymap, scheme).items()}
    rows: list[Row] = []
    for name, label in scheme.labels.items():
        rows.append(Row((label.key,), f"Tag as {name}", TAG_PREFIX + name, essential=True))
        if name in capitals:
            text = f"Tag the whole sentence as {name}"
            rows.append(Row((capitals[name],), text, TAG_SENTENCE_PREFIX + name, essential=False))
    return rows


def as_text(keymap: Keymap, scheme: Scheme | None = None) -> str:
    """Return the cheat sheet as plain text: keys, what they do, command id."""
    parts = [f"{keymap.name}: {keymap.description}\n"]
    found = sections(keymap, scheme=scheme)
    wide = max(len(_joined(row.keys)) for section in found for row in section.rows)
    long = max(len(row.description) for section in found for row in section.rows)
    for section in found:
        parts.append(f"\n{section.title}\n")
        for row in section.rows:
            line = f"  {_joined(row.keys):{wide}}  {row.description:{long}}  {row.command}"
            parts.append(f"{line}\n")
    return "".join(parts)


def as_json(keymap: Keymap) -> str:
    """Return a JSON array with one object per command, one object a line."""
    lines = [json.dumps(_object(keymap, command)) for command in COMMANDS.values()]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_markdown(keymaps: Sequence[Keymap]) -> str:
    """Return Markdown tables, one a group, with a column of keys for each keymap."""
    parts = []
    columns = [sections(keymap) for keymap in keymaps]
    names = " | ".join(keymap.name for keymap in keymaps)
    for number, section in enumerate(columns[0]):
        parts.append(f"\n## {section.title}\n\n| does | {names} | command |\n")
        parts.append("|---" * (len(keymaps) + 2) + "|\n")
        for place, row in enumerate(section.rows):
            cells = [_code(column[number].rows[place].keys) for column in columns]
            name = f"`{row.command}`" + (" \\*" if row.essential else "")
            parts.append(f"| {row.description} | {' | '.join(cells)} | {name} |\n")
    return "".join(parts).lstrip("\n")


def as_yaml(keymap: Keymap) -> str:
    """Return a keymap file that stands on its own and says what this keymap says."""
    parts = [
        _YAML_HEADER,
        f"format: {KEYMAP_FORMAT}\n",
        f"name: {_quoted(keymap.name)}\n",
        f"description: {_quoted(keymap.description)}\n",
        f"inherits: none\ndigits: {keymap.digits}\nkeys:\n",
    ]
    for context in CONTEXTS:
        parts.append(f"  {context}:\n")
        group = ""
        for command in COMMANDS.values():
            if context in command.contexts:
                if command.group != group:
                    group = command.group
                    parts.append(f"    # {group}\n")
                entry = f"    {command.id}: {_yaml_keys(keymap, command)}"
                parts.append(f"{entry:55}  # {command.description}\n")
    return "".join(parts)


def _row(keymap: Keymap, command: Command) -> Row:
    return Row(keymap.keys_of(command.id), command.description, command.id, command.essential)


def _values_row(keymap: Keymap) -> Row:
    """Return one row for ``value.1`` to ``value.9``."""
    bound = [keys[0] for command in _VALUES if (keys := keymap.keys_of(command))]
    keys = (f"{bound[0]} … {bound[-1]}",) if bound else ()
    return Row(keys, "Set that value of the span's first attribute", f"{_VALUES[0]} … 9")


def _joined(keys: tuple[str, ...]) -> str:
    return ", ".join(keys)


def _code(keys: tuple[str, ...]) -> str:
    """Return keys as code spans that a table cell can hold."""
    spans = []
    for key in keys:
        fence = "``" if "`" in key else "`"
        pad = " " if "`" in key else ""
        spans.append(f"{fence}{pad}{key}{pad}{fence}".replace("|", "\\|"))
    return ", ".join(spans)


def _object(keymap: Keymap, command: Command) -> dict[str, Any]:
    return {
        "id": command.id,
        "keys": list(keymap.keys_of(command.id)),
        "context": " ".join(command.contexts),
        "description": command.description,
        "group": command.group,
        "essential": command.essential,
        "counted": command.counted,
    }


def _yaml_keys(keymap: Keymap, command: Command) -> str:
    keys = [_quoted(keys) for keys in keymap.keys_of(command.id) if keys not in VALUE_DIGITS]
    return keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"


def _quoted(text: str) -> str:
    """Return a YAML scalar; all but plain words are quoted, and so are words that mean more."""
    if _PLAIN_YAML.fullmatch(text) and text not in _NO_YAML_STRINGS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
