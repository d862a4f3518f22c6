"""``annotator history``: who changed what when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.annotations import Put, SetField
from annotator.domain.span import Relation, Span
from annotator.store.project import open_project
from annotator.store.set_store import SetStore

from .conftest import Cli

TEXT = "Some words\x1b[31m of an article.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project in which two people did something."""
    (tmp_path / "a.txt").write_text(TEXT)
    project = open_project(tmp_path)
    entry = project.documents[0]
    document = project.load_document(entry)
    for name in ("ada", "ben"):
        store = SetStore.open(project.paths(entry, name), document, name, project.scheme.id)
        spans = [
            Span(id=f"{name}{n}", label="claim", start=n, end=n + 8, quote=TEXT[n : n + 8])
            for n in (0, 5)
        ]
        store.do("tag claim", [Put("spans", spans[0])], keys=2)
        store.do("tag claim", [Put("spans", spans[1])], keys=1)
        link = Relation(id=f"r-{name}", type="supports", source=f"{name}0", target=f"{name}5")
        store.do("relate supports", [Put("relations", link)])
        store.do("status done", [SetField("status", "done")])
        store.close()
    return tmp_path


def journal(root: Path, name: str) -> Path:
    return root / f".annotator/journals/{name}/a.txt.jsonl"


def retime(path: Path, times: list[str]) -> None:
    """Give the edits of a journal other times, as another clock would have."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    edits = [line for line in lines if line["k"] == "edit"]
    for line, time in zip(edits, times, strict=True):
        line["t"] = time
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_who_changed_what_when(root: Path, cli: Cli) -> None:
    outcome = cli("history", str(root))
    lines = outcome.out.splitlines()
    assert len(lines) == 8
    assert "\x1b" not in outcome.out
    assert any("ada a.txt: tag claim 2 keys ada0 «Some wor»" in line for line in lines)
    assert any("r-ben supports ben0 -> ben5" in line for line in lines)
    only = cli("history", str(root / "a.txt"), "--annotator", "ben", "--span", "r-ben", "--json")
    assert [(one["annotator"], one["ids"]) for one in only.json] == [("ben", ["r-ben"])]


def test_a_clock_that_goes_back_does_not_shuffle_a_journal(root: Path, cli: Cli) -> None:
    times = ["2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z", "2026-11-24T09:00:01Z", "odd"]
    retime(journal(root, "ada"), times)
    found = cli("history", str(root), "--annotator", "ada", "--json").json
    names = ["tag claim", "tag claim", "relate supports", "status done"]
    assert [one["name"] for one in found] == names
    assert [one["time"] for one in found] == times
    retime(journal(root, "ada"), ["2026-11-24T10:00:00", *times[1:]])  # no zone: a hand's work
    assert cli("stats", str(root), "--json").status == 0


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-11-24", 4),
        ("2026-11-24T09:00:01", 2),
        ("2026-11-24T11:00:01+02:00", 2),
        ("2026-11-24T09:00:03+00:00", 0),
    ],
)
def test_since_is_a_time(root: Path, cli: Cli, since: str, count: int) -> None:
    retime(
        journal(root, "ada"),
        [f"2026-11-24T08:{59}:59.{n}00Z" for n in (1, 2)]
        + ["2026-11-24T09:00:01.000Z", "2026-11-24T09:00:02.000Z"],
    )
    found = cli("history", str(root), "--annotator", "ada", "--since", since, "--json").json
    assert len(found) == count


@pytest.mark.parametrize("since", ["yesterday", "2026-13-40", "12"])
def test_what_is_no_time_is_said(root: Path, cli: Cli, since: str) -> None:
    outcome = cli("history", str(root), "--since", since)
    assert outcome.status == 2
    assert "is no time" in outcome.err


@pytest.mark.parametrize("command", ["history", "reanchor", "stats"])
def test_a_name_that_nobody_has_is_said(root: Path, cli: Cli, command: str) -> None:
    outcome = cli(command, str(root), "--annotator", "cy")
    assert outcome.status == 2
    assert "there are ada, ben" in outcome.err


def test_a_journal_that_a_kill_cut_off_is_told_up_to_there(root: Path, cli: Cli) -> None:
    path = journal(root, "ada")
    path.write_bytes(path.read_bytes()[:-30])
    outcome = cli("history", str(root), "--annotator", "ada", "--json")
    assert len(outcome.json) == 3
    assert outcome.status == 0
