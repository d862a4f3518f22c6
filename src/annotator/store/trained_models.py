"""Where a project's trained models lie, and how a new one takes the place of an old one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..domain.errors import AnnotatorError
from .atomic import make_folder, storage_error, write_atomic
from .set_paths import PRIVATE

MODELS = "models"
CLAIMS = "claims"
META = "meta.json"
OWNER = "annotator"
"""Key of a pipeline's ``meta.json`` that says that this program trained it, and on what."""


def default_folder(root: Path) -> Path:
    """Return where a project's trained claim model lies when nobody says otherwise."""
    return root / PRIVATE / MODELS / CLAIMS


def trained_model_folder(root: Path) -> Path | None:
    """Return the folder of the trained claim model that a project uses; None when it has none.

    Args:
        root: the project's folder.
    """
    folder = _pointed_to(root) or default_folder(root)
    return folder if (folder / META).is_file() else None


def use_model(root: Path, folder: Path) -> None:
    """Let a project use a trained model from now on.

    Args:
        root: the project's folder.
        folder: the model's; anywhere.

    Raises:
        StorageError: the disk refused.
    """
    pointer = _pointer(root)
    if folder == default_folder(root):
        try:
            pointer.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, pointer) from error
        return
    make_folder(pointer.parent, root)
    inside = folder.is_relative_to(root)
    place = folder.relative_to(root).as_posix() if inside else str(folder)
    write_atomic(pointer, json.dumps({"folder": place}).encode("ascii") + b"\n")


def read_meta(folder: Path) -> dict[str, Any]:
    """Return a trained model's ``meta.json``; empty when there is none of this program.

    Args:
        folder: a model's folder.
    """
    try:
        meta = json.loads((folder / META).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return meta if isinstance(meta, dict) and isinstance(meta.get(OWNER), dict) else {}


def next_version(root: Path, folder: Path) -> str:
    """Return a version above that of the model in a folder and of the one the project uses."""
    used = trained_model_folder(root)
    versions = [str(read_meta(one).get("version", "")) for one in (folder, used) if one]
    majors = [int(version.split(".")[0]) for version in versions if version[:1].isdigit()]
    return f"{max(majors, default=0) + 1}.0.0"


def check_replaceable(folder: Path) -> None:
    """Make sure that nothing but a trained model would be replaced.

    Raises:
        AnnotatorError: there is something else.
    """
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise AnnotatorError(f"{folder} is a file", "name a folder with --output")
    if any(folder.iterdir()) and not read_meta(folder):
        raise AnnotatorError(
            f"{folder} holds something that `annotator train` did not write",
            "name another folder with --output",
        )


def replace_folder(folder: Path, write: Callable[[Path], None], root: Path) -> None:
    """Put a new folder in the place of an old one: readers find the old one or the new, whole.

    Args:
        folder: the place.
        write: fills the new folder, which it is given and which is not there yet.
        root: the project's folder; nothing is created above it for a folder below it.

    Raises:
        AnnotatorError: what is there is not to be replaced; see :func:`check_replaceable`.
        StorageError: the disk refused; what was there is as it was.
    """
    check_replaceable(folder)
    mark = secrets.token_hex(4)
    new, old = (folder.with_name(f".{folder.name}.{mark}.{kind}") for kind in ("new", "old"))
    try:
        if folder.is_relative_to(root):
            make_folder(folder.parent, root)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
        write(new)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise storage_error(error, folder) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _pointer(root: Path) -> Path:
    return root / PRIVATE / MODELS / f"{CLAIMS}.json"


def _pointed_to(root: Path) -> Path | None:
    try:
        place = json.loads(_pointer(root).read_bytes())["folder"]
        return root / place if place else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
