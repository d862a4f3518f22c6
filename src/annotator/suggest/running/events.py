"""What the suggestion service tells: frozen facts, safe to hand from thread to thread."""

from __future__ import annotations

from dataclasses import dataclass

from ..base import Suggestions


@dataclass(frozen=True, slots=True)
class SuggestionsFound:
    """What one suggester proposes for the text last asked for; replaces what it said before.

    Attributes:
        sha256: the text's hash, as the request named it.
        name: of the suggester; its set is ``model:NAME``.
        version: of the suggester.
        suggestions: offsets count from the start of the whole text.
        done: whether the whole text was read, not only the part around the caret. A suggester
            that wants entities is asked again, and reported again, when they become known.
        start: where the part that was read starts, in code points.
        end: where it ends.
    """

    sha256: str
    name: str
    version: str
    suggestions: Suggestions
    done: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class SuggesterFailed:
    """A suggester did not load, raised, or brought its process down; the others go on.

    Attributes:
        name: of the suggester, several with commas between where nobody knows which of them;
            empty for all.
        message: what went wrong, in one line.
    """

    name: str
    message: str


SuggestionEvent = SuggestionsFound | SuggesterFailed
