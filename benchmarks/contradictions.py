"""What the contradiction hints and the answers to placeholders are worth, as Markdown tables.

``python -m benchmarks.contradictions`` counts on the cases of ``benchmarks/data``; with
``--jsonl FILE`` also on the records of a file (a text in ``response`` or ``text``), whose hints
``--show`` prints with record numbers so that a person can judge them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from annotator.suggest.answers.find import find_answers
from annotator.suggest.base import Suggestion, Text
from annotator.suggest.contradictions.suggester import find_hints
from annotator.suggest.facts.claims import may_claim

NUMBER = re.compile(r"(?<![\w.,:-])\d[\d,]*\b(?![.,:-]?\d|\s?(?:am|pm|a\.m|p\.m))")
DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((DATA / name).read_text("utf-8"))["case"]
    return found


def placeholders(case: dict[str, Any]) -> list[Suggestion]:
    """Return the case's slots wherever they stand."""
    slots = [re.escape(case[name]) for name in ("slot", "other_slot") if name in case]
    attributes = {"kind": case["kind"]} | ({"expects": case["expects"]} if case["expects"] else {})
    return [
        Suggestion(
            label="placeholder",
            start=found.start(),
            end=found.end(),
            score=1.0,
            rule="case",
            attributes=attributes,
        )
        for found in re.finditer("|".join(slots), case["text"])
    ]


def contradictions() -> None:
    print("| contradictions | of | found | missed | traps | false hints |")
    print("|---|---|---|---|---|---|")
    for what, name in (("written with the rules", "cases"), ("written after", "fresh")):
        found, missed, traps, false = count(f"contradiction_{name}.toml")
        print(f"| {what} | {found + missed} | {found} | {missed} | {traps} | {false} |")
    print()


def count(name: str) -> tuple[int, int, int, int]:
    """Return what is found and missed of a file, its traps, and the hints in these."""
    found = missed = false = traps = 0
    for case in cases(name):
        kinds = [hint.kind for hint in find_hints(Text(case["text"]))]
        if case["kind"]:
            right = kinds == [case["kind"]]
            found, missed = found + right, missed + (not right)
        else:
            traps, false = traps + 1, false + len(kinds)
    return found, missed, traps, false


def answers() -> None:
    right = wrong = silent = told = untold = 0
    for case in cases("answer_cases.toml"):
        text = case["text"]
        fills = [
            text[answer.fill_start : answer.fill_end]
            for answer in find_answers(Text(text), placeholders(case))
        ]
        told, untold = told + bool(case["fill"]), untold + (not case["fill"])
        right += bool(case["fill"]) and fills == [case["fill"]]
        silent += bool(case["fill"]) and not fills
        wrong += bool(fills) and fills != [case["fill"]]
    print("| slots answered by the text | found | missed | slots not answered | wrong answers |")
    print("|---|---|---|---|---|")
    print(f"| {told} | {right} | {silent} | {untold} | {wrong} |\n")


def records(path: Path, *, show: bool, join: int) -> None:
    lines = path.read_text("utf-8").splitlines()
    texts = [str(row.get("response") or row.get("text") or "") for row in map(json.loads, lines)]
    texts = ["\n\n".join(texts[at : at + join]) for at in range(0, len(texts), join)]
    words = sum(len(text.split()) for text in texts)
    rules: Counter[str] = Counter()
    split = spent = 0.0
    for number, content in enumerate(texts):
        text = Text(content)
        begin = time.process_time()
        _ = text.sentences
        middle = time.process_time()
        hints = find_hints(text)
        split, spent = split + middle - begin, spent + time.process_time() - middle
        for hint in hints:
            rules[hint.rule] += 1
            if show:
                print(f"{number}\t{hint.rule}\t{hint.score:.2f}\t{hint.reason!r}")
    print("| texts | words | hints | µs a word | of which sentences |")
    print("|---|---|---|---|---|")
    whole = (split + spent) / max(words, 1) * 1e6
    print(
        f"| {len(texts)} | {words} | {rules.total()} | {whole:.1f}"
        f" | {split / max(words, 1) * 1e6:.1f} |\n"
    )
    for rule, count in rules.most_common():
        print(f"- {rule}: {count}")


def changed_copies(path: Path, seed: int) -> None:
    """Repeat one sentence of each text at its end with another number, and count what is found."""
    chance = random.Random(seed)
    found = made = 0
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        text = str(row.get("response") or row.get("text") or "")
        places = [
            (start, end, number.span())
            for start, end in Text(text).sentences
            if may_claim(text, start, end)
            for number in NUMBER.finditer(text, start, end)
        ]
        if not places:
            continue
        start, end, (first, last) = chance.choice(places)
        value = int(text[first:last].replace(",", ""))
        other = value - 7 if 1900 <= value <= 2100 else value + max(3, value // 2)
        changed = text[start:first] + str(other) + text[last:end]
        hints = find_hints(Text(f"{text}\n\n{changed}"))
        made += 1
        found += any(hint.second.start >= len(text) for hint in hints)
    print("| sentences repeated with another number | found |")
    print("|---|---|")
    print(f"| {made} | {found} |\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jsonl", type=Path, help="texts to count hints in")
    parser.add_argument("--show", action="store_true", help="print each hint of that file")
    parser.add_argument("--join", type=int, default=1, help="so many records as one text")
    parser.add_argument("--change", type=int, metavar="SEED", help="repeat sentences, changed")
    options = parser.parse_args()
    contradictions()
    answers()
    if options.jsonl:
        records(options.jsonl, show=options.show, join=options.join)
        if options.change is not None:
            changed_copies(options.jsonl, options.change)


if __name__ == "__main__":
    main()
