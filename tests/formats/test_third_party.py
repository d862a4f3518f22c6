"""Formats of other packages: a real package on the path, used by the commands as any format."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from support.records import small_record
from support.round_trips import read_records, write_records

from annotator.cli.main import main
from annotator.domain.errors import AnnotatorError, InvalidFileError
from annotator.formats.base import Format, Item, Option, ReadContext, Target, Writer
from annotator.formats.prodigy.format import FORMAT
from annotator.formats.record import RecordError
from annotator.formats.registry import guess_format, load_format
from annotator.formats.third_party import load_entry_point

MODULE = """
import json
from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.formats.base import Format, Option
from annotator.formats.record import Place, Record
from annotator.formats.own_keys import reference_of


class Writer:
    def __init__(self, target, context):
        self.file = target.file()
        self.loud = context.options["loud"]

    def write(self, record):
        for one in record.sets:
            spans = [[s.start, s.end, s.label] for s in one.spans.values()]
            row = [record.document.id, record.document.text, one.annotator, spans]
            self.file.write(f"{'HEY' if self.loud else 'hey'} {json.dumps(row)}\\n".encode())

    def close(self):
        pass


def read(path, context):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        name, text, annotator, spans = json.loads(line[4:])
        document = Document.of(name, text)
        made = [Span(id=f"s{n}", label=label, start=start, end=end)
                for n, (start, end, label) in enumerate(spans, 1)]
        one = AnnotationSet(reference_of(document), annotator, "", spans=made)
        yield Record(document, (one,), Place(str(path), number, number))


FORMAT = Format(
    name="hey", title="Hey", extensions=(".hey",),
    holds=frozenset({"annotator", "duplicates", "crossing", "nesting", "several-annotators"}),
    options=(Option("loud", "in capitals"), Option("output", "taken by the command", "text")),
    make_writer=Writer, read=read,
    looks_like=lambda path, head: 0.9 if head[:4].lower() == b"hey " else 0.0,
)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed package that brings the format ``hey``, and one that does not load."""
    folder = tmp_path / "site"
    info = folder / "hey_format-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "hey_format.py").write_text(MODULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hey-format\nVersion: 1.0\n")
    points = "[annotator.formats]\nhey = hey_format:FORMAT\ngone = no.such:FORMAT\n"
    (info / "entry_points.txt").write_text(points)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield folder
    sys.modules.pop("hey_format", None)


def test_a_format_of_a_package_is_written_guessed_read_and_listed(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.is_dir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.txt").write_text("Ann left.")
    task = {"text": "Ann left.", "spans": [{"start": 0, "end": 3, "label": "claim"}], "id": "a.txt"}
    (tmp_path / "in.jsonl").write_text(json.dumps(task | {"answer": "accept"}))
    project, out = str(tmp_path / "project"), str(tmp_path / "out.hey")
    assert main(["import", str(tmp_path / "in.jsonl"), "--into", project]) == 0
    assert main(["export", project, "--to", "hey", "--loud", "-o", out]) == 0
    assert "hey cannot hold: 1 names of schemes" in capsys.readouterr().err
    assert Path(out).read_text() == 'HEY ["a.txt", "Ann left.", "prodigy", [[0, 3, "claim"]]]\n'
    assert guess_format(Path(out)).name == "hey"
    assert main(["import", out, "--into", str(tmp_path / "copy")]) == 0
    assert (tmp_path / "copy" / "annotations" / "prodigy" / "a.txt.yaml").is_file()
    capsys.readouterr()
    assert main(["formats"]) == 0
    found = capsys.readouterr()
    assert "**Hey** (`hey`)" in found.out
    assert "the format gone does not load" in found.err


def test_an_option_whose_name_is_taken_gets_the_format_s(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.is_dir()
    assert main(["export", "--help"]) == 0
    assert "--hey-output TEXT" in capsys.readouterr().out


def test_what_a_reader_of_a_package_raises_is_told_in_a_line(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.is_dir()
    path = tmp_path / "broken.hey"
    path.write_text("hey [")
    assert main(["import", str(path), "--into", str(tmp_path / "copy")]) == 2
    assert "the format hey cannot read" in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()


def loaded(monkeypatch: pytest.MonkeyPatch, made: object, name: str = "x") -> Format:
    monkeypatch.setattr("support.records.THIRD_PARTY", made, raising=False)
    return load_entry_point(name, EntryPoint(name, "support.records:THIRD_PARTY", "g"))


X = replace(FORMAT, name="x")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Format, "is no Format but a type"),
        (FORMAT, "calls itself 'prodigy'"),
        (replace(X, holds=frozenset({"nestings"}), carries=frozenset()), "no aspect nestings"),
        (replace(X, carries=frozenset({"dangling-relations"})), "does not hold it"),
        (replace(X, options=(Option("Bad Name", ""),)), "its option 'Bad Name'"),
        (replace(X, own=lambda options: options["gone"]), "does not load: KeyError"),
    ],
)
def test_what_cannot_be_used_is_said_when_it_loads(
    monkeypatch: pytest.MonkeyPatch, made: object, said: str
) -> None:
    with pytest.raises(AnnotatorError, match=said):
        loaded(monkeypatch, made)


def raising(error: Exception) -> Any:
    def work(*_: object) -> Any:
        raise error

    return work


def test_whatever_is_raised_can_be_acted_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Broken:
        write = close = raising(ZeroDivisionError())

    def make(_target: Target, _context: object) -> Writer:
        return Broken()

    def read(_path: Path, _context: ReadContext) -> Iterator[Item]:
        raise RecordError("key", "words")

    path = tmp_path / "x"
    path.write_text("{}")
    made = loaded(
        monkeypatch,
        replace(X, make_writer=make, read=read, looks_like=raising(ValueError())),
    )
    with pytest.raises(AnnotatorError, match="the format x cannot write: ZeroDivisionError"):
        write_records(made, [small_record()], path)
    with pytest.raises(InvalidFileError, match="key: words"):
        read_records(made, path)
    assert made.looks_like(path, b"") == 0.0
    unlike: Any = lambda *_: iter([42])  # noqa: E731 - typed as what it is not
    odd = loaded(monkeypatch, replace(X, read=unlike))
    with pytest.raises(AnnotatorError, match="neither a Record nor a Problem"):
        read_records(odd, path)


def test_names_of_the_package_s_own_formats_are_taken() -> None:
    assert load_format("prodigy") is FORMAT
