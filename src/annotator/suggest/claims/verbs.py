"""Verbs in the past, told by their form and by what stands before them."""

from __future__ import annotations

from .counter import Counter
from .lexicon import SINGLE, words_of

HAVE = words_of("auxiliary_have")
BE_PRESENT = words_of("be_present") | {"isn", "aren"}
BE_PAST = frozenset({"was", "were"})
FIRST = frozenset({"i", "we"})
THIRD = frozenset({"he", "she", "they"})

_MODALS = frozenset({"would", "could", "should", "might", "may", "must", "will", "'d"})
_BEFORE_BARE = _MODALS | {"to", "'ll", "can", "shall", "'t", "do", "does", "did", "let"}
_BEFORE_BARE |= {"be", "being"}
_DETERMINERS = frozenset({"the", "a", "an", "this", "these", "those", "our", "my", "your", "of"})
_DETERMINERS |= {"his", "her", "its", "their", "that"}
_NOT_EVENT = words_of("not_event")
_SUBJECTS = FIRST | THIRD | {"it", "who", "that"}


def is_regular_past(word: str) -> bool:
    """Say whether a word has the form of a regular past tense of a verb that tells an event."""
    return len(word) > 3 and word.endswith("ed") and word not in _NOT_EVENT


def count_past(found: Counter, place: int) -> None:
    """Count a word that may be a verb in the past, if what stands before it agrees.

    It counts as ``perfect`` behind "have", as ``be_present`` behind "is", else as ``past_event``;
    not behind "to" or a modal, nor as an adjective ("an increased") or a noun ("the cut").
    """
    lower = found.tokens.lower
    before = lower[place - 1] if place else ""
    if before in _BEFORE_BARE:
        return
    earlier = lower[max(0, place - 3) : place]
    word = found.tokens.words[place]
    if not HAVE.isdisjoint(earlier):
        if not _MODALS.isdisjoint(lower[max(0, place - 4) : place]):
            return
        if lower[place] == "been" and not _goes_on(lower[place + 1 : place + 3]):
            found.add("past_be", word)
        else:
            found.add("perfect", found.text(max(0, place - 1), place))
    elif not BE_PRESENT.isdisjoint(earlier[-2:]):
        found.add("be_present", word)
    elif not BE_PAST.isdisjoint(earlier) or _is_past_form(lower[place], before):
        found.add("past_event", word)


def _goes_on(following: list[str]) -> bool:
    """Say whether a verb follows "been": "has been flying", "has been sold"."""
    return any(
        word.endswith(("ing", "ed")) or "participle" in SINGLE.get(word, ()) for word in following
    )


def _is_past_form(word: str, before: str) -> bool:
    """Say whether a form without an auxiliary is a past tense: "took", not "taken" or "a cut"."""
    if before in _DETERMINERS:
        return False
    groups = SINGLE.get(word, ())
    if "same_past" in groups:
        return before in _SUBJECTS
    return "participle" not in groups or "past_verb" in groups
