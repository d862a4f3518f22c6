"""The section ``audit`` of a project's ``annotator.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from ..domain.audit_rules import AUDIT_RULES, SEVERITIES, Severity
from ..domain.errors import Path, Problem, Source

OFF = "off"
_SECTION = "audit"


class AuditRoles(NamedTuple):
    """Which labels, attributes and relations of the scheme play which part in an audit.

    The defaults are those of the scheme claims-and-placeholders.

    Attributes:
        placeholder: labels of what must not be left in a text.
        kind: the attribute that tells kinds of placeholders apart.
        chatter: kinds that are the writing assistant's talk.
        leftovers: kinds that are a tool's tokens.
        expects, fill: the attributes that say what belongs in a slot, and the proposed text.
        claim: labels of what must be checked.
        verdict: the attribute that says what checking showed.
        unset: its values that mean nobody has checked.
        refuted: its values that mean the claim does not hold.
        unsettled: its values that mean checking did not settle it.
        evidence: the attribute that says what the verdict rests on.
        worthiness: the attribute that says whether a claim is worth checking.
        exempt: its values that mean it need not be.
        contradicts: relation types between spans that cannot both be true.
        blocks: relation types from a placeholder to a claim that must wait for it.
    """

    placeholder: tuple[str, ...] = ("placeholder",)
    kind: str = "kind"
    chatter: tuple[str, ...] = ("meta-text", "offer", "opener", "closer", "self-id", "cutoff")
    leftovers: tuple[str, ...] = ("cite-token", "tracking")
    expects: str = "expects"
    fill: str = "fill"
    claim: tuple[str, ...] = ("claim",)
    verdict: str = "verdict"
    unset: tuple[str, ...] = ("unset",)
    refuted: tuple[str, ...] = ("refuted",)
    unsettled: tuple[str, ...] = ("conflicting", "not-enough-evidence")
    evidence: str = "evidence"
    worthiness: str = "worthiness"
    exempt: tuple[str, ...] = ("unimportant", "not-checkable")
    contradicts: tuple[str, ...] = ("contradicts",)
    blocks: tuple[str, ...] = ("blocks",)


class Ignored(NamedTuple):
    """Findings that somebody accepted as they are.

    Attributes:
        rule: id of the rule; empty for any.
        quote: what the finding covers, white space counting as one blank; empty for anything.
        id: the finding's id as reports in JSON show it; empty for any.
        document: a glob of document ids; empty for every document.
        reason: why it is fine; reports show it.
    """

    rule: str = ""
    quote: str = ""
    id: str = ""
    document: str = ""
    reason: str = ""


class AuditConfig(NamedTuple):
    """What the settings say about audits.

    Attributes:
        fail_on: the lightest severity that makes the command fail.
        rules: severity by rule id where it is not the rule's own; None where it is off.
        roles: the scheme's words for what the rules speak of.
        suggesters: who reads a text in which a person has not finished.
        exclude: globs of document ids that are not audited.
        ignore: accepted findings.
    """

    fail_on: Severity = "error"
    rules: Mapping[str, Severity | None] = MappingProxyType({})
    roles: AuditRoles = AuditRoles()
    suggesters: tuple[str, ...] = ("placeholders", "contradictions")
    exclude: tuple[str, ...] = ()
    ignore: tuple[Ignored, ...] = ()


_KEYS = ("fail-on", "rules", "roles", "suggesters", "exclude", "ignore")


def parse_audit(data: object, source: Source) -> tuple[AuditConfig, list[Problem]]:
    """Return the settings of a section, and what is wrong with it by file, line and key.

    Args:
        data: the value of the key ``audit``; None for an empty section.
        source: of the whole file.
    """
    parser = _Parser(source)
    return parser.config({} if data is None else data), parser.problems


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def config(self, data: object) -> AuditConfig:
        section = self.mapping((), data, _KEYS)
        fail_on = section.get("fail-on", "error")
        if fail_on not in SEVERITIES:
            self.complain(("fail-on",), f"{fail_on!r} is none of {', '.join(SEVERITIES)}")
            fail_on = "error"
        return AuditConfig(
            cast("Severity", fail_on),
            self.rules(section.get("rules")),
            self.roles(section.get("roles")),
            self.names(("suggesters",), section.get("suggesters", AuditConfig().suggesters)),
            self.names(("exclude",), section.get("exclude", ())),
            self.ignored(section.get("ignore")),
        )

    def complain(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem((_SECTION, *path), message))

    def mapping(self, path: Path, data: object, known: tuple[str, ...]) -> Mapping[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self.complain(path, f"expected keys and values: {', '.join(known)}")
            return {}
        for key in data:
            if key not in known:
                self.complain((*path, str(key)), f"unknown key; expected {', '.join(known)}")
        return data

    def rules(self, data: object) -> dict[str, Severity | None]:
        found: dict[str, Severity | None] = {}
        for name, value in self.mapping(("rules",), data, tuple(AUDIT_RULES)).items():
            # YAML 1.1 reads a bare `off` as false.
            if value is False or value == OFF:
                found[name] = None
            elif value in SEVERITIES:
                found[name] = value
            else:
                message = f"{value!r} is none of {', '.join(SEVERITIES)}, {OFF}"
                self.complain(("rules", name), message)
        return found

    def roles(self, data: object) -> AuditRoles:
        known = {field.replace("_", "-"): field for field in AuditRoles._fields}
        told: dict[str, Any] = {}
        for name, value in self.mapping(("roles",), data, tuple(known)).items():
            if name not in known:
                continue
            path = ("roles", name)
            if isinstance(getattr(AuditRoles(), known[name]), tuple):
                told[known[name]] = self.names(path, value)
            elif isinstance(value, str) and value:
                told[known[name]] = value
            else:
                self.complain(path, f"{value!r} is no attribute's name")
        return AuditRoles(**told)

    def names(self, path: Path, value: object) -> tuple[str, ...]:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not all(isinstance(n, str) and n for n in names):
            self.complain(path, f"{value!r} is no list of names")
            return ()
        return tuple(names)

    def ignored(self, data: object) -> tuple[Ignored, ...]:
        if data is None:
            return ()
        if not isinstance(data, list):
            self.complain(("ignore",), "expected a list of rule:, quote: and reason:")
            return ()
        return tuple(self.one_ignored(place, one) for place, one in enumerate(data))

    def one_ignored(self, place: int, data: object) -> Ignored:
        path = ("ignore", place)
        entry = self.mapping(path, data, Ignored._fields)
        for key in Ignored._fields:
            if not isinstance(entry.get(key, ""), str):
                self.complain((*path, key), f"{entry[key]!r} is not a string")
                return Ignored()
        if (rule := entry.get("rule", "")) and rule not in AUDIT_RULES:
            self.complain((*path, "rule"), f"{rule!r} is none of {', '.join(AUDIT_RULES)}")
        if not (entry.get("quote") or entry.get("id")):
            self.complain(path, "it needs a quote or an id: it would ignore a whole rule")
        return Ignored(**{key: entry[key] for key in Ignored._fields if key in entry})
