"""Label Studio's JSON_MIN: one object an annotation, its results under the names of their tags.

It says neither which regions are one nor what relations there are, so it is only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TOP = ("id", "annotation_id", "created_at", "updated_at", "lead_time")


def task_of(top: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the task that a record of JSON_MIN stands for; None for any other record."""
    if "data" in top or "annotations" in top or not isinstance(top.get("annotation_id"), int):
        return None
    data: dict[str, Any] = {}
    results: list[dict[str, Any]] = []
    for name, value in top.items():
        regions = _regions(value)
        if regions:
            results += (_result(name, kind, region) for kind, region in regions)
        elif name not in (*_TOP, "annotator"):
            data[name] = value
    annotation = {"id": top.get("annotation_id"), "result": results}
    if top.get("annotator") is not None:
        annotation["completed_by"] = top["annotator"]
    return {"id": top.get("id"), "data": data, "annotations": [annotation]}


def _regions(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the regions of a list with their types; nothing where it is no such list."""
    if not isinstance(value, list):
        return []
    found = []
    for item in value:
        if not isinstance(item, dict) or not {"start", "end"} <= item.keys():
            return []
        kind = next((key for key in item if key.endswith("labels")), "")
        if not kind:
            return []
        found.append((kind, item))
    return found


def _result(name: str, kind: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": kind, "value": region}
