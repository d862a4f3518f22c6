"""The JSON Schema of keymap files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from annotator.keys.keymap import SHIPPED_KEYMAPS
from annotator.keys.keymap_schema import keymap_schema
from annotator.store.located import load_located

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SHIPPED_KEYMAPS)
def test_shipped_keymaps_are_valid(name: str) -> None:
    data, _ = load_located((ROOT / "keymaps" / f"{name}.yaml").read_bytes(), name)
    validator = Draft202012Validator(keymap_schema())
    validator.check_schema(validator.schema)
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    "data",
    [
        {"keys": {}},
        {"name": "x", "keys": {"artikel": {}}},
        {"name": "x", "keys": {"article": {"list.up": "k"}}},
        {"name": "x", "keys": {"article": {"move.left": 3}}},
        {"name": "x", "keys": {"article": {"move.left": ""}}},
        {"name": "x", "keys": {}, "digits": "never"},
        {"name": "x", "keys": {}, "inherits": "nano"},
        {"name": "x", "keys": {}, "colour": "red"},
    ],
)
def test_what_the_parser_refuses_by_its_shape_the_schema_refuses_too(data: object) -> None:
    assert not Draft202012Validator(keymap_schema()).is_valid(data)


def test_the_shipped_copy_is_up_to_date() -> None:
    """After a change: ``annotator schema keymap`` prints it."""
    shipped = ROOT / "src/annotator/schemas/keymap-1.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == keymap_schema()
