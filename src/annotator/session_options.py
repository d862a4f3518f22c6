"""What the command line asks of the app."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class OpenOptions(NamedTuple):
    """How to open what.

    Attributes:
        path: a file, a folder, a ``.jsonl`` or a project.
        annotator: whose annotation sets are written; never empty.
        encoding: the codec of the articles.
        scheme: a shipped scheme's name or a file; None for the project's own, else the default.
        keymap: a keymap's name or a file; None for the default keymap.
        read_only: change nothing on disk.
        pipeline: the spaCy pipeline to use; None for the project's own, else the default.
        use_pipeline: whether to look for entities at all.
        use_candidates: whether to show what suggesters and other annotators propose.
        order: in which order documents come, see ``session.queue_order``; None for the project's.
        seed: for the order ``random``; None for the project's.
        adjudicated: the annotators whose spans are the candidates, instead of the suggesters';
            empty outside adjudication.
        theme: the name of a theme; None for the default.
        annotator_given: whether :attr:`annotator` was asked for on the command line; otherwise
            it is the login name, and a project may name another.
    """

    path: Path
    annotator: str = "annotator"
    encoding: str = "utf-8"
    scheme: str | None = None
    keymap: str | None = None
    read_only: bool = False
    pipeline: str | None = None
    use_pipeline: bool = True
    use_candidates: bool = True
    adjudicated: tuple[str, ...] = ()
    order: str | None = None
    seed: int | None = None
    theme: str | None = None
    annotator_given: bool = False
