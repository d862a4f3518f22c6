"""Texts that are hard to lay out, for the property tests of this folder."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

SNIPPETS = (
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\x1b[31m",
    "\x0b",
    "\x0c",
    "\x85",
    "\x9b",
    " ",
    "  ",
    "      ",
    "\u00a0",
    "\u3000",
    "\u2003",
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\ufeff",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u0301",
    "e\u0301",
    "\u034f",
    "\u20e3",
    "1\ufe0f\u20e3",
    "❤\ufe0f",
    "a\ufe0f",
    "\ufe0f",
    "\U000e0100",
    "\U000e0041",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\U0001f1fa\U0001f1f8",
    "\U0001f1fa",
    "👩\u200d🚀",
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "🏽",
    "🫶",
    "\U0001fae8",
    "悉尼市",
    "。",
    "「",
    "」",
    "（",
    "カナ",
    "ｶﾅ",
    "한국어",
    "\u1112\u1161\u11ab",
    "\u1161",
    "\u115f",
    "שלום",
    "\u05b0",
    "سلام",
    "می\u200cخواهم",
    "\u0600",
    "नमस्ते",
    "क\u094dष",
    "\u0e33",
    "\ue000",
    "\U0010ffff",
    "\ufdd0",
    "\ud800",
    "\udfff",
    "“quoted”",
    "—",
    "•",
    "ﬁ",
    "word",
    "[XX]",
    "a-very-long-word-without-any-white-space",
)


@pytest.fixture(scope="session")
def texts() -> st.SearchStrategy[str]:
    """Return texts of any code points, surrogates included, mixed with known trouble."""
    anything = st.text(st.characters(exclude_categories=()), max_size=4)
    plain = st.text("ab ", max_size=12)
    parts = st.one_of(st.sampled_from(SNIPPETS), plain, anything)
    return st.lists(parts, max_size=12).map("".join)
