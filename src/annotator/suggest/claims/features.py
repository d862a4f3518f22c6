"""What speaks for and against a sentence as a claim to check, as named numbers.

One pass over the words, each looked up in one table (:mod:`.lexicon`), so the time grows with the
length of the sentence only. Which features: those that were found to tell check-worthy sentences
of debates and news from others: numbers, named entities, parts of speech and tense (Hassan et al.,
"Detecting Check-worthy Factual Claims in Presidential Debates", CIKM 2015; ClaimBuster, KDD 2017;
Gencheva et al., RANLP 2017; the CheckThat! labs since 2018), with word lists in place of taggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.entity import Entity
from .lexicon import PHRASES, SINGLE, words_of
from .names import named
from .tokens import Tokens, tokenize

GROUP_FEATURES = (
    "absolute",
    "attribution",
    "be_present",
    "causal",
    "change",
    "chatter",
    "comparison",
    "conditional",
    "date",
    "evaluative",
    "existence",
    "fact_verb",
    "filler",
    "first_person",
    "hedge",
    "intent",
    "negation",
    "normative",
    "opinion",
    "past_be",
    "personal",
    "position",
    "prediction",
    "procedural",
    "record",
    "rhetoric",
    "second_person",
    "small_number",
    "statistic",
    "third_person",
    "value",
)
"""Features that count the words of the lexicon's group of that name."""
OTHER_FEATURES = (
    "words",  # how many there are
    "number",  # figures and magnitudes that are no date
    "quantity",  # those with a unit, a currency, a per cent sign
    "named",  # names: entities if known, else runs of capitalised words
    "past_event",  # verbs in the past tense: "departed", "was signed"
    "perfect",  # "has received", "we've lost"
    "quoted",  # a quotation of some length
    "question",  # ends in a question mark
    "exclamation",  # ends in an exclamation mark
    "imperative",  # begins with a bare verb
    "first_now",  # begins with I or we, and tells neither of the past nor a number
    "subject_first",  # begins with I or we, behind conjunctions
    "subject_second",  # with you
    "subject_third",  # with he, she, they
    "subject_vague",  # with this, that, it, what
    "subject_noun",  # with anything else
    "no_verb",  # nothing that looks like a finite verb
    "foreign",  # hardly an English function word
)
FEATURES = (*GROUP_FEATURES, *OTHER_FEATURES)
"""The names of all features, in a fixed order."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|(?:1[5-9]|20)\d0s")
_CLOCK_OR_DAY = re.compile(r"\d{1,2}[:/]\d{1,2}(?:/\d{2,4})?")
_SPEAKER = re.compile(r"[A-Z][A-Z.'-]{1,20}(?: [A-Z][A-Z.'-]{0,20}){0,3}:\s")
_QUOTED = re.compile(r"[\"“][^\"“”]{12,}[\"”]")
_CLOSERS = "\"'”’»)]} \t\r\n"
_MONTH_OR_VERB = frozenset({"may", "march"})
_NOT_BEFORE_PAST = frozenset(
    [
        "to",
        "will",
        "'ll",
        "would",
        "can",
        "could",
        "must",
        "should",
        "may",
        "might",
        "shall",
        "'t",
        "do",
        "does",
        "did",
        "let",
    ]
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "our",
        "my",
        "your",
        "his",
        "her",
        "its",
        "their",
        "of",
    ]
)
_BE_PAST = frozenset({"was", "were"})
_BE_BARE = frozenset({"be", "being"})
_MORE = frozenset({"more", "less", "fewer", "worse"})
_MODALS = frozenset(["would", "could", "should", "might", "may", "must", "will", "'d"])
_NOT_EVENT = words_of("not_event")
_IMPERATIVE = words_of("imperative_start")
_CONJUNCTION = words_of("conjunction")
_HAVE = words_of("auxiliary_have")
_BE_PRESENT = words_of("be_present") | {"isn", "aren"}
_FIRST = frozenset({"i", "we"})
_THIRD = frozenset({"he", "she", "they"})
_VAGUE = frozenset({"this", "that", "it", "what", "which", "who", "how", "why", "here"})
_VERBAL = ("be_present", "past_be", "past_event", "perfect", "attribution", "prediction")
_VERBAL_TOO = (
    "fact_verb",
    "auxiliary_have",
    "normative",
    "position",
    "change",
    "existence",
    "hedge",
    "conditional",
    "other_verb",
)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one sentence.

    Attributes:
        values: value of every feature that is not 0, by the names in :data:`FEATURES`.
        evidence: for each of them the first words that it was found in, as they stand.
        tokens: the sentence's tokens.
    """

    values: dict[str, float]
    evidence: dict[str, str]
    tokens: Tokens

    def vector(self) -> list[float]:
        """Return all values in the order of :data:`FEATURES`."""
        return [self.values.get(name, 0.0) for name in FEATURES]


def features(sentence: str, entities: Sequence[Entity] | None = None, offset: int = 0) -> Features:
    """Return the features of a sentence; a pure function.

    Args:
        sentence: any text; a longer stretch is counted as one sentence.
        entities: the named entities in it, if somebody looked for them.
        offset: where the sentence begins in the text that the entities' offsets count from.
    """
    tokens = tokenize(sentence)
    found = _Counter(sentence, tokens)
    begin = _body(sentence, tokens)
    _lexical(found, begin)
    _numbers(found, begin)
    for name in named(sentence, tokens, begin, entities, offset):
        found.add("named", name)
    _shape(found, begin)
    values = {name: value for name, value in found.values.items() if name in _KNOWN}
    return Features(values, found.evidence, tokens)


_KNOWN = frozenset(FEATURES)


class _Counter:
    """Counts of features and the first evidence of each."""

    __slots__ = ("evidence", "sentence", "tokens", "values")

    def __init__(self, sentence: str, tokens: Tokens) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.values: dict[str, float] = {}
        self.evidence: dict[str, str] = {}

    def add(self, name: str, evidence: str) -> None:
        if name in self.values:
            self.values[name] += 1
        else:
            self.values[name] = 1
            self.evidence[name] = evidence

    def has(self, *names: str) -> bool:
        return any(name in self.values for name in names)

    def text(self, first: int, last: int) -> str:
        """Return the sentence from one token through another."""
        starts, words = self.tokens.starts, self.tokens.words
        return self.sentence[starts[first] : starts[last] + len(words[last])]


def _body(sentence: str, tokens: Tokens) -> int:
    """Return the first token behind a transcript's ``SPEAKER:``."""
    speaker = _SPEAKER.match(sentence)
    if not speaker:
        return 0
    return sum(start < speaker.end() for start in tokens.starts[:8])


def _lexical(found: _Counter, begin: int) -> None:
    """Count words and phrases of the lexicon, and verbs in the past."""
    words, lower, _ = found.tokens
    for place in range(begin, len(lower)):
        word = lower[place]
        groups = SINGLE.get(word)
        if groups:
            for group in groups:
                if group in ("past_verb", "participle", "same_past"):
                    _past(found, place)
                else:
                    found.add(group, words[place])
        if len(word) > 3 and word.endswith("ed") and word not in _NOT_EVENT:
            _past(found, place)
        if word == "than" and _compares(lower[max(begin, place - 5) : place]):
            found.add("comparison", found.text(max(begin, place - 2), place))
        if word in PHRASES:
            for rest, groups in PHRASES[word]:
                if tuple(lower[place + 1 : place + 1 + len(rest)]) == rest:
                    for group in groups:
                        found.add(group, found.text(place, place + len(rest)))
                    break


def _compares(earlier: list[str]) -> bool:
    """Say whether one of the words before "than" is a comparative."""
    return any(word in _MORE or (len(word) > 4 and word.endswith("er")) for word in earlier)


def _past(found: _Counter, place: int) -> None:
    """Count a word that may be a verb in the past, if what stands before it agrees."""
    lower = found.tokens.lower
    before = lower[place - 1] if place else ""
    earlier = lower[max(0, place - 3) : place]
    if before in _NOT_BEFORE_PAST or before in _BE_BARE:
        return
    word = found.tokens.words[place]
    if any(one in _HAVE for one in earlier):
        if not any(one in _MODALS for one in lower[max(0, place - 4) : place]):
            found.add("perfect", found.text(max(0, place - 1), place))
    elif any(one in _BE_PRESENT for one in earlier[-2:]):
        found.add("be_present", word)
    elif any(one in _BE_PAST for one in earlier) or _is_past_form(lower, place, before):
        found.add("past_event", word)


def _is_past_form(lower: list[str], place: int, before: str) -> bool:
    """Say whether a form without an auxiliary is a past tense: "took", not "taken" or "a cut"."""
    if before in _DETERMINERS:
        return False
    groups = SINGLE.get(lower[place], ())
    if "same_past" in groups:
        return before in _FIRST or before in _THIRD or before in ("it", "who", "that")
    return "participle" not in groups or "past_verb" in groups


def _numbers(found: _Counter, begin: int) -> None:
    """Count figures, and tell dates and amounts among them."""
    words, lower, _ = found.tokens
    for place in range(begin, len(lower)):
        word = lower[place]
        following = SINGLE.get(lower[place + 1], ()) if place + 1 < len(lower) else ()
        if not (word[0].isdigit() or word[-1].isdigit()):
            if "magnitude" in SINGLE.get(word, ()):
                found.add("number", found.text(max(begin, place - 1), place))
                found.add("quantity", found.text(max(begin, place - 1), place))
            elif "small_number" in SINGLE.get(word, ()) and "measured_unit" in following:
                found.add("quantity", found.text(place, place + 1))
            elif (
                word in _MONTH_OR_VERB and place + 1 < len(lower) and lower[place + 1][0].isdigit()
            ):
                found.add("date", found.text(place, place + 1))
            continue
        has_unit = "measured_unit" in following or "magnitude" in following
        if _is_code(found.sentence, found.tokens.starts[place]):
            continue
        if _CLOCK_OR_DAY.fullmatch(word) or (_YEAR.fullmatch(word) and not has_unit):
            found.add("date", words[place])
            continue
        amount = found.text(place, place + 1) if has_unit else words[place]
        found.add("number", amount)
        if has_unit or not word[0].isdigit() or word[-1] == "%":
            found.add("quantity", amount)


def _is_code(sentence: str, start: int) -> bool:
    """Say whether a figure goes on a name: MS-27, Covid-19."""
    return start > 1 and sentence[start - 1] == "-" and sentence[start - 2].isalpha()


def _shape(found: _Counter, begin: int) -> None:
    """Tell the kind of sentence: question, order, whom it is about, whether it has a verb."""
    lower = found.tokens.lower
    count = len(lower) - begin
    found.values["words"] = count
    end = found.sentence.rstrip(_CLOSERS)[-1:]
    if end in "?？" and end:
        found.add("question", "?")
    elif end == "!":
        found.add("exclamation", "!")
    quoted = _QUOTED.search(found.sentence)
    if quoted:
        found.add("quoted", quoted.group()[:40])
    if not found.has(*_VERBAL, *_VERBAL_TOO) and not _describes_somebody(found, begin):
        found.add("no_verb", "")
    if count >= 7 and sum(word in SINGLE for word in lower) * 4 < count:
        found.add("foreign", "")
    _subject(found, begin)


def _describes_somebody(found: _Counter, begin: int) -> bool:
    """Say whether a name and a participle make a verbless entry: "Ann Lee (US) - Flying again"."""
    words = found.tokens.words[begin:]
    is_named = len(words) > 5 and words[0][0].isupper() and words[1][0].isupper()
    return is_named and any(word.endswith("ing") for word in words)


def _subject(found: _Counter, begin: int) -> None:
    words, lower, _ = found.tokens
    at = begin
    while at < len(lower) - 1 and lower[at] in _CONJUNCTION and at < begin + 4:
        at += 1
    if at >= len(lower):
        return
    first = lower[at]
    if first in _FIRST:
        kind = "subject_first"
        if not found.has("past_event", "perfect", "past_be", "number", "quantity"):
            found.add("first_now", words[at])
    elif first == "you":
        kind = "subject_second"
    elif first in _THIRD:
        kind = "subject_third"
    elif first in _VAGUE:
        kind = "subject_vague"
    elif (
        first in _IMPERATIVE
        and lower[at : at + 2] != ["let", "me"]
        and _bare(lower[at + 1 : at + 5])
    ):
        kind = "imperative"
    else:
        kind = "subject_noun"
    found.add(kind, words[at])


def _bare(following: list[str]) -> bool:
    """Say whether what follows a verb form leaves it an order: no finite verb close by."""
    return not any(
        word in _BE_PRESENT or word in _BE_PAST or word in _HAVE or word.endswith("ed")
        for word in following
    )
