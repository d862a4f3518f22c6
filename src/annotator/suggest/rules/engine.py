"""Finds what rules look for, fast: most text holds nothing that any rule could match.

One pass looks for the rules' literals and for brackets; patterns are tried only on the sentence,
line or bracket group around a hit, and each of these is bounded in length. So a text of any size
takes time linear in its size (:mod:`.pattern_cost` bounds the cost of one try).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...domain.errors import AnnotatorError
from ...text import brackets
from ..base import Range, Text
from .guards import PREDICATES
from .literals import Literals, lowered
from .places import Places
from .rule import COMPANY, CONTEXT, THRESHOLD, Condition, Conditions, Rule

_BLOCK = 8192
"""Code points in which bracket groups are looked for at a time."""
_MOST_KNOWN = 4096
"""Contents of brackets that are remembered."""
_BRACKET_NAMES = {"[": "square", "【": "square", "［": "square", "〔": "square"} | {
    "{": "curly",
    "｛": "curly",
    "<": "angle",
}


@dataclass(slots=True)
class Finding:
    """A span that one or more rules found.

    Attributes:
        label: its label.
        start, end: in code points.
        rules: who found it, with the best score first.
        score: of all together: their doubts multiply.
    """

    label: str
    start: int
    end: int
    rules: list[Rule] = field(default_factory=list)
    score: float = 0.0

    def add(self, rule: Rule) -> None:
        """Count one more rule that found this span."""
        if rule not in self.rules:
            self.rules.append(rule)
            self.rules.sort(key=lambda other: -other.score)
            self.score = 1 - (1 - self.score) * (1 - rule.score)


class RulesEngine:
    """Finds the spans of a fixed set of rules in texts.

    Args:
        rules: the rules.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.group_rules: dict[str, list[Rule]] = {}
        self.literal_rules: dict[str, list[Rule]] = {}
        self.open_rules: list[Rule] = []
        for rule in rules:
            if rule.bounds == "group":
                for name in rule.brackets:
                    self.group_rules.setdefault(name, []).append(rule)
            elif rule.literals:
                for literal in rule.literals:
                    self.literal_rules.setdefault(literal, []).append(rule)
            else:
                self.open_rules.append(rule)
        self._known: dict[tuple[int, str], Sequence[Rule]] = {}
        self.literals = Literals(self.literal_rules)

    def find(self, text: Text) -> list[Finding]:
        """Return what the rules find, each span once, in document order.

        Raises:
            AnnotatorError: a user's rule takes too long.
        """
        places = Places(text)
        matches = list(self._matches(text.text, places))
        found = _merged({}, (match for match in matches if not match[0].companions))
        # Those that need little company find some of it for those that need more.
        for least in sorted({rule.companions for rule, _, _ in matches if rule.companions}):
            company = _Company(found.values())
            asked = [match for match in matches if match[0].companions == least]
            found = _merged(found, (match for match in asked if company.keeps(*match)))
        return sorted(found.values(), key=lambda finding: (finding.start, -finding.end))

    def _matches(self, text: str, places: Places) -> Iterator[tuple[Rule, int, int]]:
        if self.group_rules:
            for group in groups_of(text):
                yield from self._in_group(text, places, group)
        lower = lowered(text)
        for rule, hits in self._hits(lower).items():
            yield from _near_hits(rule, hits, text, places)
        for rule in self.open_rules:
            yield from _in_stretch(rule, (0, len(text)), text, places)

    def _hits(self, lower: str) -> Mapping[Rule, list[int]]:
        """Return where the literals of each rule stand."""
        found: dict[str, list[int]] = {}
        for literal, offset in self.literals.find(lower):
            found.setdefault(literal, []).append(offset)
        hits: dict[Rule, list[int]] = {}
        for literal, offsets in found.items():
            for rule in self.literal_rules[literal]:
                if not rule.only_with or any(word in lower for word in rule.only_with):
                    hits[rule] = sorted({*hits[rule], *offsets}) if rule in hits else offsets
        return hits

    def _in_group(
        self, text: str, places: Places, group: brackets.Group
    ) -> Iterator[tuple[Rule, int, int]]:
        rules = self.group_rules.get(_BRACKET_NAMES.get(text[group.start], ""), ())
        if not rules:
            return
        inner = inside(text, group.start, group.end)
        if not inner:
            return
        doubled = text[group.start + 1] == text[group.start]
        for rule in self._matching(rules, inner):
            # Doubled brackets are links and templates of a wiki for any rule that does not ask.
            if doubled == rule.needs_doubled and holds(rule, places, group.start, group.end, inner):
                yield rule, group.start, group.end

    def _matching(self, rules: Sequence[Rule], inner: str) -> Sequence[Rule]:
        """Return the rules whose patterns match what stands in a bracket group.

        The same few words stand in most brackets of most texts, so they are remembered.
        """
        key = id(rules), inner
        found = self._known.get(key)
        if found is None:
            found = [rule for rule in rules if _search(rule, inner)]
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = found
        return found


class _Company:
    """The spans that rules find without looking at each other.

    Args:
        findings: all of one text. Those that cover whole sentences or lines, and those that are
            not sure enough to be proposed, keep no other company.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._starts: dict[str, list[int]] = {}
        for finding in findings:
            if finding.score >= THRESHOLD and finding.rules[0].bounds in {"group", "match"}:
                self._starts.setdefault(finding.label, []).append(finding.start)
        for starts in self._starts.values():
            starts.sort()

    def keeps(self, rule: Rule, start: int, end: int) -> bool:
        """Say whether as many spans as a rule asks for stand near a match of it."""
        starts = self._starts.get(rule.label, [])
        near = bisect_right(starts, end + COMPANY) - bisect_left(starts, start - COMPANY)
        own = bisect_left(starts, end) - bisect_left(starts, start)
        return rule.companions <= near - own


def _merged(
    found: dict[tuple[str, int, int], Finding], matches: Iterable[tuple[Rule, int, int]]
) -> dict[tuple[str, int, int], Finding]:
    for rule, start, end in matches:
        found.setdefault((rule.label, start, end), Finding(rule.label, start, end)).add(rule)
    return found


def groups_of(text: str) -> Iterator[brackets.Group]:
    """Yield the square, curly and angle bracket groups of a text, by start."""
    at = _next_opening(text, 0)
    while at is not None:
        limit = at + _BLOCK
        for group in brackets.groups(text, at, min(len(text), limit + brackets.LONGEST)):
            if group.start < limit and not group.round:
                yield group
        at = _next_opening(text, limit)


def inside(text: str, start: int, end: int) -> str:
    """Return what stands in a bracket group, white space runs as one blank."""
    inner = text[start + 1 : end - 1]
    if inner[:1] == text[start] and inner[-1:] == text[end - 1]:
        inner = inner[1:-1]
    inner = inner.strip("*` \t\r\n")
    return " ".join((inner.strip("_") or inner).split())


def holds(
    rule: Rule, places: Places, start: int, end: int, inner: str, match: Range | None = None
) -> bool:
    """Say whether all needs and no guard of a rule hold at a span.

    Args:
        rule: the rule.
        places: the text.
        start, end: the span, in code points.
        inner: what stands in it, without its brackets.
        match: the part that the pattern matched; predicates must not guard against that either.
    """
    if match and match != (start, end) and _guarded(rule, places, match):
        return False
    return all(_all_hold(need, places, start, end, inner) for need in rule.needs) and not any(
        _all_hold(guard, places, start, end, inner) for guard in rule.guards
    )


def _next_opening(text: str, start: int) -> int | None:
    found = brackets.openings().search(text, start)
    return found.start() if found else None


def _near_hits(
    rule: Rule, hits: Sequence[int], text: str, places: Places
) -> Iterator[tuple[Rule, int, int]]:
    """Yield what a rule finds in the sentences or lines of its literals."""
    done = -1
    for hit in hits:
        if hit < done:
            continue
        # Asked before anything else, since telling sentences apart costs much more.
        if rule.bounds == "sentence" and rule.shuns_quotations and places.in_quotation(hit, hit):
            continue
        unit = places.sentence(hit) if rule.bounds == "sentence" else places.line(hit)
        if unit is None or unit[1] <= hit:
            continue
        yield from _in_stretch(rule, unit, text, places)
        done = unit[1]


def _in_stretch(
    rule: Rule, stretch: Range, text: str, places: Places
) -> Iterator[tuple[Rule, int, int]]:
    start, end = stretch
    for match_start, match_end in _spans(rule, text[start:end]):
        bounds = _bounds(rule, start + match_start, start + match_end, stretch, places)
        if bounds and rule.until is not None:
            cut = rule.until.search(text[bounds[0] : bounds[1]])
            bounds = (bounds[0], bounds[0] + cut.end()) if cut else bounds
        match = start + match_start, start + match_end
        if bounds and holds(rule, places, *bounds, text[bounds[0] : bounds[1]], match):
            yield rule, *bounds


def _spans(rule: Rule, text: str) -> Iterator[Range]:
    try:
        for found in rule.pattern.finditer(text, timeout=rule.timeout):
            start, end = found.span("span") if "span" in rule.pattern.groupindex else found.span()
            if start < end:
                yield start, end
            if rule.bounds != "match":
                return
    except TimeoutError:
        raise _too_slow(rule) from None


def _search(rule: Rule, text: str) -> bool:
    try:
        return rule.pattern.search(text, timeout=rule.timeout) is not None
    except TimeoutError:
        raise _too_slow(rule) from None


def _too_slow(rule: Rule) -> AnnotatorError:
    return AnnotatorError(
        f"{rule.file}: the rule {rule.id!r} takes longer than {rule.timeout:g} s on one passage",
        "make its pattern simpler: no repetition inside a repetition",
    )


def _bounds(rule: Rule, start: int, end: int, stretch: Range, places: Places) -> Range | None:
    """Return the span that a match stands for."""
    match rule.bounds:
        case "match" | "group":
            return start, end
        case "sentence":
            return stretch
        case "line":
            first, last = places.line(start)
            whole = places.text[first:last]
            inner = whole.strip()
            begin = first + whole.find(inner)
            return begin, begin + len(inner)
        case _:
            return places.paragraph(start)


def _guarded(rule: Rule, places: Places, match: Range) -> bool:
    """Say whether a predicate guards against the part of a span that a pattern matched."""
    return any(
        len(guard) == 1 and guard[0].where == "holds" and PREDICATES[guard[0].value](places, *match)
        for guard in rule.guards
    )


def _all_hold(conditions: Conditions, places: Places, start: int, end: int, inner: str) -> bool:
    return all(_holds(condition, places, start, end, inner) for condition in conditions)


def _holds(condition: Condition, places: Places, start: int, end: int, inner: str) -> bool:
    text = places.text
    match condition.where:
        case "holds":
            return PREDICATES[condition.value](places, start, end)
        case "before":
            looked_at = text[max(0, start - CONTEXT) : start]
        case "after":
            looked_at = text[end : end + CONTEXT]
        case "inside":
            looked_at = inner
        case "sentence":
            return _found_in(condition, places, places.sentence(start) or places.line(start))
        case _:
            return _found_in(condition, places, places.line(start))
    assert condition.pattern is not None
    return condition.pattern.search(looked_at) is not None


def _found_in(condition: Condition, places: Places, stretch: Range) -> bool:
    pattern = condition.pattern
    assert pattern is not None
    first, last = stretch
    return places.remembered(
        condition, stretch, lambda: pattern.search(places.text[first:last]) is not None
    )
