"""Where the files of one annotation set lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .escaping import escape

ANNOTATIONS = "annotations"
"""Folder of the YAML files, one folder an annotator in it."""
PRIVATE = ".annotator"
"""Folder of journals, locks and states."""
JOURNALS = "journals"
"""Its folder of journals, one folder an annotator in it."""
IMPORTS = "import-"
"""How the folders in PRIVATE begin in which imports grow until they are whole."""
CONFIG = "annotator.yaml"


class SetPaths(NamedTuple):
    """The files of one annotator's work on one document.

    Attributes:
        root: the project's folder; nothing is ever created above it.
        annotations: the YAML file.
        journal: the log of every action.
        lock: held by the process that may write.
        state: caret position and the like; may be lost without harm.
    """

    root: Path
    annotations: Path
    journal: Path
    lock: Path
    state: Path

    @classmethod
    def of(cls, root: Path, annotator: str, location: str) -> SetPaths:
        """Return the paths of a set.

        Args:
            root: the project's folder.
            annotator: a name as people write it, e.g. ``model:claims``.
            location: the document's escaped relative path (see ``DocumentEntry.location``).
        """
        name = f"{escape(annotator)}/{location}"
        private = root / PRIVATE
        return cls(
            root,
            root / ANNOTATIONS / f"{name}.yaml",
            private / JOURNALS / f"{name}.jsonl",
            private / "locks" / f"{name}.lock",
            private / "states" / f"{name}.json",
        )
