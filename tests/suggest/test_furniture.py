"""Page furniture: all of it at the end of a page, never a heading or a paragraph."""

from __future__ import annotations

import pytest

from annotator.suggest.base import Text
from annotator.suggest.furniture import FurnitureSuggester

SUGGESTER = FurnitureSuggester()
TOP = """\
River logo

The old bridge opens again

A town waits for its first train in years.

By annastonePublished 3 weeks ago 2 min read

The bridge at Stone opened on Monday. Its first train left at noon.

What Comes Next?

More trains are to follow in May. The town hopes for tourists.

A Bridge for All: Stone

Comments by the mayor were few. "Follow me on foot," he said, "and share the view."
"""
END = """\
RiversTravelTownsshort storyHistoryPeople

About the Creator

annastone

Reader insights

Be the first to share your insights about this piece.

How does it work?

Comments

There are no comments for this story

Sign in to comment

    Find us on social media

    Miscellaneous links

    • Explore
    • Contact
    • Privacy Policy
    • Terms of Use

    © 2026 Stone, Inc. All Rights Reserved.
"""


def covered(text: str) -> list[str]:
    return [text[span.start : span.end] for span in SUGGESTER.suggest(Text(text)).spans]


def test_a_whole_page() -> None:
    text = TOP + "\n" + END
    found = covered(text)
    assert found[:2] == ["River logo", "By annastonePublished 3 weeks ago 2 min read"]
    # From the tags on all is furniture: one thing to decide.
    assert found[2:] == [END.strip()]


def test_carriage_returns_change_nothing() -> None:
    text = (TOP + "\n" + END).replace("\n", "\r\n")
    assert len(covered(text)) == len(covered(TOP + "\n" + END))


@pytest.mark.parametrize(
    "line",
    [
        "What Comes Next?",
        "By the Numbers",
        "By Any Means",
        "Shared History",
        "A Comment on Trade",
        "The New Logo",
        "About the Town",
        "The Author and the Sea",
        "Related Costs Rise",
        "Copyright and the Courts",
        "Cookies for Everyone",
        "Follow the Money",
        "Read the Room",
        "Photo Finish in the Final",
        "Trending Down: Prices Fall",
        "Support for the Plan Grows",
        "Contact Sports on the Rise",
        "Published in Stone",
        "Advertising Goes Local",
        "iPhone, eBay and McDonald",
    ],
)
def test_headings_are_no_furniture(line: str) -> None:
    assert covered(f"{line}\n\nIt rained in Stone. The river rose by a meter.\n") == []


def test_a_tail_ends_where_the_article_goes_on() -> None:
    more = (
        "The town is old, and the river that runs through it has more than one bridge to cross it."
    )
    text = f"It rained.\n\nLeave a comment\n\nA New Bridge\n\n{more}\n"
    assert covered(text) == ["Leave a comment"]


def test_what_a_person_says_is_no_furniture() -> None:
    assert covered('"Sign up for our newsletter," she said.\n') == []
    assert covered("He told her to read more books, and to subscribe to the paper.\n") == []
