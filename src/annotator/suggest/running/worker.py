"""The worker process: ``python -m annotator.suggest.running.worker``, JSON lines in and out.

Its first line is the setup, ``{"setup": SETUP, "pipeline": NAME or null, "stand_back": FLAG}``; it
says ``{"loading": NAME}`` before it loads each suggester, and in the end ``{"loaded": [[NAME,
VERSION, NEEDS_ENTITIES], ...], "failed": [[NAME, MESSAGE], ...], "left_out": [NAME, ...]}``.

* ``{"text": TEXT, "entities": PACKED or null}`` says which text is spoken of, ``{"entities":
  PACKED}`` alone what is known of it meanwhile; neither is answered.
* ``{"ask": NAME}`` is answered by ``{"name": NAME, "found": PACKED}`` or ``{"name": NAME,
  "failed": MESSAGE}``.

What it does with whole batches of documents is told in ``batch``. It ends when its input ends, and
with the program that started it (``nlp.lifeline``).
"""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

from ...domain.errors import AnnotatorError
from ...nlp.entities import unpack as unpack_entities
from ...nlp.json_lines import private_stdout, write_message
from ...nlp.lifeline import end_with_parent
from ...nlp.priority import stand_back
from ..base import Text
from ..specs import SuggestSetup
from .batch import BatchReader
from .runner import Runner


def main() -> int:
    """Serve until the input ends; return the exit code."""
    end_with_parent()
    answers = private_stdout()
    try:
        return _serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        return 0  # nobody listens any more


def _serve(requests: BinaryIO, answers: BinaryIO) -> int:
    first = requests.readline()
    if not first:
        return 0
    order = json.loads(first)
    if order["stand_back"]:
        stand_back()
    runner = Runner(
        SuggestSetup.from_json(order["setup"]),
        lambda name: write_message(answers, {"loading": name}),
    )
    write_message(
        answers,
        {
            "loaded": [
                [name, one.version, one.needs_entities] for name, one in runner.suggesters.items()
            ],
            "failed": runner.failed,
            "left_out": runner.left_out,
        },
    )
    batches = BatchReader(runner, order["pipeline"])
    text = Text("")
    for line in requests:
        request = json.loads(line)
        if "batch" in request:
            write_message(answers, batches.answer(request))
        elif "ask" in request:
            write_message(answers, _answer(runner, request["ask"], text))
        else:
            text = _text(request, text, runner.setup.language)
    return 0


def _text(request: dict[str, Any], before: Text, language: str) -> Text:
    text = Text(request["text"], language) if "text" in request else before
    packed = request["entities"]
    if packed is None:
        return text
    return text.with_entities(unpack_entities(packed, len(text.text)))


def _answer(runner: Runner, name: str, text: Text) -> dict[str, object]:
    try:
        return {"name": name, "found": runner.suggest(name, text)}
    except AnnotatorError as error:
        return {"name": name, "failed": str(error)}


if __name__ == "__main__":
    sys.exit(main())
