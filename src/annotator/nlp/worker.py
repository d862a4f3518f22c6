"""The worker process: ``python -m annotator.nlp.worker PIPELINE``, JSON lines in and out.

It first says ``{"ready": {"name", "version"}}`` or ``{"missing": MESSAGE}``. Then to each
``{"batch": NUMBER, "texts": [...]}`` it answers ``{"batch": NUMBER, "entities": [...]}``, for each
text a list of ``[start, end, label]``. It ends when its input ends, and with the
program that started it (``lifeline``).
"""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from ..domain.errors import AnnotatorError
from .json_lines import private_stdout, write_message
from .lifeline import end_with_parent
from .priority import stand_back


def main() -> int:
    """Serve until the input ends; return the exit code."""
    end_with_parent()
    stand_back()
    answers = private_stdout()
    try:
        return _serve(sys.argv[1], sys.stdin.buffer, answers)
    except BrokenPipeError:
        return 0  # nobody listens any more


def _serve(name: str, requests: BinaryIO, answers: BinaryIO) -> int:
    from .pipeline import Pipeline

    try:
        pipeline = Pipeline(name)
    except AnnotatorError as error:
        write_message(answers, {"missing": str(error)})
        return 0
    ready = {"name": pipeline.info.name, "version": pipeline.info.version}
    write_message(answers, {"ready": ready})
    for line in requests:
        request = json.loads(line)
        found = pipeline.entities(request["texts"])
        write_message(answers, {"batch": request["batch"], "entities": found})
    return 0


if __name__ == "__main__":
    sys.exit(main())
