"""JSON Schema of the annotation format."""

from __future__ import annotations

from typing import Any


def annotation_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of annotation files."""
    raise NotImplementedError
