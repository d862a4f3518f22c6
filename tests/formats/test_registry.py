"""Formats by name, by content, and of other packages."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from support.records import small_record
from support.round_trips import write_records

from annotator.domain.errors import AnnotatorError
from annotator.formats import registry
from annotator.formats.aspects import NAMES
from annotator.formats.base import Format, Option
from annotator.formats.loss_table import as_markdown
from annotator.formats.prodigy.format import FORMAT

NAMES_OF_FORMATS = list(registry.SHIPPED)


@pytest.mark.parametrize("name", NAMES_OF_FORMATS)
def test_each_format_says_what_it_is(name: str) -> None:
    format_ = registry.load_format(name)
    assert format_.name == name
    assert format_.holds <= NAMES
    assert format_.carries <= format_.holds
    assert format_.make_writer or format_.read
    assert f"(`{name}`)" in as_markdown([format_])


def test_options_of_one_name_are_of_one_type() -> None:
    types: dict[str, set[str]] = {}
    for name in NAMES_OF_FORMATS:
        for option in registry.load_format(name).options:
            types.setdefault(option.name, set()).add(option.type)
    assert all(len(found) == 1 for found in types.values()), types


@pytest.mark.parametrize(
    "name", [n for n in NAMES_OF_FORMATS if (f := registry.load_format(n)).read and f.make_writer]
)
def test_a_file_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    format_ = registry.load_format(name)
    # The suffix must not help.
    path = tmp_path / "file"
    write_records(format_, [small_record()], path)
    assert registry.guess_format(path).name == name


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\x00\xff" * 50, b"[]", b"{}"])
def test_what_no_format_knows_is_asked_about(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(AnnotatorError, match="--from"):
        registry.guess_format(path)


def entry_points(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    points = EntryPoints(EntryPoint(n, v, registry.ENTRY_POINTS) for n, v in values.items())
    monkeypatch.setattr("importlib.metadata.entry_points", points.select)


def test_formats_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    entry_points(monkeypatch, prodigy2="no.such:thing", bad="no.such:thing")
    assert registry.format_names() == [*NAMES_OF_FORMATS, "bad", "prodigy2"]
    with pytest.raises(AnnotatorError, match="the format bad does not load"):
        registry.load_format("bad")
    # One that does not load is in nobody else's way.
    told: list[AnnotatorError] = []
    assert FORMAT in registry.loadable_formats(told.append)
    assert [error.message.split()[2] for error in told] == ["bad", "prodigy2"]


def test_options_are_checked() -> None:
    options = (
        Option("style", "", "choice", "a", ("a", "b")),
        Option("ratio", "", "number", 0.5),
        Option("deep", "", side="read"),
    )
    format_ = Format(name="x", title="X", extensions=(), holds=NAMES, options=options)
    assert format_.settings("write", {}) == {"style": "a", "ratio": 0.5}
    assert format_.settings("read", {"deep": True}) == {"deep": True}
    assert format_.settings("write", {"ratio": "0.25"}) == {"style": "a", "ratio": 0.25}
    for given in ({"style": "c"}, {"ratio": "x"}, {"deep": True}, {"other": "1"}):
        with pytest.raises(AnnotatorError):
            format_.settings("write", given)
