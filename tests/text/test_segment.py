from __future__ import annotations

import pytest

from annotator.text.brackets import groups
from annotator.text.segment import clauses, sentences


def split(text: str, language: str = "en") -> list[str]:
    """Return the sentences of one paragraph."""
    inside = groups(text, 0, len(text))
    return [text[a:b] for a, b in sentences(text, 0, len(text), language, inside)]


def split_clauses(text: str) -> list[str]:
    inside = groups(text, 0, len(text))
    return [text[a:b] for _, (a, b) in clauses(text, 0, len(text), inside)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The ferry left at 10:47 a.m. (05:47 GMT) from the old pier.", "Nobody waved."],
        ["Doors open at 10 a.m. Tuesday in Lisbon.", "Bring a coat."],
        ["They closed at 5 p.m.", "He went home."],
        ["The 3 p.m. EST call was short.", "Then came lunch."],
        ["Gen. Ortiz met Dr. Lund and Prof. A. B. Cray.", "They ate."],
        ["Sen. Marsh spoke.", "Rep. Diaz did not."],
        ["Ms. Aro and Amb. Lee spoke.", "So did Mx. Ray."],
        ["J. K. Marlow wrote it.", "George W. Hill read it."],
        ["This is plan B.", "The end came soon."],
        ["He said no.", "Rep. Diaz agreed."],
        ["See No. 5 and Fig. 3 for more.", "Approx. 5 km were left."],
        ["It cost $1,000.50, or 3.5% more.", "Why?"],
        ["It was made in the U.S.", "The owner moved."],
        ["The U.S. Embassy closed.", "Its staff left."],
        ["“We won. All of us.”", "She smiled."],
        ['"Is it true?" asked Dr. Lund.', "Nobody knew."],
        ["Wait... what?", "Really?!", "Yes!"],
        ["At [insert time. maybe noon], it left.", "Nobody saw it."],
        ["See [the (old) note. Maybe here] now.", "Then rain."],
        ["See 【the note. Maybe here】 now.", "Then rain."],
        ["The crew (see note. Also p. 4) slept.", "Then rain."],
        ["(It was late. Very late.)", "Then rain."],
        ["Take bread, milk, etc. with you.", "Hurry."],
        ["Costs rose e.g. in May, i.e. late.", "So it goes."],
        ["Built by Acme Inc. in Ohio.", "Sold in 1999."],
    ],
    ids=lambda parts: parts[0][:30],
)
def test_running_text(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("悉尼下雨了。人们在等。真的吗？", ["悉尼下雨了。", "人们在等。", "真的吗？"]),
        ("今日は雨です。明日は晴れ！", ["今日は雨です。", "明日は晴れ！"]),
    ],
)
def test_text_without_spaces(text: str, parts: list[str]) -> None:
    assert split(text, "zh") == parts
    assert split(text) == parts


def test_list_items_are_sentences_of_their_own() -> None:
    items = [
        "1. Heat the oven.",
        "2. Mix the flour",
        "- first of many things that need to be said",
        "- second",
        "• third",
        "a) fourth",
        "# heading",
    ]
    assert split("\n".join(items)) == items


def test_full_lines_that_begin_with_a_list_mark_are_items() -> None:
    items = [
        "- check the valve on the left side of the tank, then the",
        "- pump that stands behind the tank on the right side, and",
        "- hose that hangs from the wall beside the pump, for long",
    ]
    assert split("\n".join(items)) == items


def test_rows_of_a_table_do_not_run_on() -> None:
    rows = [
        "| the port of departure at dawn | the port of arrival    |",
        "| Lisbon, from the northern pier | Porto, the old harbour |",
        "| Faro, from the fishermen's bay | Porto, the new harbour |",
    ]
    assert split("\n".join(rows)) == rows


def test_lines_that_are_not_full_stand_for_themselves() -> None:
    lines = [
        "The northern harbour at dusk, seen from the old customs house",
        "Two hundred lorries waited on the quay road all Monday, some of them without lights",
        "The outer wall in the first morning light of the next day",
    ]
    assert split("\n".join(lines)) == lines


def test_list_numbers_stay_with_their_item() -> None:
    assert split("1. Heat it. 2. Eat it.") == ["1. Heat it.", "2. Eat it."]


def test_headings_do_not_run_into_the_text() -> None:
    text = (
        "Storm closes the northern harbour\n"
        "By Ines Duarte, staff writer\n"
        "The harbour stayed shut on Monday while waves of nine metres ran over the outer wall, and "
        "no ship came or went. Pilots waited, as did two hundred lorries on the quay road.\n"
        "It opened again at dusk.\n"
    )
    assert split(text) == text.strip().replace(". P", ".\nP").split("\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hard_wrapped_text_runs_on(newline: str) -> None:
    lines = [
        "The small grey boat that had crossed the bay each day for forty",
        "years was sold on Friday to a museum by its last owner, Capt.",
        "Moira Flynn. Nobody in the village had expected her to part with",
        "it, she said, but the engine had failed twice since March, once at",
        "10 a.m. and once at night.",
    ]
    text = newline.join(lines)
    found = [sentence.replace(newline, " ") for sentence in split(text)]
    assert found == [
        " ".join(lines[:2]) + " Moira Flynn.",
        "Nobody in the village had expected her to part with " + " ".join(lines[3:]),
    ]


def test_a_wrapped_line_that_ends_a_sentence_ends_it() -> None:
    text = (
        "The old mill by the river burned down on the last night of May.\n"
        "Its owner slept. Nobody had seen a fire there for a century and\n"
        "more, people said."
    )
    assert len(split(text)) == 3


def test_hard_wrapped_text_without_spaces_runs_on() -> None:
    text = (
        "这座旧桥每天有很多人走过因为它是城里唯一的一座桥而\n"
        "且离市场很近人们都喜欢它直到去年冬天它在一场大雨里\n"
        "倒了。现在没有桥。"
    )
    assert split(text, "zh") == [text[: text.index("现")], "现在没有桥。"]


def test_sentences_have_no_outer_white_space() -> None:
    assert split("  One.   Two.\t \n  Three.  ") == ["One.", "Two.", "Three."]
    assert split(" \t ") == []


def test_text_that_is_no_unicode_is_split_like_any_other() -> None:
    assert split("One \ud800 here. Two\0 there. Three\x1b.") == [
        "One \ud800 here.",
        "Two\0 there.",
        "Three\x1b.",
    ]


def test_an_unknown_language_is_no_error() -> None:
    assert split("One here. Two there.", "xx-unknown") == ["One here.", "Two there."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "With prices rising since May, the bakers raised theirs, too.",
            ["With prices rising since May", "the bakers raised theirs, too."],
        ),
        (
            "At [a time of the day, to be filled in later], the boat left port.",
            ["At [a time of the day, to be filled in later]", "the boat left port."],
        ),
        (
            "At [time, to be filled], the boat left port; nobody came along.",
            ["At [time, to be filled]", "the boat left port", "nobody came along."],
        ),
        ("It cost 1,000 crowns in all.", ["It cost 1,000 crowns in all."]),
        (
            "The mayor — a farmer by trade — opened the fair.",
            ["The mayor — a farmer by trade", "opened the fair."],
        ),
        ("桥很旧了，人们都喜欢它。", ["桥很旧了，人们都喜欢它。"]),
        (
            "这座旧桥每天有很多人走过，人们都喜欢它。",
            ["这座旧桥每天有很多人走过", "人们都喜欢它。"],
        ),
        ("One.", ["One."]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert split_clauses(text) == parts
