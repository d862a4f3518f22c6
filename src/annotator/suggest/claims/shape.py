"""The kind of sentence: question, order, whom it is about, whether it has a verb."""

from __future__ import annotations

import re

from .counter import Counter
from .lexicon import SINGLE, words_of
from .verbs import BE_PAST, BE_PRESENT, FIRST, HAVE, THIRD

_QUOTED = re.compile(r"[\"“][^\"“”]{12,}[\"”]")
_CLOSERS = "\"'”’»)]} \t\r\n"
_VAGUE = frozenset({"this", "that", "it", "what", "which", "who", "how", "why", "here"})
_POINTING = frozenset({"this", "that", "which", "what"})
_AUXILIARY = HAVE | {
    "will",
    "would",
    "can",
    "could",
    "should",
    "may",
    "might",
    "does",
    "did",
    "'ll",
}
_IMPERATIVE = words_of("imperative_start")
_CONJUNCTION = words_of("conjunction")
_MOST_CONJUNCTIONS = 4
_FEWEST_TO_JUDGE = 5
"""Lower-case words from which on a sentence can be told to be not English."""
_LEAST_KNOWN = 0.25
"""Share of words that are in the lexicon, function words mostly, in an English sentence."""
_VERBAL = (
    "attribution",
    "auxiliary_have",
    "be_present",
    "change",
    "conditional",
    "existence",
    "fact_verb",
    "hedge",
    "normative",
    "other_verb",
    "past_be",
    "past_event",
    "perfect",
    "position",
    "prediction",
)
"""Groups and features that come with a finite verb."""


def count_shape(found: Counter) -> None:
    """Count the features of the whole sentence; those of its words have been counted before."""
    lower = found.tokens.lower
    count = len(lower) - found.begin
    found.values["words"] = count
    end = found.sentence.rstrip(_CLOSERS)[-1:]
    if end in ("?", "？"):
        found.add("question", end)
    elif end == "!":
        found.add("exclamation", end)
    quoted = _QUOTED.search(found.sentence)
    if quoted:
        found.add("quoted", quoted.group()[:40])
    if not found.has(*_VERBAL) and not _describes_somebody(found):
        found.add("no_verb", "")
    if _is_foreign(found):
        found.add("foreign", "")
    _count_subject(found)


def _is_foreign(found: Counter) -> bool:
    """Say whether hardly a word is known, names aside: not English, or no running text."""
    words = [word for word in found.tokens.words[found.begin :] if word[0].islower()]
    if len(words) < _FEWEST_TO_JUDGE:
        return not words and not found.sentence.isascii()
    return sum(word in SINGLE for word in words) < len(words) * _LEAST_KNOWN


def _describes_somebody(found: Counter) -> bool:
    """Say whether a name and a participle make a verbless entry: "Ann Lee (US) - Flying again"."""
    words = found.tokens.words[found.begin :]
    is_named = len(words) > 5 and words[0][0].isupper() and words[1][0].isupper()
    return is_named and any(word.endswith("ing") for word in words)


def _count_subject(found: Counter) -> None:
    words, lower, _ = found.tokens
    at = found.begin
    limit = min(len(lower) - 1, at + _MOST_CONJUNCTIONS)
    while at < limit and lower[at] in _CONJUNCTION:
        at += 1
    if at >= len(lower):
        return
    first = lower[at]
    if first in FIRST:
        kind = "subject_first"
        is_past = found.has("past_event", "perfect", "past_be")
        if not is_past and found.has("intent"):
            found.add("promise", words[at])
        elif not is_past and not found.has("number", "quantity"):
            found.add("first_now", words[at])
    elif first == "you":
        kind = "subject_second"
    elif first in THIRD:
        kind = "subject_third"
    elif first in _VAGUE and (first not in _POINTING or _is_auxiliary(lower[at + 1 : at + 2])):
        kind = "subject_vague"
    elif first in _IMPERATIVE and lower[at + 1 : at + 2] != ["me"] and _bare(lower, at):
        kind = "imperative"
    else:
        kind = "subject_noun"
    found.add(kind, words[at])


def _is_auxiliary(following: list[str]) -> bool:
    """Say whether "this" stands alone as a subject: a verb follows, not a noun."""
    return any(word in BE_PRESENT or word in BE_PAST or word in _AUXILIARY for word in following)


def _bare(lower: list[str], at: int) -> bool:
    """Say whether what follows a verb form leaves it an order: no finite verb close by."""
    return not any(
        word in BE_PRESENT or word in BE_PAST or word in HAVE or word.endswith("ed")
        for word in lower[at + 1 : at + 5]
    )
