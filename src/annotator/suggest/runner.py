"""Loaded suggesters; whatever one of them does wrong becomes one line about it."""

from __future__ import annotations

import json

from ..domain.errors import AnnotatorError
from .assembly import Assembly
from .base import Suggester, Text
from .plain import Packed, pack, unpack
from .specs import SuggestSetup


class Runner:
    """The suggesters of a setup, loaded.

    Args:
        setup: which to load. One that does not load, or that the scheme has no labels for, is
            left out.

    Attributes:
        suggesters: by name, in the order in which they are asked.
        failed: name and message of each that did not load, or does less than it should.
        left_out: names of those whose labels the scheme lacks.
    """

    def __init__(self, setup: SuggestSetup) -> None:
        self.setup = setup
        self.suggesters: dict[str, Suggester] = {}
        self.failed: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        assembly = Assembly(setup.labels)
        for spec in setup.specs:
            try:
                suggester = assembly.load(spec)
                labels = set(suggester.labels)
            except Exception as error:  # noqa: BLE001 - it may be code of somebody else
                self.failed.append((spec.name, _line(error)))
                continue
            if labels and labels <= set(setup.labels):
                self.suggesters[spec.name] = suggester
            else:
                self.left_out.append(spec.name)
        self.failed += assembly.problems

    def suggest(self, name: str, text: Text) -> Packed:
        """Return what one proposes for a text, packed and sure to be read back.

        Raises:
            AnnotatorError: it failed, or what it returned makes no sense; one line.
        """
        suggester = self.suggesters[name]
        if not suggester.needs_entities and text.entities is not None:
            # Who does not ask for them gets none, so that its answer is always the same.
            text = text.with_entities(None)
        try:
            found = suggester.suggest(text)
            packed: Packed = json.loads(json.dumps(pack(found)))
            spans = unpack(packed, len(text.text)).spans
        except Exception as error:
            raise AnnotatorError(_line(error)) from error
        if stray := {span.label for span in spans} - set(suggester.labels):
            raise AnnotatorError(f"it proposes {min(stray)!r}, which it does not declare")
        return packed


def _line(error: Exception) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, AnnotatorError):
        return str(error).replace("\n", " ")
    first = next((line for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
