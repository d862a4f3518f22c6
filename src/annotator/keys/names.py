"""Names of keys: how keymap files write them and what terminals make of them."""

from __future__ import annotations

KEY_NAMES: tuple[str, ...] = (
    *("space", "enter", "escape", "tab", "backspace", "delete", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 13)),
)
"""Keys that print nothing, by the name that keymap files use."""

MODIFIERS = ("ctrl", "alt", "shift")
"""Modifiers in the order in which they are written before a key."""

_SHORT = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "backspace": "bksp",
    "delete": "del",
    "escape": "esc",
}

Sequence = tuple[str, ...]
"""Keys to be pressed one after the other."""

_NAMED = frozenset(KEY_NAMES)

# What Textual calls the printable ASCII characters when it does not give the character itself,
# as for ctrl+underscore. Written out, since looking them up by Unicode name costs a module.
_CHARACTERS = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "plus_sign": "+",
    "comma": ",",
    "minus": "-",
    "hyphen_minus": "-",
    "full_stop": ".",
    "slash": "/",
    "solidus": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "commercial_at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "reverse_solidus": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "low_line": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}

# A terminal with the kitty protocol reports alt+< as alt+shift+comma: the key's unshifted
# character of a keyboard that is not told. The US layout is the best guess; where < has a key of
# its own, shift gives >.
_SHIFTED = dict(zip("`1234567890-=[]\\;',./<", '~!@#$%^&*()_+{}|:"<>?>', strict=True))

# Terminals without the kitty protocol send the same for the keys of each pair, so a keymap that
# told them apart would work in some terminals only.
_SAME_BYTES = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "shift+space": "space",
    "shift+enter": "enter",
    "shift+escape": "escape",
    "shift+backspace": "backspace",
    "ctrl+enter": "enter",
    "ctrl+tab": "tab",
}

# Two spellings of one key, both of them in use.
_SPELLINGS = {"ctrl+@": "ctrl+space", "ctrl+/": "ctrl+_"}

_LOCKS = frozenset({"caps_lock", "num_lock", "scroll_lock", "iso_level3_shift", "iso_level5_shift"})
_MODIFIER_KEYS = frozenset({"shift", "control", "alt", "super", "hyper", "meta"})


def key_name(key: str, character: str | None = None) -> str:
    """Return the name that keymaps use for a key event of Textual.

    Args:
        key: the event's ``key``, e.g. ``left_square_bracket``, ``ctrl+@``, ``alt+shift+f``.
        character: the event's ``character``, if it has one.

    Returns:
        The name, e.g. ``[``, ``ctrl+space``, ``alt+F``. Empty for a modifier or lock key pressed
        alone, which terminals with the kitty protocol report and which must not end a sequence.
    """
    modifiers, base = split_key(key)
    typed = character or ""
    if not modifiers and len(typed) == 1 and typed.isprintable() and typed != " ":
        return typed
    side, _, held = base.partition("_")
    if base in _LOCKS or (side in ("left", "right") and held in _MODIFIER_KEYS):
        return ""
    name = _compose(modifiers, _CHARACTERS.get(base, base))
    return _SAME_BYTES.get(name, name)


def parse_key(text: str) -> str:
    """Return the name of the key that a keymap file means.

    Modifiers may stand in any order, ``ctrl+S`` is ``ctrl+s`` and ``ctrl+/`` is ``ctrl+_``.

    Raises:
        ValueError: no terminal key has that name; the message says what to write instead.
    """
    modifiers, base = split_key(text)
    if len(set(modifiers)) < len(modifiers):
        raise ValueError(f"{text!r} has a modifier twice")
    if base not in _NAMED and not (len(base) == 1 and base.isprintable() and base != " "):
        raise ValueError(f"unknown key {text!r}{_suggestion(base)}")
    name = _compose(modifiers, base)
    if "shift" in modifiers and base not in _NAMED:
        raise ValueError(f"shift is part of the character: write {name!r} for {text!r}")
    if name in _SAME_BYTES:
        other = _SAME_BYTES[name]
        raise ValueError(f"many terminals send {other!r} for {text!r}: write {other!r}")
    return name


def parse_sequence(text: str) -> Sequence:
    """Return the keys of a blank-separated sequence such as ``g g`` or ``ctrl+x ctrl+s``.

    Raises:
        ValueError: it holds no key, or a key that no terminal has.
    """
    keys = tuple(parse_key(part) for part in text.split())
    if not keys:
        raise ValueError(f"{text!r} names no key")
    return keys


def split_key(key: str) -> tuple[list[str], str]:
    """Return a key name's modifiers, as they stand, and the key itself, which may be ``+``."""
    modifiers: list[str] = []
    while True:
        head, plus, rest = key.partition("+")
        if not plus or not rest or head not in MODIFIERS:
            return modifiers, key
        modifiers.append(head)
        key = rest


def _compose(modifiers: list[str], base: str) -> str:
    held = set(modifiers)
    if len(base) == 1 and base != " ":
        if "shift" in held:
            held.remove("shift")
            base = _shifted(base)
        if "ctrl" in held:
            base = base.lower()
    name = "+".join([*(modifier for modifier in MODIFIERS if modifier in held), base])
    return _SPELLINGS.get(name, name)


def _shifted(character: str) -> str:
    upper = character.upper()
    if len(upper) == 1 and upper != character:
        return upper
    return _SHIFTED.get(character, character)


def _suggestion(base: str) -> str:
    if base.lower() in _NAMED:
        return f"; write {base.lower()!r}"
    from difflib import get_close_matches

    other = {"esc": "escape", "del": "delete", "ins": "insert", "return": "enter", "pgup": "pageup"}
    other |= {"pgdn": "pagedown", "bs": "backspace", "spc": "space", "cr": "enter"}
    spelled = other.get(base.lower()) or _CHARACTERS.get(base)
    near = [spelled] if spelled else get_close_matches(base, KEY_NAMES, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def short(keys: str) -> str:
    """Return a key sequence in few cells, for the line of key hints: ``^x ^s``, ``←``."""
    return " ".join(_short_key(key) for key in keys.split())


def _short_key(key: str) -> str:
    modifiers, base = split_key(key)
    held = "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers)
    return held + _SHORT.get(base, base)
