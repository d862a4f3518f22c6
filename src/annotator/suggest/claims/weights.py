"""How many points each feature gives or takes. Set by hand; nothing here was fitted.

The signs and the order follow the literature: numbers, past tense and names are what most tells
check-worthy sentences of debates from others, length helps, and first-person opinion, promises
and talk to the moderator are what is not worth a check (Hassan et al. 2015 and 2017; Gencheva et
al. 2017). The sizes are whole and half points, chosen on sentences written for the project.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """What one feature is worth.

    Attributes:
        points: points for each time it is found; below 0 it speaks against a claim.
        most: how many times count.
        reason: what people are told, ``{}`` standing for the words it was found in; empty where
            they are told nothing.
    """

    points: float
    most: int
    reason: str


WEIGHTS: dict[str, Weight] = {
    "number": Weight(1.5, 1, "number: {}"),
    "quantity": Weight(1, 1, ""),
    "small_number": Weight(0.5, 1, "number: {}"),
    "date": Weight(1, 1, "date: {}"),
    "named": Weight(0.5, 3, "named: {}"),
    "past_event": Weight(1.5, 2, "event: {}"),
    "past_be": Weight(1, 1, "past: {}"),
    "perfect": Weight(1.5, 1, "event: {}"),
    "change": Weight(1, 1, "change: {}"),
    "record": Weight(1, 2, "public record: {}"),
    "statistic": Weight(1, 2, "statistic: {}"),
    "existence": Weight(0.5, 1, ""),
    "comparison": Weight(1, 1, "comparison: {}"),
    "absolute": Weight(0.5, 1, "all or none: {}"),
    "causal": Weight(0.5, 1, "cause: {}"),
    "attribution": Weight(1, 1, "reported: {}"),
    "position": Weight(0.5, 1, "position: {}"),
    "prediction": Weight(0, 1, "prediction: {}"),
    "fact_verb": Weight(0.5, 2, ""),
    "be_present": Weight(0.5, 1, ""),
    "third_person": Weight(0.5, 1, ""),
    "subject_third": Weight(0.5, 1, ""),
    "subject_noun": Weight(1, 1, ""),
    "quoted": Weight(0.5, 1, "quoted"),
    "opinion": Weight(-1.5, 2, "opinion: {}"),
    "evaluative": Weight(-1, 2, "judgement: {}"),
    "mild_judgement": Weight(-0.5, 2, "judgement: {}"),
    "value": Weight(-1, 2, "values: {}"),
    "rhetoric": Weight(-1, 2, "rhetoric: {}"),
    "personal": Weight(-1, 2, "anecdote: {}"),
    "filler": Weight(-0.5, 1, ""),
    "normative": Weight(-2.5, 1, "what should be: {}"),
    "hedge": Weight(-0.5, 1, "hedge: {}"),
    "vague_amount": Weight(-0.5, 1, "vague: {}"),
    "conditional": Weight(-1, 1, "condition: {}"),
    "intent": Weight(-2, 2, "intent: {}"),
    "procedural": Weight(-2.5, 2, "talk: {}"),
    "chatter": Weight(-3, 2, "chatter: {}"),
    "imperative": Weight(-3, 1, "order: {}"),
    "question": Weight(-6, 1, "question"),
    "exclamation": Weight(-0.5, 1, ""),
    "promise": Weight(-2, 1, ""),
    "first_now": Weight(-1, 1, "speaks of oneself: {}"),
    "subject_first": Weight(-0.5, 1, ""),
    "subject_second": Weight(-0.5, 1, "speaks to somebody: {}"),
    "subject_vague": Weight(-0.5, 1, ""),
    "second_person": Weight(-0.5, 2, ""),
    "no_verb": Weight(-2, 1, "no verb"),
    "foreign": Weight(-10, 1, "not English"),
}
"""Points by feature; features that are not here only inform other decisions."""

LENGTHS: tuple[tuple[int, float], ...] = ((4, -3), (6, -1.5), (8, -0.5), (14, 0))
"""Points by words: of the first row that has as many or more."""
LONGER = 0.5
"""Points for sentences longer than all rows."""

BASE = -2.0
"""Points of a sentence without any feature, so that 0 is as much for as against."""
SCALE = 2.0
"""Points that multiply the odds by e."""
THRESHOLD = 0.5
"""The least score of a candidate."""
SURE = 0.85
"""From this score on ``worthiness`` is filled in."""
