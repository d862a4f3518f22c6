"""``annotator validate``, ``schema``, ``paths`` and ``doctor``."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from annotator.cli.doctor import PACKAGES, Check, check_folder, check_package
from annotator.cli.schema import FORMATS
from annotator.store.resources import keymap_path, sample_data_path, scheme_path, user_config_dir

from .conftest import Cli, imported_by

ROOT = Path(__file__).parents[2]


def annotation_file(folder: Path, quote: str) -> Path:
    """Write an article and an annotation set of it with one span; return the set's file."""
    from annotator.domain.document import text_sha256

    text = "Storms hit the coast.\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    path = folder / "annotations" / "mira" / "a.txt.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        f"format: annotator/1\n"
        f"document: {{id: a.txt, sha256: {text_sha256(text)}, length: {len(text)}}}\n"
        f"annotator: mira\n"
        f"scheme: claims-and-placeholders/1\n"
        f"status: in-progress\n"
        f"spans:\n"
        f"- id: s1\n"
        f"  label: claim\n"
        f"  start: 0\n"
        f"  end: 6\n"
        f'  quote: "{quote}"\n'
        f"relations: []\n",
        encoding="utf-8",
    )
    return path


def test_validate_finds_nothing_in_a_right_project(tmp_path: Path, cli: Cli) -> None:
    path = annotation_file(tmp_path, "Storms")
    for target in (path, tmp_path):
        outcome = cli("validate", str(target))
        assert (outcome.status, outcome.out, outcome.err) == (0, "", "no findings\n")
    assert cli("validate", str(path), "--json").json == []


def test_validate_checks_rule_files_and_those_that_a_project_names(
    tmp_path: Path, cli: Cli
) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "annotator.yaml").write_text("rules: [house.yaml, gone.yaml]\n")
    house = tmp_path / "house.yaml"
    house.write_text("format: annotator-rules/1\nlabel: placeholder\nrules:\n- id: a\n  x: 1\n")
    for target in (tmp_path, tmp_path / "annotator.yaml"):
        outcome = cli("validate", str(target))
        assert outcome.status == 1
        assert f"{house}:5: error: rules: rules.0.x: " in outcome.out
        assert f"{tmp_path / 'gone.yaml'}: error: rules: there is no file" in outcome.out
    outcome = cli("validate", str(house))
    assert outcome.status == 1
    assert "gone.yaml" not in outcome.out
    assert f"{house}:5: error: rules: rules.0.x: " in outcome.out
    assert cli("validate", str(tmp_path / "a.txt")).status == 0


def test_validate_names_file_and_line_of_a_wrong_quote(tmp_path: Path, cli: Cli) -> None:
    path = annotation_file(tmp_path, "Floods")
    outcome = cli("validate", str(path))
    assert outcome.status == 1
    assert outcome.out.startswith(f"{path}:11: ")
    assert outcome.err == "1 finding in 1 file\n"
    found = cli("validate", str(path), "--json")
    assert found.status == 1
    assert [(finding["file"], finding["line"]) for finding in found.json] == [(str(path), 11)]
    assert {"severity", "code", "message"} <= found.json[0].keys()


def test_validate_of_nothing_is_bad_input(tmp_path: Path, cli: Cli) -> None:
    outcome = cli("validate", str(tmp_path / "none"))
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_schema_that_is_one(name: str, cli: Cli) -> None:
    outcome = cli("schema", name)
    assert outcome.status == 0
    Draft202012Validator.check_schema(outcome.json)
    assert outcome.json["type"] == "object"


def test_the_schema_without_a_name_is_that_of_annotations(cli: Cli) -> None:
    assert cli("schema").json == cli("schema", "annotation").json


def test_paths_are_those_in_use(cli: Cli, own_folders: Path) -> None:
    folders = cli("paths", "--json").json
    assert folders["shipped-keymaps"] == str(keymap_path("default").parent)
    assert folders["shipped-schemes"] == str(scheme_path("claims-and-placeholders").parent)
    assert folders["shipped-sample"] == str(sample_data_path())
    assert folders["keymaps"] == str(user_config_dir() / "keymaps")
    for name in ("config", "keymaps", "schemes", "cache", "data"):
        assert Path(folders[name]).is_relative_to(own_folders)
    assert cli("paths").out.splitlines()[0].split() == ["config", folders["config"]]


def test_doctor_reports_on_all_that_is_needed(cli: Cli) -> None:
    outcome = cli("doctor", "--json")
    checks = {check["name"]: check for check in outcome.json}
    assert {"python", *PACKAGES, "pipeline", "terminal", "config", "cache", "data"} <= checks.keys()
    schemes = [check["detail"] for check in outcome.json if check["name"] == "scheme"]
    keymaps = [check["detail"] for check in outcome.json if check["name"] == "keymap"]
    assert "claims-and-placeholders" in schemes
    assert {"default", "vim", "emacs"} <= set(keymaps)
    failed = [check for check in outcome.json if check["status"] == "failed"]
    assert outcome.status == (1 if failed else 0)
    assert all(check["hint"] for check in outcome.json if check["status"] != "ok")
    text = cli("doctor")
    assert text.status == outcome.status
    assert len(text.out.splitlines()) >= len(checks)


def test_doctor_looks_for_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {requirement.replace("=", ">").split(">")[0] for requirement in project["dependencies"]}
    assert names <= set(PACKAGES)


def test_doctor_fails_on_a_broken_keymap_of_the_user(cli: Cli) -> None:
    folder = user_config_dir() / "keymaps"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("name: mine\nkeys: {article: {span.note: w}}\n")
    outcome = cli("doctor", "--json")
    assert outcome.status == 1
    failed = [check for check in outcome.json if check["status"] == "failed"]
    assert any("mine.yaml:2" in check["detail"] for check in failed)


def test_doctor_goes_on_without_a_pipeline(cli: Cli) -> None:
    outcome = cli("doctor", "--json", "--pipeline", "no_such_pipeline")
    pipeline = next(check for check in outcome.json if check["name"] == "pipeline")
    assert pipeline["status"] == "warning"
    assert "no_such_pipeline" in pipeline["detail"]


def test_doctor_imports_neither_spacy_nor_textual() -> None:
    _, modules = imported_by("doctor", "--json")
    assert not {"spacy", "textual"} & set(modules)


def test_a_package_that_is_missing_is_told_with_how_to_get_it() -> None:
    assert check_package("no-such-package-here") == Check(
        "no-such-package-here", "failed", "not installed", "pip install no-such-package-here"
    )


def test_a_folder_that_is_not_there_yet_counts_as_its_parent(tmp_path: Path) -> None:
    assert check_folder("data", tmp_path / "a" / "b").status == "ok"
    (tmp_path / "file").write_text("")
    assert check_folder("data", tmp_path / "file" / "b").status == "failed"
    assert check_folder("cache", tmp_path / "file" / "b").status == "warning"
    assert not os.path.lexists(tmp_path / "a")
