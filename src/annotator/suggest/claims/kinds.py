"""What kind of claim a sentence makes.

The types are those of AVeriTeC (Schlichtkrull et al., NeurIPS 2023), and prediction.
"""

from __future__ import annotations

from collections.abc import Mapping

from .attribution import Attribution

_TELLS_OF_A_FACT = (
    "past_event",
    "perfect",
    "past_be",
    "be_present",
    "existence",
    "fact_verb",
    "record",
)


def kinds(values: Mapping[str, float], source: Attribution | None) -> list[str]:
    """Return the values of the scheme's attribute ``type`` that fit, in the scheme's order.

    Args:
        values: the sentence's features.
        source: who is named as its source.
    """
    found = {
        "numerical": _any(values, "number", "quantity", "small_number"),
        "quote": source is not None and (source.by_speech or "quoted" in values),
        "causal": "causal" in values,
        "position": "position" in values,
        "prediction": "prediction" in values,
    }
    others = [name for name, holds in found.items() if holds]
    only_ahead = others == ["prediction"] and not _any(values, "past_event", "perfect", "past_be")
    if not others or (_any(values, *_TELLS_OF_A_FACT) and not only_ahead):
        return ["event-or-property", *others]
    return others


def _any(values: Mapping[str, float], *names: str) -> bool:
    return any(name in values for name in names)
