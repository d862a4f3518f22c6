"""Loaded suggesters; whatever one of them does wrong becomes one line about it."""

from __future__ import annotations

import json
from collections.abc import Callable

from ...domain.errors import AnnotatorError
from ..assembly import Assembly
from ..base import Suggester, Suggestions, Text
from ..specs import SuggesterSpec, SuggestSetup
from .plain import Packed, pack, unpack
from .time_limit import OverTimeError, time_limit

PER_CODE_POINT = 0.01
"""Seconds that a suggester has for each code point, beside those of the setup: a large model on a
slow machine takes a tenth of it."""
FEWEST_TOO_MANY = 1_000
"""Spans that a suggester may propose for the shortest text; a longer one may have as many as code
points. More are a mistake, and would only fill the memory."""
_ENOUGH = 2
"""Texts that a suggester may fail to read in time; it is asked no more then."""


class Runner:
    """The suggesters of a setup, loaded.

    Args:
        setup: which to load. One that does not load, or that the scheme has no labels for, is
            left out.
        on_load: is told the name of each before it is loaded, since whatever it brings along may
            take the process with it.

    Attributes:
        suggesters: by name, in the order in which they are asked.
        failed: name and message of each that did not load, or does less than it should.
        left_out: names of those whose labels the scheme lacks.
    """

    def __init__(
        self, setup: SuggestSetup, on_load: Callable[[str], object] = lambda _: None
    ) -> None:
        self.setup = setup
        self.suggesters: dict[str, Suggester] = {}
        self.failed: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        self._late: dict[str, int] = {}
        assembly = Assembly(setup.labels)
        for spec in setup.specs:
            on_load(spec.name)
            try:
                suggester = self._load(assembly, spec)
            except AnnotatorError as error:
                self.failed.append((spec.name, _line(error)))
                continue
            labels = set(suggester.labels)
            if labels and labels <= set(setup.labels):
                self.suggesters[spec.name] = suggester
            else:
                self.left_out.append(spec.name)
        self.failed += assembly.problems

    def _load(self, assembly: Assembly, spec: SuggesterSpec) -> Suggester:
        """Return a suggester that says of itself what it must.

        Raises:
            AnnotatorError: it does not, or it does not load; one line.
        """
        seconds = self.setup.seconds
        try:
            with time_limit(seconds):
                suggester = assembly.load(spec)
                told: tuple[object, object] = suggester.version, suggester.labels
        except OverTimeError:
            raise AnnotatorError(f"it was not loaded within {seconds:.0f} seconds") from None
        except (Exception, SystemExit) as error:
            # It may be code of somebody else.
            raise AnnotatorError(_line(error)) from error
        version, labels = told
        if not isinstance(version, str):
            raise AnnotatorError(f"its version, {version!r}, is not a string")
        if not isinstance(labels, tuple | list) or not all(isinstance(o, str) for o in labels):
            raise AnnotatorError(f"its labels, {labels!r}, are no tuple of strings")
        return suggester

    def suggest(self, name: str, text: Text) -> Packed:
        """Return what one proposes for a text, packed and sure to be read back.

        Raises:
            AnnotatorError: it failed, what it returned makes no sense, or it took too long, as
                it did before; one line.
        """
        suggester = self.suggesters.get(name)
        if suggester is None:  # it was loaded in another process, and not in this one
            raise AnnotatorError(dict(self.failed).get(name, "it does not load"))
        if not suggester.needs_entities and text.entities is not None:
            # Who does not ask for them gets none, so that its answer is always the same.
            text = text.with_entities(None)
        seconds = self.setup.seconds + PER_CODE_POINT * len(text.text)
        if self._late.get(name, 0) >= _ENOUGH:
            raise AnnotatorError(f"it is asked no more: {_ENOUGH} texts took it too long")
        try:
            with time_limit(seconds):
                packed = _asked(suggester, text)
                spans = unpack(packed, len(text.text)).spans
        except OverTimeError:
            self._late[name] = self._late.get(name, 0) + 1
            raise AnnotatorError(f"it did not answer within {seconds:.0f} seconds") from None
        except (Exception, SystemExit) as error:
            raise AnnotatorError(_line(error)) from error
        if stray := {span.label for span in spans} - set(suggester.labels):
            raise AnnotatorError(f"it proposes {min(stray)!r}, which it does not declare")
        return packed


def _asked(suggester: Suggester, text: Text) -> Packed:
    found = suggester.suggest(text)
    if not isinstance(found, Suggestions):
        raise AnnotatorError(f"it returned {type(found).__name__} in place of Suggestions")
    length, most = len(text.text), max(FEWEST_TOO_MANY, len(text.text))
    for name, proposed in (("spans", found.spans), ("links", found.links)):
        if len(proposed) > most:
            many = f"{len(proposed):,} {name} for {length:,} code points"
            raise AnnotatorError(f"it proposes too much: {many}")
    packed: Packed = json.loads(json.dumps(pack(found)))
    return packed


def _line(error: BaseException) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, AnnotatorError):
        return str(error).replace("\n", " ")
    first = next((line for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
