"""Cells of a heat map: a number from 0 to 1 as a colour, beside the number itself."""

from __future__ import annotations

STEPS = 20
"""Colours between 0 and 1; the style sheet has a class for each, ``h0`` to ``h20``."""


def heat(value: float) -> str:
    """Return the classes of what shows a value: 0 and below is the palest, 1 and above the fullest.

    Args:
        value: a share or an agreement.
    """
    return f"heat h{round(min(1.0, max(0.0, value)) * STEPS)}"


def heat_legend(title: str) -> str:
    """Return the colours with their numbers, as HTML.

    Args:
        title: what the numbers are; safe already.
    """
    steps = "".join(
        f'<li class="{heat(value)}">{value:.1f}</li>' for value in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    return f'<div class="legend"><span>{title}</span><ul class="scale">{steps}</ul></div>'
