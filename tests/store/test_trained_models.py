"""Where trained models lie."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError, StorageError
from annotator.store.trained_models import (
    check_replaceable,
    default_folder,
    next_version,
    read_meta,
    replace_folder,
    trained_model_folder,
    use_model,
)


def write(folder: Path, version: str = "1.0.0") -> None:
    """Write what makes a folder a trained model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "meta.json").write_text(json.dumps({"version": version, "annotator": {}}))


def test_a_project_without_a_model_has_none(tmp_path: Path) -> None:
    assert trained_model_folder(tmp_path) is None
    default_folder(tmp_path).mkdir(parents=True)
    assert trained_model_folder(tmp_path) is None


def test_the_default_place_needs_no_pointer(tmp_path: Path) -> None:
    write(default_folder(tmp_path))
    assert trained_model_folder(tmp_path) == tmp_path / ".annotator" / "models" / "claims"


def test_a_model_elsewhere_is_found_until_it_is_gone(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    root.mkdir()
    write(elsewhere)
    use_model(root, elsewhere)
    assert trained_model_folder(root) == elsewhere
    (elsewhere / "meta.json").unlink()
    assert trained_model_folder(root) is None


def test_a_model_inside_the_project_moves_along_with_it(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(root / "mine")
    use_model(root, root / "mine")
    moved = root.rename(tmp_path / "moved")
    assert trained_model_folder(moved) == moved / "mine"


def test_training_in_the_default_place_again_takes_the_pointer_away(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(default_folder(root))
    write(root / "mine")
    use_model(root, root / "mine")
    use_model(root, default_folder(root))
    assert trained_model_folder(root) == default_folder(root)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"folder": 3}', b'{"folder": ""}', b"\xff"]
)
def test_a_broken_pointer_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    write(default_folder(tmp_path))
    (tmp_path / ".annotator" / "models" / "claims.json").write_bytes(content)
    assert trained_model_folder(tmp_path) == default_folder(tmp_path)


def test_versions_rise_above_what_is_replaced_and_what_is_used(tmp_path: Path) -> None:
    assert next_version(tmp_path, default_folder(tmp_path)) == "1.0.0"
    write(default_folder(tmp_path), "4.0.0")
    assert next_version(tmp_path, default_folder(tmp_path)) == "5.0.0"
    assert next_version(tmp_path, tmp_path / "new") == "5.0.0"
    write(tmp_path / "old", "9.0.0")
    assert next_version(tmp_path, tmp_path / "old") == "10.0.0"
    write(tmp_path / "odd", "beta")
    assert next_version(tmp_path, tmp_path / "odd") == "5.0.0"


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    folder = default_folder(tmp_path)
    write(folder, "1.0.0")
    (folder / "left-over").write_text("x")
    replace_folder(folder, lambda new: write(new, "2.0.0"), tmp_path)
    assert read_meta(folder)["version"] == "2.0.0"
    assert [path.name for path in folder.iterdir()] == ["meta.json"]
    assert [path.name for path in folder.parent.iterdir()] == ["claims"]


def test_when_writing_fails_the_old_one_stays(tmp_path: Path) -> None:
    folder = default_folder(tmp_path)
    write(folder, "1.0.0")

    def fail(new: Path) -> None:
        write(new)
        raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="disk is full"):
        replace_folder(folder, fail, tmp_path)
    assert read_meta(folder)["version"] == "1.0.0"
    assert [path.name for path in folder.parent.iterdir()] == ["claims"]


def test_when_the_last_step_fails_the_old_one_comes_back(tmp_path: Path) -> None:
    folder = default_folder(tmp_path)
    write(folder, "1.0.0")
    with pytest.raises(StorageError):
        replace_folder(folder, lambda new: None, tmp_path)
    assert read_meta(folder)["version"] == "1.0.0"
    assert [path.name for path in folder.parent.iterdir()] == ["claims"]


def test_nothing_but_a_trained_model_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_replaceable(tmp_path / "empty")
    check_replaceable(tmp_path / "new")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear")
    (tmp_path / "file").write_text("x")
    for name in ("letters", "file"):
        with pytest.raises(AnnotatorError, match="--output"):
            replace_folder(tmp_path / name, write, tmp_path)
    assert (tmp_path / "letters" / "a.txt").read_text() == "dear"
