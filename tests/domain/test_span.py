"""A span that reads its quote from the text is in no way different from one that keeps it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Excerpt, Span


@st.composite
def twins(draw: st.DrawFn) -> tuple[Span, Span]:
    """Return a span that keeps its strings, and one with the same in an excerpt."""
    text = draw(st.text(min_size=1, max_size=40))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    before, behind = draw(st.integers(0, start)), draw(st.integers(0, len(text) - end))
    kept = Span(
        id="s1",
        label="claim",
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[start - before : start],
        suffix=text[end : end + behind],
        note="seen",
    )
    lean = object.__new__(Span)
    for name in (field.name for field in fields(Span)):
        if name not in ("quote", "prefix", "suffix"):
            object.__setattr__(lean, name, getattr(kept, name))
    object.__setattr__(lean, "excerpt", Excerpt(text, before, behind))
    return kept, lean


@given(twins())
def test_an_excerpt_says_what_the_strings_say(both: tuple[Span, Span]) -> None:
    kept, lean = both
    assert (lean.quote, lean.prefix, lean.suffix) == (kept.quote, kept.prefix, kept.suffix)
    assert lean == kept
    assert repr(lean) == repr(kept)
    assert copy.deepcopy(lean) == kept
    assert pickle.loads(pickle.dumps(lean)) == kept


@given(twins())
def test_a_changed_copy_keeps_what_was_quoted(both: tuple[Span, Span]) -> None:
    kept, lean = both
    assert replace(lean, label="other") == replace(kept, label="other")
    moved = replace(lean, start=lean.start + 1, end=lean.end + 1)
    assert (moved.quote, moved.prefix, moved.suffix) == (kept.quote, kept.prefix, kept.suffix)


def test_any_other_attribute_is_missing() -> None:
    span = Span(id="s1", label="claim", start=0, end=1)
    with pytest.raises(AttributeError, match="'Span' object has no attribute 'qoute'"):
        span.qoute  # type: ignore[attr-defined]  # noqa: B018 - that it fails is the point
