"""From the plain data of a rule file to checked rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

import regex

from ...domain.errors import InvalidFileError, Path, Problem, Source
from .guards import PREDICATES
from .pattern_cost import TIMEOUT, complaint_about
from .rule import Bounds, Brackets, Condition, Conditions, Rule, Where

FORMAT = "annotator-rules/1"
FILE_KEYS = ("format", "label", "description", "lists", "guards", "rules")
RULE_KEYS = (
    "id",
    "kind",
    "label",
    "description",
    "pattern",
    "case",
    "literals",
    "only-with",
    "bounds",
    "brackets",
    "until",
    "needs",
    "guards",
    "guard-defaults",
    "companions",
    "expects",
    "score",
    "examples",
    "counter-examples",
)
BOUNDS = get_args(Bounds)
BRACKETS = get_args(Brackets)
PLACES = get_args(Where)
CASES = ("ignore", "exact")


def parse_rules(data: object, source: Source, *, trusted: bool = False) -> tuple[Rule, ...]:
    """Return the rules that a file's data describe.

    Args:
        data: what the YAML loader returned.
        source: where each value stood.
        trusted: skips the check of what each pattern costs on bad input, which takes
            milliseconds a rule; the shipped files are checked by the tests.

    Raises:
        InvalidFileError: with every problem, each naming file, line and key.
    """
    return _Parser(source, trusted).file(data)


class _Parser:
    def __init__(self, source: Source, trusted: bool) -> None:
        self.source = source
        self.trusted = trusted
        self.problems: list[Problem] = []
        self.lists: dict[str, list[str]] = {}
        self.label = ""
        self.guards: tuple[Conditions, ...] = ()

    def complain(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem(path, message))

    def file(self, data: object) -> tuple[Rule, ...]:
        top = self.known((), self.mapping((), data), FILE_KEYS)
        if top.get("format") != FORMAT:
            self.complain(("format",), f"expected {FORMAT}, found {top.get('format')!r}")
        self.label = self.text((), top, "label")
        for name, words in self.mapping(("lists",), top.get("lists", {})).items():
            self.lists[str(name)] = list(self.strings(("lists", str(name)), words))
        self.guards = self.conditions((), top, "guards", "", regex.I)
        found = top.get("rules", [])
        if not isinstance(found, list):
            self.complain(("rules",), "expected a list of rules")
            found = []
        rules = [self.rule(("rules", place), rule) for place, rule in enumerate(found)]
        self.check_ids(rules)
        if self.problems:
            raise InvalidFileError(self.problems)
        return tuple(rule for rule in rules if rule is not None)

    def check_ids(self, rules: Iterable[Rule | None]) -> None:
        seen: set[str] = set()
        for place, rule in enumerate(rules):
            if rule is not None and rule.id in seen:
                self.complain(("rules", place, "id"), f"a rule {rule.id!r} stands above")
            elif rule is not None:
                seen.add(rule.id)

    def rule(self, path: Path, data: object) -> Rule | None:
        before = len(self.problems)
        top = self.known(path, self.mapping(path, data), RULE_KEYS)
        name = self.text(path, top, "id", required=True)
        bounds = self.choice(path, top, "bounds", BOUNDS, "match")
        label = self.text(path, top, "label") or self.label
        if not label:
            self.complain((*path, "label"), "missing here and at the top of the file")
        flags = 0 if self.choice(path, top, "case", CASES, "ignore") == "exact" else regex.I
        pattern = self.pattern((*path, "pattern"), top.get("pattern"), name, flags)
        until = None
        if "until" in top:
            until = self.pattern((*path, "until"), top["until"], name, flags)
        brackets = self.strings((*path, "brackets"), top.get("brackets", ["square"]))
        for found in brackets:
            if found not in BRACKETS:
                self.complain((*path, "brackets"), f"{found!r} is none of {', '.join(BRACKETS)}")
        defaults = top.get("guard-defaults", True)
        if not isinstance(defaults, bool):
            self.complain((*path, "guard-defaults"), f"{defaults!r} is neither true nor false")
        guards = self.conditions(path, top, "guards", name, flags)
        rule = Rule(
            id=name,
            label=label,
            pattern=pattern or regex.compile("(?!)"),
            bounds=cast("Bounds", bounds),
            score=self.score(path, top),
            kind=self.text(path, top, "kind"),
            expects=self.text(path, top, "expects"),
            description=self.text(path, top, "description"),
            literals=self.literals(path, top, "literals"),
            only_with=self.literals(path, top, "only-with"),
            brackets=cast("tuple[Brackets, ...]", brackets),
            until=until,
            needs=self.conditions(path, top, "needs", name, flags),
            guards=(*guards, *self.guards) if defaults else guards,
            companions=self.companions(path, top),
            examples=self.strings((*path, "examples"), top.get("examples", [])),
            counter_examples=self.strings(
                (*path, "counter-examples"), top.get("counter-examples", [])
            ),
            file=self.source.file,
            timeout=None if self.trusted else TIMEOUT,
        )
        return rule if len(self.problems) == before else None

    def literals(self, path: Path, top: Mapping[Any, Any], key: str) -> tuple[str, ...]:
        found = self.strings((*path, key), top.get(key, []))
        for literal in found:
            if literal != literal.lower() or not literal.strip():
                self.complain((*path, key), f"{literal!r} is no lower-case string to look for")
        return found

    def companions(self, path: Path, top: Mapping[Any, Any]) -> int:
        value = top.get("companions", 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.complain((*path, "companions"), f"{value!r} is no count of other spans")
        return 0

    def score(self, path: Path, top: Mapping[Any, Any]) -> float:
        value = top.get("score")
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
            return float(value)
        self.complain((*path, "score"), f"{value!r} is no number above 0 and up to 1")
        return 0.0

    def conditions(
        self, path: Path, top: Mapping[Any, Any], key: str, name: str, flags: int
    ) -> tuple[Conditions, ...]:
        found = top.get(key, [])
        if not isinstance(found, list):
            self.complain((*path, key), "expected a list")
            return ()
        return tuple(
            tuple(self.condition((*path, key, place), value, name, flags))
            for place, value in enumerate(found)
        )

    def condition(self, path: Path, value: object, name: str, flags: int) -> list[Condition]:
        if isinstance(value, str):
            return self.predicate(path, value)
        conditions: list[Condition] = []
        for where, written in self.known(path, self.mapping(path, value), PLACES).items():
            if where == "holds":
                conditions += self.predicate((*path, where), written)
            if where not in PLACES or where == "holds":
                continue
            shaped = {"before": r"(?:{})\Z", "after": r"\A(?:{})"}.get(where, "{}")
            pattern = self.pattern((*path, where), written, name, flags, shaped)
            if pattern is not None:
                conditions.append(Condition(cast("Where", where), str(written), pattern))
        return conditions

    def predicate(self, path: Path, value: object) -> list[Condition]:
        if isinstance(value, str) and value in PREDICATES:
            return [Condition("holds", value)]
        self.complain(path, f"no predicate {value!r}; there are {', '.join(PREDICATES)}")
        return []

    def pattern(
        self, path: Path, written: object, name: str, flags: int, shaped: str = "{}"
    ) -> regex.Pattern[str] | None:
        if not isinstance(written, str) or not written:
            self.complain(path, "missing" if written is None else f"{written!r} is no pattern")
            return None
        lists: dict[str, Any] = {
            key: words for key, words in self.lists.items() if f"\\L<{key}>" in written
        }
        whole = shaped.replace("{}", written)
        try:
            pattern = regex.compile(whole, flags, ignore_unused=True, **lists)
        except (regex.error, OverflowError, RecursionError, ValueError) as error:
            self.complain(path, f"not a regular expression: {' '.join(str(error).split())}")
            return None
        complaint = "" if self.trusted else complaint_about(pattern, written, self.lists)
        if complaint:
            self.complain(path, f"the rule {name!r} {complaint}")
        return pattern

    def choice(
        self, path: Path, top: Mapping[Any, Any], key: str, allowed: Iterable[str], default: str
    ) -> str:
        value = top.get(key, default)
        if value in allowed:
            return str(value)
        self.complain((*path, key), f"{value!r} is none of {', '.join(allowed)}")
        return default

    def text(self, path: Path, top: Mapping[Any, Any], key: str, *, required: bool = False) -> str:
        value = top.get(key, "")
        if isinstance(value, str):
            if required and not value:
                self.complain((*path, key), "missing")
            return value
        self.complain((*path, key), f"{value!r} is not a string")
        return ""

    def strings(self, path: Path, value: object) -> tuple[str, ...]:
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return tuple(found)
        self.complain(path, "expected a list of strings")
        return ()

    def mapping(self, path: Path, data: object) -> Mapping[Any, Any]:
        if isinstance(data, Mapping):
            return data
        self.complain(path, "missing" if data is None else "expected keys and values")
        return {}

    def known(
        self, path: Path, data: Mapping[Any, Any], keys: tuple[str, ...]
    ) -> Mapping[Any, Any]:
        for key in data:
            if key not in keys:
                self.complain((*path, str(key)), f"unknown key; expected {', '.join(keys)}")
        return data
