"""How well a suggester finds slots and chatter, against the labels made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.suggest.base import Suggester, Suggestion, Text
from annotator.text.glyphs import visible
from benchmarks.labels import FAMILIES, Labelled, family
from benchmarks.scoring import Counts, match, wilson
from benchmarks.tables import MET, MISSED, UNCERTAIN, count_cells, print_table, share, verdict

PLACEHOLDER = "placeholder"
GOALS = {"slots": (0.95, 0.90), "chatter": (0.95, 0.85)}
"""Precision and recall that were promised."""
CONTEXT = 60
"""Code points that are shown on either side of a mistake."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A span that was proposed wrongly or missed."""

    record: int
    what: str
    kind: str
    rule: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """How one family of placeholders was found.

    Attributes:
        counts: with an overlap of at least a half.
        exact: with equal bounds.
        right_kinds: how many of the first have the right kind.
    """

    counts: Counts = Counts()  # noqa: RUF009 - it cannot be changed
    exact: Counts = Counts()  # noqa: RUF009
    right_kinds: int = 0

    def __add__(self, other: FamilyScore) -> FamilyScore:
        return FamilyScore(
            self.counts + other.counts,
            self.exact + other.exact,
            self.right_kinds + other.right_kinds,
        )


def kind_of(suggestion: Suggestion) -> str:
    """Return the kind of a proposed placeholder; one without a kind is a slot."""
    return str(suggestion.attributes.get("kind", "slot"))


def placeholders(suggester: Suggester, text: str) -> list[Suggestion]:
    """Return the placeholders that are proposed for a text."""
    proposed = suggester.suggest(Text(text)).spans
    return [suggestion for suggestion in proposed if suggestion.label == PLACEHOLDER]


def excerpt(text: str, start: int, end: int, context: int = CONTEXT) -> str:
    """Return a range in its context as one line that is safe to print."""
    before = text[max(0, start - context) : start]
    return visible(f"{before}⟦{text[start:end]}⟧{text[end : end + context]}")


def compare(
    name: str, text: Labelled, proposed: Sequence[Suggestion]
) -> tuple[FamilyScore, list[Mistake]]:
    """Compare what was proposed for one text with what a reader found, for one family."""
    found = [one for one in proposed if family(kind_of(one)) == name]
    gold = [span for span in text.spans if family(span[2]) == name]
    ranges = [(one.start, one.end) for one in found]
    wanted = [(start, end) for start, end, _ in gold]
    pairs = match(ranges, wanted)
    score = FamilyScore(
        Counts.of(len(pairs), len(found), len(gold)),
        Counts.of(len(match(ranges, wanted, least=1)), len(found), len(gold)),
        sum(kind_of(found[a]) == gold[b][2] for a, b in pairs.items()),
    )
    false = [
        Mistake(text.record, "false", kind_of(one), one.rule, excerpt(text.text, *ranges[number]))
        for number, one in enumerate(found)
        if number not in pairs
    ]
    missed = [
        Mistake(text.record, "missed", kind, "", excerpt(text.text, start, end))
        for number, (start, end, kind) in enumerate(gold)
        if number not in pairs.values()
    ]
    return score, false + missed


def family_verdict(counts: Counts, precision: float, recall: float) -> str:
    """Return the worse of the verdicts on precision and recall."""
    verdicts = [
        verdict(counts.precision, precision, wilson(counts.true, counts.true + counts.false)[0]),
        verdict(counts.recall, recall, wilson(counts.true, counts.true + counts.missed)[0]),
    ]
    return next((one for one in (MISSED, UNCERTAIN) if one in verdicts), MET)


def evaluate_spans(
    texts: Sequence[Labelled],
    suggester: Suggester,
    errors: bool,
    families: Iterable[str] = FAMILIES,
) -> bool:
    """Print how slots and chatter are found; return whether no promise is broken.

    Args:
        texts: what a reader found.
        suggester: what is measured.
        errors: whether to print each mistake.
        families: those that the reader looked for.
    """
    proposed = [placeholders(suggester, text.text) for text in texts]
    rows, mistakes = [], []
    for name in families:
        total = FamilyScore()
        for text, spans in zip(texts, proposed, strict=True):
            score, wrong = compare(name, text, spans)
            total += score
            mistakes += wrong
        kinds = share(total.right_kinds, total.counts.true)
        goal = " / ".join(f"{value:.2f}" for value in GOALS[name])
        met = family_verdict(total.counts, *GOALS[name])
        rows.append([name, *count_cells(total.counts), kinds, goal, met])
        rows.append([f"{name}, exact bounds", *count_cells(total.exact), "", "", ""])
    print(f"## Placeholders in {len(texts):,} answers: {suggester.name} {suggester.version}\n")
    headings = ("true", "false", "missed", "precision", "recall", "F1", "right kind", "goal P / R")
    print_table(("family", *headings, "met"), rows)
    if errors:
        for one in mistakes:
            print(f"- {one.record} {one.what} {one.kind} {one.rule}: {one.excerpt}")
        print()
    return all(row[-1] != MISSED for row in rows)


def scan(texts: Sequence[str], labelled: set[int], suggester: Suggester, show: str | None) -> None:
    """Print how often each rule proposes something in the answers that nobody labelled.

    Args:
        texts: all answers.
        labelled: records to leave out.
        suggester: what proposes.
        show: a rule whose proposals are printed, each with its context.
    """
    hits: Counter[tuple[str, str]] = Counter()
    answers: dict[tuple[str, str], set[int]] = {}
    shown = []
    for record, text in enumerate(texts):
        if record in labelled:
            continue
        for one in placeholders(suggester, text):
            key = (one.rule, kind_of(one))
            hits[key] += 1
            answers.setdefault(key, set()).add(record)
            if one.rule == show:
                shown.append(f"- {record}: {excerpt(text, one.start, one.end)}")
    print(f"## Proposals in the other {len(texts) - len(labelled)} answers\n")
    rows = [
        [rule, kind, str(count), str(len(answers[rule, kind]))]
        for (rule, kind), count in sorted(hits.items(), key=lambda item: (-item[1], item[0]))
    ]
    print_table(("rule", "kind", "spans", "answers"), rows, left=2)
    if show is not None:
        print("\n".join([f"{show} proposes {len(shown)}:", *shown]) + "\n")
