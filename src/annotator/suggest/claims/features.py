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
from .counter import Counter
from .figures import MONTHS_AND_VERBS, count_figure, count_number_word, is_name
from .lexicon import PHRASE_STARTS, PHRASES, SINGLE
from .names import named
from .shape import count_shape
from .tokens import Tokens, tokenize
from .verbs import count_past, is_regular_past

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
    "mild_judgement",
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
    "vague_amount",
    "value",
)
"""Features that count the words of the lexicon's group of that name."""
MEANINGS = {
    "words": "how many words there are",
    "number": "figures and magnitudes that are neither a date nor part of a name",
    "quantity": "such figures with a unit, a currency or a per cent sign",
    "named": "names: entities if known, else runs of capitalised words",
    "past_event": "a verb in the past tense: departed, was signed",
    "perfect": "have and a participle: has received, have lost",
    "quoted": "a quotation of some length",
    "question": "ends in a question mark",
    "exclamation": "ends in an exclamation mark",
    "imperative": "begins with a bare verb",
    "promise": "begins with what I or we will do, and tells nothing of the past",
    "first_now": "begins with I or we, and tells neither of the past nor a number",
    "subject_first": "begins with I or we, behind conjunctions",
    "subject_second": "begins with you",
    "subject_third": "begins with he, she or they",
    "subject_vague": "begins with this, that, it or what, alone",
    "subject_noun": "begins with anything else",
    "no_verb": "nothing that looks like a finite verb",
    "foreign": "hardly a word of English",
}
"""What each of the other features stands for."""
FEATURES = (*GROUP_FEATURES, *MEANINGS)
"""The names of all features, in a fixed order."""

_SPEAKER = re.compile(r"[A-Z][A-Z.'-]{1,20}(?: [A-Z][A-Z.'-]{0,20}){0,3}:\s")
_LIST_MARK = re.compile(r"\s{0,8}(?:[-*•‣▪◦·–>#]{1,6}|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_FIGURE = frozenset("0123456789$€£¥")
_PAST = frozenset({"past_verb", "participle", "same_past"})
_NUMBER_WORDS = frozenset({"magnitude", "small_number", "month_or_verb"})
_MORE = frozenset({"more", "less", "fewer", "worse"})
_KNOWN = frozenset(FEATURES)


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
    found = Counter(sentence, tokens, _body(sentence, tokens))
    for place in range(found.begin, len(tokens.lower)):
        _count_word(found, place)
    for name in named(sentence, tokens, found.begin, entities, offset):
        found.add("named", name)
    count_shape(found)
    values = {name: value for name, value in found.values.items() if name in _KNOWN}
    return Features(values, found.evidence, tokens)


def _body(sentence: str, tokens: Tokens) -> int:
    """Return the first token behind a list marker or a transcript's ``SPEAKER:``."""
    before = _LIST_MARK.match(sentence) or _SPEAKER.match(sentence)
    return sum(start < before.end() for start in tokens.starts[:8]) if before else 0


def _count_word(found: Counter, place: int) -> None:
    """Count what a word, and a phrase that begins with it, is evidence of."""
    words, lower, _ = found.tokens
    word = lower[place]
    names = word in MONTHS_AND_VERBS and is_name(found, place)
    for group in SINGLE.get(word, ()):
        if names and group != "month_or_verb":
            continue
        if group in _PAST:
            count_past(found, place)
        elif group in _NUMBER_WORDS:
            count_number_word(found, place, group)
        else:
            found.add(group, words[place])
    if word[0] in _FIGURE:
        count_figure(found, place)
    elif is_regular_past(word):
        count_past(found, place)
    elif word == "than" and _compares(lower[max(found.begin, place - 5) : place]):
        found.add("comparison", found.text(max(found.begin, place - 2), place))
    if word in PHRASE_STARTS and place + 1 < len(lower):
        for rest, groups in PHRASES.get((word, lower[place + 1]), ()):
            if tuple(lower[place + 2 : place + 2 + len(rest)]) == rest:
                for group in groups:
                    found.add(group, found.text(place, place + 1 + len(rest)))
                break


def _compares(earlier: list[str]) -> bool:
    """Say whether one of the words before "than" is a comparative."""
    return any(word in _MORE or (len(word) > 4 and word.endswith("er")) for word in earlier)
