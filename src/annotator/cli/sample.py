"""The sample project as something the user may write to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..domain.errors import StorageError
from ..store.resources import sample_data_path, user_data_dir


def sample_copy() -> Path:
    """Return the user's own copy of the sample project; made when there is none yet.

    The shipped one may be read-only, and it is the same for everyone on the machine. A copy that
    is there stays as it is, with the user's annotations.

    Raises:
        StorageError: the copy cannot be made.
    """
    target = user_data_dir() / "sample"
    if target.is_dir():
        return target
    source = sample_data_path()
    unfinished = target.with_name(f"sample.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, unfinished, copy_function=shutil.copyfile)
        unfinished.rename(target)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if target.is_dir():  # Another process was faster.
            return target
        what = error.strerror or str(error)
        hint = f"open the shipped sample: annotator --read-only {source}"
        raise StorageError(f"cannot copy the sample to {target}: {what}", hint) from error
    return target
