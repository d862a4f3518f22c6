"""Verbs of events in a sentence: which event, and whether it happened, will, or did not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from .events import COUNTED, EVENTS, MADE, PARTICLES, STATES, ing_form, regular_past, third_person
from .tokens import Token
from .words import ADVERBS, MODALS, word_set


class Form(StrEnum):
    """Forms of a verb; one word may be several."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


class Status(StrEnum):
    """What a sentence says about an event."""

    HAPPENED = "happened"
    PLANNED = "planned"
    NEGATED = "negated"
    OTHER = "other"
    """Possible, wished, habitual, or not to be told by these rules."""


class Verb(NamedTuple):
    """A verb of an event.

    Attributes:
        event: the event of :data:`EVENTS`.
        status: whether it happened.
        passive: whether its subject is what it was done to.
        ing: whether it is a bare participle, ``killing``.
        earlier: whether it stands in the past perfect.
        present: whether it tells of now.
        first: place of the first token of the verb group, auxiliaries included.
        at: place of the verb itself.
        last: place behind it and its particle.
    """

    event: str
    status: Status
    passive: bool
    ing: bool
    earlier: bool
    present: bool
    first: int
    at: int
    last: int


_BE = word_set("am is are was were be been being 's 're")
_PAST_BE = word_set("was were been")
_HAVE = word_set("has have had having 've")
_DO = word_set("do does did")
_INVERTED = word_set("had should were")
_NOT = word_set("not never n't")
_PLANS = word_set(
    "set scheduled due expected planned slated going planning plans hopes aims intends"
)
_FAILS = word_set("failed refused declined failing")
_CONTRACTED_NOT = word_set(
    "didn't didn’t hasn't hasn’t haven't haven’t wasn't wasn’t weren't weren’t"
)
_OPEN = word_set(
    "don't don’t doesn't doesn’t won't won’t wouldn't couldn't can't can’t cannot to if would"
    " could may might should can must let"
)
_FUTURE = word_set("will 'll shall")
_BEHIND_REDUCED = frozenset(
    ["over", "in", "by", "on", "after", "during", "when", "at", "for", "since"]
)
_WHEN = word_set("when once after until before if")


@cache
def forms() -> dict[str, tuple[tuple[str, str, frozenset[Form]], ...]]:
    """Return each written form of a verb with its events: ``(particle, event, forms)``."""
    table: dict[str, dict[tuple[str, str], set[Form]]] = {}
    for event, verbs in EVENTS.items():
        for verb in verbs:
            for word, particle, form in _forms_of(verb):
                table.setdefault(word, {}).setdefault((particle, event), set()).add(form)
    return {
        word: tuple((particle, event, frozenset(found)) for (particle, event), found in of.items())
        for word, of in table.items()
    } | _forms_of_be()


def verbs(words: Sequence[Token]) -> list[Verb]:
    """Return the verbs of events in a sentence, in order."""
    table = forms()
    found: list[Verb] = []
    condition = _condition(words)
    depth = 0
    for at, token in enumerate(words):
        depth += (token.text == "[") - (token.text == "]" and depth > 0)
        if depth:
            continue
        entries = table.get(token.low)
        if entries is None or (at and token.text[0].isupper() and token.low != token.text):
            continue
        entry = _verdict(words, at, token) or _entry(entries, words, at)
        if entry:
            event, possible, last = entry
            verb = _read(words, at, last, event, possible)
            if verb and at < condition:
                verb = verb._replace(status=Status.OTHER)
            if verb:
                found.append(verb)
    return found


def _condition(words: Sequence[Token]) -> int:
    """Return the place behind an inverted condition that begins a sentence, else 0.

    "Had the ministers rejected it, ...", "Should it fall, ..."
    """
    if not words or words[0].low not in _INVERTED or words[-1].text == "?":
        return 0
    return next((at for at, token in enumerate(words) if token.text == ","), 0)


def _verdict(
    words: Sequence[Token], at: int, token: Token
) -> tuple[str, frozenset[Form], int] | None:
    """Return the event of ``found guilty`` and ``found Crane not guilty``."""
    if token.low != "found":
        return None
    behind = [word.low for word in words[at + 1 : at + 6]]
    if "guilty" not in behind:
        return None
    event = "acquit" if "not" in behind[: behind.index("guilty")] else "convict"
    return event, frozenset((Form.PAST, Form.PARTICIPLE)), at + 1


def _forms_of(verb: str) -> list[tuple[str, str, Form]]:
    parts = verb.split()
    bases = [part.split("+") for part in parts]
    base, particle = bases[0][0], "+".join(bases[0][1:])
    past = bases[1][0] if len(bases) > 1 else regular_past(base)
    participle = bases[2][0] if len(bases) > 2 else past
    return [
        (base, particle, Form.BASE),
        (third_person(base), particle, Form.THIRD),
        (past, particle, Form.PAST),
        (participle, particle, Form.PARTICIPLE),
        (ing_form(base), particle, Form.ING),
    ]


def _forms_of_be() -> dict[str, tuple[tuple[str, str, frozenset[Form]], ...]]:
    return {
        word: (("", "be", frozenset({form})),)
        for word, form in (
            ("is", Form.THIRD), ("are", Form.THIRD), ("was", Form.PAST), ("were", Form.PAST),
            ("be", Form.BASE), ("been", Form.PARTICIPLE), ("being", Form.ING),
        )
    }  # fmt: skip


def _entry(
    entries: Sequence[tuple[str, str, frozenset[Form]]], words: Sequence[Token], at: int
) -> tuple[str, frozenset[Form], int] | None:
    """Return the event, the forms and the place behind a verb; a particle decides between them."""
    behind = words[at + 1].low if at + 1 < len(words) else ""
    plain = None
    for particle, event, possible in entries:
        if particle and particle == behind:
            return event, possible, at + 2
        if not particle:
            plain = (event, possible, at + 1)
    return None if plain and behind in PARTICLES and behind != "launch" else plain


def _read(
    words: Sequence[Token], at: int, last: int, event: str, possible: frozenset[Form]
) -> Verb | None:
    """Return the verb with what its auxiliaries say; None for a form that is no verb here."""
    first = at
    while first and (words[first - 1].low in ADVERBS or words[first - 1].low.endswith("ly")):
        first -= 1
    negated = any(token.low in _NOT for token in words[first:at])
    before = words[first - 1].low if first else ""
    group = _auxiliaries(words, first)
    first -= len(group)
    auxiliaries = {token.low for token in group}
    negated = negated or bool(auxiliaries & (_NOT | _CONTRACTED_NOT))
    status, passive = _status(before, auxiliaries, possible, words, at)
    if status is None and event == "bear" and not auxiliaries:
        status, passive = Status.HAPPENED, True
    if status is None:
        return None
    if status is Status.OTHER and event in STATES and Form.THIRD in possible and not auxiliaries:
        status = Status.HAPPENED
    if negated:
        status = Status.NEGATED if status is Status.HAPPENED else Status.OTHER
    behind = words[last].low if last < len(words) else ""
    bare = not auxiliaries and Form.PAST in possible
    if bare and ((event in MADE and behind in {"in", "by"}) or _is_reduced(event, behind)):
        passive = True
    if event == "bear" and not passive and Form.PARTICIPLE in possible:
        passive = True
    ing = Form.ING in possible and not auxiliaries
    present = Form.THIRD in possible
    return Verb(event, status, passive, ing, "had" in auxiliaries, present, first, at, last)


def _is_reduced(event: str, behind: str) -> bool:
    """Say whether a bare participle is passive: ``the men arrested over the theft``."""
    return event in COUNTED - {"die", "score"} and behind in _BEHIND_REDUCED


def _auxiliaries(words: Sequence[Token], at: int) -> Sequence[Token]:
    """Return the run of auxiliaries, plan words and adverbs that ends before a token."""
    first = at
    while first and at - first < 7:
        low = words[first - 1].low
        if not (
            low in _BE or low in _HAVE or low in _DO or low in _NOT or low in _PLANS
            or low in _FAILS or low in _OPEN or low in _FUTURE or low in MODALS
            or low in _CONTRACTED_NOT or (low in ADVERBS and first < at)
        ):  # fmt: skip
            break
        first -= 1
    return words[first:at]


def _status(
    before: str,
    auxiliaries: set[str],
    possible: frozenset[Form],
    words: Sequence[Token],
    at: int,
) -> tuple[Status | None, bool]:
    """Return the status and whether the verb is passive; None where it is no verb."""
    if "to" in auxiliaries or auxiliaries & _FUTURE:
        passive = before == "be" and Form.PARTICIPLE in possible
        if Form.BASE not in possible and not passive:
            return (Status.OTHER, False) if auxiliaries & _FUTURE else (None, False)
        if auxiliaries & MODALS:
            return Status.OTHER, passive
        if "to" in auxiliaries and auxiliaries & _FAILS:
            return Status.NEGATED, passive
        if auxiliaries & _FUTURE or (auxiliaries & _PLANS and not auxiliaries & {"was", "were"}):
            return Status.PLANNED, passive
        return Status.OTHER, passive
    if auxiliaries & (MODALS | _OPEN):
        return Status.OTHER, False
    if before in _DO or before in _CONTRACTED_NOT or auxiliaries & _DO:
        return (
            Status.HAPPENED if "did" in auxiliaries or before.startswith("didn") else Status.OTHER
        ), False
    if auxiliaries & _HAVE and before not in _BE:
        return (Status.HAPPENED, False) if Form.PARTICIPLE in possible else (None, False)
    if before in _BE and Form.ING in possible:
        return Status.OTHER, False
    if before in _PAST_BE | {"being"} and Form.PARTICIPLE in possible:
        return Status.HAPPENED, True
    if before in _BE and Form.PARTICIPLE in possible:
        return Status.OTHER, True
    if (Form.PAST in possible or Form.ING in possible) and not auxiliaries:
        return Status.HAPPENED, False
    if Form.THIRD in possible and not auxiliaries:
        return _of_present(words, at), False
    return (Status.OTHER, False) if Form.BASE in possible and not auxiliaries else (None, False)


def _of_present(words: Sequence[Token], at: int) -> Status:
    """Say what the present means: ``will join when it docks`` plans both."""
    has_future = any(token.low in _FUTURE for token in words)
    behind_when = any(token.low in _WHEN for token in words[max(0, at - 6) : at])
    return Status.PLANNED if has_future and behind_when else Status.OTHER
