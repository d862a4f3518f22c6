"""The worker process: ``python -m annotator.nlp.worker PIPELINE``, JSON lines in and out.

It first says ``{"ready": {"name", "version"}}`` or ``{"missing": MESSAGE}``. Then to each
``{"batch": NUMBER, "texts": [...]}`` it answers ``{"batch": NUMBER, "entities": [...]}``, for each
text a list of ``[start, end, label]``. It ends when its input ends, so it never outlives the
program that started it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from ..domain.errors import AnnotatorError
from .priority import stand_back


def main() -> int:
    """Serve until the input ends; return the exit code."""
    stand_back()
    answers = _private_stdout()
    try:
        return _serve(sys.argv[1], sys.stdin.buffer, answers)
    except BrokenPipeError:
        return 0  # nobody listens any more


def _private_stdout() -> BinaryIO:
    # A library that prints must not break the protocol: what it writes goes to stderr.
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "wb", buffering=0)


def _serve(name: str, requests: BinaryIO, answers: BinaryIO) -> int:
    def answer(**message: object) -> None:
        data = memoryview(json.dumps(message, separators=(",", ":")).encode() + b"\n")
        while data:
            data = data[answers.write(data) :]

    from .pipeline import Pipeline

    try:
        pipeline = Pipeline(name)
    except AnnotatorError as error:
        answer(missing=str(error))
        return 0
    answer(ready={"name": pipeline.info.name, "version": pipeline.info.version})
    for line in requests:
        request = json.loads(line)
        answer(batch=request["batch"], entities=pipeline.entities(request["texts"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
