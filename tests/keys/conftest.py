"""What the tests of keys share."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.scheme import Scheme
from annotator.domain.scheme_parser import parse_scheme
from annotator.keys.keymap import SHIPPED_KEYMAPS, Keymap, parse_keymap
from annotator.store.located import load_located

ROOT = Path(__file__).parents[2]


def read_keymap(name: str) -> Keymap:
    """Return a shipped keymap from its file."""
    path = ROOT / "keymaps" / f"{name}.yaml"
    return parse_keymap(*load_located(path.read_bytes(), str(path)))


@pytest.fixture(scope="session")
def shipped() -> dict[str, Keymap]:
    """The shipped keymaps by name, from their files."""
    return {name: read_keymap(name) for name in SHIPPED_KEYMAPS}


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The default scheme."""
    path = ROOT / "src/annotator/schemes/claims-and-placeholders.yaml"
    return parse_scheme(*load_located(path.read_bytes(), path.name))
