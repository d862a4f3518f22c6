"""Who is named as the source of a sentence: "according to X", "X said", "..., said X".

The source is given by name where it has one ("Roscosmos" of "Russia's official space agency
Roscosmos"), else as the words that stand for it ("a spokesman").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .names import capital_runs
from .tokens import Tokens

_SPEECH = frozenset(
    """
    said says say told tells announced argued argues warned warns insisted insists testified
    allege alleged alleges admitted admits tweeted asserted asserts stated
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
"""Verbs that tell a source wherever they stand."""
_SPEECH_BEFORE_THAT = frozenset(
    """
    states claimed claims added adds noted notes wrote writes declared declares confirmed
    confirms denied denies revealed reveals reported reports predicted predicts estimated
    estimates explained explains concluded concludes suggested suggests found finds showed
    shows believes believed acknowledged acknowledges promised posted stressed recalled
    emphasized remarked replied complained expects maintained maintains contended contends
    boasted joked observed announced
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
"""Verbs that do so before "that" or beside a quotation."""
_INVERTED = _SPEECH - {"told", "tells", "say"} | {"added", "wrote", "claimed", "explained", "noted"}
"""Verbs that stand before their subject too: "..., said Ann Lee"."""
_NOT_BEFORE_SPEECH = frozenset(
    """
    to would could can may might must should be being been is was were are am 'm 're
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_PLACES = frozenset(
    {"in", "at", "of", "from", "with", "to", "by", "on", "near", "for", "as", "while"}
)
_RELATIVE = frozenset({"who", "which", "that"})
_SHOWING = frozenset({"found", "finds", "showed", "shows", "suggested", "suggests"})
"""Verbs whose subject is a source only if it is one of these, or a name for "found":"""
_STUDIES = frozenset(
    """
    study studies research researchers report reports survey surveys poll polls data analysis
    evidence statistics figures census review experts scientists economists investigators trial
    trials audit inquiry commission committee investigation team authors court jury police
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_LEADING = frozenset({"but", "and", "so", "yet", "as", "because", "while", "or", "even", "then"})
_NO_START = frozenset(
    """
    if when whether although though despite without unless where how why in at on with for
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_NO_SOURCE = frozenset(
    """
    i we which that what it this and who nobody there as
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_PRONOUNS = frozenset(
    """
    he she they you him her them
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_BEFORE_VERB = frozenset(
    """
    has have had also later then once repeatedly earlier recently publicly reportedly
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_PHRASE_ENDS = frozenset(
    """
    who which that has have had is was were are will would when where while after before and
    but because since as said says told in on at by to with during from
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_DETERMINERS = frozenset(
    """
    a an the his her its their our some several many one two three
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_JOINTS = (["of"], ["of", "the"], ["for"], ["and"])
"""Words between the parts of one name."""
_STOPS = re.compile(r"[,;:.!?\"“”()\[\]—–\n]")
_QUOTE_MARKS = '"“”'
_FARTHEST = 40
"""Tokens before a verb of speech in which its subject is looked for."""
_LONGEST = 12
"""Tokens of the longest description of a source that holds a name."""
_LONGEST_NAMELESS = 6
"""Tokens of the longest one that holds none."""


class Attribution(NamedTuple):
    """A source as a sentence names it.

    Attributes:
        claimer: its name, or the words that stand for it; empty where nobody is named.
        pronoun: whether only a pronoun stands for it: then ``claimer`` is that.
        by_speech: whether a verb of speech tells it, and not "according to".
        quoted: whether it is told beside quotation marks.
    """

    claimer: str
    pronoun: bool
    by_speech: bool
    quoted: bool


def attribution(sentence: str, tokens: Tokens) -> Attribution | None:
    """Return who is named as the source of a sentence; None where nobody is."""
    lower = tokens.lower
    for place, word in enumerate(lower):
        if word == "according" and lower[place + 1 : place + 2] == ["to"]:
            return _made(sentence, tokens, *_phrase_behind(sentence, tokens, place + 2), False)
        if word in ("reportedly", "allegedly"):
            return Attribution("", pronoun=False, by_speech=False, quoted=False)
        if word in _SPEECH or word in _SPEECH_BEFORE_THAT:
            if place and tokens.words[place][0].isupper():
                continue
            found = _by_verb(sentence, tokens, place)
            if found:
                return found
    return None


def _by_verb(sentence: str, tokens: Tokens, verb: int) -> Attribution | None:
    lower = tokens.lower
    quoted = _beside_quote(sentence, tokens, verb)
    before_that = lower[verb + 1 : verb + 2] == ["that"]
    if lower[verb] not in _SPEECH and not (quoted or before_that):
        return None
    if _is_passive_or_bare(lower, verb):
        return None
    subject = _subject(sentence, tokens, verb)
    if (
        subject is None
        and lower[verb] in _INVERTED
        and (quoted or _ends_at(sentence, tokens, verb))
    ):
        subject = _inverted(sentence, tokens, verb)
    if subject is None or (lower[verb] in _SHOWING and not _shows(tokens, verb, *subject)):
        return None
    return _made(sentence, tokens, *subject, True)


def _is_passive_or_bare(lower: list[str], verb: int) -> bool:
    """Say whether a verb form tells of no speaker: "to say", "is told", "is generally believed"."""
    before = lower[max(0, verb - 2) : verb]
    if before and before[-1].endswith("ly"):
        before.pop()
    return bool(before) and before[-1] in _NOT_BEFORE_SPEECH | {"'s"}


def _shows(tokens: Tokens, verb: int, first: int, last: int) -> bool:
    """Say whether what shows or finds something is a study, or somebody named."""
    if not _STUDIES.isdisjoint(tokens.lower[first : last + 1]):
        return True
    return tokens.lower[verb] in ("found", "finds") and tokens.words[last][0].isupper()


def _inverted(sentence: str, tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """Return the tokens of the subject behind a verb of speech."""
    if verb + 1 >= len(tokens.words) or _ends_at(sentence, tokens, verb + 1):
        return None
    first, last = _phrase_behind(sentence, tokens, verb + 1)
    is_phrase = tokens.words[first][0].isupper() or tokens.lower[first] in _DETERMINERS
    return (first, last) if is_phrase else None


def _made(
    sentence: str, tokens: Tokens, first: int, last: int, by_speech: bool
) -> Attribution | None:
    """Return the attribution to the source that some tokens name."""
    while first < last and tokens.lower[first] in _LEADING:
        first += 1
    if first > last or last >= len(tokens.lower):
        return None
    words = tokens.lower[first : last + 1]
    if words[-1] in _NO_SOURCE or words[0] in ("i", "we") or _DETERMINERS.issuperset(words):
        return None
    name = _name(sentence, tokens, first, last)
    if (words[0] in _NO_START and name.lower().startswith(words[0])) or not any(
        map(str.isalpha, name)
    ):
        return None
    quoted = any(mark in sentence for mark in _QUOTE_MARKS)
    pronoun = len(words) == 1 and words[0] in _PRONOUNS
    return Attribution(name, pronoun, by_speech, quoted)


def _name(sentence: str, tokens: Tokens, first: int, last: int) -> str:
    """Return the last name among some tokens, else all of them."""
    words, lower, starts = tokens
    runs = capital_runs(sentence, tokens, stretch=(first, last))
    named = [
        (begin, end)
        for begin, end in runs
        if lower[end + 1 : end + 2] != ["'s"]
        and not _DETERMINERS.issuperset(lower[begin : end + 1])
    ]
    if named:
        first, last = named[-1]
        for before in reversed(named[:-1]):
            if lower[before[1] + 1 : first] in _JOINTS:
                first = before[0]
    elif last - first >= _LONGEST_NAMELESS:
        first = _last_determiner(lower, first, last)
    end = starts[last] + len(words[last])
    is_abbreviation = "." in words[last] and sentence[end : end + 1] == "."
    return sentence[starts[first] : end + is_abbreviation]


def _last_determiner(lower: list[str], first: int, last: int) -> int:
    return next((at for at in range(last, first, -1) if lower[at] in _DETERMINERS), last)


def _gap(sentence: str, tokens: Tokens, place: int) -> str:
    """Return what stands between a token and the one before it."""
    if place == 0:
        return sentence[: tokens.starts[0]]
    return sentence[tokens.starts[place - 1] + len(tokens.words[place - 1]) : tokens.starts[place]]


def _ends_at(sentence: str, tokens: Tokens, place: int) -> bool:
    """Say whether punctuation parts a token from the one before; that of "Mr." and "U.N." not."""
    gap = _gap(sentence, tokens, place)
    before = tokens.words[place - 1] if place else ""
    if gap.strip() == "." and before[:1].isupper() and (len(before) <= 3 or "." in before):
        return False
    return bool(_STOPS.search(gap))


def _beside_quote(sentence: str, tokens: Tokens, verb: int) -> bool:
    """Say whether a quotation mark stands close to a verb, before or behind."""
    begin = tokens.starts[max(0, verb - 6)] - 3
    end = tokens.starts[min(len(tokens.starts) - 1, verb + 8)]
    return any(mark in sentence[max(0, begin) : end] for mark in _QUOTE_MARKS)


def _subject(sentence: str, tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """Return the tokens of the subject before a verb of speech."""
    lower = tokens.lower
    at = verb
    while at > 0 and lower[at - 1] in _BEFORE_VERB and not _ends_at(sentence, tokens, at):
        at -= 1
    if at == 0:
        return None
    last = at - 1
    if _ends_at(sentence, tokens, at):
        return _before_apposition(sentence, tokens, last)
    first = last
    while first > max(0, last - _LONGEST) and not _ends_at(sentence, tokens, first):
        first -= 1
    relative = next((at for at in range(first + 1, last + 1) if lower[at] in _RELATIVE), last + 1)
    return first, relative - 1


def _before_apposition(sentence: str, tokens: Tokens, last: int) -> tuple[int, int] | None:
    """Return the subject that an insertion parts from its verb.

    That is the name right before the verb's comma ("the minister, Carl Bo, told"), else what the
    sentence begins with ("Ann Lee, who led the team, said").
    """
    if not _comma_only(_gap(sentence, tokens, last + 1)):
        return None
    begins_with = next(
        (at - 1 for at in range(1, min(last + 1, _LONGEST)) if _ends_at(sentence, tokens, at)), last
    )
    for first, end in capital_runs(sentence, tokens, stretch=(max(0, last - _LONGEST), last)):
        is_place = first > 0 and tokens.lower[first - 1] in _PLACES
        if end == last and first and not is_place and _ends_at(sentence, tokens, first):
            return first, end
    if begins_with == last or last > _FARTHEST or tokens.lower[0] in _PLACES:
        return None
    return 0, begins_with


def _comma_only(gap: str) -> bool:
    return gap.strip() in (",", "),")


def _joins_names(tokens: Tokens, place: int) -> bool:
    """Say whether a word joins two capitalised ones: "Cooperation and Development"."""
    around = (*tokens.words[place - 1 : place], *tokens.words[place + 1 : place + 2])
    joins = tokens.lower[place] in ("and", "for") and len(around) == 2
    return joins and all(word[0].isupper() for word in around)


def _phrase_behind(sentence: str, tokens: Tokens, first: int) -> tuple[int, int]:
    """Return the tokens of the noun phrase that begins with a token."""
    lower = tokens.lower
    last = first
    limit = min(len(lower) - 1, first + _LONGEST)
    while (
        last < limit
        and (lower[last + 1] not in _PHRASE_ENDS or _joins_names(tokens, last + 1))
        and not _ends_at(sentence, tokens, last + 1)
    ):
        last += 1
    return first, last
