"""Re-anchoring after random edits: how many spans are placed right, and is any wrong in silence?

    python -m benchmarks.reanchor [--cases 10000] [--seed 1] [--seeds 1] [--old-lost]
    python -m benchmarks.reanchor --articles sample_data/articles/* [--old-lost]
    python -m benchmarks.reanchor --large

An article is made up with much that repeats: carrier phrases, whole sentences, slots. Every code
point keeps its old offset through the edits, so where a span stands afterwards is known for
certain. A span has survived when all its letters are still there in order, as the same words, with
nothing new between them but white space; it is then to be at exactly that place, and one that is in
doubt has to have that place as the first that it offers. A span that has not survived is wrong
wherever it is put without doubt, an identical sentence elsewhere included: those are counted as
wrong in silence, and once more as twins.

``--old-lost`` takes the older text away, so that only quotes and contexts are left. ``--large``
measures a text of 10 MB with 50,000 spans, in seconds of the processor.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.reanchor import perhaps, reanchor
from annotator.text.folding import fold
from annotator.text.pieces import repeated_share
from annotator.text.quotes import context

WANTED = 0.995
"""Share of the spans that survived which must be placed right."""
_WHO = ("The mayor", "A spokesman", "Dr. Halvorsen", "The café owner", "Zoë Brandt", "The council")
_SAID = ("said on Tuesday that", "told reporters that", "denied that", "wrote that")
_WHAT = ("the bridge", "the “old” ferry", "the harbour wall", "the naïve plan", "the 🚢 museum")
_DID = ("cost [XX] crowns", "opened in 1908", "was closed - again", "had no permit", "sank twice")
_TAIL = ("", " before noon", ", a ship's length from the pier", " for the third time")

Piece = tuple[str, int]
"""What stands in the text now, and the old offset that it stands for; -1 for what is new."""


class Case(NamedTuple):
    """A text, the spans in it, and the same text after edits.

    Attributes:
        old, new: the two texts.
        spans: by id.
        places: where each span stands in the new text; None for one that did not survive.
        edits: names of the edits.
    """

    old: str
    new: str
    spans: dict[str, Span]
    places: dict[str, tuple[int, int] | None]
    edits: tuple[str, ...]


def make_case(rng: random.Random, articles: Sequence[str] = ()) -> Case:
    """Return a random case, of one of the articles if there are any, else of one made up."""
    old = rng.choice(articles) if articles else _article(rng)
    spans = _spans(rng, old)
    pieces: list[Piece] = [(char, offset) for offset, char in enumerate(old)]
    edits = tuple(rng.choices(tuple(EDITS), k=rng.randint(1, 5)))
    for name in edits:
        pieces = EDITS[name](rng, pieces)
    new = "".join(text for text, _ in pieces)
    return Case(old, new, spans, _places(pieces, spans), edits)


def judge(case: Case, *, old_known: bool = True) -> Counter[str]:
    """Return how many spans came out how.

    Keys are ``certain``, ``doubtful`` or ``orphan``, and ``right``, ``wrong`` or ``gone``: for one
    that did not survive, which is an error only where the place is called certain.
    """
    reference = DocumentRef("x.txt", text_sha256(case.old), len(case.old))
    ours = AnnotationSet(reference, "mira", "claims/1", spans=case.spans.values())
    found = reanchor(ours, case.new, case.old if old_known else None)
    ours.apply(found.ops)
    unsure = set(found.unsure)
    counts: Counter[str] = Counter()
    for name, place in case.places.items():
        now = ours.spans.get(name)
        how = "certain" if now is not None else "doubtful" if name in unsure else "orphan"
        if how == "doubtful":
            now = perhaps(ours.orphans[name], case.new)[0]
        if place is None:
            verdict = "wrong" if how == "certain" else "gone"
        else:
            verdict = "right" if now is not None and now.range == place else "wrong"
        if (how, verdict) == ("certain", "wrong") and _is_twin(case, name):
            verdict = "twin"
        counts[f"{how} {verdict}"] += 1
    return counts


def _is_twin(case: Case, name: str) -> bool:
    """Say whether the new text has a span's words in all of their stored context."""
    span = case.spans[name]
    return fold(f"{span.prefix}{span.quote}{span.suffix}").text in fold(case.new).text


def wrong_in_silence(counts: Counter[str]) -> int:
    """Return how many spans were called certain and stand at a wrong place, twins included."""
    return counts["certain wrong"] + counts["certain twin"]


def share_right(counts: Counter[str]) -> float:
    """Return the share of surviving spans that stand at their place."""
    right = counts["certain right"] + counts["doubtful right"]
    lost = (
        counts["certain twin"]
        + counts["orphan wrong"]
        + counts["doubtful wrong"]
        + counts["certain wrong"]
    )
    return right / (right + lost) if right + lost else 1.0


def _sentence(rng: random.Random) -> str:
    words = rng.choice(_WHO), rng.choice(_SAID), rng.choice(_WHAT), rng.choice(_DID)
    number = f" {rng.randint(2, 99)} people saw it." if rng.random() < 0.3 else ""
    return f"{' '.join(words)}{rng.choice(_TAIL)}.{number}"


def _article(rng: random.Random) -> str:
    paragraphs = [
        " ".join(_sentence(rng) for _ in range(rng.randint(1, 5))) for _ in range(rng.randint(3, 9))
    ]
    text = rng.choice(("\n\n", "\n", "\r\n\r\n")).join(paragraphs)
    return unicodedata.normalize("NFD", text) if rng.random() < 0.2 else text


def _spans(rng: random.Random, text: str) -> dict[str, Span]:
    words = [at for at, char in enumerate(text) if at == 0 or text[at - 1].isspace()]
    words = [at for at in words if not text[at].isspace()]
    found: dict[str, Span] = {}
    for number in range(rng.randint(1, 8)):
        first = rng.randrange(len(words))
        last = min(len(words) - 1, first + rng.choice((0, 1, 3, 8, 20)))
        start = words[first]
        end = len(text[: words[last + 1]].rstrip()) if last + 1 < len(words) else len(text.rstrip())
        prefix, suffix = context(text, start, end)
        found[f"s{number}"] = Span(
            id=f"s{number}", label="claim", start=start, end=end, quote=text[start:end],
            prefix=prefix, suffix=suffix,
        )  # fmt: skip
    return found


def _places(pieces: list[Piece], spans: dict[str, Span]) -> dict[str, tuple[int, int] | None]:
    index_of = {old: place for place, (_, old) in enumerate(pieces) if old >= 0}
    offsets = [0]
    for text, _ in pieces:
        offsets.append(offsets[-1] + len(text))
    found: dict[str, tuple[int, int] | None] = {}
    for name, span in spans.items():
        quote = range(span.start, span.end)
        there = [index_of[old] for old in quote if old in index_of]
        needed = [index_of.get(o, -1) for o in quote if not span.quote[o - span.start].isspace()]
        alive = min(needed) >= 0 and needed == sorted(needed)
        if alive:
            inside = pieces[needed[0] : needed[-1] + 1]
            alive = all(old in quote or not text.strip() for text, old in inside)
            words = "".join(text for text, _ in inside).split()
            alive = alive and len(words) == len(span.quote.split())
        places = there if alive else []
        found[name] = (offsets[places[0]], offsets[places[-1] + 1]) if places else None
    return found


def _cut(rng: random.Random, pieces: list[Piece], longest: int) -> tuple[int, int]:
    start = rng.randrange(max(1, len(pieces)))
    return start, min(len(pieces), start + rng.randint(1, longest))


def _insert(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    at = rng.randint(0, len(pieces))
    text = rng.choice((f"{_sentence(rng)} ", "new ", f"{_sentence(rng)}\n\n{_sentence(rng)} "))
    return [*pieces[:at], *((char, -1) for char in text), *pieces[at:]]


def _delete(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    start, end = _cut(rng, pieces, rng.choice((3, 30, 200)))
    return pieces[:start] + pieces[end:]


def _change(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    start, end = _cut(rng, pieces, 12)
    return [*pieces[:start], *((char, -1) for char in rng.choice(_WHAT)), *pieces[end:]]


def _move(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        paragraphs[-1].append(piece)
        if piece[0].endswith("\n"):
            paragraphs.append([])
    moved = paragraphs.pop(rng.randrange(len(paragraphs)))
    paragraphs.insert(rng.randint(0, len(paragraphs)), moved)
    return [piece for paragraph in paragraphs for piece in paragraph]


def _spaces(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    share = rng.choice((0.02, 0.2, 1.0))
    other = ("  ", "\n", "\u00a0", "\t")
    return [
        (rng.choice(other), old) if text == " " and rng.random() < share else (text, old)
        for text, old in pieces
    ]


def _compose(rng: random.Random, pieces: list[Piece]) -> list[Piece]:
    if rng.random() < 0.5:
        return [(unicodedata.normalize("NFD", text), old) for text, old in pieces]
    found: list[Piece] = []
    for text, old in pieces:
        whole = unicodedata.normalize("NFC", found[-1][0] + text) if found and text else ""
        if len(text) == 1 and unicodedata.combining(text) and len(whole) == 1:
            found[-1] = (whole, found[-1][1])
            found.append(("", old))
        else:
            found.append((text, old))
    return found


def _typography(_: random.Random, pieces: list[Piece]) -> list[Piece]:
    plain = {"“": '"', "”": '"', "'": "’", "-": "–"}
    return [(plain.get(text, text), old) for text, old in pieces]


EDITS = {
    "insert": _insert,
    "delete": _delete,
    "change": _change,
    "move": _move,
    "spaces": _spaces,
    "compose": _compose,
    "typography": _typography,
}
"""By name; each takes and returns pieces."""


def time_large(size: int = 10_000_000, count: int = 50_000) -> None:
    """Print how long a large text takes after few and after many edits, and the memory."""
    rng = random.Random(5)
    vocabulary = [
        "".join(rng.choices("bcdfglmnprstaeiouyé", k=rng.randint(2, 8))) for _ in range(4000)
    ]
    paragraphs: list[str] = []
    length = 0
    while length < size:
        sentences = [
            _sentence(rng) if rng.random() < 0.2 else " ".join(rng.choices(vocabulary, k=12)) + "."
            for _ in range(rng.randint(1, 6))
        ]
        paragraphs.append(" ".join(sentences) + "\n\n")
        length += len(paragraphs[-1])
    old = "".join(paragraphs)
    starts = sorted(rng.sample(range(len(old) - 200), count))
    spans = []
    for number, start in enumerate(starts):
        end = start + rng.randint(4, 120)
        quote = old[start:end]
        start, end = end - len(quote.lstrip()), start + len(quote.rstrip())
        prefix, suffix = context(old, start, end)
        spans.append(
            Span(
                id=f"s{number}", label="claim", start=start, end=end, quote=old[start:end],
                prefix=prefix, suffix=suffix,
            )
        )  # fmt: skip
    few = ["New. ", *paragraphs[: len(paragraphs) // 2], *paragraphs[len(paragraphs) // 2 + 1 :]]
    few.insert(len(few) // 3, few.pop(len(few) - 10))
    many = [
        text.replace("a", "o", 1) if rng.random() < 0.2 else text
        for text in paragraphs
        if rng.random() > 0.02
    ]
    print("| 10 MB, 50,000 spans | older text | seconds | certain | doubtful | orphans | peak |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for name, pieces in (("3 edits", few), ("20 % of paragraphs changed", many)):
        for known in (True, False):
            ours = AnnotationSet(DocumentRef("x", "", len(old)), "mira", "claims/1", spans=spans)
            begun = time.process_time()
            found = reanchor(ours, "".join(pieces), old if known else None)
            seconds = time.process_time() - begun
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            lost, doubtful = len(found.orphaned), len(found.unsure)
            print(
                f"| {name} | {'known' if known else 'lost'} | {seconds:.1f} "
                f"| {count - lost - doubtful:,} | {doubtful:,} | {lost:,} | {peak:,} MB |"
            )


def main() -> int:
    """Print the table; return 1 where the promise is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10_000, help="of each seed")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds")
    parser.add_argument("--large", action="store_true", help="time a text of 10 MB")
    parser.add_argument(
        "--old-lost", action="store_true", help="only the sets are left of the old texts"
    )
    parser.add_argument(
        "--articles", nargs="+", type=Path, default=[], metavar="FILE", help="edit these texts"
    )
    arguments = parser.parse_args()
    articles = [path.read_bytes().decode("utf-8") for path in arguments.articles]
    if articles:
        most = max(repeated_share(fold(text).text) for text in articles)
        print(f"{len(articles)} articles, of which at most {most:.1%} stands there twice\n")
    if arguments.large:
        time_large()
        return 0
    total: Counter[str] = Counter()
    by_edit: dict[str, Counter[str]] = {name: Counter() for name in EDITS}
    begun = time.perf_counter()
    for seed in range(arguments.seed, arguments.seed + arguments.seeds):
        for number in range(arguments.cases):
            case = make_case(random.Random(f"{seed}/{number}"), articles)
            counts = judge(case, old_known=not arguments.old_lost)
            total += counts
            for name in set(case.edits):
                by_edit[name] += counts
            if wrong_in_silence(counts):
                print(f"wrong in silence: case {seed}/{number}", file=sys.stderr)
    seconds = time.perf_counter() - begun
    cases = arguments.cases * arguments.seeds
    print(f"{cases:,} cases, {total.total():,} spans, {seconds:.0f} s\n")
    print("| cases with | spans | right | of them certain | wrong in silence | of these twins |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, counts in {"any edit": total, **by_edit}.items():
        right = counts["certain right"] + counts["doubtful right"]
        sure = counts["certain right"] / right if right else 0.0
        print(
            f"| {name} | {counts.total():,} | {share_right(counts):.2%} | {sure:.1%} "
            f"| {wrong_in_silence(counts)} | {counts['certain twin']} |"
        )
    print(f"\n{', '.join(f'{name}: {count:,}' for name, count in sorted(total.items()))}")
    return int(wrong_in_silence(total) > 0 or share_right(total) < WANTED)


if __name__ == "__main__":
    sys.exit(main())
