"""What a typed filter leaves of a list."""

from __future__ import annotations

from annotator.tui.filtering import matches, ranked, words_of


def test_all_words_must_occur_whatever_their_case() -> None:
    assert matches("Move to the next Word", words_of("WORD next"))
    assert not matches("Move to the next word", words_of("word previous"))
    assert matches("anything", words_of("  "))


def test_the_best_comes_first_and_equal_ones_keep_their_order() -> None:
    entries = ["Undo the last edit", "Redo the edit undone", "Split the span", "Edit a note"]
    assert ranked(entries, "edit", str) == [
        "Edit a note",
        "Undo the last edit",
        "Redo the edit undone",
    ]


def test_scattered_letters_count_only_when_nothing_else_fits() -> None:
    entries = ["Split the span", "Set the pattern"]
    assert ranked(entries, "sp", str) == ["Split the span"]
    assert ranked(entries, "sts", str) == ["Split the span"]
    assert ranked(entries, "zz", str) == []
