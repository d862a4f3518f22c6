"""What a rule is: a pattern, what must and must not stand around it, and what it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import regex

Bounds = Literal["match", "group", "sentence", "line", "paragraph", "tail"]
Brackets = Literal["square", "curly", "angle"]
Where = Literal["before", "after", "inside", "sentence", "line", "holds"]

THRESHOLD = 0.5
"""Score from which a span is proposed. Rules below it only add to others on the same span."""
CONTEXT = 300
"""Code points before and behind a match that ``before`` and ``after`` see."""
COMPANY = 3000
"""Code points before and behind a span within which others keep it company."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Something that holds or not at the place of a match.

    Attributes:
        where: what the pattern looks at; ``holds`` for a predicate in code.
        value: the pattern as written, or the name of the predicate.
        pattern: compiled; None for a predicate.
    """

    where: Where
    value: str
    pattern: regex.Pattern[str] | None = None


Conditions = tuple[Condition, ...]
"""Conditions that hold together or not at all."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    r"""One rule of a rule file.

    Attributes:
        id: unique among all loaded rules.
        label: the label of the spans it proposes.
        pattern: what to look for: inside a bracket group, a sentence, a line or the text near one
            of the ``literals``, as ``bounds`` say.
        bounds: what becomes the span.
        score: how sure it is, 0 to 1. Rules that agree on a span add up: their doubts multiply.
        kind: the value of the attribute of that name; empty for none.
        expects: the value of the attribute of that name, ``auto`` to infer it from the words
            inside and around, empty for none.
        description: why, for people.
        literals: lower-case strings of which any match holds one, in its sentence or line; ``\n``
            at the start of one stands for the start of a line. Without, the whole text is searched.
        only_with: lower-case strings of which the text must hold one for the rule to be tried.
        brackets: kinds of brackets a rule with bounds ``group`` looks into.
        until: cuts the span short where it matches inside it, behind the match.
        needs: what must hold, all of it.
        guards: what must not hold, none of it.
        companions: how many spans of the label other rules must find within :data:`COMPANY` code
            points: what could be an editor's bracket is none among unfilled slots.
        examples: texts the rule must find something in; ``⟦ ⟧`` around the exact span.
        counter_examples: texts it must find nothing in.
        file: the rule file, for messages.
        timeout: seconds that the pattern may take on one stretch of text; None for shipped rules,
            which are tested.
    """

    id: str
    label: str
    pattern: regex.Pattern[str]
    bounds: Bounds
    score: float
    kind: str = ""
    expects: str = ""
    description: str = ""
    literals: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    brackets: tuple[Brackets, ...] = ("square",)
    until: regex.Pattern[str] | None = None
    needs: tuple[Conditions, ...] = ()
    guards: tuple[Conditions, ...] = ()
    companions: int = 0
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    file: str = ""
    timeout: float | None = None

    @cached_property
    def shuns_quotations(self) -> bool:
        """Whether nothing in a quotation can be found by the rule."""
        return any(
            len(guard) == 1 and guard[0].value in {"quoted", "in-quotation"}
            for guard in self.guards
        )

    @cached_property
    def needs_doubled(self) -> bool:
        """Whether the rule is about doubled brackets: ``{{name}}``."""
        return any(condition.value == "doubled" for need in self.needs for condition in need)

    @cached_property
    def patterns(self) -> Mapping[str, regex.Pattern[str]]:
        """Every pattern of the rule by the key it stands under, for checks of their cost."""
        found = {"pattern": self.pattern}
        if self.until is not None:
            found["until"] = self.until
        for name, conditions in (("needs", self.needs), ("guards", self.guards)):
            for place, together in enumerate(conditions):
                for condition in together:
                    if condition.pattern is not None:
                        found[f"{name}.{place}.{condition.where}"] = condition.pattern
        return found


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one suggester.

    Attributes:
        rules: in the order of their files.
        digest: changes whenever a rule does.
        unreadable: of each file whose rules are left out, what is wrong with it, in one line.
    """

    rules: tuple[Rule, ...] = ()
    digest: str = field(default="")
    unreadable: tuple[str, ...] = ()
