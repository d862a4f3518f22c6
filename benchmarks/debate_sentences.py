"""Sentences like those of a televised debate, made up, for tests and timing.

No corpus of the kind may be shipped, so this stands in for one. What makes the real thing hard is
here too: the two classes share their words (promises carry numbers, taunts carry names), some
sentence patterns belong to either class, sentences carry disfluencies and get cut short, and a
part of the labels is wrong. Patterns are split in halves, so that a model can be tried on
patterns that it has never seen. It is no measure of how good a model is on real debates.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

SLOTS: dict[str, tuple[str, ...]] = {
    "who": (
        "the president",
        "Governor Hale",
        "Senator Brandt",
        "my opponent",
        "Secretary Ortiz",
        "this administration",
        "the other party",
        "Mr. Castellan",
        "Vice President Moro",
        "she",
        "he",
        "they",
        "the Senator",
        "Ms. Whitlock",
        "the Congress",
        "his own running mate",
    ),
    "we": ("we", "I", "you and I", "my administration", "our party", "this country"),
    "thing": (
        "taxes",
        "the deficit",
        "unemployment",
        "health care",
        "Social Security",
        "oil imports",
        "the minimum wage",
        "crime",
        "college tuition",
        "the trade deficit",
        "Medicare",
        "small business",
        "manufacturing",
        "the border",
        "the debt",
        "defense spending",
        "prescription drugs",
        "the price of gas",
        "welfare",
        "nuclear weapons",
        "school lunches",
        "inflation",
        "farm income",
        "clean coal",
        "the space program",
        "wages",
        "home ownership",
    ),
    "group": (
        "seniors",
        "the middle class",
        "farmers",
        "teachers",
        "veterans",
        "working families",
        "small businesses",
        "steel workers",
        "nurses",
        "children",
        "immigrants",
        "the wealthy",
        "our troops",
        "students",
        "single mothers",
        "the unions",
        "drug companies",
        "miners",
    ),
    "place": (
        "Ohio",
        "Iraq",
        "Cuba",
        "Detroit",
        "China",
        "my home state",
        "Pennsylvania",
        "Mexico",
        "Bosnia",
        "Texas",
        "Moscow",
        "Florida",
        "Libya",
        "New York",
        "the Middle East",
        "Arkansas",
        "Massachusetts",
        "North Korea",
        "Iowa",
        "Grenada",
    ),
    "year": ("1960", "1976", "1980", "1984", "1992", "1996", "2000", "2004", "2008", "2012"),
    "when": (
        "last year",
        "in {year}",
        "four years ago",
        "since {year}",
        "over the last decade",
        "in the past eight years",
        "during my first term",
        "under the previous administration",
        "last month",
        "between {year} and 2011",
        "this spring",
        "when I was governor",
    ),
    "num": (
        "{d} percent",
        "{d} million",
        "{d},000",
        "{d} billion dollars",
        "{d} trillion dollars",
        "half",
        "a third",
        "more than {d} million",
        "nearly {d}",
        "twice",
        "one in {d}",
        "{d}",
        "$ {d} billion",
        "hundreds of thousands",
        "two and a half million",
        "{d}.5 percent",
    ),
    "d": ("3", "4", "5", "7", "10", "12", "16", "20", "23", "30", "45", "47", "50", "90", "300"),
    "noun": (
        "jobs",
        "people",
        "families",
        "dollars",
        "troops",
        "schools",
        "children",
        "homes",
        "prisoners",
        "barrels",
        "Americans",
        "factories",
        "bills",
        "cops on the street",
        "votes",
    ),
    "up": (
        "gone up",
        "doubled",
        "fallen",
        "increased by {num}",
        "dropped by {num}",
        "risen",
        "been cut by {num}",
        "tripled",
        "declined",
        "gone down every single year",
        "grown",
    ),
    "did": (
        "voted against",
        "vetoed",
        "voted for",
        "signed",
        "proposed",
        "cut",
        "raised",
        "opposed",
        "supported",
        "cosponsored",
        "doubled",
        "shut down",
        "balanced",
        "inherited",
        "wrote",
    ),
    "bill": (
        "the Family Leave Act",
        "the crime bill",
        "the treaty",
        "a balanced budget",
        "the bailout",
        "the surge",
        "the Patriot Act",
        "the tax bill",
        "the Clean Air Act",
        "the farm bill",
        "the war",
        "a ban on assault weapons",
        "the trade agreement",
        "the voting rights act",
    ),
    "will": (
        "will",
        "are going to",
        "want to",
        "have to",
        "should",
        "must",
        "need to",
        "can",
        "would like to",
        "intend to",
        "believe we can",
        "are determined to",
    ),
    "act": (
        "cut {thing}",
        "protect {thing}",
        "reform {thing}",
        "invest in {group}",
        "help {group}",
        "create {num} {noun}",
        "get {thing} under control",
        "bring down {thing}",
        "fight for {group}",
        "stand up to {place}",
        "put {group} first",
        "balance the budget",
        "rebuild {place}",
        "give {group} a tax cut",
        "hire {num} teachers",
        "keep {group} safe",
        "fix {thing}",
    ),
    "good": (
        "wrong",
        "a great country",
        "the right thing to do",
        "a disgrace",
        "important",
        "what leadership is about",
        "fair",
        "a mistake",
        "simply not true",
        "good for {group}",
        "dangerous",
        "the question before us",
        "a matter of character",
        "long overdue",
    ),
    "soft": (
        "I think",
        "I believe",
        "it seems to me",
        "in my judgment",
        "let me say that",
        "you know,",
        "I have to tell you",
        "frankly,",
        "I happen to believe",
        "my view is that",
    ),
    "open": (
        "Well,",
        "Look,",
        "And",
        "But",
        "So",
        "Now,",
        "Let me tell you,",
        "The fact is,",
        "And so",
        "First of all,",
        "Jim,",
        "Let's be clear,",
        "You see,",
        "Because",
        "Again,",
    ),
    "tail": (
        "in this country",
        "and everybody knows it",
        ", and that is a fact",
        "today",
        "again",
        "for the first time",
        "right here in {place}",
        ", period",
        "and {we} {will} {act}",
        ", not just {group}",
        "because of {thing}",
        "compared with {place}",
        "for {group}",
    ),
}
"""What stands for each name in braces; alternatives may hold names themselves."""

CHECKABLE = (
    "{thing} has {up} {when}",
    "{who} {did} {bill} {when}",
    "{who} {did} {bill}",
    "{when} {we} lost {num} {noun}",
    "{num} of {group} have no {thing}",
    "{who} said {when} that {thing} has {up}",
    "we have {num} more {noun} than {when}",
    "{place} now has {num} of the world's {noun}",
    "{who} has {did} {thing} {num} times",
    "{num} {noun} have been created in {place} {when}",
    "{group} pay {num} in {thing}",
    "the plan of {who} would cost {num}",
    "{thing} in {place} is the highest in the nation",
    "{we} {did} {thing} by {num} {when}",
    "{when} {who} was in favor of {bill}",
    "it was {who} who {did} {bill}",
    "{place} spends more on {thing} than {place}",
    "{num} {noun} {when} went to {place}",
    "we are {num} dollars in debt",
    "{who} took {num} from drug companies {when}",
    "{thing} costs {group} {num} a year",
    "under {who} {thing} has {up}",
    "not one of {group} got {thing} {when}",
    "{we} have {did} {bill} and {thing} has {up}",
    "{who} never {did} {bill}",
    "according to the budget office {thing} will add {num} to the debt",
    "the average family in {place} makes {num} less",
    "{place} has tested {num} {noun} {when}",
    "{num} percent of the {noun} went to {group}",
    "{who} called {bill} a mistake {when}",
    "there are {num} {noun} in {place}",
    "more {noun} were lost {when} than under {who}",
    "{who} opposed {thing} for {group}",
    "in {place} {group} earn {num} of what men earn",
)
NOT_CHECKABLE = (
    "{soft} {we} {will} {act}",
    "{we} {will} {act}",
    "{soft} that is {good}",
    "why is {who} against {thing}",
    "what would you do about {thing}",
    "that is {good}",
    "{who} is {good}",
    "thank you very much",
    "I have talked to {group} in {place}",
    "{we} {will} {act} by {num}",
    "if I am elected {we} {will} {act}",
    "let me finish",
    "Governor, you have {d} minutes",
    "we {will} never forget {place}",
    "God bless {place}",
    "I am proud of {who}",
    "I was born in {place}",
    "I grew up with {group}",
    "this election is about {thing}",
    "do you agree with {who} on {thing}",
    "{group} deserve better than {who}",
    "we cannot afford {num} more years of {who}",
    "my plan {will} {act}",
    "it is time to {act}",
    "{soft} {group} are {good}",
    "I remember a woman in {place} who worried about {thing}",
    "that is what {who} does not get",
    "the question is for {who}",
    "{who} and I disagree about {thing}",
    "I love {place} and {we} {will} {act}",
    "no one {will} tell me that {thing} is {good}",
    "I hope {who} {will} {act}",
    "imagine what {we} could do for {group}",
    "we {will} {act} in the next {d} years",
)
EITHER = (
    "{group} are worse off {when}",
    "{who} has a record on {thing}",
    "{thing} is a problem in {place}",
    "{who} wants to {act}",
    "{we} worked with {who} on {bill}",
    "{who} has a plan to {act}",
    "we have the best {thing} in the world",
    "{who} changed his mind about {thing}",
    "{group} are losing {thing}",
    "{place} is not doing enough about {thing}",
    "nobody has done more for {group} than {who}",
    "{thing} is going in the wrong direction",
)
"""Patterns that people judge one way and the other; listed with no class of their own."""

_SLOT = re.compile(r"\{(\w+)\}")
_HESITATIONS = ("uh", "you know", "and", "well", "I mean", "frankly")


class Labelled(NamedTuple):
    """A sentence and what was said of it.

    Attributes:
        text: the sentence.
        positive: whether it is labelled as worth checking.
        debate: number of the debate it is from.
    """

    text: str
    positive: bool
    debate: int


def generate(
    count: int,
    *,
    seed: int = 0,
    share: float = 0.5,
    noise: float = 0.06,
    debates: int = 30,
    half: int | None = None,
) -> list[Labelled]:
    """Return sentences, the same for the same arguments.

    Args:
        count: how many.
        seed: of the random numbers.
        share: of sentences of the checkable kind, before labels are spoilt.
        noise: share of the labels that are turned round.
        debates: number of documents they are spread over; each favours some subjects.
        half: 0 or 1 takes every second pattern only; None takes all.
    """
    return list(_generate(random.Random(seed), count, share, noise, debates, half))


def _generate(
    dice: random.Random, count: int, share: float, noise: float, debates: int, half: int | None
) -> Iterator[Labelled]:
    step = slice(None) if half is None else slice(half, None, 2)
    yes, no, either = CHECKABLE[step], NOT_CHECKABLE[step], EITHER[step]
    slots = [_favourites(dice) for _ in range(debates)]
    for number in range(count):
        debate = number * debates // count
        positive = dice.random() < share
        pattern = dice.choice(either if dice.random() < 0.12 else yes if positive else no)
        text = _sentence(dice, pattern, slots[debate], "?" if pattern[:3] in _ASKS else ".")
        yield Labelled(text, positive ^ (dice.random() < noise), debate)


_ASKS = ("why", "wha", "do ")


def _favourites(dice: random.Random) -> dict[str, tuple[str, ...]]:
    """Return the slots of one debate: some of their fillings come up again and again."""
    return {
        name: fills + tuple(dice.choices(fills, k=len(fills) // 2)) for name, fills in SLOTS.items()
    }


def _sentence(
    dice: random.Random, pattern: str, slots: dict[str, tuple[str, ...]], end: str
) -> str:
    text = pattern
    if dice.random() < 0.35:
        text += " {tail}" if dice.random() < 0.7 else ", and {who} {will} {act}"
    if dice.random() < 0.3:
        text = "{open} " + text
    while _SLOT.search(text):
        text = _SLOT.sub(lambda found: dice.choice(slots[found[1]]), text)
    words = text.replace(" ,", ",").split()
    if len(words) > 4 and dice.random() < 0.12:
        words.pop(dice.randrange(1, len(words)))
    if dice.random() < 0.1:
        words.insert(dice.randrange(1, len(words) + 1), dice.choice(_HESITATIONS))
    if len(words) > 9 and dice.random() < 0.05:
        words = [*words[: dice.randrange(6, len(words))], "--"]
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}{end}"
