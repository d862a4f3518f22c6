"""The rules in one table: id, what it says, and texts for and against it, which the tests run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..facts.article import Article
from .entity_rules import code_of_event, crew_of_event
from .hints import Hint
from .holder_rules import doer_of_event, holder_of_office, site_of_event
from .number_rules import age_of_person, amount_of_property, count_of_event, crew_size
from .status_rules import done_and_not, done_and_planned, opposite_outcomes
from .time_rules import clock_of_event, day_of_event, year_of_once
from .wording_rules import number_of_unit, same_words


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        id: its id.
        find: what applies it to an article.
        examples: texts in which it finds something.
        counter_examples: texts in which no rule finds anything.
    """

    id: str
    find: Callable[[Article], Iterable[Hint]]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


RULES: tuple[Rule, ...] = (
    Rule("code-of-event", code_of_event, (), ()),
    Rule("crew-of-event", crew_of_event, (), ()),
    Rule("doer-of-event", doer_of_event, (), ()),
    Rule("holder-of-office", holder_of_office, (), ()),
    Rule("site-of-event", site_of_event, (), ()),
    Rule("crew-size", crew_size, (), ()),
    Rule("count-of-event", count_of_event, (), ()),
    Rule("amount-of-property", amount_of_property, (), ()),
    Rule("age-of-person", age_of_person, (), ()),
    Rule("clock-of-event", clock_of_event, (), ()),
    Rule("day-of-event", day_of_event, (), ()),
    Rule("year-of-once", year_of_once, (), ()),
    Rule("done-and-planned", done_and_planned, (), ()),
    Rule("done-and-not", done_and_not, (), ()),
    Rule("opposite-outcomes", opposite_outcomes, (), ()),
    Rule("same-words", same_words, (), ()),
    Rule("number-of-unit", number_of_unit, (), ()),
)
