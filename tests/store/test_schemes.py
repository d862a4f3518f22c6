"""Schemes and keymaps by name or file, and the cache that spares a start the YAML parser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError, InvalidFileError
from annotator.keys.keymap import check_labels
from annotator.store import compiled, located, resources
from annotator.store.config import load_config
from annotator.store.keymap_files import load_keymap
from annotator.store.scheme_files import load_scheme

SCHEME = """\
name: mine
version: 3
labels:
  quote: {key: q, unit: [clause], attributes: {who: {values: [a, b]}}}
"""
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user empty folders."""
    for kind in ("config", "cache", "data"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / kind))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def scheme_file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the YAML parser fail if it is called."""

    def refuse(*_: object) -> None:
        raise AssertionError("the YAML was parsed")

    monkeypatch.setattr(located, "load_located", refuse)


def kept_files() -> list[Path]:
    return sorted((resources.user_cache_dir() / "compiled").glob("*"))


def test_every_shipped_scheme_and_keymap_loads() -> None:
    assert resources.scheme_names() == ["claims-and-placeholders", "entities"]
    assert load_scheme("claims-and-placeholders").id == "claims-and-placeholders/1"
    assert resources.keymap_names() == ["default", "emacs", "vim"]
    for name in resources.keymap_names():
        assert load_keymap(name).name == name


def test_the_shipped_scheme_says_what_its_annotators_rely_on() -> None:
    scheme = load_scheme("claims-and-placeholders")
    assert {label.key: label.name for label in scheme.labels.values()} == {
        "c": "claim",
        "p": "placeholder",
        "f": "furniture",
    }
    assert scheme.labels["claim"].units == ("sentence",)
    assert scheme.labels["placeholder"].units == ("bracket", "entity", "word")
    assert scheme.labels["furniture"].furniture
    assert scheme.relations["contradicts"].symmetric
    assert scheme.relations["blocks"].allows("placeholder", "claim")
    assert not scheme.relations["blocks"].allows("claim", "placeholder")


def test_a_file_is_loaded_by_path_object_slash_or_suffix(
    scheme_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(scheme_file.parent)
    for name in (scheme_file, str(scheme_file), "./mine.yaml", "mine.yaml", Path("mine.yaml")):
        assert load_scheme(name).id == "mine/3"


def test_the_users_own_come_before_the_shipped_ones(scheme_file: Path) -> None:
    own = resources.user_config_dir() / "schemes" / "claims-and-placeholders.yaml"
    own.parent.mkdir(parents=True)
    own.write_bytes(scheme_file.read_bytes())
    assert load_scheme("claims-and-placeholders").id == "mine/3"
    assert own.with_name("x.yaml").write_bytes(b"") == 0
    assert resources.scheme_names() == ["claims-and-placeholders", "entities", "x"]


@pytest.mark.parametrize("name", ["nope", "", "..", "claims-and-placeholders.yml"])
def test_an_unknown_name_is_an_error_that_helps(name: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        load_scheme(name)
    assert "claims-and-placeholders" in str(caught.value) or "no file" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("key: q", "key: qq", 4, "labels.quote.key"),
        ("version: 3", "version: 0", 2, "version"),
        ("[clause]", "[clauses]", 4, "labels.quote.unit"),
        ("values: [a, b]", "values: [a, a]", 4, "labels.quote.attributes.who.values"),
        ("name: mine", "name: mine\nname: yours", 2, "name"),
    ],
)
def test_an_error_names_file_line_and_key(
    scheme_file: Path, old: str, new: str, line: int, key: str
) -> None:
    scheme_file.write_text(SCHEME.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load_scheme(scheme_file)
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.key) == (str(scheme_file), line, key)
    assert kept_files() == []


def test_a_keymap_error_names_line_and_both_commands(tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text(
        "name: keys\nkeys:\n  article:\n    move.left: h\n    move.right: h\n", encoding="utf-8"
    )
    with pytest.raises(InvalidFileError) as caught:
        load_keymap(path)
    text = str(caught.value)
    assert text.startswith(f"{path}:")
    assert "move.left" in text
    assert "move.right" in text


def test_the_second_load_needs_no_parser(scheme_file: Path, request: pytest.FixtureRequest) -> None:
    first = load_scheme(scheme_file)
    request.getfixturevalue("no_parser")
    assert load_scheme(scheme_file) == first
    copy = scheme_file.with_name("copy.yaml")
    copy.write_bytes(scheme_file.read_bytes())
    assert load_scheme(copy) == first


def test_a_changed_file_is_read_anew(scheme_file: Path) -> None:
    load_scheme(scheme_file)
    scheme_file.write_text(SCHEME.replace("version: 3", "version: 4"), encoding="utf-8")
    assert load_scheme(scheme_file).version == 4


def test_another_version_of_the_program_reads_anew(
    scheme_file: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    load_scheme(scheme_file)
    monkeypatch.setattr(compiled, "__version__", "99")
    request.getfixturevalue("no_parser")
    with pytest.raises(AssertionError, match="was parsed"):
        load_scheme(scheme_file)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"{", b"[]", b"null", b"[1, 2]", b"[null, []]", b'[{"labels": 3}, []]',
        b"[" * 100_000, b'[{"name": "x", "labels": {}}, []]', b'[{}, [[1, "x"]]]',
    ],
)  # fmt: skip
def test_a_broken_cache_does_no_harm(scheme_file: Path, content: bytes) -> None:
    first = load_scheme(scheme_file)
    (kept,) = kept_files()
    whole = kept.read_bytes()
    kept.write_bytes(content)
    assert load_scheme(scheme_file) == first
    assert kept.read_bytes() == whole


def test_a_cache_folder_that_cannot_be_written_does_no_harm(scheme_file: Path, home: Path) -> None:
    (home / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert load_scheme(scheme_file).id == "mine/3"
    assert load_scheme(scheme_file).id == "mine/3"


def test_the_cache_keeps_lines(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "annotator.yaml"
    path.write_text("# mine\nlanguage: de\nlanguages: [de]\n", encoding="utf-8")
    first = load_config(path)
    assert [problem.line for problem in first.problems] == [3]
    request.getfixturevalue("no_parser")
    assert load_config(path) == first


@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_a_file_that_cannot_be_read_is_an_error_in_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.yaml"
    if kind == "folder":
        path.mkdir()
    with pytest.raises(AnnotatorError) as caught:
        load_scheme(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_start_with_a_warm_cache_does_not_import_yaml(home: Path) -> None:
    program = (
        "import sys\n"
        "from annotator.store.scheme_files import load_scheme\n"
        "from annotator.store.keymap_files import load_keymap\n"
        "load_scheme('claims-and-placeholders'); load_keymap('vim')\n"
        "print('yaml' in sys.modules)\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert said == ["True", "False"]


def test_the_sample_is_there() -> None:
    assert (resources.sample_data_path() / "annotator.yaml").is_file()


@pytest.mark.parametrize("keymap", ["default", "vim", "emacs"])
def test_no_shipped_scheme_takes_a_key_that_a_shipped_keymap_needs(keymap: str) -> None:
    for name in resources.scheme_names():
        scheme = load_scheme(name)
        assert check_labels(load_keymap(keymap), scheme, essential_only=True) == []
        if keymap == "default":
            assert check_labels(load_keymap(keymap), scheme) == []
