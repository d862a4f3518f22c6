from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.domain.annotations import AnnotationSet, Drop, Op, Put, SetField
from annotator.domain.document import Document
from annotator.domain.errors import (
    InvalidFileError,
    LockedError,
    ReadOnlyError,
    StorageError,
)
from annotator.domain.span import Relation, Span
from annotator.store.journal_file import read_journal
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import ChangedOutsideError, Frozen, SetStore
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set

TEXT = "The dam holds [NUMBER] litres. It was built in 1931.\nNobody has checked [DATE] yet.\n"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where waiting for a disk is short: this machine checks order, not durability."""
DOCUMENT = Document.of("dam.txt", TEXT)


def span(span_id: str, start: int, end: int, label: str = "claim", **more: Any) -> Span:
    return Span(id=span_id, label=label, start=start, end=end, quote=TEXT[start:end], **more)


def state(annotations: AnnotationSet) -> tuple[object, ...]:
    """Return everything a set says, so that two can be compared."""
    return (
        annotations.status,
        annotations.note,
        annotations.spans,
        annotations.rejected,
        annotations.orphans,
        annotations.relations,
        annotations.rejected_relations,
        annotations.document.sha256,
    )


def opened(paths: SetPaths, document: Document = DOCUMENT, *, read_only: bool = False) -> SetStore:
    return SetStore.open(paths, document, "mira", "claims/1", read_only=read_only)


def crash(store: SetStore) -> None:
    """Let go of everything that the system frees when a process dies, and write nothing."""
    store._journal.close()
    assert store._lock is not None
    store._lock.release()


def save(store: SetStore) -> None:
    store.write(store.freeze())


def edit_outside(paths: SetPaths, *ops: Op) -> AnnotationSet:
    """Change the YAML file as another program would."""
    paths.annotations.parent.mkdir(parents=True, exist_ok=True)
    if paths.annotations.exists():
        found = load_set(paths.annotations.read_bytes(), "x").annotations
    else:
        found = AnnotationSet(reference(), "mira", "claims/1")
    found.apply(ops)
    paths.annotations.write_text(dump_set(found))
    return found


def reference() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        probe = opened(SetPaths.of(Path(folder), "mira", "dam.txt"), read_only=True)
        return probe.annotations.document


IDS = [f"s{number}" for number in range(5)]
RANGES = st.tuples(st.integers(0, 30), st.integers(1, 40)).map(lambda p: (p[0], p[0] + p[1]))


class Acts(RuleBasedStateMachine):
    """Everything that may happen to a set; what is open always equals what was done.

    The model is a plain copy of the state with a stack of copies for undo, a note of what the
    YAML does not hold, and the YAML's own state. It knows nothing of journals.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.paths = SetPaths.of(Path(self.folder.name), "mira", "dam.txt")
        self.store = opened(self.paths)
        self.model = deepcopy(self.store.annotations)
        self.done: list[tuple[Op, ...]] = []
        self.undone: list[tuple[Op, ...]] = []
        self.unsaved: list[tuple[Op, ...]] = []
        self.frozen: tuple[Frozen, int] | None = None
        self.lost_touch = False
        self.outside = 0

    @initialize(with_file=st.booleans())
    def begin(self, with_file: bool) -> None:
        """Begin with nothing, or with a file that came with the texts."""
        if with_file:
            crash(self.store)
            made = edit_outside(self.paths, Put("spans", span("given", 0, 3)))
            self.model.apply([Put("spans", made.spans["given"])])
            self.store = opened(self.paths)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def act(self, *ops: Op) -> None:
        self.store.do("act", ops, at=3, keys=2)
        self.done.append(self.model.apply(ops))
        self.undone.clear()
        self.unsaved.append(ops)

    @rule(span_id=st.sampled_from(IDS), place=RANGES, note=st.text(max_size=3))
    def tag(self, span_id: str, place: tuple[int, int], note: str) -> None:
        made = span(span_id, *place, attributes={"evidence": ["x", note]}, note=note)
        self.act(Put("spans", made))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.model.spans:
            self.act(Drop("spans", data.draw(st.sampled_from(sorted(self.model.spans)))))

    @rule(span_id=st.sampled_from(IDS), place=RANGES)
    def reject_and_relate(self, span_id: str, place: tuple[int, int]) -> None:
        relation = Relation(id="r1", type="restates", source=span_id, target=IDS[0])
        self.act(
            Put("rejected", span(f"c{span_id}", *place)),
            Put("relations", relation),
            Put("rejected_relations", replace(relation, id="r2")),
            SetField("status", "in-progress"),
        )

    @rule(note=st.text(max_size=3))
    def write_note(self, note: str) -> None:
        self.act(SetField("note", note))

    @rule()
    def undo(self) -> None:
        edit = self.store.undo()
        assert (edit is None) == (not self.done)
        if edit is not None:
            back = self.done.pop()
            self.undone.append(self.model.apply(back))
            self.unsaved.append(back)

    @rule()
    def redo(self) -> None:
        edit = self.store.redo()
        assert (edit is None) == (not self.undone)
        if edit is not None:
            forth = self.undone.pop()
            self.done.append(self.model.apply(forth))
            self.unsaved.append(forth)

    @rule()
    def freeze(self) -> None:
        self.frozen = (self.store.freeze(), len(self.unsaved))

    @precondition(lambda self: self.frozen is not None)
    @rule()
    def write(self) -> None:
        """Write what was frozen, whatever was done since."""
        assert self.frozen is not None
        (frozen, count), self.frozen = self.frozen, None
        if self.lost_touch and frozen.through > self.store._through:
            before = self.paths.annotations.read_bytes()
            with pytest.raises(ChangedOutsideError):
                self.store.write(frozen)
            assert self.paths.annotations.read_bytes() == before
            return
        if self.store.write(frozen):
            del self.unsaved[:count]

    @rule()
    def crash_before_the_rename(self) -> None:
        """Die when the journal announces a file that is not in place yet."""
        if self.store.dirty and not self.lost_touch:
            frozen = self.store.freeze()
            self.store._announce("f" * 64, frozen.through)
            self.paths.annotations.parent.mkdir(parents=True, exist_ok=True)
            self.paths.annotations.with_name(".dam.txt.yaml.tmp").write_text("half")
        self.crash_and_reopen()

    @rule()
    def crash_after_the_rename(self) -> None:
        """Die when the file is in place and the journal does not say so yet."""
        if self.store.dirty and not self.lost_touch:
            frozen, count = self.frozen or (self.store.freeze(), len(self.unsaved))
            if not self.store.write(frozen):
                return
            del self.unsaved[:count]
            lines = self.paths.journal.read_bytes().splitlines(keepends=True)
            assert b'"saved"' in lines[-1]
            self.paths.journal.write_bytes(b"".join(lines[:-1]))
        self.crash_and_reopen()

    @rule(torn=st.binary(max_size=5).filter(lambda data: b"\n" not in data))
    def crash_within_a_line(self, torn: bytes) -> None:
        if self.paths.journal.exists():
            with self.paths.journal.open("ab") as file:
                file.write(b'{"n":99' + torn)
        self.crash_and_reopen()

    @rule()
    def crash_and_reopen(self) -> None:
        crash(self.store)
        self.reopen()

    @rule()
    def close_and_reopen(self) -> None:
        self.store.close()
        self.reopen()

    def reopen(self) -> None:
        self.frozen = None
        if self.lost_touch:
            self.take_the_file()
        self.store = opened(self.paths)

    @rule(place=RANGES)
    def someone_else_writes(self, place: tuple[int, int]) -> None:
        self.outside += 1
        mine = span(f"other{self.outside}", *place)
        edit_outside(self.paths, Put("spans", mine))
        self.lost_touch = True

    @rule()
    def reload(self) -> None:
        if self.lost_touch:
            self.take_the_file()
            self.store.reload()

    def take_the_file(self) -> None:
        """Let the model do what the words say: the file is true, what it lacks goes on top."""
        self.model = load_set(self.paths.annotations.read_bytes(), "x").annotations
        for ops in self.unsaved:
            for op in ops:
                if not isinstance(op, Drop) or op.id in self.model.section(op.section):
                    self.model.apply([op])
        self.done.clear()
        self.undone.clear()
        self.lost_touch = False

    @invariant()
    def what_is_open_is_what_was_done(self) -> None:
        assert state(self.store.annotations) == state(self.model)
        assert len(self.store.history.done) == len(self.done)
        assert len(self.store.history.undone) == len(self.undone)
        if not self.unsaved:
            assert not self.store.dirty

    @invariant()
    def the_file_is_whole_and_true(self) -> None:
        if self.paths.annotations.exists() and not self.lost_touch and not self.store.dirty:
            found = load_set(self.paths.annotations.read_bytes(), "x").annotations
            assert state(found) == state(self.model)


Acts.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestActs = Acts.TestCase


def test_an_edit_is_in_the_journal_whole_when_do_returns(store: SetStore) -> None:
    made = span("s1", 0, 30, attributes={"evidence": ["a"]}, fragments=((0, 3), (5, 30)))
    edit = store.do("tag claim", [Put("spans", made)], at=7, keys=2)
    (base, line) = read_journal(store.paths.journal).entries
    assert base.kind == "base"
    data = line.data()
    assert (data["name"], data["at"], data["keys"]) == ("tag claim", 7, 2)
    assert data["do"][0]["item"]["quote"] == TEXT[0:30]
    assert data["back"] == [{"drop": "spans", "id": "s1"}]
    assert store.history.done == [edit]
    assert edit.inverse == (Drop("spans", "s1"),)


def test_looking_leaves_no_file_but_the_lock(paths: SetPaths) -> None:
    store = opened(paths)
    assert store.write(store.freeze()) is False
    store.close()
    assert [p for p in paths.root.rglob("*") if p.is_file()] == [paths.lock]


def test_an_impossible_edit_changes_nothing(store: SetStore) -> None:
    with pytest.raises(KeyError):
        store.do("delete", [Put("spans", span("s1", 0, 3)), Drop("spans", "s2")])
    assert not store.annotations.spans
    assert not store.paths.journal.exists()


def test_the_same_item_twice_in_one_edit_is_undone_in_order(store: SetStore) -> None:
    one, two = span("s1", 0, 3), span("s1", 4, 7)
    ops: list[Op] = [Put("spans", one), Put("spans", two), Drop("spans", "s1"), Put("spans", one)]
    store.do("back and forth", [*ops, SetField("note", "a"), SetField("note", "b")])
    store.undo()
    assert not store.annotations.spans
    assert store.annotations.note == ""


def test_undo_and_redo_go_on_after_a_restart(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("one", [Put("spans", span("s1", 0, 3))], at=5)
    store.do("two", [Put("spans", span("s1", 4, 7))])
    store.undo()
    save(store)
    store.close()
    store = opened(paths)
    assert [edit.name for edit in store.history.undone] == ["two"]
    undone = store.undo()
    assert undone is not None
    assert (undone.name, undone.at) == ("one", 5)
    assert not store.annotations.spans
    store.redo()
    store.redo()
    assert store.annotations.spans["s1"].start == 4
    store.close()


def test_a_full_disk_refuses_an_edit_and_keeps_everything(
    disk: tuple[Path, Callable[[], AbstractContextManager[None]]],
) -> None:
    folder, full = disk
    paths = SetPaths.of(folder, "mira", "dam.txt")
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    file = paths.annotations.read_bytes()
    with full():
        before = state(store.annotations), len(store.history.done)
        with pytest.raises(StorageError, match="full"):
            store.do("note", [SetField("note", "x" * 5000)])
        assert (state(store.annotations), len(store.history.done)) == before
    store.do("note", [SetField("note", "y" * 500)])
    with full():
        with pytest.raises(StorageError, match="full"):
            save(store)
        assert paths.annotations.read_bytes() == file
        assert store.dirty
    save(store)
    crash(store)
    store = opened(paths)
    assert store.annotations.note == "y" * 500
    assert not store.dirty
    store.close()


def test_a_read_only_folder_can_be_looked_at(read_only_folder: Path) -> None:
    paths = SetPaths.of(read_only_folder, "mira", "dam.txt")
    with pytest.raises(StorageError, match="read-only"):
        opened(paths)
    store = opened(paths, read_only=True)
    with pytest.raises(ReadOnlyError):
        store.do("tag", [Put("spans", span("s1", 0, 3))])
    with pytest.raises(ReadOnlyError):
        store.write(store.freeze())
    store.close()


def test_a_file_where_the_folder_of_annotations_belongs(paths: SetPaths) -> None:
    (paths.root / "annotations").write_text("notes of mine")
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    with pytest.raises(StorageError, match="a file has that name"):
        save(store)
    assert (paths.root / "annotations").read_text() == "notes of mine"
    (paths.root / "annotations").unlink()
    assert store.write(store.freeze())
    store.close()


def test_a_second_one_may_look_and_sees_what_is_not_saved_yet(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    with pytest.raises(LockedError):
        opened(paths)
    onlooker = opened(paths, read_only=True)
    assert state(onlooker.annotations) == state(store.annotations)
    store.undo()
    onlooker.reload()
    assert not onlooker.annotations.spans
    onlooker.close()
    store.close()


def test_looking_writes_nothing_even_if_the_text_has_changed(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 4, 7))])
    save(store)
    store.close()
    files = {p: p.read_bytes() for p in paths.root.rglob("*") if p.is_file()}
    onlooker = opened(paths, Document.of("dam.txt", "So. " + TEXT), read_only=True)
    assert onlooker.annotations.spans["s1"].start == 8
    onlooker.position = 5
    onlooker.close()
    assert {p: p.read_bytes() for p in paths.root.rglob("*") if p.is_file()} == files


def test_a_broken_file_is_named_and_left_alone(paths: SetPaths) -> None:
    paths.annotations.parent.mkdir(parents=True)
    conflict = "format: annotator/1\n<<<<<<< HEAD\nstatus: new\n"
    paths.annotations.write_text(conflict)
    for _ in range(2):  # the second time the lock must be free again
        with pytest.raises(InvalidFileError) as caught:
            opened(paths)
        assert "dam.txt.yaml" in str(caught.value)
    assert paths.annotations.read_text() == conflict


def test_a_file_deleted_while_it_is_open_is_written_again(store: SetStore) -> None:
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    shutil.rmtree(store.paths.root / "annotations")
    store.do("note", [SetField("note", "more")])
    assert store.write(store.freeze())
    assert b"s1" in store.paths.annotations.read_bytes()


def test_a_file_deleted_while_nobody_looked_is_restored(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    store.close()
    paths.annotations.unlink()
    store = opened(paths)
    assert list(store.annotations.spans) == ["s1"]
    assert store.dirty
    assert any("gone" in notice for notice in store.notices)
    store.close()


def test_files_and_journal_all_deleted_while_open_lose_nothing(store: SetStore) -> None:
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    store.do("note", [SetField("note", "unsaved")])
    shutil.rmtree(store.paths.root / ".annotator" / "journals")
    edit_outside(store.paths, Put("spans", span("theirs", 4, 7)))
    with pytest.raises(ChangedOutsideError):
        save(store)
    store.reload()
    assert set(store.annotations.spans) == {"s1", "theirs"}
    assert store.annotations.note == "unsaved"


def test_an_older_file_of_ours_put_back_by_hand_is_the_truth(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    older = paths.annotations.read_bytes()
    store.do("tag", [Put("spans", span("s2", 4, 7))])
    save(store)
    store.close()
    paths.annotations.write_bytes(older)
    store = opened(paths)
    assert list(store.annotations.spans) == ["s1"]
    assert not store.history.done
    assert any("changed by another program" in notice for notice in store.notices)
    store.close()


def test_a_file_that_took_its_place_at_the_last_moment_is_known_as_ours(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    save(store)
    lines = paths.journal.read_bytes().splitlines(keepends=True)
    crash(store)
    assert b'"saved"' in lines[-1]
    paths.journal.write_bytes(b"".join(lines[:-1]))
    crash(opened(paths))
    # Had the start not written down what it found, this change would seem to lack the tag.
    edit_outside(paths, Drop("spans", "s1"))
    store = opened(paths)
    assert not store.annotations.spans
    store.close()


def test_a_file_in_place_in_spite_of_an_error_is_not_taken_for_anothers(store: SetStore) -> None:
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    data = dump_set(store.annotations).encode()
    store._announce(hashlib.sha256(data).hexdigest(), store.freeze().through)
    store.paths.annotations.parent.mkdir(parents=True)
    store.paths.annotations.write_bytes(data)  # then the folder could not be synced
    assert store.write(store.freeze())


def test_what_was_frozen_before_a_reload_is_not_written_after_it(store: SetStore) -> None:
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    frozen = store.freeze()
    edit_outside(store.paths, Put("spans", span("theirs", 4, 7)))
    store.reload()
    assert store.write(frozen) is False
    assert b"theirs" in store.paths.annotations.read_bytes()
    save(store)
    assert set(load_set(store.paths.annotations.read_bytes(), "x").annotations.spans) == {
        "s1",
        "theirs",
    }


def test_keys_that_this_version_does_not_know_survive(paths: SetPaths) -> None:
    edit_outside(paths, Put("spans", span("s1", 0, 3, extra={"confidence": [1, "b"]})))
    text = paths.annotations.read_text() + "project: {desk: 7}\n"
    paths.annotations.write_text(text)
    store = opened(paths)
    store.do("note", [SetField("note", "x")])
    save(store)
    store.close()
    found = load_set(paths.annotations.read_bytes(), "x").annotations
    assert found.extra == {"project": {"desk": 7}}
    assert found.spans["s1"].extra == {"confidence": [1, "b"]}


def test_a_damaged_line_costs_one_action_and_says_so(paths: SetPaths) -> None:
    store = opened(paths)
    for number in range(4):
        store.do("tag", [Put("spans", span(f"s{number}", number, number + 3))])
    store.undo()
    crash(store)
    lines = paths.journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:40] + b"\0" * 40 + lines[2][80:]  # the second tag
    paths.journal.write_bytes(b"\n".join(lines))
    store = opened(paths)
    assert list(store.annotations.spans) == ["s0", "s2"]
    assert [notice for notice in store.notices if ":3: damaged" in notice]
    assert [edit.name for edit in store.history.done] == ["tag"]
    assert store.undo() is not None
    assert store.undo() is None
    save(store)
    store.close()
    assert not opened(paths, read_only=True).notices


def test_an_undo_behind_a_damaged_line_still_undoes_its_own_edit(paths: SetPaths) -> None:
    store = opened(paths)
    store.do("one", [Put("spans", span("s1", 0, 3))])
    store.do("two", [Put("spans", span("s2", 0, 3))])
    store.undo()
    store.undo()
    crash(store)
    lines = paths.journal.read_bytes().split(b"\n")
    lines[3] = b"damaged"  # the first undo
    paths.journal.write_bytes(b"\n".join(lines))
    store = opened(paths)
    assert list(store.annotations.spans) == ["s2"]
    store.close()


def test_the_position_is_kept_and_fits_the_text(paths: SetPaths) -> None:
    store = opened(paths)
    store.position = 30
    store.close()
    store = opened(paths)
    assert store.position == 30
    store.close()
    assert opened(paths, Document.of("dam.txt", "short"), read_only=True).position == 5
    paths.state.write_bytes(b'{"position": "x"}')
    assert opened(paths, read_only=True).position == 0


def test_a_closed_store_refuses_and_does_not_crash(store: SetStore) -> None:
    store.do("tag", [Put("spans", span("s1", 0, 3))])
    frozen = store.freeze()
    store.close()
    store.close()
    store.sync()
    with pytest.raises(StorageError):
        store.do("tag", [Put("spans", span("s2", 0, 3))])
    with pytest.raises(StorageError):
        store.write(frozen)


def test_another_scheme_is_kept_and_said(paths: SetPaths) -> None:
    edit_outside(paths, Put("spans", span("s1", 0, 3)))
    store = SetStore.open(paths, DOCUMENT, "mira", "birds/2", read_only=True)
    assert store.annotations.scheme == "claims/1"
    assert store.notices == ["made with scheme claims/1, opened with birds/2"]


def test_saving_in_a_thread_while_edits_go_on(paths: SetPaths) -> None:
    store = opened(paths)
    jobs: list[Frozen] = []
    errors: list[Exception] = []
    more = threading.Semaphore(0)

    def write() -> None:
        try:
            for _ in range(20):
                more.acquire()
                store.sync()
                store.write(jobs.pop(0))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    for number in range(20):
        for part in range(10):
            made = span(f"s{number}-{part}", part, part + 5)
            store.do("tag", [Put("spans", made)])
        jobs.append(store.freeze())
        more.release()
    thread.join()
    assert not errors
    assert not store.dirty
    before = state(store.annotations)
    crash(store)
    again = opened(paths)
    assert state(again.annotations) == before
    assert not again.dirty
    again.close()
    found = load_set(paths.annotations.read_bytes(), "x").annotations
    assert state(found) == before


def test_a_frozen_set_does_not_change(store: SetStore) -> None:
    store.do("tag", [Put("spans", replace(span("s1", 0, 3), note="first"))])
    frozen = store.freeze()
    store.do("note", [Put("spans", span("s1", 0, 3)), SetField("note", "later")])
    store.write(frozen)
    found = load_set(store.paths.annotations.read_bytes(), "x").annotations
    assert found.spans["s1"].note == "first"
    assert found.note == ""
    assert store.dirty
