"""The JSON Schema of keymap files, so that editors complete and check them."""

from __future__ import annotations

from typing import Any

from .keymap import DIGITS, KEYMAP_FORMAT, SHIPPED_KEYMAPS
from .registry import COMMANDS, CONTEXTS


def keymap_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of keymap files.

    It knows every context and command. What needs more than one value at a time, such as two
    commands on one key, is for :func:`keymap.parse_keymap`.
    """
    contexts = {
        context: {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                command.id: {"$ref": "#/$defs/keys", "description": command.description}
                for command in COMMANDS.values()
                if context in command.contexts
            },
        }
        for context in CONTEXTS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{KEYMAP_FORMAT.replace('/', ':')}",
        "title": "A keymap of annotator",
        "type": "object",
        "required": ["name", "keys"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": KEYMAP_FORMAT},
            "name": {"type": "string", "minLength": 1, "description": "how to ask for it"},
            "description": {"type": "string", "description": "one line"},
            "inherits": {
                "enum": ["none", *SHIPPED_KEYMAPS],
                "default": "default",
                "description": "the keymap whose keys hold for commands that are not named here",
            },
            "digits": {
                "enum": list(DIGITS),
                "description": "whether digits set values of the span here or are always counts",
            },
            "keys": {
                "type": "object",
                "additionalProperties": False,
                "properties": contexts,
                "description": "contexts, in them commands with their keys",
            },
        },
        "$defs": {
            "sequence": {
                "type": "string",
                "pattern": "[^ ]",
                "description": "a key such as w, ctrl+s or f3, or several with blanks between",
            },
            "keys": {
                "anyOf": [
                    {"$ref": "#/$defs/sequence"},
                    {"type": "array", "items": {"$ref": "#/$defs/sequence"}},
                ]
            },
        },
    }
