"""The suggesters by name: those that ship, and those that other packages bring along.

A package adds its own by an entry point of the group ``annotator.suggesters`` whose value is a
class or function that returns a :class:`~annotator.suggest.base.Suggester` without arguments.
"""

from __future__ import annotations

from importlib import import_module

from ..domain.errors import AnnotatorError
from .base import Suggester

ENTRY_POINTS = "annotator.suggesters"

SHIPPED = {
    "placeholders": ("placeholders", "PlaceholderSuggester"),
    "furniture": ("furniture", "FurnitureSuggester"),
    "claims": ("claims", "ClaimSuggester"),
    "contradictions": ("contradictions", "ContradictionSuggester"),
}
"""Module (in this package) and class of each shipped suggester, in the order they are asked."""


def load_suggester(name: str) -> Suggester:
    """Return a suggester by name.

    Args:
        name: one of :data:`SHIPPED`, or the name of an entry point.

    Raises:
        AnnotatorError: there is none of that name, or it does not load.
    """
    if name in SHIPPED:
        module, attribute = SHIPPED[name]
        suggester: Suggester = getattr(import_module(f"{__package__}.{module}"), attribute)()
        return suggester
    from importlib.metadata import entry_points

    for found in entry_points(group=ENTRY_POINTS, name=name):
        return _load_entry_point(name, found)
    raise AnnotatorError(f"no suggester named {name!r}", f"there are {', '.join(names())}")


def names() -> list[str]:
    """Return the names of all suggesters: the shipped ones, then others sorted."""
    from importlib.metadata import entry_points

    others = sorted({found.name for found in entry_points(group=ENTRY_POINTS)} - SHIPPED.keys())
    return [*SHIPPED, *others]


def _load_entry_point(name: str, found: object) -> Suggester:
    try:
        made = found.load()()  # type: ignore[attr-defined]
    except Exception as error:
        # Code of somebody else runs here, so it may raise anything.
        raise AnnotatorError(
            f"the suggester {name} does not load: {type(error).__name__}: {error}",
            "update or remove the package that brings it",
        ) from error
    if not isinstance(made, Suggester):
        raise AnnotatorError(f"the entry point {name} returns no suggester")
    return made
