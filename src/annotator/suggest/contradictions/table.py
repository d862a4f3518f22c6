"""The rules in one table: id, what it says, and a text for and against it, which the tests run.

More texts of both sorts are in ``benchmarks/data/contradiction_cases.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..facts.article import Article
from .entity_rules import code_of_event, crew_of_event
from .hints import Hint
from .holder_rules import doer_of_event, holder_of_office, site_of_event
from .measure_rules import age_of_person, amount_of_property, magnitude_of_quake, price_of_deal
from .number_rules import count_of_event, crew_size
from .status_rules import done_and_not, done_and_planned, opposite_outcomes
from .time_rules import clock_of_event, day_of_event, year_of_once
from .wording_rules import number_of_unit, same_words


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        id: its id, that of its suggestions.
        says: what it takes for a contradiction.
        find: what applies it to an article.
        example: a text in which it finds something.
        counter_example: a text much like it, in which no rule finds anything.
        any_language: whether it holds for any language.
    """

    id: str
    says: str
    find: Callable[[Article], Iterable[Hint]]
    example: str
    counter_example: str
    any_language: bool = False


RULES: tuple[Rule, ...] = (
    Rule(
        "code-of-event",
        "one launch, docking or landing of things whose codes differ in the number alone",
        code_of_event,
        "The Orel PT-12 capsule lifted off on Friday. The Orel PT-14 capsule took off at noon.",
        "The Orel PT-12 capsule landed on Friday. The Orel PT-14 capsule took off in March 2031.",
    ),
    Rule(
        "crew-of-event",
        "different people, each time named in full, as crew, victims, suspects, winners",
        crew_of_event,
        "The ship docked, carrying Ana Duarte and Piotr Wilk."
        " The ship launched carrying Lars Nyberg and Omar Haddad.",
        "The ship docked, carrying Ana Duarte and Piotr Wilk."
        " The ship launched carrying Duarte and Piotr Wilck.",
    ),
    Rule(
        "doer-of-event",
        "two winners, founders, inventors, buyers of one thing",
        doer_of_event,
        "Marta Olsen won the marathon. The marathon was won by Grete Vik.",
        "Marta Olsen won the marathon. The half marathon was won by Grete Vik.",
    ),
    Rule(
        "holder-of-office",
        "two people in one office",
        holder_of_office,
        "Belmar Mayor Carl Dahl opened the bridge. Belmar Mayor Anna Berg thanked the builders.",
        "Belmar Mayor Carl Dahl opened the bridge. Former Belmar Mayor Anna Berg watched them.",
    ),
    Rule(
        "site-of-event",
        "one event at two sites of one kind: two airports, two hospitals",
        site_of_event,
        "The plane took off from Lindholm Airport. The plane took off from Carrick Airport.",
        "The plane took off from Lindholm Airport. The plane landed at Carrick Airport.",
    ),
    Rule(
        "crew-size",
        "two sizes of one crew",
        crew_size,
        "The tanker sank with a crew of 17. The tanker left port with 21 crew members aboard.",
        "The tanker sank with a crew of 17. The tanker left port with 17 crew members aboard.",
    ),
    Rule(
        "count-of-event",
        "two counts of people killed, hurt, arrested and so on by one event",
        count_of_event,
        "The blast killed 12 people. The explosion killed 15 people.",
        "The blast killed 12 people. The flood killed 15 people.",
    ),
    Rule(
        "amount-of-property",
        "two amounts of one measure of a named thing",
        amount_of_property,
        "The Kelva Bridge is 320 metres long. The Kelva Bridge is 410 metres long.",
        "The Kelva Bridge is 320 metres long. The Kelva Bridge is 24 metres wide.",
    ),
    Rule(
        "price-of-deal",
        "two prices for what was bought or sold",
        price_of_deal,
        "Nuvora acquired Pixelum for $250 million. Nuvora bought Pixelum for $320 million in cash.",
        "Nuvora acquired Pixelum for $250 million. Nuvora bought Halden for $320 million in cash.",
    ),
    Rule(
        "magnitude-of-quake",
        "two strengths of one earthquake",
        magnitude_of_quake,
        "A magnitude 6.4 earthquake struck the coast. The magnitude 7.1 quake cut power lines.",
        "A magnitude 6.4 earthquake struck the coast. A magnitude 5.1 aftershock cut power lines.",
    ),
    Rule(
        "age-of-person",
        "two ages of one person",
        age_of_person,
        "Marta Olsen, 34, was found on Tuesday. Olsen, 43, is in hospital.",
        "Marta Olsen, 34, was found on Tuesday. Jan Olsen, 43, is in hospital.",
    ),
    Rule(
        "clock-of-event",
        "two times of day, of one zone, for one event",
        clock_of_event,
        "The rocket lifted off at 9:15 a.m. in fog. The rocket took off at 11:40 a.m. in sun.",
        "The rocket lifted off at 9:15 a.m. in fog. The rocket landed at 11:40 a.m. in sun.",
    ),
    Rule(
        "day-of-event",
        "two days for one event",
        day_of_event,
        "The treaty was signed on March 3. The treaty was signed on March 13.",
        "The treaty was signed on March 3. The treaty was signed on Monday, March 3.",
    ),
    Rule(
        "year-of-once",
        "two dates for a birth, a death, a founding",
        year_of_once,
        "Ilse Grondahl was born in 1931. Grondahl was born in 1936 on an island.",
        "Ilse Grondahl was born in 1931. Grondahl was born on 4 May 1931 on an island.",
    ),
    Rule(
        "done-and-planned",
        "it happened, and it is still to come",
        done_and_planned,
        "The capsule docked with the station. The capsule will dock with the station.",
        "The capsule docked with the station. The capsule will undock from the station.",
    ),
    Rule(
        "done-and-not",
        "it happened, and it did not",
        done_and_not,
        "Governor Ruiz signed the bill. Ruiz did not sign the bill.",
        "Governor Ruiz signed the bill. Governor Holt did not sign the bill.",
    ),
    Rule(
        "opposite-outcomes",
        "two outcomes of which one rules the other out",
        opposite_outcomes,
        "The council approved the stadium. The council rejected the stadium.",
        "The council approved the stadium. The council rejected the airport.",
    ),
    Rule(
        "same-words",
        "the same words but for a number, a day or a code",
        same_words,
        "Police in Leeds found 120 stolen paintings in a barn."
        " Police in Leeds found 170 stolen paintings in a barn.",
        "Police in Leeds found 120 stolen paintings in a barn."
        " Police in Leeds found 170 stolen bicycles in a barn.",
        any_language=True,
    ),
    Rule(
        "number-of-unit",
        "the same name and most of the same words, but another number of the same things",
        number_of_unit,
        "Varden plans to cut 1,200 jobs at its Leeds plant."
        " The 1,500 jobs at the Leeds plant of Varden are to be cut over the summer.",
        "Varden plans to cut 1,200 jobs at its Leeds plant."
        " The 1,500 jobs at the Hull plant of Varden are to be cut over the summer.",
    ),
)
"""The rules in the order they are asked; of two hints for one pair the better one is kept."""
