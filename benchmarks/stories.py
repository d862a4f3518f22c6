"""What the placeholder rules find in fragments of stories in many genres, written for the project.

    python -m benchmarks.stories             # the table
    python -m benchmarks.stories --errors    # also what is false, missed or of another kind
    python -m benchmarks.stories --human FILE ...   # what is found in texts that people wrote

A file of ``--human`` holds a JSON object with a ``text`` in each line; nothing should be found.

``data/stories_dev*.toml`` is what the rules were mended on. ``data/stories_heldout.toml`` was
written after that, and they are not mended on it. A proposal is right if its bounds are exactly
those of the marked placeholder.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.errors import AnnotatorError
from annotator.suggest.base import Suggester, Suggestion, Text
from annotator.suggest.registry import load_suggester
from benchmarks.labels import read_jsonl
from benchmarks.scoring import Counts, Range, wilson
from benchmarks.tables import print_table

DATA = Path(__file__).parent / "data"
SETS = ("stories_dev", "stories_dev_2", "stories_dev_3", "stories_dev_4", "stories_heldout")
_MARK = re.compile(r"⟦([a-z-]+):(.*?)⟧", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Story:
    """A fragment with what is to be found in it.

    Attributes:
        genre: what kind of text it is.
        text: without the marks.
        placeholders: the kind of each placeholder by its range in code points.
    """

    genre: str
    text: str
    placeholders: dict[Range, str]


def read_stories(path: Path) -> list[Story]:
    """Return the stories of a file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_story(each["genre"], each["text"]) for each in data["story"]]


def _story(genre: str, marked: str) -> Story:
    parts: list[str] = []
    placeholders: dict[Range, str] = {}
    done = length = 0
    for found in _MARK.finditer(marked):
        parts += [marked[done : found.start()], found.group(2)]
        length += found.start() - done
        placeholders[length, length + len(found.group(2))] = found.group(1)
        length += len(found.group(2))
        done = found.end()
    return Story(genre, "".join([*parts, marked[done:]]), placeholders)


def found_in(story: Story, suggester: Suggester) -> dict[Range, Suggestion]:
    """Return what a suggester proposes in a story, by range."""
    return {(span.start, span.end): span for span in suggester.suggest(Text(story.text)).spans}


def count(story: Story, found: dict[Range, Suggestion]) -> tuple[Counts, int]:
    """Return the counts by exact bounds, and how many of the right ones have the right kind."""
    right = found.keys() & story.placeholders.keys()
    kinds = sum(found[each].attributes.get("kind") == story.placeholders[each] for each in right)
    return Counts.of(len(right), len(found), len(story.placeholders)), kinds


def errors(story: Story, found: dict[Range, Suggestion]) -> Iterator[str]:
    """Yield a line for each false, missed or otherwise named span."""
    for (start, end), kind in story.placeholders.items():
        span = found.get((start, end))
        if span is None:
            yield f"{story.genre}: missed {kind}: {story.text[start:end]!r}"
        elif span.attributes.get("kind") != kind:
            yield (
                f"{story.genre}: {kind} is called {span.attributes.get('kind')} by {span.rule}:"
                f" {story.text[start:end]!r}"
            )
    for (start, end), span in found.items():
        if (start, end) not in story.placeholders:
            yield f"{story.genre}: false {span.rule}: {story.text[start:end]!r}"


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / whole:.2f} ({low:.2f}–{high:.2f})" if whole else "-"


def print_human(paths: Sequence[Path], suggester: Suggester) -> None:
    """Print how many texts of JSON lines there are, and what is found in them."""
    texts = [str(record.get("text", "")) for path in paths for record in read_jsonl(path)]
    hits = [
        f"{span.rule}: {text[max(0, span.start - 40) : span.end + 40]!r}"
        for text in texts
        for span in suggester.suggest(Text(text)).spans
    ]
    print(f"{len(texts):,} texts, {sum(map(len, texts)):,} code points: {len(hits)} found")
    print("\n".join(hits))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or what is found in human texts; return 0, or 2 without these."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="print what is false or missed")
    parser.add_argument("--human", nargs="+", type=Path, metavar="FILE", help="JSON lines")
    options = parser.parse_args(arguments)
    suggester = load_suggester("placeholders")
    if options.human:
        try:
            print_human(options.human, suggester)
        except AnnotatorError as error:
            print(f"stories: {error}", file=sys.stderr)
            return 2
        return 0
    rows = []
    lines: list[str] = []
    for name in SETS:
        stories = read_stories(DATA / f"{name}.toml")
        whole, kinds = Counts(), 0
        for story in stories:
            found = found_in(story, suggester)
            counts, right_kinds = count(story, found)
            whole, kinds = whole + counts, kinds + right_kinds
            lines += [f"{name}, {line}" for line in errors(story, found)]
        precision = _share(whole.true, whole.true + whole.false)
        recall = _share(whole.true, whole.true + whole.missed)
        numbers = (str(len(stories)), str(whole.true), str(whole.false), str(whole.missed))
        rows.append([name, *numbers, precision, recall, _share(kinds, whole.true)])
    print_table(
        ("set", "stories", "true", "false", "missed", "precision", "recall", "right kind"), rows
    )
    if options.errors:
        print("\n".join(["", *lines]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
