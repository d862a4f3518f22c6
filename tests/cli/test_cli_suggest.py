"""``annotator suggest`` with real workers, and suggesters that another package brings."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.disks import read_only
from support.suggesters import install

from annotator.domain.entity import Entity
from annotator.store.locks import SetLock
from annotator.store.project import open_project
from annotator.store.yaml_reader import load_set
from annotator.suggest.running.corpus_run import run_lock

from .conftest import SOURCE, Cli, command, environment, imported_by

PATIENCE = 60


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("packages"))


@pytest.fixture(autouse=True)
def installed(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(packages), str(SOURCE)]))


Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that writes a project with some texts."""

    def write(*texts: str, settings: str = "") -> Path:
        root = tmp_path / "project"
        root.mkdir()
        (root / "annotator.yaml").write_text(settings)
        for number, text in enumerate(texts):
            (root / f"{number}.txt").write_text(text, "utf-8", newline="")
        return root

    return write


def sets_of(root: Path, name: str) -> dict[str, Path]:
    """Return a model's files by document."""
    folder = root / "annotations" / f"model%3A{name}"
    return {path.name.removesuffix(".yaml"): path for path in sorted(folder.glob("*"))}


def state_of(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return content, time and inode of every annotation file."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in (root / "annotations").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_set_a_document_and_a_suggester(cli: Cli, make: Make) -> None:
    root = make("a FACT", "\ufeffno\r\n\U0001f600 FACT LINKED", "nothing")
    done = cli("suggest", str(root), "--model", "words", "--model", "deadly", "--json", "--jobs=2")
    assert done.status == 0
    assert done.json["documents"] == 3
    assert done.json["models"]["words"] == {
        "version": "1.0",
        "written": 3,
        "same": 0,
        "current": 0,
        "spans": 3,
        "relations": 1,
    }
    assert list(sets_of(root, "words")) == list(sets_of(root, "deadly"))
    found = load_set(sets_of(root, "words")["1.txt"].read_bytes(), "1")
    assert found.canonical
    spans = list(found.annotations.spans.values())
    assert [(span.start, span.end, span.quote) for span in spans] == [
        (6, 10, "FACT"),
        (11, 17, "LINKED"),
    ]
    assert found.annotations.document.bom
    assert cli("validate", str(root)).status == 0


def test_what_is_current_is_left_alone(cli: Cli, make: Make) -> None:
    root = make("a FACT", "two", "three")
    models = ("--model", "words", "--model", "names", "--no-entities")
    assert cli("suggest", str(root), *models).status == 0
    before = state_of(root)
    again = cli("suggest", str(root), *models, "--json")
    assert again.json["models"]["words"]["current"] == 3
    assert state_of(root) == before
    forced = cli("suggest", str(root), *models, "--force", "--json")
    assert forced.json["models"]["words"]["same"] == 3
    assert state_of(root) == before
    (root / "1.txt").write_text("two has a FACT now")
    changed = cli("suggest", str(root), *models, "--json")
    assert changed.json["models"]["words"]["written"] == 1
    differing = {Path(path).name for path, was in state_of(root).items() if before[path] != was}
    assert differing == {"1.txt.yaml"}


def test_those_who_want_entities_are_told_them(cli: Cli, make: Make, own_folders: Path) -> None:
    text = "Angela Merkel arrived in Berlin on Monday.\r\n\r\n\U0001f600 Then she left for Paris."
    root = make(text, "x")
    models = ("--model", "names", "--model", "words")
    assert cli("suggest", str(root), *models).status == 0
    found = load_set(sets_of(root, "names")["0.txt"].read_bytes(), "0").annotations
    assert {"Angela Merkel", "Berlin", "Paris"} <= {s.quote for s in found.spans.values()}
    # The app finds them in its cache, and so does a second run.
    assert len(list((own_folders / "cache").glob("annotator/entities/*/*/*.json"))) == 2
    # A set that was made with them is not what one without them would be.
    without = cli("suggest", str(root), *models, "--no-entities", "--json")
    assert without.json["models"]["names"]["written"] == 2
    assert without.json["models"]["words"]["current"] == 2


def test_the_pipelines_own_entities_under_a_scheme_of_entity_labels(cli: Cli, make: Make) -> None:
    root = make("Angela Merkel arrived in Berlin.", settings="scheme: entities\n")
    done = cli("suggest", str(root), "--json")
    assert done.status == 0, done.err
    # Those whose labels this scheme lacks are not asked.
    assert list(done.json["models"]) == ["pipeline"]
    found = load_set(sets_of(root, "pipeline")["0.txt"].read_bytes(), "0").annotations
    told = {(span.label, span.quote) for span in found.spans.values()}
    assert {("PERSON", "Angela Merkel"), ("GPE", "Berlin")} <= told


def test_the_shipped_suggesters_and_no_pipeline_where_no_label_asks_for_it(
    cli: Cli, make: Make
) -> None:
    root = make("At [insert time], 48 people left the Varnholm harbour on 4 May 2021.")
    done = cli("suggest", str(root), "--json")
    assert done.status == 0, done.err
    assert list(done.json["models"]) == ["placeholders", "furniture", "claims", "contradictions"]
    (slot,) = load_set(
        sets_of(root, "placeholders")["0.txt"].read_bytes(), "0"
    ).annotations.spans.values()
    assert (slot.quote, slot.attributes["kind"]) == ("[insert time]", "slot")
    # Versions and sets are the same in another process, whose sets have another order.
    again = cli("suggest", str(root), "--json")
    assert [counts["current"] for counts in again.json["models"].values()] == [1, 1, 1, 1]
    before = state_of(root)
    forced = cli("suggest", str(root), "--json", "--force")
    assert [counts["same"] for counts in forced.json["models"].values()] == [1, 1, 1, 1]
    assert state_of(root) == before
    assert cli("validate", str(root)).status == 0


def test_one_bad_document_or_suggester_does_not_stop_the_rest(cli: Cli, make: Make) -> None:
    root = make("a FACT", "DEADLY", "another FACT", "a FACT too")
    (root / "2.txt").write_bytes(b"\xff\xfe\xff")
    models = [word for name in ("words", "deadly", "raising") for word in ("--model", name)]
    done = cli("suggest", str(root), *models, "--json", "--jobs=1")
    assert done.status == 2
    problems = {(one["document"], one["model"]): one["message"] for one in done.json["problems"]}
    assert "signal 9" in problems["1.txt", ""]
    assert "not utf-8" in problems["2.txt", ""]
    assert problems["0.txt", "raising"] == "RuntimeError: first line"
    assert "annotator: 0.txt: raising: RuntimeError: first line\n" in done.err
    assert set(sets_of(root, "words")) == set(sets_of(root, "deadly")) == {"0.txt", "3.txt"}


@pytest.mark.parametrize("place", [0, 4, 11])
def test_a_run_that_was_killed_goes_on_where_it_was(make: Make, tmp_path: Path, place: int) -> None:
    root = make(*("ASSASSIN" if n == place else f"text {n} has a FACT" for n in range(12)))
    told = tmp_path / "worker.pid"
    words = command("suggest", str(root), "--model", "assassin", "--jobs", "1", "--json")
    killed = subprocess.run(
        words, env=environment(ASSASSIN=str(told)) | _path(), capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    _wait_for_end(int(told.read_text()))
    before = state_of(root) if (root / "annotations").exists() else {}
    assert len(before) <= place
    assert place < 4 or before  # a few batches wait, the others are on disk
    for path, (data, _, _) in before.items():
        assert load_set(data, path).canonical
    resumed = subprocess.run(
        words, env=environment() | _path(), capture_output=True, check=True, timeout=PATIENCE
    )
    counts = json.loads(resumed.stdout)["models"]["assassin"]
    assert (counts["current"], counts["written"]) == (len(before), 12 - len(before))
    after = state_of(root)
    assert len(after) == 12
    # Nothing is left of a file that was being written.
    assert len([path for path in (root / "annotations").rglob("*") if path.is_file()]) == 12
    assert before.items() <= after.items()


def _path() -> dict[str, str]:
    return {"PYTHONPATH": os.environ["PYTHONPATH"]}


def _wait_for_end(pid: int) -> None:
    """Wait until a process that is no child of ours has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([handle], [], [], PATIENCE)
        assert ended, "the worker outlived the program that started it"
    finally:
        os.close(handle)


def test_a_set_that_a_person_changed_is_kept(cli: Cli, make: Make) -> None:
    root = make("a FACT", "a FACT")
    assert cli("suggest", str(root), "--model", "words").status == 0
    path = sets_of(root, "words")["0.txt"]
    by_hand = path.read_text().replace("rule: words/fact", "rule: mine")
    path.write_text(by_hand)
    for number in range(2):
        (root / f"{number}.txt").write_text("another FACT")
    done = cli("suggest", str(root), "--model", "words", "--json")
    assert done.status == 2
    assert [one["document"] for one in done.json["problems"]] == ["0.txt"]
    assert "changed by hand (--force writes it anew)" in done.err
    assert path.read_text() == by_hand
    assert "another" in sets_of(root, "words")["1.txt"].read_text()
    assert cli("suggest", str(root), "--model", "words", "--force").status == 0
    assert "rule: mine" not in path.read_text()


def test_a_set_that_is_open_elsewhere_is_left_alone(cli: Cli, make: Make) -> None:
    root = make("a FACT", "a FACT")
    project = open_project(root)
    paths = project.paths(project.documents[0], "model:words")
    with SetLock(paths.lock, root):
        done = cli("suggest", str(root), "--model", "words")
    assert done.status == 2
    assert "0.txt: words: process" in done.err
    assert list(sets_of(root, "words")) == ["1.txt"]
    with run_lock(project):
        done = cli("suggest", str(root), "--model", "words")
    assert done.status == 2
    assert "runs in this project already" in done.err


def test_a_project_that_is_read_only_is_told_in_one_line(cli: Cli, make: Make) -> None:
    root = make("a FACT")
    with read_only(root):
        done = cli("suggest", str(root), "--model", "words")
    assert done.status == 2
    assert "read-only for you" in done.err
    assert "--read-only" not in done.err  # which this command does not have
    assert len(done.err.splitlines()) == 1


def test_names_that_mean_nothing_are_refused(cli: Cli, make: Make) -> None:
    root = make("a FACT")
    for arguments, said in (
        (["--model", "wrods"], "no suggester named 'wrods'"),
        (["--model", "foreign"], "the scheme claims-and-placeholders/1 does not have"),
        (["--model", "broken"], "it lacks a part"),
        (["--pipeline", "nowhere"], "there is no pipeline 'nowhere'"),
        (["--jobs", "0"], "--jobs needs a number from 1"),
        (["--encoding", "klingon"], "unknown encoding 'klingon'"),
        (["--scheme", "nowhere"], "no scheme named 'nowhere'"),
    ):
        done = cli("suggest", str(root), *arguments)
        assert done.status == 2
        assert said in done.err
        assert done.out == ""
        assert not (root / "annotations").exists()
    assert cli("suggest", str(root / "nowhere")).status == 2


def test_without_a_project_pipeline_it_goes_on_without_entities(cli: Cli, make: Make) -> None:
    root = make("a FACT", settings="pipeline: nowhere\n")
    done = cli("suggest", str(root), "--model", "names")
    assert done.status == 0
    assert "no entities: there is no pipeline 'nowhere'" in done.err


def test_one_text_from_standard_input(make: Make) -> None:
    root = make()
    text = "\ufeff\U0001f468\u200d\U0001f469 FACT\r\nand LINKED\u2028\x1b[31m"
    done = subprocess.run(
        command("suggest", "-", "--model", "words"),
        env=environment() | _path(),
        input=text.encode(),
        capture_output=True,
        check=True,
        cwd=root,
    )
    first, second, link = map(json.loads, done.stdout.splitlines())
    assert (first["label"], first["start"], first["end"], first["quote"]) == ("claim", 4, 8, "FACT")
    assert first["origin"]["from"] == "model:words"
    assert (link["type"], link["from"], link["to"]) == ("restates", first["id"], second["id"])
    assert done.stdout.isascii()
    assert sorted(path.name for path in root.iterdir()) == ["annotator.yaml"]


def test_standard_input_that_is_no_text_and_suggesters_that_fail(make: Make) -> None:
    root = make(settings="candidates: [words, raising, absent]\n")
    for data, said, lines in (
        (b"\xff", "standard input is not utf-8", 0),
        (b"", "raising: RuntimeError: first line", 0),
        (b"a FACT", "raising: RuntimeError: first line", 1),
    ):
        done = subprocess.run(
            command("suggest", "-"),
            env=environment() | _path(),
            input=data,
            capture_output=True,
            check=False,
            cwd=root,
        )
        assert done.returncode == 2
        assert said in done.stderr.decode()
        assert len(done.stdout.splitlines()) == lines


def test_records_of_a_corpus(cli: Cli, tmp_path: Path) -> None:
    records = [{"id": f"r{n}", "text": f"record {n} with a FACT"} for n in range(130)]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(record) + "\n" for record in [*records, {"no": "text"}]))
    done = cli("suggest", str(corpus), "--model", "words", "--json")
    assert done.status == 2
    assert done.json["models"]["words"]["written"] == 130
    (problem,) = done.json["problems"]
    assert "corpus.jsonl:131: text: missing" in problem["message"]


def test_a_project_that_cannot_be_written_to(cli: Cli, make: Make) -> None:
    root = make("a FACT")
    shutil.rmtree(root / "annotations", ignore_errors=True)
    (root / "annotations").write_text("a file where the folder should be")
    done = cli("suggest", str(root), "--model", "words")
    assert done.status == 2
    assert "0.txt: words: cannot" in done.err


def test_the_command_line_itself_loads_neither_spacy_nor_textual(make: Make) -> None:
    arguments = ("suggest", str(make("a FACT")), "--model", "words")
    status, modules = imported_by(*arguments, **_path())
    assert status == 0
    assert not {"spacy", "textual"} & set(modules)


def test_entities_of_the_cache_are_told(cli: Cli, make: Make, own_folders: Path) -> None:
    """A run after one with another suggester reads no text a second time."""
    root = make("Nobody ever heard of this.")
    assert cli("suggest", str(root), "--model", "names").status == 0
    (kept,) = (own_folders / "cache").glob("annotator/entities/*/*/*.json")
    entity = Entity(0, 6, "PERSON")
    kept.write_text(json.dumps({"labels": [entity.label], "entities": [0, 6, 0]}))
    assert cli("suggest", str(root), "--model", "names", "--force").status == 0
    found = load_set(sets_of(root, "names")["0.txt"].read_bytes(), "0").annotations
    assert [span.quote for span in found.spans.values()] == ["Nobody"]
