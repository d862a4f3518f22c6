"""The placeholder suggester as others meet it: attributes, answers, overlaps, rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.suggest.answers.suggester import MOST, AnsweredPlaceholders
from annotator.suggest.base import Suggester, Text
from annotator.suggest.expects import infer
from annotator.suggest.furniture import FurnitureSuggester
from annotator.suggest.placeholders import PlaceholderSuggester
from annotator.suggest.registry import load_suggester

MINE = """\
format: annotator-rules/1
label: placeholder
rules:
- {id: mine, kind: marker, pattern: QQQ, case: exact, literals: [qqq], score: 0.9}
- {id: other, label: claim, pattern: QQQ, literals: [qqq], score: 0.9}
"""


@pytest.mark.parametrize("name", ["placeholders", "furniture"])
def test_it_is_a_suggester_by_its_name(name: str) -> None:
    suggester = load_suggester(name)
    assert isinstance(suggester, Suggester)
    assert suggester.name == name
    assert suggester.suggest(Text("")).spans == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At [insert launch time], it rose.", "TIME"),
        ("It joins Expedition [XX] now.", "CARDINAL"),
        ("I work for [Company].", "ORG"),
        ("I work for [Company Name].", "ORG"),
        ("She lives in [City].", "GPE"),
        ("Dear [Your Name],", "PERSON"),
        ("It cost [$XX] then.", "MONEY"),
        ("It rose [XX%] then.", "PERCENT"),
        ("It rose [XX] percent then.", "PERCENT"),
        ("It takes [XX] minutes.", "TIME"),
        ("It takes [XX] days.", "DATE"),
        ("It opened on [date].", "DATE"),
        ("It opened on [TBD].", "DATE"),
        ("It began at [TBD].", "TIME"),
        ("See [website link] for it.", "URL"),
        ("[Insert quote]", "QUOTE"),
        ("It is known for [insert something].", "TEXT"),
        ("They gave [insert amount] to it.", "MONEY"),
        ("It docks after a [two-day/or fast-track six-hour] trip.", "DATE"),
        ("Mix [amount] of flour.", "QUANTITY"),
        ("They saw [insert amount of rain] fall.", "QUANTITY"),
        ("The [cost] rose.", "MONEY"),
        ("The [budget] rose.", "MONEY"),
        ("A [fee] is due.", "MONEY"),
        ("A [fine] is due.", "MONEY"),
        ("The hotel asks [hotel price] now.", "MONEY"),
        ("It is due on [loan date] now.", "DATE"),
        ("It was $[X.X] million.", "MONEY"),
        ("It fell by [XX] cents.", "MONEY"),
        ("It rose by [percentage] then.", "PERCENT"),
        ("The [interest rate] rose.", "PERCENT"),
        ("It began on [day of week] then.", "DATE"),
        ("It ships in [quarter] then.", "DATE"),
        ("It lasts [battery life] then.", "TIME"),
        ("They asked [number of people] then.", "CARDINAL"),
        ("They asked [sample size] people.", "CARDINAL"),
        ("It is [square footage] large.", "QUANTITY"),
        ("The [university] said so.", "ORG"),
        ("The [law firm] said so.", "ORG"),
        ("A link: [source needed]", "URL"),
        ("The subject is [topic] now.", "TEXT"),
        ("It is payable on [●] 2026.", "DATE"),
        ("He works as [job title] now.", "TEXT"),
    ],
)
def test_what_should_stand_there(text: str, expected: str) -> None:
    assert infer(text, text.index("["), text.index("]") + 1) == expected


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("{{ appt.date }}", "DATE"),
        ("%TIME%", "TIME"),
        ("${tracking_url}", "URL"),
        ("#ORDER_ID#", "CARDINAL"),
        ("Xth", "ORDINAL"),
        ("TK", "CARDINAL"),
    ],
)
def test_what_should_stand_for_a_variable_or_a_bare_sign(slot: str, expected: str) -> None:
    text = f"Dear [Name], they added {slot} underpasses."
    if not slot[0].isalpha():
        text = f"Dear [Name], your {slot} is here."
    spans = PlaceholderSuggester().suggest(Text(text)).spans
    assert [span.attributes["expects"] for span in spans] == ["PERSON", expected]


def test_a_form_is_not_asked_for_answers() -> None:
    article = "The bridge at Stone was opened at 9:15 a.m. on Monday.\n\nIt was cold.\n\n"
    slot = "At [insert exact opening time], the bridge at Stone was opened.\n\n"
    suggester = AnsweredPlaceholders(PlaceholderSuggester(), ["placeholder"])
    filled = ["fill" in span.attributes for span in suggester.suggest(Text(article + slot)).spans]
    assert filled == [True]
    form = suggester.suggest(Text(article + slot + "[Name] " * MOST)).spans
    assert len(form) == MOST + 1
    assert not any("fill" in span.attributes for span in form)


def test_of_nested_slots_the_outer_one_is_proposed_and_chatter_may_hold_slots() -> None:
    spans = PlaceholderSuggester().suggest(Text("It is [insert name of [Company]] now.")).spans
    assert [span.rule for span in spans] == ["insert"]
    text = "If you need more help, let me know at [phone number] any time."
    kinds = [span.attributes["kind"] for span in PlaceholderSuggester().suggest(Text(text)).spans]
    assert kinds == ["offer", "slot"]


def test_rules_of_the_user_and_of_the_project_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Text("It is QQQ now.")
    assert PlaceholderSuggester().suggest(text).spans == ()
    project = tmp_path / "mine.yaml"
    project.write_text(MINE, encoding="utf-8")
    by_project = PlaceholderSuggester([project])
    assert [span.rule for span in by_project.suggest(text).spans] == ["mine"]
    assert by_project.version != PlaceholderSuggester().version
    folder = tmp_path / "config" / "rules"
    folder.mkdir(parents=True)
    (folder / "any.yaml").write_text(MINE.replace("QQQ", "ZZZ").replace("qqq", "zzz"))
    monkeypatch.setattr(
        "annotator.suggest.rules.files.user_config_dir", lambda: tmp_path / "config"
    )
    both = PlaceholderSuggester([project]).suggest(Text("It is ZZZ now."))
    # The project's rule of the same id goes before the user's.
    assert both.spans == ()
    assert [span.rule for span in PlaceholderSuggester().suggest(Text("A ZZZ.")).spans] == ["mine"]
    assert FurnitureSuggester().suggest(Text("A ZZZ.")).spans == ()
