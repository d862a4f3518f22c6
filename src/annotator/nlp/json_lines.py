"""How a worker process speaks: JSON lines on an output that nothing else writes to."""

from __future__ import annotations

import json
import os
from typing import BinaryIO


def private_stdout() -> BinaryIO:
    """Return standard output for the answers alone.

    A library that prints must not break the protocol: what anything else writes to standard
    output from now on goes to stderr.
    """
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "wb", buffering=0)


def write_message(output: BinaryIO, message: object) -> None:
    """Write one message as a line of ASCII, all of it.

    Raises:
        BrokenPipeError: nobody listens any more.
        TypeError: the message holds what JSON cannot.
    """
    data = memoryview(json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n")
    while data:
        data = data[output.write(data) :]
