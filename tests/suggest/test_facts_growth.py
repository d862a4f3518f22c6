"""Worst cases up to 1 MB: 16 times the text takes about 16 times as long, never 256 times."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support import growth

from annotator.suggest.answers import find
from annotator.suggest.answers.find import find_answers
from annotator.suggest.base import Suggestion, Text
from annotator.suggest.contradictions.suggester import find_hints
from annotator.suggest.facts import article, claims, names, numbers, times, tokens

SMALL = 62_500

MODULES = (find, article, claims, names, numbers, times, tokens)
PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": found
    for module in MODULES
    for name, found in vars(module).items()
    if isinstance(found, re.Pattern)
}
PIECES = ("a.", "1,1", "9:59", "9 a", "a-a", "'s", "? )", "MS-1", "_", " \t", "IXV", "1.1:", "“*)")


ANCHORED = {"claims._CHATTER", "claims._NO_PROSE"}
"""Patterns that are only asked about the start of a sentence."""


def assert_grows_in_line(work: Callable[[str], object], piece: str, shrink: int = 1) -> None:
    growth.assert_grows_in_line(work, lambda size: piece * (size // len(piece)), SMALL // shrink)


def test_the_patterns_are_all_here() -> None:
    assert len(PATTERNS) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_backtracks_badly(name: str) -> None:
    pattern = PATTERNS[name]

    def work(text: str) -> None:
        pattern.match(text)
        for _ in () if name in ANCHORED else pattern.finditer(text):
            pass

    for piece in PIECES:
        assert_grows_in_line(work, piece)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "the blast, ",
        "[insert time ",
        "Ana Duarte ",
        "The Orel PT-12 capsule took off at 9:15 a.m. with 12 people. ",
        "A blast killed 12 people. The blast killed 15 people.\n\n",
        "The ship launched carrying two crew members:\n\n- Ana Duarte\n- Piotr Wilk\n\n",
    ],
)
def test_the_suggester_grows_with_the_text(piece: str) -> None:
    shrink = 4 if "." in piece or "\n" in piece else 1
    assert_grows_in_line(lambda text: find_hints(Text(text)), piece, shrink)


@pytest.mark.slow
def test_answers_grow_with_text_and_placeholders() -> None:
    def work(text: str) -> None:
        slots = [
            Suggestion(
                label="placeholder",
                start=found.start(),
                end=found.end(),
                score=1.0,
                rule="test",
                attributes={"kind": "slot", "expects": "TIME"},
            )
            for found in re.finditer(r"\[time\]", text)
        ]
        find_answers(Text(text), slots)

    assert_grows_in_line(
        work,
        "The capsule took off at [time].\n\nThe capsule took off at 9:15 a.m. in fog.\n\n",
        shrink=4,
    )
