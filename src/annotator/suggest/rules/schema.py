"""The JSON Schema of rule files, so that editors complete and check them."""

from __future__ import annotations

from typing import Any

from .guards import PREDICATES
from .parser import BOUNDS, BRACKETS, CASES, FORMAT, PLACES

_TEXT = {"type": "string"}
_STRINGS = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of rule files.

    Whether a pattern compiles, what it costs and whether an example holds is for
    :func:`.parser.parse_rules`, and for the tests of whoever writes the rules.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "Rules of annotator",
        "type": "object",
        "required": ["format", "rules"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "label": _TEXT | {"description": "label of the rules that name none"},
            "description": _TEXT,
            "lists": {
                "type": "object",
                "additionalProperties": _STRINGS,
                "description": "lists of words; \\L<name> in a pattern stands for any of them",
            },
            "guards": {"$ref": "#/$defs/conditions"},
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        },
        "$defs": {"rule": _rule(), "conditions": _conditions()},
    }


def _rule() -> dict[str, Any]:
    pattern = {"type": "string", "minLength": 1}
    strings = {
        "literals": "lower-case strings one of which stands in any match; \\n begins a line",
        "only-with": "lower-case strings one of which stands in the text",
        "examples": "texts in which the rule finds what stands between \u27e6 and \u27e7",
        "counter-examples": "texts in which the rule finds nothing",
    }
    return {
        "type": "object",
        "required": ["id", "pattern", "score"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "label": _TEXT,
            "kind": _TEXT | {"description": "value of the attribute of that name"},
            "expects": _TEXT | {"description": "an entity type; auto to infer it"},
            "description": _TEXT | {"description": "why, for people"},
            "pattern": pattern | {"description": "in the syntax of the regex package"},
            "until": pattern | {"description": "cuts the span short behind its match"},
            "case": {"enum": list(CASES), "default": CASES[0]},
            "bounds": {"enum": list(BOUNDS), "default": BOUNDS[0]},
            "brackets": {
                "type": "array",
                "items": {"enum": list(BRACKETS)},
                "default": [BRACKETS[0]],
            },
            "score": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
            "needs": {"$ref": "#/$defs/conditions"},
            "guards": {"$ref": "#/$defs/conditions"},
            "companions": {
                "type": "integer",
                "minimum": 0,
                "default": 0,
                "description": "how many spans other rules must find nearby",
            },
            "guard-defaults": {
                "type": "boolean",
                "default": True,
                "description": "whether the guards of the file hold too",
            },
            **{name: _STRINGS | {"description": about} for name, about in strings.items()},
        },
    }


def _conditions() -> dict[str, Any]:
    predicate = {"enum": list(PREDICATES)}
    places = {place: _TEXT for place in PLACES if place != "holds"} | {"holds": predicate}
    return {
        "type": "array",
        "items": {
            "oneOf": [
                predicate,
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": places,
                },
            ]
        },
        "description": "each a predicate, or patterns that look at a place and hold together",
    }
