"""A worker process as its parent holds it: JSON lines in and out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import IO, Any

from .lifeline import VARIABLE

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

Message = dict[str, Any]


class WorkerProcess:
    """A running worker.

    Args:
        words: the worker's module and its arguments.
        on_message: called with this object and each message, in a thread of its own; with None
            once, when the worker has ended.

    Raises:
        OSError: the process could not be started.
    """

    def __init__(
        self, words: Sequence[str], on_message: Callable[[WorkerProcess, Message | None], None]
    ) -> None:
        # A file and not a pipe: nobody has to read it, and the terminal stays clean.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        try:
            theirs, self._lifeline = os.pipe()
            try:
                self._process = _start(words, self._complaints, theirs)
            except OSError:
                os.close(self._lifeline)
                raise
            finally:
                os.close(theirs)
        except OSError:
            self._complaints.close()
            raise
        self._on_message = on_message
        self._reader = threading.Thread(target=self._read, name="worker-reader", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            for line in self._process.stdout:
                if line.endswith(b"\n"):  # else it died while it wrote
                    self._on_message(self, json.loads(line))
        finally:
            self._on_message(self, None)

    def send(self, message: Message) -> None:
        """Write a message; one that has ended is told by ``on_message`` and not here."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
            self._process.stdin.flush()

    def kill(self) -> None:
        """End the process at once; it holds nothing worth saving. Safe from any thread."""
        self._process.kill()

    def reap(self) -> str:
        """Wait for the end of a process that ended or was killed, free all it held.

        Returns:
            How it ended, in one line.
        """
        code = self._process.wait()
        self._reader.join()
        os.close(self._lifeline)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        with self._complaints as file:
            file.seek(0)
            lines = file.read().decode("utf-8", "replace").split("\n")
        if code < 0:
            return f"signal {-code} ({signal.strsignal(-code)})"
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else f"exit code {code}"


def _start(words: Sequence[str], complaints: IO[bytes], lifeline: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module
        # -P: a folder of articles may hold a json.py, which must not be imported.
        [sys.executable, "-P", "-m", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), VARIABLE: str(lifeline)},
        pass_fds=(lifeline,),
        start_new_session=True,  # Ctrl-C in the terminal is not meant for it
    )
