"""The section ``audit`` of annotator.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import InvalidFileError
from annotator.store.audit_config import AuditConfig, Ignored
from annotator.store.config import load_config

WHOLE = """\
audit:
  fail-on: warning
  rules: {unchecked-claim: off, missed-twin: error, orphan: "off"}
  roles: {placeholder: [gap, hole], verdict: outcome, refuted: wrong}
  suggesters: [placeholders]
  exclude: [drafts/*]
  ignore:
  - {rule: unfilled-placeholder, quote: "[laughter]", reason: minutes have it}
  - {id: 0123456789abcdef, document: "a*.txt"}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "annotator.yaml"


def test_everything_that_may_be_said_is_read(settings: Path) -> None:
    settings.write_text(WHOLE)
    for _ in range(2):  # the second time from the compiled file
        found = load_config(settings).audit
        assert found is not None
        assert found.fail_on == "warning"
        assert dict(found.rules) == {
            "unchecked-claim": None,
            "missed-twin": "error",
            "orphan": None,
        }
        assert found.roles.placeholder == ("gap", "hole")
        assert (found.roles.verdict, found.roles.refuted) == ("outcome", ("wrong",))
        assert found.roles.claim == ("claim",)
        assert found.suggesters == ("placeholders",)
        assert found.exclude == ("drafts/*",)
        assert found.ignore == (
            Ignored("unfilled-placeholder", "[laughter]", reason="minutes have it"),
            Ignored(id="0123456789abcdef", document="a*.txt"),
        )


@pytest.mark.parametrize("text", ["audit:\n", "audit: {}\n", "language: en\n"])
def test_nothing_said_means_the_defaults(settings: Path, text: str) -> None:
    settings.write_text(text)
    assert (load_config(settings).audit or AuditConfig()) == AuditConfig()


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("audit: 7", "1: audit", "expected keys and values"),
        ("audit:\n  fail-on: loud", "2: audit.fail-on", "'loud' is none of error"),
        ("audit:\n  fail_on: error", "2: audit.fail_on", "unknown key"),
        ("audit:\n  rules:\n    orphans: off", "3: audit.rules.orphans", "unknown key"),
        ("audit:\n  rules:\n    orphan: fatal", "3: audit.rules.orphan", "'fatal' is none of"),
        ("audit:\n  rules:\n    orphan: true", "3: audit.rules.orphan", "True is none of"),
        ("audit:\n  roles: {part: x}", "2: audit.roles.part", "unknown key"),
        ("audit:\n  roles: {kind: [a]}", "2: audit.roles.kind", "no attribute's name"),
        ("audit:\n  roles: {claim: [1]}", "2: audit.roles.claim", "no list of names"),
        ("audit:\n  exclude: {a: b}", "2: audit.exclude", "no list of names"),
        ("audit:\n  ignore: x", "2: audit.ignore", "expected a list"),
        ("audit:\n  ignore:\n  - {rule: orphan}", "3: audit.ignore.0", "a whole rule"),
        ("audit:\n  ignore:\n  - {rule: o, quote: q}", "3: audit.ignore.0.rule", "none of"),
        ("audit:\n  ignore:\n  - {quote: 7}", "3: audit.ignore.0.quote", "not a string"),
    ],
)
def test_what_is_wrong_is_told_by_file_line_and_key(
    settings: Path, text: str, where: str, what: str
) -> None:
    settings.write_text(text)
    with pytest.raises(InvalidFileError) as caught:
        load_config(settings)
    told = [str(problem) for problem in caught.value.problems]
    assert any(one.startswith(f"{settings}:{where}: ") and what in one for one in told), told
