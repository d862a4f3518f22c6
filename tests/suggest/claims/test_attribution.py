"""Who is named as the source of a sentence, and of those around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.claims.attribution import attribution
from annotator.suggest.claims.tokens import tokenize
from annotator.suggest.claims.voices import Voices

SOURCES = [
    ("The probe reached orbit, according to India's official space agency Isro.", "Isro"),
    ("Isro stated that the goal is to map the far side.", "Isro"),
    (
        "According to the U.S. Bureau of Labor Statistics, prices fell.",
        "U.S. Bureau of Labor Statistics",
    ),
    (
        "Pia Lund, the minister's envoy, who is in Oslo this week, said the talks failed.",
        "Pia Lund",
    ),
    ('"We lost it all," said Tuuli Aikio, a farmer.', "Tuuli Aikio"),
    ('"We lost it all," Aikio said.', "Aikio"),
    ('"The tax is too high," the minister, Carl Bo, told parliament.', "Carl Bo"),
    ("The ferry sank at once, the coastguard said.", "the coastguard"),
    ("The war was the worst in decades, the U.N. said in a report.", "U.N."),
    ("A spokesman for the ministry said it would answer.", "A spokesman for the ministry"),
    ("Prosecutors allege that he took the money.", "Prosecutors"),
    ("Every economist who has read the plan says it will cost jobs.", "Every economist"),
    ("Dr. Ann Lee told reporters that the test failed.", "Dr. Ann Lee"),
    ("In 2019 Smith wrote that the war was lost.", "Smith"),
    ("President Ana Ruiz has repeatedly said so.", "President Ana Ruiz"),
    ("The report, published on Monday, says deaths fell.", "The report"),
    ("A study in 400 patients found that it works.", "A study in 400 patients"),
    ("“It works,” said Bo.", "Bo"),
    ("It fell, according to the Bank for Trade and Growth.", "Bank for Trade and Growth"),
    ("But Bo says that it works.", "Bo"),
    ("But the union says that it works.", "the union"),
    ("Recent research suggests that it works.", "Recent research"),
]
NO_SOURCE = [
    "The economy added three hundred thousand jobs.",
    "Police found a gun in the car.",
    "I said that it was wrong.",
    "We told you that it would fail.",
    "That said, the plan has flaws.",
    "The United States and Chad have kept ties.",
    "She was told that the train had left.",
    "It is said that cats have nine lives.",
    "He wants to say that it failed.",
    "He wrote four novels.",
    "This film shows that it works.",
    "It is generally believed that it works.",
    "It's commonly said that it works.",
    "The United States that we knew is gone.",
    "If a friend says that it works, wait.",
    "1. The, said",
    "Said",
    "said that",
    "According to",
]


@pytest.mark.parametrize(("sentence", "claimer"), SOURCES)
def test_a_source_is_given_as_it_stands(sentence: str, claimer: str) -> None:
    found = attribution(sentence, tokenize(sentence))
    assert found is not None
    assert found.claimer == claimer
    assert not found.pronoun


@pytest.mark.parametrize("sentence", NO_SOURCE)
def test_no_source_is_made_up(sentence: str) -> None:
    assert attribution(sentence, tokenize(sentence)) is None


def test_according_to_is_no_speech() -> None:
    heard = attribution("Bo said it.", tokenize("Bo said it."))
    read = attribution("It fell, according to Bo.", tokenize("It fell, according to Bo."))
    assert heard
    assert read
    assert (heard.by_speech, read.by_speech) == (True, False)


def test_hearsay_has_no_name() -> None:
    found = attribution("It reportedly sank.", tokenize("It reportedly sank."))
    assert found is not None
    assert found.claimer == ""


@given(st.lists(st.sampled_from(['"', "said", "Bo", ",", "that", "the", "according", "to", "."])))
def test_a_claimer_stands_in_the_sentence(words: list[str]) -> None:
    sentence = " ".join(words)
    found = attribution(sentence, tokenize(sentence))
    assert found is None or found.claimer in sentence


def voices_of(*sentences: str, between: str = " ") -> list[tuple[bool, str]]:
    text = between.join(sentences)
    voices = Voices(text)
    found = []
    at = 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        voice = voices.of(start, at, tokenize(sentence))
        found.append((voice.is_attributed, voice.claimer))
    return found


def test_pronouns_and_quotations_go_on_with_the_last_source() -> None:
    assert voices_of(
        "Bo Lund said the mine had closed.",
        "He added that nobody was paid.",
        "The mine opened in 1903.",
        '"It was a mistake to sell it."',
    ) == [(True, "Bo Lund"), (True, "Bo Lund"), (False, ""), (True, "Bo Lund")]


def test_a_source_far_away_is_forgotten() -> None:
    far = voices_of("Bo Lund said so.", "He said it again.", between="\n" * 2000)
    assert far == [(True, "Bo Lund"), (True, "")]


def test_a_pronoun_without_a_source_names_nobody() -> None:
    assert voices_of("She said the mine had closed.") == [(True, "")]
