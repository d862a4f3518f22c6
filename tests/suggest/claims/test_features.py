"""What speaks for and against a sentence: each feature where it should be, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entity import Entity
from annotator.suggest.claims.features import FEATURES, GROUP_FEATURES, MEANINGS, features
from annotator.suggest.claims.lexicon import GROUPS, phrases_of
from annotator.suggest.claims.weights import WEIGHTS

EVIDENCE = [
    ("Prices rose by 4.5 percent.", {"number": "4.5 percent", "quantity": "4.5 percent"}),
    ("It cost $12 then.", {"quantity": "$12"}),
    ("Nine million people moved away.", {"quantity": "Nine million"}),
    ("They met in 1987 in Riga.", {"date": "1987"}),
    ("The train left at 10:47 on 3/14.", {"date": "10:47"}),
    ("It opened on May 5.", {"date": "May 5"}),
    ("It opened on 8 May.", {"date": "May"}),
    ("In May the mill shut.", {"date": "May"}),
    ("It may open.", {"hedge": "may"}),
    ("May it rest.", {"hedge": "May"}),
    ("What May Happen Next", {"hedge": "May"}),
    ("The probe has reached Venus.", {"perfect": "has reached", "named": "Venus"}),
    ("The probe was lost near Venus.", {"past_event": "lost", "past_be": "was"}),
    ("The wall is longer than the road.", {"comparison": "longer than"}),
    ("He wrote about Ada Lovelace and IBM.", {"named": "Ada Lovelace"}),
    ("The wall has more doors than the road.", {"comparison": "more doors than"}),
    ("They sent 2000 troops.", {"number": "2000 troops", "quantity": "2000 troops"}),
    ("I think it is wrong.", {"opinion": "I think", "evaluative": "wrong"}),
    ("I don’t think so.", {"opinion": "I don’t think"}),
    ("We will lower your rent.", {"intent": "We will", "prediction": "will"}),
    ("Let me finish.", {"procedural": "Let me finish"}),
    ("Go to the market.", {"imperative": "Go"}),
    ("But she left.", {"subject_third": "she"}),
    ("The old mill by the river.", {"no_verb": ""}),
    ("Is it true?", {"question": "?"}),
    ('He called it "a very long winter of war".', {"quoted": '"a very long winter of war"'}),
    ("Der Minister hat am Freitag den neuen Haushalt vorgestellt.", {"foreign": ""}),
]
ABSENT = [
    ("The council votes on 8 May.", "hedge"),
    ("May 5 was cold.", "hedge"),
    ("In May the mill shut.", "hedge"),
    ("The letter of Theresa May was read.", "hedge"),
    ("He may run.", "date"),
    ("Soyuz MS-27 is late.", "number"),
    ("Covid-19 is a disease.", "number"),
    ("They met in 1987.", "number"),
    ("2. They met in Riga.", "number"),
    ("He wants to cut spending.", "past_event"),
    ("They will be fired.", "past_event"),
    ("It was an order to be signed.", "perfect"),
    ("They asked the Senator about it.", "named"),
    ("He would have voted for it.", "perfect"),
    ("An increased share is good.", "past_event"),
    ("The cut was small.", "past_event"),
    ("You may 5 times a day.", "date"),
    ("Monday is a holiday.", "named"),
    ("Water is wet.", "named"),
    ("Watch makers were rich.", "imperative"),
    ("HARRIS: We lost.", "named"),
    ("The dog barked.", "no_verb"),
    ("Who won, he asked.", "question"),
]


@pytest.mark.parametrize(("sentence", "expected"), EVIDENCE)
def test_evidence_is_found(sentence: str, expected: dict[str, str]) -> None:
    found = features(sentence)
    assert {name: found.evidence.get(name) for name in expected} == expected
    assert all(found.values[name] >= 1 for name in expected)


@pytest.mark.parametrize(("sentence", "feature"), ABSENT)
def test_what_only_looks_like_evidence_is_none(sentence: str, feature: str) -> None:
    assert feature not in features(sentence).values


def test_a_number_in_every_form_of_apostrophe_and_case_counts_alike() -> None:
    plain = features("We haven't had 3 million JOBS.")
    curly = features("We haven’t had 3 million JOBS.")
    assert plain.values == curly.values


def test_known_entities_stand_in_for_capitals() -> None:
    text = "Then: the lowlands of oman were flooded."
    start = text.index("the")
    oman = Entity(text.index("oman"), text.index("oman") + 4, "GPE")
    six = Entity(text.index("oman"), text.index("oman") + 4, "CARDINAL")
    assert features(text[start:], [oman], start).evidence["named"] == "oman"
    assert "named" not in features(text[start:], [six], start).values
    assert "named" not in features("She met Ada Lovelace.", []).values


@pytest.mark.parametrize("group", GROUP_FEATURES)
def test_every_phrase_of_the_lexicon_can_be_found(group: str) -> None:
    missed = [
        phrase
        for phrase in phrases_of(group)
        if group not in features("so " + phrase.replace(" '", "'") + " x").values
    ]
    assert not missed


def test_no_weight_is_for_a_feature_that_is_not_computed() -> None:
    assert set(WEIGHTS) <= set(FEATURES)
    assert set(GROUP_FEATURES) <= set(GROUPS)
    assert len(set(FEATURES)) == len(GROUP_FEATURES) + len(MEANINGS)


@given(st.text(max_size=300))
def test_any_text_has_features(text: str) -> None:
    found = features(text)
    assert set(found.values) <= set(FEATURES)
    assert all(value >= 0 for value in found.values.values())
    assert found == features(text)
    assert len(found.vector()) == len(FEATURES)
    plain = text.replace("’", "'")
    for start, word in zip(found.tokens.starts, found.tokens.words, strict=True):
        assert plain[start : start + len(word)] == word
