"""A real process, killed at random moments, loses nothing that it had acknowledged.

Run as a program, this file is that process.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

from annotator.domain.annotations import AnnotationSet, DocumentRef, Op, Put, SetField
from annotator.domain.document import Document
from annotator.domain.history import Edit, History
from annotator.domain.span import Span
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore

TEXT = "The ferry to the northern isles has been cancelled since Monday. " * 20
DOCUMENT = Document.of("ferry.txt", TEXT)
ROUNDS = 5


def ops_of(number: int) -> tuple[Op, ...]:
    """Return what the action of a number does."""
    start = number * 7 % 600
    made = Span(
        id=f"s{number % 50}",
        label="claim",
        start=start,
        end=start + 20 + number % 40,
        quote=TEXT[start : start + 20 + number % 40],
        note=str(number),
    )
    return Put("spans", made), SetField("note", f"action {number}")


def is_undo(number: int) -> bool:
    return number % 7 == 5


def act(store: SetStore, number: int) -> None:
    """Do the action of a number: mostly a tag, now and then an undo or a redo."""
    if is_undo(number):
        store.undo()
    elif number % 14 == 6:
        store.redo()
    else:
        store.do("tag", ops_of(number))


def model_of(count: int) -> AnnotationSet:
    """Return the state after so many actions, by the plain classes of the domain."""
    reference = DocumentRef("ferry.txt", DOCUMENT.sha256, DOCUMENT.length)
    model, history = AnnotationSet(reference, "mira", "claims/1"), History()
    for number in range(count):
        if is_undo(number):
            history.undo(model)
        elif number % 14 == 6:
            history.redo(model)
        else:
            ops = ops_of(number)
            history.record(Edit("tag", ops, model.apply(ops)))
    return model


def work(root: Path, number: int) -> None:
    """Act for ever, say each action's number when it is done, and save all the while."""
    store = SetStore.open(SetPaths.of(root, "mira", "ferry.txt"), DOCUMENT, "mira", "claims/1")
    frozen = [store.freeze()]

    def keep_saving() -> None:
        while True:
            store.write(frozen[0])
            store.sync()

    threading.Thread(target=keep_saving, daemon=True).start()
    while True:
        act(store, number)
        frozen[0] = store.freeze()
        os.write(1, b"%d\n" % number)
        number += 1


def last_acknowledged(root: Path, begin: int, wait_for: int) -> int:
    """Run the process, kill it once it has said so many numbers, return the last it said."""
    command = [sys.executable, __file__, str(root), str(begin)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(wait_for):
            assert process.stdout.readline()
        process.kill()
        said = process.stdout.read().splitlines()
    return int(said[-1]) if said else begin + wait_for - 1


def test_a_killed_process_loses_no_acknowledged_action(tmp_path: Path) -> None:
    paths = SetPaths.of(tmp_path, "mira", "ferry.txt")
    chance = random.Random()
    count = 0
    for _ in range(ROUNDS):
        last = last_acknowledged(tmp_path, count, chance.randint(1, 60))
        store = SetStore.open(paths, DOCUMENT, "mira", "claims/1")
        ours = store.annotations
        # One action more may be there: done, but killed before it could be said.
        for done in (last + 1, last + 2):
            model = model_of(done)
            if (ours.spans, ours.note) == (model.spans, model.note):
                break
        else:
            raise AssertionError(f"not the state after {last} or one more: {ours.note}")
        assert not store.notices
        count = done
        store.close()
    store = SetStore.open(paths, DOCUMENT, "mira", "claims/1")
    store.do("note", [SetField("note", "the end")])
    assert store.write(store.freeze())
    assert [path.name for path in paths.annotations.parent.iterdir()] == ["ferry.txt.yaml"]
    store.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
