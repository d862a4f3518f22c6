"""``annotator audit`` as an editor and a pipeline run it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from support.suggesters import install

from annotator.domain.annotations import AnnotationSet, DocumentRef, Status
from annotator.domain.audit_rules import AUDIT_RULES
from annotator.domain.document import text_sha256
from annotator.domain.span import Relation, Span
from annotator.store.project import open_project
from annotator.store.yaml_emitter import dump_set

from .conftest import SOURCE, Cli, command, environment, imported_by

ROOT = Path(__file__).parents[2]
OPEN = (
    "The ferry left Port Hale at [insert departure time] on Monday.\r\n"
    "\U0001f680 It carries [XX] cars. The trip takes [two/three] hours.\n"
    "Would you like me to add a quote from the captain?\n"
)
CLEAN = "The ferry left Port Hale at noon on Monday, the harbour master said.\n"
CONTRADICTING = (
    "The new bridge over the Tarn was opened in 1998 by the mayor, Ada Brook.\n\n"
    "Traffic has grown since.\n\n"
    "The new bridge over the Tarn was opened in 2003 by the mayor, Ada Brook.\n"
)

Say = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project's folder, in which the command runs."""
    root = tmp_path / "desk"
    root.mkdir()
    (root / "annotator.yaml").write_text("")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def say(folder: Path) -> Say:
    """Return a function that writes what somebody said about a text of the project."""

    def write(
        name: str,
        *said: tuple[str, str] | tuple[str, str, dict[str, object]],
        by: str = "ada",
        status: Status = "in-progress",
        section: str = "spans",
        links: tuple[tuple[str, int, int], ...] = (),
        of: str | None = None,
    ) -> Path:
        text = (folder / name).read_bytes().decode() if of is None else of
        spans = [
            Span(
                id=f"s{n}",
                label=one[0],
                start=text.index(one[1]),
                end=text.index(one[1]) + len(one[1]),
                quote=one[1],
                attributes=one[2] if len(one) > 2 else {},
            )
            for n, one in enumerate(said)
        ]
        relations = [
            Relation(id=f"r{n}", type=kind, source=f"s{a}", target=f"s{b}")
            for n, (kind, a, b) in enumerate(links)
        ]
        project = open_project(folder)
        (entry,) = (one for one in project.documents if one.id == name)
        found = AnnotationSet(
            DocumentRef(name, text_sha256(text), len(text)),
            by,
            project.scheme.id,
            status=status,
            relations=relations,
            **{section: spans},  # type: ignore[arg-type]
        )
        path = project.paths(entry, by).annotations
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_set(found), "utf-8")
        return path

    return write


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def rules(out: str) -> list[str]:
    """Return the rules of the lines, in their order."""
    return [line.split(": ")[2] for line in out.splitlines()]


def test_a_bare_article_is_told_by_line_and_column(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    done = cli("audit", "ferry.txt")
    assert done.status == 1
    assert [line.split(" — ")[0] for line in done.out.splitlines()] == [
        "ferry.txt:1:29: error: unfilled-placeholder: “[insert departure time]”",
        "ferry.txt:2:14: error: unfilled-placeholder: “[XX]”",
        "ferry.txt:2:40: error: unfilled-placeholder: “[two/three]”",
        (
            "ferry.txt:3:1: error: assistant-chatter: "
            "“Would you like me to add a quote from the captain?”"
        ),
    ]
    assert done.err == "4 errors in 1 of 1 document\n"


def test_a_clean_article_says_nothing(cli: Cli, folder: Path) -> None:
    write(folder, "clean.txt", CLEAN)
    assert cli("audit", "clean.txt") == type(cli("paths"))(0, "", "1 document, nothing open\n")
    write(folder, "empty.txt", "")
    assert cli("audit", ".").status == 0


def test_what_fails_is_for_the_caller_to_say(cli: Cli, folder: Path) -> None:
    write(folder, "bridge.txt", CONTRADICTING)
    done = cli("audit", "bridge.txt")
    assert (done.status, rules(done.out)) == (0, ["possible-contradiction"])
    assert "1998" in done.out
    assert "5:1" in done.out
    assert cli("audit", "bridge.txt", "--fail-on", "warning").status == 1
    assert cli("audit", "bridge.txt", "--fail-on", "note").status == 1
    (folder / "annotator.yaml").write_text("audit: {fail-on: warning}\n")
    assert cli("audit", "bridge.txt").status == 1
    assert cli("audit", "bridge.txt", "--fail-on", "error").status == 0


def test_rules_are_chosen_and_switched_off(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    assert rules(cli("audit", ".", "--rules", "assistant-chatter").out) == ["assistant-chatter"]
    (folder / "annotator.yaml").write_text(
        "audit:\n  rules: {assistant-chatter: off, unfilled-placeholder: note}\n"
    )
    done = cli("audit", ".")
    assert done.status == 0
    assert set(rules(done.out)) == {"unfilled-placeholder"}
    assert cli("audit", ".", "--rules", "assistant-chatter,orphan").status == 1
    wrong = cli("audit", ".", "--rules", "nonsense")
    assert (wrong.status, wrong.out) == (2, "")
    assert "unfilled-placeholder" in wrong.err


def test_an_accepted_finding_is_quiet_and_recorded(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    (folder / "annotator.yaml").write_text(
        'audit:\n  ignore:\n  - {rule: unfilled-placeholder, quote: "[XX]", reason: size unknown}\n'
    )
    done = cli("audit", ".")
    assert "[XX]" not in done.out
    assert "1 accepted by the settings" in done.err
    (document,) = cli("audit", ".", "--format", "json").json["documents"]
    assert [(one["quote"], one["reason"]) for one in document["accepted"]] == [
        ("[XX]", "size unknown")
    ]
    run = cli("audit", ".", "--format", "sarif").json["runs"][0]
    assert [one["suppressions"] for one in run["results"] if "suppressions" in one] == [
        [{"kind": "external", "status": "accepted", "justification": "size unknown"}]
    ]


def test_excluded_documents_are_not_audited(cli: Cli, folder: Path) -> None:
    write(folder, "drafts/ferry.txt", OPEN)
    write(folder, "ok.txt", CLEAN)
    (folder / "annotator.yaml").write_text("audit: {exclude: [drafts/*]}\n")
    assert cli("audit", ".").status == 0
    assert cli("audit", "drafts/ferry.txt").err == "0 documents, nothing open\n"


def test_what_an_annotator_decided_is_not_asked_again(cli: Cli, folder: Path, say: Say) -> None:
    write(folder, "ferry.txt", OPEN)
    say("ferry.txt", ("placeholder", "[XX]"), section="rejected")
    done = cli("audit", ".")
    assert "[XX]" not in done.out
    assert "[two/three]" in done.out
    say("ferry.txt", ("placeholder", "[XX]", {"kind": "offer"}))
    assert "assistant-chatter: “[XX]”" in cli("audit", ".").out


def test_who_is_done_has_the_last_word_until_the_text_changes(
    cli: Cli, folder: Path, say: Say
) -> None:
    write(folder, "ferry.txt", OPEN)
    say("ferry.txt", ("placeholder", "[XX]"), status="done")
    assert [line.split("“")[1].split("”")[0] for line in cli("audit", ".").out.splitlines()] == [
        "[XX]"
    ]
    write(folder, "ferry.txt", f"News. {OPEN}")
    assert rules(cli("audit", ".").out).count("unfilled-placeholder") == 3


def test_a_slot_that_a_model_proposes_in_a_finished_text_is_a_candidate(
    cli: Cli, folder: Path, say: Say
) -> None:
    write(folder, "ferry.txt", "It carries [XX] cars.\n")
    say("ferry.txt", ("placeholder", "[XX]"), by="model:slots")
    say("ferry.txt", status="in-progress")
    assert rules(cli("audit", ".").out) == ["unfilled-placeholder"]
    say("ferry.txt", status="done")
    assert rules(cli("audit", ".").out) == ["unreviewed-candidate"]


def test_candidates_on_disk_that_nobody_reviewed_are_told_together(
    cli: Cli, folder: Path, say: Say
) -> None:
    write(folder, "clean.txt", f"{CLEAN}The sea was calm.\n")
    say("clean.txt", ("claim", "The sea was calm."), by="mira", section="rejected")
    claims = ("claim", CLEAN.strip()), ("claim", "The sea was calm.")
    say("clean.txt", *claims, by="model:claims")
    (line,) = cli("audit", ".").out.splitlines()
    assert "note: unreviewed-candidate" in line
    assert "this claim of model:claims" in line
    # One who decided nothing does not open it again, whoever comes first.
    for other in ("ada", "zoe"):
        say("clean.txt", by=other)
        (line,) = cli("audit", ".").out.splitlines()
        assert "this claim of model:claims" in line
        shutil.rmtree(folder / "annotations" / other)
    shutil.rmtree(folder / "annotations" / "mira")
    (line,) = cli("audit", ".").out.splitlines()
    assert "2 claims of model:claims" in line


def test_claims_of_a_person_and_whose_they_are(cli: Cli, folder: Path, say: Say) -> None:
    write(folder, "bridge.txt", CONTRADICTING)
    first, _, last = CONTRADICTING.strip().split("\n\n")
    say(
        "bridge.txt",
        ("claim", first, {"verdict": "refuted", "evidence": ["x"]}),
        ("claim", last),
        links=(("contradicts", 0, 1),),
    )
    say("bridge.txt", ("claim", last), by="ben")
    done = cli("audit", ".")
    assert rules(done.out) == ["contradiction", "refuted-claim", "unchecked-claim"]
    (document,) = cli("audit", ".", "--format", "json").json["documents"]
    assert [one["by"] for one in document["findings"]] == [["ada"], ["ada"], ["ada", "ben"]]
    assert rules(cli("audit", ".", "--annotator", "ben").out) == [
        "possible-contradiction",
        "unchecked-claim",
    ]
    say("bridge.txt", by="gold", status="done")
    assert cli("audit", ".").out == ""
    nobody = cli("audit", ".", "--annotator", "zoe")
    assert nobody.status == 2
    assert "ada, ben, gold" in nobody.err


def test_lost_spans_and_broken_files_are_findings(cli: Cli, folder: Path, say: Say) -> None:
    write(folder, "clean.txt", CLEAN)
    say("clean.txt", ("claim", "nothing of this stands there"), of="nothing of this stands there")
    write(folder, "latin.txt", CLEAN)
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    broken = write(folder, "annotations/ada/ok.txt.yaml", "format: annotator/1\nspans: [\n")
    write(folder, "ok.txt", CLEAN)
    done = cli("audit", ".")
    assert done.status == 1
    lines = done.out.splitlines()
    assert [line.split(": ")[1:3] for line in lines] == [
        ["warning", "orphan"],
        ["error", "broken-file"],
        ["error", "broken-file"],
    ]
    assert lines[1].startswith("latin.txt: ")
    assert str(folder) not in done.out
    elsewhere = cli("audit", str(folder)).out.splitlines()[1]
    assert elsewhere.count(str(folder / "latin.txt")) == lines[1].count("latin.txt") > 1
    assert re.match(rf"{broken.relative_to(folder)}:\d+: ", lines[2])
    for form in ("sarif", "html", "junit", "json"):
        assert cli("audit", ".", "--format", form).status == 1


def test_records_are_told_by_their_line_in_the_file(cli: Cli, folder: Path) -> None:
    records = [{"text": CLEAN}, {"text": OPEN, "id": "a\x1b[31mb"}, {"text": 7}]
    lines = "\n".join(["", json.dumps(records[0]), "", *map(json.dumps, records[1:])])
    write(folder, "all.jsonl", f"{lines}\n")
    done = cli("audit", "all.jsonl")
    assert "\x1b" not in done.out
    found = done.out.splitlines()
    assert all(line.startswith("all.jsonl:4: error: ") for line in found[:4])
    assert found[1].endswith("(record a\\x1b[31mb, line 2, column 14)")
    assert found[4].startswith("all.jsonl:5: error: broken-file: ")
    (run,) = cli("audit", ".", "--format", "sarif").json["runs"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in run["results"]]
    assert regions == [{"startLine": 4}] * 4 + [{"startLine": 5}]


def test_hostile_text_never_reaches_the_terminal_raw(cli: Cli, folder: Path, say: Say) -> None:
    slot = "[\x1b]0;pwned\x07 \u202etime\u202c\x9b31m]"
    write(folder, "bad.txt", f"At {slot} they left.\n")
    say("bad.txt", ("placeholder", slot, {"fill": "\x1b[2J\u202e", "expects": "TIME"}))
    for form in ("text", "json", "sarif", "html", "junit"):
        done = cli("audit", "bad.txt", "--format", form)
        assert done.status == 1
        assert not set(done.out + done.err) & set("\x1b\x07\u202e\u202c\x9b")


def test_the_report_goes_to_a_file(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    for form in ("text", "json", "sarif", "html", "junit"):
        printed = cli("audit", "ferry.txt", "--format", form)
        done = cli("audit", "ferry.txt", "--format", form, "-o", "out")
        assert (done.status, done.out) == (1, "")
        assert (folder / "out").read_text("utf-8") == printed.out
    assert cli("audit", "ferry.txt", "-o", "not/there").status == 2
    assert cli("audit", "ferry.txt", "-o", "-") == cli("audit", "ferry.txt")


def test_a_pipe_is_written_into_and_never_replaced(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert cli("audit", "ferry.txt", "-o", "pipe").status == 1
        assert os.read(reader, 10_000).decode() == cli("audit", "ferry.txt").out
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_several_paths_and_many_documents_on_all_processors(cli: Cli, folder: Path) -> None:
    for number in range(60):
        write(folder, f"many/{number:02}.txt", CLEAN if number % 3 else OPEN)
    one = cli("audit", "many", "--jobs", "1")
    two = cli("audit", "many", "--jobs", "2")
    assert (two.status, two.out, two.err) == (one.status, one.out, one.err)
    assert len(one.out.splitlines()) == 80
    files = [f"many/{number:02}.txt" for number in (0, 1, 3)]
    assert cli("audit", *files, files[0]).err == "8 errors in 2 of 3 documents\n"
    assert cli("audit", "many", *files).err == one.err


def test_another_scheme_is_mapped_or_the_person_is_told(cli: Cli, folder: Path) -> None:
    (folder / "s.yaml").write_text(
        "format: annotator-scheme/1\nname: s\nversion: 1\nlabels: {gap: {key: g}, fact: {key: f}}\n"
    )
    (folder / "annotator.yaml").write_text("scheme: s.yaml\n")
    write(folder, "ferry.txt", OPEN)
    done = cli("audit", ".")
    assert (done.status, done.out) == (0, "")
    assert "nothing is audited as placeholder" in done.err
    (folder / "annotator.yaml").write_text(
        "scheme: s.yaml\naudit: {roles: {placeholder: gap, claim: fact}}\n"
    )
    assert "nothing is audited" not in cli("audit", ".").err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["missing.txt"], "no such file"),
        ([], "name what to audit"),
        (["annotator.yaml"], "no document"),
        (["a.yaml"], "is no text"),
        ([".", "--jobs", "0"], "--jobs"),
        ([".", "--pipeline", "x"], "--entities"),
        ([".", "--encoding", "klingon"], "unknown encoding"),
    ],
)
def test_wrong_use_is_told_in_a_line(
    cli: Cli, folder: Path, arguments: list[str], what: str
) -> None:
    (folder / "a.yaml").write_text("a: b\n")
    done = cli("audit", *arguments)
    assert (done.status, done.out) == (2, "")
    assert what in done.err
    assert len(done.err.splitlines()) == 1


def test_wrong_settings_are_told_by_file_line_and_key(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    (folder / "annotator.yaml").write_text("audit:\n  rules: {orphan: fatal}\n")
    done = cli("audit", ".")
    assert (done.status, done.out) == (2, "")
    assert f"{folder}/annotator.yaml:2: audit.rules.orphan: " in done.err


def test_the_rules_are_listed(cli: Cli) -> None:
    done = cli("audit", "--list-rules")
    assert [line.split()[:2] for line in done.out.splitlines()] == [
        [rule.id, rule.severity] for rule in AUDIT_RULES.values()
    ]


def test_an_audit_needs_neither_spacy_nor_textual(folder: Path) -> None:
    path = write(folder, "ferry.txt", OPEN)
    status, modules = imported_by("audit", str(path), "-o", str(folder / "out"))
    assert status == 1
    assert not {"spacy", "textual"} & set(modules)


@pytest.mark.slow
def test_entities_are_looked_for_when_asked(cli: Cli, folder: Path) -> None:
    write(folder, "ferry.txt", OPEN)
    plain = cli("audit", "ferry.txt")
    again = cli("audit", "ferry.txt", "--entities")
    assert (again.status, again.out) == (plain.status, plain.out)


@pytest.mark.slow
def test_the_hook_stops_a_commit(folder: Path, tmp_path: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["entry"] for hook in hooks] == ["annotator audit"] * 2
    for hook in hooks:
        assert re.search(hook["files"], "articles/ferry.txt")
        assert not re.search(hook["files"], "annotations/ada/ferry.txt.yaml")
    entry = f"{sys.executable} -m {hooks[0]['entry']}"
    home = environment(
        HOME=str(tmp_path),
        GIT_CONFIG_GLOBAL=os.devnull,
        PYTHONPATH=str(SOURCE),
        GIT_AUTHOR_NAME="a",
        GIT_AUTHOR_EMAIL="a@example.org",
        GIT_COMMITTER_NAME="a",
        GIT_COMMITTER_EMAIL="a@example.org",
    )

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=home, capture_output=True, text=True, check=False
        )

    git("init", "-q")
    hook = write(
        folder,
        ".git/hooks/pre-commit",
        f"#!/bin/sh\ngit diff --cached --name-only -z | xargs -0 {entry}\n",
    )
    hook.chmod(0o755)
    write(folder, "ferry.txt", OPEN)
    git("add", "ferry.txt")
    refused = git("commit", "-m", "publish")
    assert refused.returncode != 0
    assert "ferry.txt:1:29: error: unfilled-placeholder" in refused.stdout + refused.stderr
    write(folder, "ferry.txt", CLEAN)
    git("add", "ferry.txt")
    assert git("commit", "-m", "publish").returncode == 0


def test_a_text_on_standard_input_is_bare(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def audited(data: bytes, *more: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        found = cli("audit", "-", *more)
        return found.status, found.out

    status, out = audited(OPEN.encode())
    assert status == 1
    assert "<stdin>:2:14: error: unfilled-placeholder: “[XX]”" in out
    assert audited(CLEAN.encode())[0] == 0
    assert audited(b"\xff")[0] == 2
    assert audited(b"", "a.txt")[0] == 2


def test_an_entry_that_accepts_nothing_any_more_is_said(folder: Path, cli: Cli) -> None:
    (folder / "a.txt").write_text("It has [XX] cars.\n")
    (folder / "annotator.yaml").write_text(
        "audit:\n  rules: {cut-word: off}\n  ignore:\n"
        '  - {quote: "[XX]"}\n'
        '  - {rule: unfilled-placeholder, quote: "[laughter]", document: a*}\n'
        '  - {rule: cut-word, quote: "off"}\n'
        '  - {rule: unfilled-placeholder, quote: "[XX]"}\n'
    )
    found = cli("audit", ".")
    assert found.status == 0
    (told,) = (line for line in found.err.splitlines() if "accepts nothing" in line)
    assert "entry 2 (rule unfilled-placeholder, quote [laughter], document a*)" in told
    # A part of the project, or some of the rules, tell nothing about the others.
    assert "accepts nothing" not in cli("audit", "a.txt").err
    assert "accepts nothing" not in cli("audit", ".", "--rules", "cut-word").err


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_suggester_that_fails_midway_is_told_and_no_clean_result(
    folder: Path, tmp_path: Path, form: str
) -> None:
    """Else a pipeline would be green because nobody looked; what others found is still told."""
    settings = "audit:\n  suggesters: [placeholders, raising]\n"
    ignored = "  ignore: [{rule: orphan, quote: nowhere}]\n"
    write(folder, "annotator.yaml", settings + ignored)
    write(folder, "clean.txt", CLEAN)
    write(folder, "open.txt", OPEN)
    packages = tmp_path / "packages"
    packages.mkdir()
    install(packages)
    done = subprocess.run(
        command("audit", ".", "--format", form, "--fail-on", "error"),
        env=environment(PYTHONPATH=os.pathsep.join([str(packages), str(SOURCE)])),
        capture_output=True,
        check=False,
        cwd=folder,
        text=True,
    )
    assert done.returncode == 2
    for name in ("clean.txt", "open.txt"):
        assert f"annotator: {name}: raising: RuntimeError: first line\n" in done.stderr
    assert "[insert departure time]" in done.stdout
    # What it did not say may be what an entry of the settings accepts.
    assert "accepts nothing any more" not in done.stderr
