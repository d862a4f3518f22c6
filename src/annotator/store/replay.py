"""The state of an annotation set from its YAML file and its journal.

The YAML is the base; the journal says through which of its lines that file goes, and the lines
behind are carried out again. A file that no snapshot line announced was changed by someone else:
then it is the truth, and what it cannot have known is put on top of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..domain.annotations import AnnotationSet, DocumentRef, Op
from ..domain.history import Edit, History
from .journal_file import Entry, JournalContent
from .ops_json import ops_from_json

UNDO_DEPTH = 1000
"""Steps of undo that a restart keeps; within one run there is no limit."""
UNDO_BYTES = 4_000_000
"""Bytes of journal lines that a restart decodes for undo, and as many for redo: a line that
imported a corpus' worth of spans would cost every start a second."""

_CHANGES = ("edit", "moved", "undo", "redo")
_STATES = ("snapshot", "saved", "base", "external")


class Restored:
    """What YAML and journal together say.

    Attributes:
        annotations: the state, with the document as its last text was.
        history: edits that can be undone and redone.
        done: numbers of the journal lines of ``history.done``.
        undone: numbers of those of ``history.undone``.
        through: the last change that the YAML file holds.
        last_change: the last change in the journal.
        outside: whether someone else changed the YAML since the journal's last word on it.
        announced: whether the journal announced the YAML and does not know that it took its place.
        missing: whether a YAML file that was written is gone.
        hashes: of the texts that positions in the state may refer to.
        damaged: numbers of damaged journal lines that may have changed the state.
    """

    def __init__(self, annotations: AnnotationSet) -> None:
        self.annotations = annotations
        self.history = History()
        self.done: list[int] = []
        self.undone: list[int] = []
        self.through = 0
        self.last_change = 0
        self.outside = False
        self.announced = False
        self.missing = False
        self.hashes: set[str] = set()
        self.damaged: list[int] = []

    @property
    def unsaved(self) -> bool:
        """Whether the journal holds changes that the YAML does not."""
        return self.last_change > self.through


def restore(
    base: AnnotationSet, yaml_sha256: str, journal: JournalContent, *, fresh: bool
) -> Restored:
    """Return the state that a YAML file and a journal amount to.

    Args:
        base: what the YAML file says, or an empty set; it is changed and becomes the state.
        yaml_sha256: hash of the YAML file's bytes; empty when there is none.
        journal: what the journal holds.
        fresh: whether ``base`` is an empty set because there is no YAML file.
    """
    return _Replayer(base, yaml_sha256, journal, fresh).run()


def edit_of(data: Mapping[str, Any]) -> Edit:
    """Return the edit that a journal line tells of.

    Raises:
        ValueError: the line is damaged.
    """
    name, at, keys = data.get("name", ""), data.get("at", 0), data.get("keys", 0)
    if not isinstance(name, str) or type(at) is not int or type(keys) is not int:
        raise ValueError("name, at or keys is damaged")
    return Edit(name, ops_from_json(data.get("do")), ops_from_json(data.get("back")), at, keys)


def document_to_json(document: DocumentRef) -> dict[str, Any]:
    """Return plain data that name a text in the journal."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "length": document.length,
        "encoding": document.encoding,
        "bom": document.bom,
    }


def _document_of(data: object, known: DocumentRef) -> DocumentRef:
    """Return a reference with hash and length of a journal line; as known where it is damaged."""
    if isinstance(data, dict):
        sha256, length = data.get("sha256"), data.get("length")
        if isinstance(sha256, str) and type(length) is int:
            return replace(known, sha256=sha256, length=length)
    return known


class _Replayer:
    def __init__(
        self, base: AnnotationSet, yaml_sha256: str, journal: JournalContent, fresh: bool
    ) -> None:
        self.entries = journal.entries
        self.gaps = list(journal.gaps)
        self.fresh = fresh
        self.result = Restored(base)
        self.edits: dict[int, Entry] = {}
        self.decoded: dict[int, Edit] = {}
        self.text_line: Entry | None = None
        self.text_sha256 = base.document.sha256
        if not fresh:
            self.result.hashes.add(base.document.sha256)
        self.find_base(yaml_sha256)

    def find_base(self, yaml_sha256: str) -> None:
        """Find the last change that the YAML file holds."""
        result = self.result
        through = 0
        for entry in reversed(self.entries):
            if entry.kind not in _STATES:
                continue
            data = self.parsed(entry)
            if data is None:
                continue
            through = data["through"] if type(data.get("through")) is int else 0
            if data.get("sha256") == yaml_sha256:
                result.through = through
                result.announced = entry.kind == "snapshot"
                return
            if entry.kind != "snapshot":
                # This one did take its place, so older files of ours do not count any more.
                break
        else:
            through = 0
        if self.fresh:
            result.missing = bool(self.entries)
        else:
            result.through = through
            result.outside = bool(self.entries)

    def run(self) -> Restored:
        for entry in self.entries:
            if self.gaps and self.gaps[0] <= entry.line:
                self.pass_gaps(entry)
            self.take(entry)
        if self.gaps:
            self.result.damaged += self.gaps
            self.barrier()
        if self.result.outside:
            self.barrier()
        self.build_history()
        return self.result

    def pass_gaps(self, entry: Entry) -> None:
        while self.gaps and self.gaps[0] <= entry.line:
            line = self.gaps.pop(0)
            if entry.n > self.result.through:
                self.result.damaged.append(line)
        self.barrier()

    def take(self, entry: Entry) -> None:
        """Do what one line says to the state, where the YAML does not hold it, and to undo."""
        result = self.result
        if entry.kind in _CHANGES:
            result.last_change = entry.n
        if entry.kind == "edit":
            self.edits[entry.n] = entry
            if self.apply_edit(entry):
                result.done.append(entry.n)
                result.undone.clear()
        elif entry.kind == "undo":
            self.travel(entry, result.done, result.undone)
        elif entry.kind == "redo":
            self.travel(entry, result.undone, result.done)
        elif entry.kind == "moved":
            self.move_text(entry)
            self.barrier()
        elif entry.kind == "base":
            self.text_line = entry
            if self.fresh:
                self.set_document(self.parsed(entry) or {})
        elif entry.kind == "external":
            self.barrier()

    def known(self) -> DocumentRef:
        return self.result.annotations.document

    def set_document(self, data: Mapping[str, Any]) -> None:
        document = _document_of(data.get("document"), self.known())
        self.result.annotations.document = document

    def journal_sha256(self) -> str:
        """Return the hash of the text that the lines from here on refer to.

        The line that says so may be very long, so it is parsed only when that matters.
        """
        if self.text_line is not None:
            data = self.parsed(self.text_line) or {}
            self.text_sha256 = _document_of(data.get("document"), self.known()).sha256
            self.text_line = None
        return self.text_sha256

    def move_text(self, entry: Entry) -> None:
        """Carry out a move of everything to another text."""
        if entry.n > self.result.through:
            if not self.apply_edit(entry):
                return
            if not self.result.outside:
                self.result.hashes.clear()
            self.set_document(self.parsed(entry) or {})
            self.result.hashes.add(self.known().sha256)
        self.text_line = entry

    def apply_edit(self, entry: Entry) -> bool:
        """Carry out an edit if the YAML does not hold it; return whether it can be undone."""
        if entry.n <= self.result.through:
            return True
        edit = self.edit(entry.n, entry)
        if edit is None:
            self.result.damaged.append(entry.line)
            self.barrier()
            return False
        self.apply(edit.ops)
        return True

    def travel(self, entry: Entry, source: list[int], target: list[int]) -> None:
        """Undo or redo the edit that a line names."""
        if entry.n > self.result.through:
            edit = self.edit(entry.of, self.edits.get(entry.of))
            if edit is not None:
                self.apply(edit.inverse if entry.kind == "undo" else edit.ops)
        if source and source[-1] == entry.of:
            target.append(source.pop())
        else:
            self.barrier()

    def apply(self, ops: Iterable[Op]) -> None:
        self.result.hashes.add(self.journal_sha256())
        for op in ops:
            try:
                self.result.annotations.apply((op,))
            except KeyError:
                # It drops what someone else, or a damaged line, has dropped already.
                continue

    def barrier(self) -> None:
        """Let no undo go behind this point."""
        self.result.done.clear()
        self.result.undone.clear()

    def parsed(self, entry: Entry) -> dict[str, Any] | None:
        try:
            return entry.data()
        except ValueError:
            return None

    def edit(self, n: int, entry: Entry | None) -> Edit | None:
        """Return the edit of a line; None when it is damaged or missing."""
        if n not in self.decoded and entry is not None:
            try:
                self.decoded[n] = edit_of(entry.data())
            except ValueError:
                return None
        return self.decoded.get(n)

    def build_history(self) -> None:
        """Decode the newest steps of undo and redo; one that is damaged or huge ends them."""
        result = self.result
        for numbers, edits in (
            (result.done, result.history.done),
            (result.undone, result.history.undone),
        ):
            room = UNDO_BYTES
            for number in reversed(numbers[-UNDO_DEPTH:]):
                room -= len(self.edits[number].raw)
                edit = self.edit(number, self.edits[number]) if room >= 0 else None
                if edit is None:
                    break
                edits.append(edit)
            del numbers[: len(numbers) - len(edits)]
            edits.reverse()
