"""Candidates of whole texts: claims and nothing else, as whole sentences, from any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entity import Entity
from annotator.store.scheme_files import load_scheme
from annotator.suggest.base import Suggester, Suggestion, Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.claims.weights import SURE, THRESHOLD
from annotator.suggest.registry import load_suggester

ARTICLE = """Harbour photo

Council of Brunsund sells old ferry terminal for 14 million

By Ida HolmPublished 3 months ago 2 min read

The council of Brunsund approved the sale of the ferry terminal on Tuesday by 23 votes to 11.

At [insert exact time], the last ferry left the pier, carrying 40 passengers:

According to Norway's port authority Kystverket, the terminal has lost money since 2009.

What the buyers plan

Will the cranes stay? The buyers, a fund from Bergen, plan to open a hotel by 2031.

• The clock tower was built in 1903
• Parking

Photo: Ida Holm

"We lost the best view in town," said Per Dahl, who has lived there since 1988. I think that is sad.

Would you like more information about the history of the harbour?

Certainly! Here are some more headlines. Let me know if you need anything else.

About the Author

Ida Holm left Bergen in 1999 and has written about ports and harbours for 12 newspapers since then.

Comments

There are no comments for this story

Be the first to respond and start the conversation.

© 2026 Brunsund Media, Inc. All Rights Reserved."""
CLAIMS = [
    "The council of Brunsund approved",
    "At [insert exact time]",
    "According to Norway's port authority",
    "The buyers, a fund from Bergen",
    "• The clock tower was built in 1903",
    '"We lost the best view in town,"',
]


def suggest(
    text: str, entities: list[Entity] | None = None, threshold: float = THRESHOLD
) -> list[Suggestion]:
    return list(ClaimSuggester(threshold).suggest(Text(text, entities=entities)).spans)


def by_start(text: str, found: list[Suggestion]) -> dict[str, Suggestion]:
    return {text[one.start : one.end]: one for one in found}


def test_it_is_the_registered_suggester() -> None:
    shipped = load_suggester("claims")
    assert isinstance(shipped, Suggester)
    assert (shipped.name, shipped.labels) == ("claims", ("claim",))


def test_an_article_gives_its_claims_and_nothing_else() -> None:
    found = [ARTICLE[one.start : one.end] for one in suggest(ARTICLE)]
    assert len(found) == len(CLAIMS)
    assert all(span.startswith(begin) for span, begin in zip(found, CLAIMS, strict=True))


def test_furniture_and_headings_are_not_ranked_either() -> None:
    ranked = " ".join(ARTICLE[one.start : one.end] for one in suggest(ARTICLE, threshold=0))
    for words in ("By Ida", "Council of", "Photo:", "no comments", "Be the first", "©", "cranes"):
        assert words not in ranked


def test_candidates_say_who_and_what_and_why() -> None:
    found = list(by_start(ARTICLE, suggest(ARTICLE)).values())
    sale, ferry, authority, buyers, _, view = found
    assert sale.attributes["type"] == ["event-or-property", "numerical"]
    assert "number: 23 votes" in sale.reasons
    assert "date: Tuesday" in sale.reasons
    assert ferry.attributes["voice"] == "article"
    assert authority.attributes["claimer"] == "Kystverket"
    assert "attributed to Kystverket" in authority.reasons
    assert buyers.attributes["type"] == ["prediction"]
    assert view.attributes["voice"] == "attributed"
    assert view.attributes["claimer"] == "Per Dahl"
    assert "quote" in view.attributes["type"]


def test_worthiness_is_filled_only_when_sure() -> None:
    for one in suggest(ARTICLE, threshold=0):
        assert ("worthiness" in one.attributes) == (one.score >= SURE)


def test_attributes_fit_the_scheme() -> None:
    scheme = load_scheme("claims-and-placeholders")
    allowed = {name: one.values for name, one in scheme.labels["claim"].attributes.items()}
    for one in suggest(ARTICLE, threshold=0):
        for name, value in one.attributes.items():
            assert name in allowed
            for part in value if isinstance(value, list) else [value]:
                assert name == "claimer" or part in allowed[name]


def test_entities_find_names_that_no_capital_shows() -> None:
    text = "then the lowlands of oman were flooded."
    at = text.index("oman")
    plain = suggest(text, threshold=0)[0]
    known = suggest(text, [Entity(at, at + 4, "GPE")], threshold=0)[0]
    assert known.score > plain.score
    assert "named: oman" in known.reasons


def test_ranges_can_be_left_out() -> None:
    text = "Oslo grew by 9 percent in 2004. Bergen grew by 4 percent in 2006."
    second = text.index("Bergen")
    found = ClaimSuggester(skip=lambda _: [(0, second - 1)]).suggest(Text(text)).spans
    assert [one.start for one in found] == [second]


@pytest.mark.parametrize(
    "text",
    [
        "Oslo grew by 9 percent in 2004",
        "- Oslo grew by 9 percent in 2004\n- Bergen lost 300 jobs",
        "Oslo grew by 9 percent in 2004, most of all\nBergen lost 300 jobs that year, most of all",
        "1. Oslo grew by 9 percent in 2004.",
    ],
)
def test_lines_without_a_full_stop_are_claims_where_no_line_has_one(text: str) -> None:
    assert len(suggest(text)) == len(text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "1.",
        "* * *",
        "Did Oslo grow by 9 percent in 2004?",
        "Photo: Crews repaired the bridge in Oslo on May 4, 2004.",
        "This article was first published in Oslo on May 4, 2004.",
        "Sign up for the newsletter that 40,000 people read.",
        "As an AI language model, I cannot say how many people lived in Oslo in 2004.",
        "Here are some facts about Oslo that were published in 2004:",
        "Extracts from the meeting of 9 September 2026, edited for the Gazette.",
        "[1] Budget report of 3 May 2026, page 14, with a total of $4.2 million.",
        "[^2]: The council spent 3.1 million dollars in 2025. It had 4 million in 2024.",
        "¹ The council spent 3.1 million dollars in 2025.",
    ],
)
def test_no_claim(text: str) -> None:
    assert suggest(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Video games cost 60 dollars in 2004.",
        "Source code was stolen from 400 firms in May.",
        "Credit card debt rose by 9 percent.",
        "By 2004, Oslo had lost 300 jobs.",
        "Comments by the minister angered 40 members of the council.",
        "Extracts from his diary, published in 2004, show that 40 members of the council lied.",
        "[The council] spent 3.1 million dollars in 2025.",
    ],
)
def test_what_only_begins_like_furniture_is_a_claim(text: str) -> None:
    assert len(suggest(text)) == 1


def test_the_mark_of_a_footnote_behind_a_sentence_makes_none_of_the_next() -> None:
    text = "Oslo grew by 9 percent in 2004. [1] Bergen lost 300 jobs that year."
    assert len(suggest(text)) == 2


def test_a_heading_in_the_midst_of_an_article_ends_nothing() -> None:
    sentence = (
        "Oslo grew by 9 percent in 2004, and Bergen lost 300 jobs and {} of its ships that year."
    )
    text = "\n\n".join([sentence.format(2), "Comments", *map(sentence.format, range(3, 9))])
    assert len(suggest(text)) == 7


def test_a_quotation_behind_its_source_says_whose_it_is() -> None:
    text = 'Bo Lund said the mine had closed in May.\n"We lost 300 jobs and our only school."'
    quoted = suggest(text)[1]
    assert quoted.attributes["claimer"] == "Bo Lund"
    assert quoted.reasons[0] == "attributed to Bo Lund"


@pytest.mark.parametrize(
    ("sentence", "types"),
    [
        ("She is expected to conduct experiments in Oslo.", ["prediction"]),
        ("Bo Lund will lead the mission, which was delayed.", ["event-or-property", "prediction"]),
        ("The senator opposes the port.", ["position"]),
        ("The strike led to shortages in Oslo.", ["event-or-property", "causal"]),
        ("The port has 12 cranes.", ["event-or-property", "numerical"]),
        ("Oslo, a port.", ["event-or-property"]),
    ],
)
def test_types(sentence: str, types: list[str]) -> None:
    assert suggest(sentence, threshold=0)[0].attributes["type"] == types


@pytest.mark.parametrize(
    "text",
    [
        "Der Bundestag hat am Freitag das Gesetz mit 312 Stimmen beschlossen, teilte Berlin mit.",
        "El gobierno aprobó el viernes una ley que reduce los impuestos un 12 por ciento.",
        "Le conseil a voté vendredi la vente du port pour 14 millions, selon le maire de Brest.",
        "Il consiglio ha approvato la vendita del porto per 14 milioni di euro.",
        "De gemeenteraad heeft dinsdag de verkoop van de haven goedgekeurd met 23 stemmen.",
        "Совет одобрил продажу порта за 14 миллионов в 2004 году.",
        "市议会周二以23票对11票批准了1400万元的港口出售计划。",
        "مجلس المدينة وافق يوم الثلاثاء على بيع الميناء مقابل 14 مليون.",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert suggest(text) == []


PIECES = """said|Oslo|9 percent|in 2004|according to|By |Comments|1. |• |\n\n|\r\n|\u2028|\ud800|\0
|“|”|’|[|]|. |?|मुंबई|👩‍🚀""".split("|")  # noqa: SIM905 - pieces of text read better without quotes


TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map(" ".join)


@given(TEXTS)
def test_any_text_gives_whole_sentences_in_order(text: str) -> None:
    given_text = Text(text)
    found = ClaimSuggester(threshold=0).suggest(given_text).spans
    assert {(one.start, one.end) for one in found} <= set(given_text.sentences)
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert all(0 <= one.score <= 1 for one in found)
    assert found == ClaimSuggester(threshold=0).suggest(Text(text)).spans
    above = tuple(one for one in found if one.score >= THRESHOLD)
    assert ClaimSuggester().suggest(Text(text)).spans == above


def test_a_sentence_too_long_to_be_one_is_left_out() -> None:
    assert suggest("Oslo grew by 9 percent in 2004 and " * 200 + "so on.", threshold=0) == []


def test_a_claim_may_hold_a_slot() -> None:
    text = "At [insert precise time], the Vega rocket took off, carrying four crew members."
    assert [(one.start, one.end) for one in suggest(text)] == [(0, len(text))]
