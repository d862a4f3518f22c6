"""Deterministic synthetic articles with annotations, to measure with.

Every sentence is put together from the word lists below, so nothing has to be downloaded and the
same seed gives the same bytes. Run as a script it writes every case into a folder:

    python -m benchmarks.documents FOLDER
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.yaml_emitter import dump_set

MARKER = "markerword"
"""A word of the first line of every article, by which a benchmark knows that it is painted."""
ANNOTATOR = "bench"
SCHEME = "claims-and-placeholders"
CREATED = "2026-11-02T08:00:00Z"
CONTEXT = 32

NAMES = (
    "Ottilie Brandt", "Marek Solano", "Dr. Ines Okonjo", "Captain Ruud Haverly",
    "Professor Lindqvist", "the harbour master", "the regional council", "Norrish Lines",
    "the University of Varnholm",
)  # fmt: skip
ACTS = (
    "announced", "denied", "confirmed", "postponed", "measured", "repaired", "published",
    "inspected", "criticised", "approved", "counted", "withdrew", "financed",
)  # fmt: skip
THINGS = (
    "the new timetable", "a report of 84 pages", "12 wind turbines", "the north pier",
    "an inquiry into the leak", "the price of a season ticket", "two of the three boilers",
    "plans for a second tunnel", "the results of the vote", "a loan of 4.5 million crowns",
    "the [insert number] missing files", "the {{product_name}} licence",
)  # fmt: skip
TIMES = (
    "on Monday", "at 10:40 a.m. (09:40 GMT)", "last winter", "in March 2024",
    "before the summer recess", "for the first time since 1998", "a few hours later",
    "on [day of week]",
)  # fmt: skip
ENDS = (
    "although nobody had asked for it", "which surprised even its critics",
    "according to two officials", "and the rest will follow next year",
    "while the opposition stayed away", "despite heavy rain",
)  # fmt: skip
ACCENTS = (
    "“C’est décidé”, said Zoë Łukasiewicz",
    "the café on Straße des Übergangs reopened",
    "Αθήνα and Москва replied",
    "悉尼市 and 東京 sent observers",
    "the hashtag #spring🌱 was used 4,000 times — a record",
)
CJK = (
    "市政府昨天宣布了新的时间表",
    "港口管理局否认了这一说法",
    "天文台测量到的降雨量为三十一毫米",
    "来自东京的专家检查了北码头",
    "反对派没有参加会议",
    "修理费用约为四百五十万克朗",
    "他们计划在明年春天开始施工",
    "记者没有得到［待补充］的回答",
)
STOPS = re.compile(r"\.\s+|。\s*")
"""Ends of sentences, near enough."""


@dataclass(frozen=True, slots=True)
class Case:
    """One article to measure with.

    Attributes:
        name: also the name of its files.
        kind: ``plain`` ASCII, ``mixed`` scripts, ``cjk``, or ``line``: ASCII without a line end.
        size: length of the text in bytes of UTF-8, approximately.
        spans: how many annotations.
    """

    name: str
    kind: str
    size: int
    spans: int


SMALL = Case("small", "plain", 5_000, 50)
LARGE = Case("large", "plain", 10_000_000, 50_000)
MIXED = Case("mixed", "mixed", 10_000_000, 50_000)
CHINESE = Case("chinese", "cjk", 10_000_000, 50_000)
LINE = Case("line", "line", 10_000_000, 50_000)
CASES = (SMALL, LARGE, MIXED, CHINESE, LINE)


def english_sentence(draw: random.Random) -> str:
    """Return a sentence such as a news article might hold."""
    who, act, what = draw.choice(NAMES), draw.choice(ACTS), draw.choice(THINGS)
    parts = [who[0].upper() + who[1:], act, what]
    if draw.random() < 0.7:
        parts.append(draw.choice(TIMES))
    if draw.random() < 0.5:
        parts[-1] += ","
        parts.append(draw.choice(ENDS))
    return " ".join(parts) + ". "


def mixed_sentence(draw: random.Random) -> str:
    """Return an English sentence, every third one with words from elsewhere."""
    sentence = english_sentence(draw)
    if draw.random() < 1 / 3:
        sentence = sentence[:-2] + ", and " + draw.choice(ACCENTS) + ". "
    return sentence


def chinese_sentence(draw: random.Random) -> str:
    """Return one to three Chinese clauses."""
    return "，".join(draw.choice(CJK) for _ in range(draw.randint(1, 3))) + "。"


SENTENCES: dict[str, Callable[[random.Random], str]] = {
    "plain": english_sentence,
    "line": english_sentence,
    "mixed": mixed_sentence,
    "cjk": chinese_sentence,
}


def make_text(case: Case, seed: int = 1) -> str:
    """Return the article of a case.

    Paragraphs are drawn from a pool of some hundreds, which is fast and long enough that no two
    neighbouring screens are alike.
    """
    draw = random.Random(seed)
    sentence = SENTENCES[case.kind]
    between = " " if case.kind == "line" else "\n\n"
    pool = ["".join(sentence(draw) for _ in range(draw.randint(2, 7))).rstrip() for _ in range(400)]
    sizes = [len(paragraph.encode()) + len(between) for paragraph in pool]
    parts = [f"Bulletin {MARKER} of the {case.name} article"]
    size = len(parts[0])
    while size < case.size:
        number = draw.randrange(len(pool))
        parts.append(pool[number])
        size += sizes[number]
    return between.join(parts) + ("" if case.kind == "line" else "\n")


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return roughly the sentence around an offset, of 300 code points either side at most."""
    start, end = max(0, offset - 300), min(len(text), offset + 300)
    for stop in STOPS.finditer(text, start, end):
        if stop.end() > offset:
            return start, stop.start() + 1
        start = stop.end()
    return start, end


def make_spans(case: Case, text: str, seed: int = 2) -> Iterator[Span]:
    """Yield the annotations of a case: sentences as claims, words as placeholders, overlapping."""
    draw = random.Random(seed)
    reach = len(text) - 400
    for number in range(case.spans):
        here = draw.randrange(max(1, reach))
        if number % 2:
            start, end, label = here, here + draw.randrange(3, 30), "placeholder"
            attributes: dict[str, object] = {"kind": "slot"}
        else:
            start, end = sentence_at(text, here)
            label, attributes = "claim", {"worthiness": "check-worthy"}
        yield Span(
            id=f"s{number:x}",
            label=label,
            start=start,
            end=end,
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            attributes=attributes,
            created=CREATED,
            by=ANNOTATOR,
        )


def make_set(case: Case, text: str) -> AnnotationSet:
    """Return everything that the benchmark's annotator said about an article."""
    document = DocumentRef(f"articles/{case.name}.txt", text_sha256(text), len(text))
    return AnnotationSet(
        document, ANNOTATOR, f"{SCHEME}/1", status="in-progress", spans=make_spans(case, text)
    )


def write_case(case: Case, folder: Path) -> Path:
    """Write a project with the one article of a case and its annotations.

    Args:
        case: what to write.
        folder: where the project's own folder is made.

    Returns:
        The article's path.
    """
    root = folder / case.name
    article = root / "articles" / f"{case.name}.txt"
    annotations = root / "annotations" / ANNOTATOR / "articles" / f"{case.name}.txt.yaml"
    article.parent.mkdir(parents=True, exist_ok=True)
    annotations.parent.mkdir(parents=True, exist_ok=True)
    text = make_text(case)
    article.write_bytes(text.encode())
    annotations.write_bytes(dump_set(make_set(case, text)).encode())
    (root / "annotator.yaml").write_text(f"scheme: {SCHEME}\n", encoding="utf-8")
    return article


def main() -> None:
    """Write every case into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    for case in CASES:
        print(write_case(case, folder))


if __name__ == "__main__":
    main()
