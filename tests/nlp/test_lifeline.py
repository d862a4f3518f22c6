"""Workers whose parent is killed: a real parent, and workers that do not see their input end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import annotator

SOURCE = Path(annotator.__file__).parents[1]
PATIENCE = 60
"""Seconds after which a worker that still runs is one that would run forever."""
PARENT = """
import json, subprocess, sys, threading
from annotator.nlp.process import WorkerProcess

spoke = threading.Event()
worker = WorkerProcess(sys.argv[2:], lambda who, message: spoke.set())
order = json.loads(sys.argv[1])
if order:
    worker.send(order)
spoke.wait()
# Somebody else keeps the worker's input open, so that it does not end with this program.
held = worker._process.stdin.fileno()
subprocess.Popen(["sleep", "600"], pass_fds=(held,), stdout=subprocess.DEVNULL)
print(worker.pid, flush=True)
sys.stdin.read()
"""
SETUP = {"specs": [], "labels": [], "language": "en", "seconds": 9}
LOOP = """
from annotator.nlp.json_lines import private_stdout, write_message
from annotator.nlp.lifeline import end_with_parent
end_with_parent()
write_message(private_stdout(), {})
"""
LOOPS = {
    "python": "while True: pass",
    # A call of compiled code that lets no other thread have a turn.
    "compiled": "import re; re.match('(?:a|a)*b', 'a' * 80)",
}


def outlives(path: Path, order: object, *words: str) -> bool:
    """Say whether a worker is still there long after its parent was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, json.dumps(order), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(path), str(SOURCE)])},
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        handle = os.pidfd_open(worker)
        try:
            process.kill()
            process.wait()
            return not select.select([handle], [], [], PATIENCE)[0]
        finally:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            os.close(handle)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what kept the input open is in its group
        process.communicate()


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.skipif(sys.platform != "linux", reason="pidfd_open(2), O_ASYNC on pipes")
def test_a_worker_that_never_comes_back_ends_with_its_parent(tmp_path: Path, loop: str) -> None:
    (tmp_path / "busy.py").write_text(LOOP + LOOPS[loop])
    assert not outlives(tmp_path, None, "busy")


@pytest.mark.skipif(sys.platform != "linux", reason="pidfd_open(2)")
def test_the_entity_worker_ends_with_its_parent(rules: Path, tmp_path: Path) -> None:
    assert not outlives(tmp_path, None, "annotator.nlp.worker", str(rules))


@pytest.mark.skipif(sys.platform != "linux", reason="pidfd_open(2)")
def test_the_suggester_worker_ends_with_its_parent(tmp_path: Path) -> None:
    order = {"setup": SETUP, "pipeline": None, "stand_back": False}
    assert not outlives(tmp_path, order, "annotator.suggest.running.worker")
