from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.base import Text
from annotator.suggest.facts.article import LONGEST_ARTICLE, Sentence, parts, read
from annotator.suggest.facts.claims import may_claim
from annotator.suggest.facts.names import looks_like_person, names, same_name
from annotator.suggest.facts.numbers import near, quantities
from annotator.suggest.facts.times import clocks, dates
from annotator.suggest.facts.tokens import tokens


def first_quantity(text: str) -> tuple[float, str, bool]:
    found = quantities(tokens(text, 0, len(text)))[0]
    return found.value, found.unit, found.exact


@pytest.mark.parametrize(
    ("text", "value", "unit", "exact"),
    [
        ("killed three people", 3, "people", True),
        ("killed 3 civilians", 3, "people", True),
        ("twenty-six wooden houses on the shore", 26, "house", True),
        ("some 1,012 villages", 1012, "village", False),
        ("more than 2.5 million tourists", 2_500_000, "tourist", False),
        ("for $40 million in cash", 40_000_000, "dollars", True),
        ("nearly 49.6% of voters", 49.6, "%", False),
        ("a dozen boats and 12 ferries", 12, "ferry", True),
    ],
)
def test_a_number_with_what_it_counts(text: str, value: float, unit: str, exact: bool) -> None:
    assert first_quantity(text) == (value, unit, exact)


@pytest.mark.parametrize(
    "text", ["on March 3 people", "Boeing 737 Max", "No. 12 trains", "5-7 cars"]
)
def test_a_label_a_date_or_a_range_is_no_exact_count(text: str) -> None:
    found = quantities(tokens(text, 0, len(text)))
    assert not [quantity for quantity in found if quantity.exact and quantity.value in {3, 737, 5}]


@given(st.integers(21, 10**9))
def test_a_number_is_near_itself_rounded_to_two_figures(number: int) -> None:
    size = 10 ** (len(str(number)) - 2)
    assert near(number, round(number / size) * size)


@given(st.integers(1, 20), st.integers(1, 20))
def test_small_numbers_are_near_themselves_alone(one: int, other: int) -> None:
    assert near(one, other) == (one == other)


@pytest.mark.parametrize(
    ("text", "minutes", "zone", "said"),
    [
        ("at 10:47 a.m. from", 647, "", "10:47 a.m."),
        ("at 05:47 GMT today", 347, "gmt", "05:47 GMT"),
        ("by 9pm sharp", 1260, "", "9pm"),
        ("at 12:05 a.m. in", 5, "", "12:05 a.m."),
        ("at 14:20 near", 860, "", "14:20"),
    ],
)
def test_a_time_of_day(text: str, minutes: int, zone: str, said: str) -> None:
    (clock,) = clocks(text, 0, len(text))
    assert (clock.minutes, clock.zone, text[clock.start : clock.end]) == (minutes, zone, said)


@pytest.mark.parametrize(
    "text", ["a 4:1 win", "10 am", "25:10", "version 1.2.3", "9:75", "3-1 at 5"]
)
def test_what_is_no_time_of_day(text: str) -> None:
    found = clocks(text, 0, len(text))
    assert [clock.minutes for clock in found] == ([600] if text == "10 am" else [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on Tuesday, April 8, 2025", (2025, 4, 8, "tuesday")),
        ("on 3 March 2021", (2021, 3, 3, "")),
        ("in May 1999", (1999, 5, 0, "")),
        ("in 1998", (1998, 0, 0, "")),
        ("on Friday", (0, 0, 0, "friday")),
        ("the 4th of July", (0, 7, 4, "")),
    ],
)
def test_a_date(text: str, date: tuple[int, int, int, str]) -> None:
    (found,) = dates(tokens(text, 0, len(text)))
    assert tuple(found)[:4] == date


@pytest.mark.parametrize(
    "text", ["They may march on", "May I sit", "1998 people came", "$1998 a day"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates(tokens(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oleg Novitsky", "Novitskiy"),
        ("Tracy Caldwell Dyson", "Dyson"),
        ("Usama Karim", "Osama Kareem"),
        ("Volodymyr", "Vladimir Volodymyr"),
        ("Kyiv", "Kiev"),
        ("United States", "U.S."),
        ("International Space Station", "ISS"),
        ("José Müller", "Jose Mueller"),
        ("Jonathan Kim", "Kym"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one.split(), other.split())
    assert same_name(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Ryzhikov", "Oleg Novitsky"),
        ("Alexei Zubritsky", "Marina Vasilevskaya"),
        ("Jonathan Kim", "Tracy Dyson"),
        ("Ana Duarte", "Piotr Wilk"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not same_name(one.split(), other.split())


def test_titles_and_owners_are_no_part_of_a_name() -> None:
    text = "On Friday NASA's Jonathan Reed met Nordhaus CEO Ann Lee and Prime Minister Bo Ek."
    found = names(tokens(text, 0, len(text)))
    assert [name.shown for name in found] == [
        "NASA",
        "Jonathan Reed",
        "Nordhaus",
        "Ann Lee",
        "Bo Ek",
    ]
    assert [looks_like_person(name) for name in found] == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ship docked with the station.", "dock happened"),
        ("The ship has docked with the station.", "dock happened"),
        ("The ship will dock with the station.", "dock planned"),
        ("The ship is scheduled to dock on Friday.", "dock planned"),
        ("The ship did not dock with the station.", "dock negated"),
        ("The ship has never docked with the station.", "dock negated"),
        ("The ship failed to dock with the station.", "dock negated"),
        ("The ship could dock with the station.", "dock other"),
        ("The crew will rest when the ship docks with it.", "dock planned"),
        ("The rocket took off from the coast.", "launch happened"),
        ("The rocket blasted off from the coast.", "launch happened"),
        ("The bill was approved by the house.", "approve happened"),
        ("The bill is to be approved by the house.", "approve other"),
        ("A jury found the man not guilty of fraud.", "acquit happened"),
        ("The liftoff occurred at 9:15 a.m. in fog.", "launch happened"),
    ],
)
def test_what_a_sentence_says_of_an_event(text: str, told: str) -> None:
    article = read(Text(text))
    assert [f"{fact.event} {fact.verb.status}" for fact in article.facts] == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Russian and American crew lifts off for the station",
        "Did the rocket lift off at nine?",
        "Would you like more about the rocket that lifted off?",
        "I hope that the rocket lifted off in time.",
        "© 2031 Nordhaus Media, all rights kept.",
        "| rocket | lifted off | at nine |.",
        "Too short.",
    ],
)
def test_headings_questions_chatter_and_furniture_are_no_claims(text: str) -> None:
    assert not may_claim(text, 0, len(text))


def test_a_long_text_is_read_in_parts_that_leave_nothing_out() -> None:
    text = Text("The rocket lifted off from the coast on Friday.\n\n" * (3 * LONGEST_ARTICLE // 49))
    found = list(parts(text))
    assert len(found) == 3
    assert [sentence for part in found for sentence in part] == list(text.sentences)
    assert all(part[-1][0] - part[0][0] < LONGEST_ARTICLE for part in found)


@given(st.text(max_size=200))
def test_words_of_any_text_are_where_they_say(text: str) -> None:
    for token in Sentence(text, 0, 0, len(text)).words:
        assert text[token.start : token.end].startswith(token.text)
