"""The words of a sentence as claim features count them: contractions apart, numbers whole.

``don't`` is ``don`` and ``'t``, ``we've`` is ``we`` and ``'ve``, ``NASA's`` is ``NASA`` and
``'s``; ``$1.5``, ``42%``, ``1960s``, ``10:47``, ``U.S`` and ``a.m`` are one token each. The
phrases of the lexicon are cut by the same rules, so that both meet.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"[$€£¥]?\d+(?:[.,:/]\d+)*(?:\s?%|(?:st|nd|rd|th|s|k|m|bn|tn)\b)?"
    r"|'?[^\W\d_]+(?:\.[^\W\d_](?![^\W\d_]))*"
)
_CLITICS = frozenset({"'s", "'t", "'ve", "'re", "'ll", "'d", "'m", "'em"})


class Tokens(NamedTuple):
    """The tokens of one sentence, in three lists of one length.

    Attributes:
        words: as they stand, typographic apostrophes made plain.
        lower: in lower case.
        starts: where each begins, in code points from the start of the sentence.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]


def tokenize(sentence: str) -> Tokens:
    """Return the tokens of a sentence in time linear in its length."""
    words: list[str] = []
    starts: list[int] = []
    for found in TOKEN.finditer(sentence.replace("\u2019", "'")):
        word = found.group()
        start = found.start()
        if word[0] == "'" and word.lower() not in _CLITICS:
            word = word[1:]
            start += 1
        words.append(word)
        starts.append(start)
    return Tokens(words, [word.lower() for word in words], starts)
