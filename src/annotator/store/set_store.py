"""One annotation set on disk: nothing that was acknowledged is ever lost.

An action is written to the journal, then carried out, then shown. The YAML file follows when the
caller asks for it, from any thread. What is where after a crash is told in ``replay``.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from ..domain.annotations import AnnotationSet, Op
from ..domain.document import Document
from ..domain.errors import ReadOnlyError, StorageError
from ..domain.history import Edit, History
from .atomic import hash_of_file, make_folder, write_atomic
from .inverse import inverse_of
from .journal import Journal
from .locks import SetLock
from .old_texts import keep_text
from .opening import keep_position, load_position, load_state, reference
from .ops_json import ops_to_json
from .reanchor import Reanchoring
from .replay import document_to_json
from .set_paths import SetPaths


class ChangedOutsideError(StorageError):
    """Someone else changed the YAML file since this program last read or wrote it.

    Nothing was written; every action is in the journal. :meth:`SetStore.reload` puts what the
    file did not know on top of it.
    """


class Frozen(NamedTuple):
    """A set as it stood when it was frozen, to be written by another thread.

    Attributes:
        annotations: a copy that no edit reaches.
        through: number of the last change it holds.
        loaded: how often the store had been loaded; what is older than a reload is not written.
    """

    annotations: AnnotationSet
    through: int
    loaded: int


class SetStore:
    """An open annotation set. Get one from :meth:`open`.

    Use it from one thread, except :meth:`sync`, :meth:`write` and :meth:`close`, which any
    thread may call.

    Attributes:
        annotations: the state; change it by :meth:`do`, :meth:`undo` and :meth:`redo` only.
        history: what can be undone and redone.
        notices: lines for the annotator about what was found at opening; newest last.
        read_only: whether edits are refused; nothing is then created or written.
        fitted: what was moved at opening because the text had changed; None if nothing had.
        position: caret offset in code points; kept for the next time.
    """

    annotations: AnnotationSet
    history: History

    def __init__(
        self, paths: SetPaths, document: Document, *, read_only: bool, older: str | None
    ) -> None:
        self.paths = paths
        self._older = older
        self.document = document
        self.read_only = read_only
        self.notices: list[str] = []
        self.fitted: Reanchoring | None = None
        self.position = 0
        self._lock: SetLock | None = None
        self._journal = Journal(paths.journal, paths.root)
        self._journal_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._first_line: tuple[str, dict[str, Any]] | None = None
        self._done: list[int] = []
        self._undone: list[int] = []
        self._through = 0
        self._last_change = 0
        self._known_hashes = {""}
        self._kept_position = 0
        self._loaded = 0
        self._text_is_kept = False

    @classmethod
    def open(
        cls,
        paths: SetPaths,
        document: Document,
        annotator: str,
        scheme_id: str,
        *,
        read_only: bool = False,
        older: str | None = None,
    ) -> SetStore:
        """Open what an annotator said about a document; a set that is not there is empty.

        Args:
            paths: the set's files, see ``Project.paths``.
            document: the text as it is now; spans are moved to it if it changed.
            annotator: name for a new set.
            scheme_id: scheme for a new set, e.g. ``claims-and-placeholders/1``.
            read_only: look only; takes no lock.
            older: a text that the set's offsets may count in, if ``document`` is a newer one; a
                copy that was kept is found without.

        Raises:
            LockedError: another process may write this set.
            StorageError: lock or journal cannot be written or read.
            InvalidFileError: the YAML is broken; names file and line.
        """
        # The journal must be read under the lock, else another process could add to it between.
        lock = None if read_only else SetLock(paths.lock, paths.root)
        try:
            store = cls(paths, document, read_only=read_only, older=older)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        store._lock = lock
        try:
            store._load(annotator, scheme_id)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def dirty(self) -> bool:
        """Whether there are changes that the YAML file does not hold."""
        return self._last_change > self._through

    def do(self, name: str, ops: Iterable[Op], at: int = 0, keys: int = 0) -> Edit:
        """Write an edit to the journal, then carry it out.

        Args:
            name: what is done, for people: ``tag claim``.
            ops: the operations, in order.
            at: offset in code points to return to on undo.
            keys: keys pressed since the last edit.

        Returns:
            The edit, which is now the newest of the history.

        Raises:
            StorageError: the journal could not be written; nothing was changed.
            ReadOnlyError: the set is open for looking only.
            KeyError: an item to drop is not there; nothing was changed.
        """
        wanted = tuple(ops)
        edit = Edit(name, wanted, inverse_of(self.annotations, wanted), at, keys)
        self._done.append(self._record("edit", **_edit_fields(edit)))
        self._undone.clear()
        self.annotations.apply(wanted)
        self.history.record(edit)
        return edit

    def undo(self) -> Edit | None:
        """Take the last edit back; return it, or None when there is none.

        Raises:
            StorageError: the journal could not be written; nothing was changed.
            ReadOnlyError: the set is open for looking only.
        """
        if not self.history.done or not self._fits(self.history.done[-1].inverse):
            return None
        self._record("undo", of=self._done[-1])
        self._undone.append(self._done.pop())
        return self.history.undo(self.annotations)

    def redo(self) -> Edit | None:
        """Do the last undone edit again; return it, or None when there is none.

        Raises:
            StorageError: the journal could not be written; nothing was changed.
            ReadOnlyError: the set is open for looking only.
        """
        if not self.history.undone or not self._fits(self.history.undone[-1].ops):
            return None
        self._record("redo", of=self._undone[-1])
        self._done.append(self._undone.pop())
        return self.history.redo(self.annotations)

    def sync(self) -> None:
        """Make everything done so far outlive a power loss; for a background thread.

        Raises:
            StorageError: the disk did not confirm.
        """
        self._journal.sync()
        self._keep_text()

    def freeze(self) -> Frozen:
        """Return a copy of the state for :meth:`write`; takes about 50 ns a span."""
        now = self.annotations
        copy = AnnotationSet(
            now.document, now.annotator, now.scheme, status=now.status, note=now.note
        )
        # Spans are immutable, so copies of the dictionaries are enough, and the quickest.
        copy.spans, copy.rejected = now.spans.copy(), now.rejected.copy()
        copy.orphans, copy.relations = now.orphans.copy(), now.relations.copy()
        copy.rejected_relations = now.rejected_relations.copy()
        copy.extra = now.extra.copy()
        return Frozen(copy, self._last_change, self._loaded)

    def write(self, frozen: Frozen) -> bool:
        """Write the YAML file, whole or not at all; from any thread.

        Args:
            frozen: what :meth:`freeze` returned.

        Returns:
            Whether there was anything to write.

        Raises:
            ChangedOutsideError: the file is no longer what this program left there; it is
                left alone.
            StorageError: the disk refused; the file is as it was.
            ReadOnlyError: the set is open for looking only.
        """
        from .yaml_emitter import dump_set_in_parts

        with self._write_lock:
            self._require_writable()
            if frozen.through <= self._through or frozen.loaded != self._loaded:
                return False
            written = hashlib.sha256()

            def parts() -> Iterator[bytes]:
                for part in dump_set_in_parts(frozen.annotations):
                    written.update(part)
                    yield part

            path = self.paths.annotations
            make_folder(path.parent, self.paths.root)
            write_atomic(
                path,
                parts(),
                temporary=path.with_name(f".{path.name}.tmp"),
                before_replace=lambda: self._announce(written.hexdigest(), frozen.through),
            )
            sha256 = written.hexdigest()
            self._through = frozen.through
            self._known_hashes = {sha256}
            # The file is in place. Should this line fail to follow, on a full disk, the file is
            # still known by the line that announced it.
            with suppress(StorageError):
                self._append("saved", through=frozen.through, sha256=sha256)
            self._keep_position()
            self._keep_text()
            return True

    def reload(self) -> None:
        """Read the YAML file anew and put the changes it does not hold on top of it.

        ``annotations`` and ``history`` are then new objects, and nothing before can be undone.

        Raises:
            InvalidFileError: the YAML is broken.
            StorageError: YAML or journal cannot be read.
        """
        with self._write_lock:
            self._load(self.annotations.annotator, self.annotations.scheme)

    def close(self) -> None:
        """Keep the position, release the files and the lock; does not write the YAML.

        May be called from any thread, and twice.
        """
        with self._write_lock:
            if self._lock is not None:
                self._keep_position()
                with suppress(StorageError):
                    self._journal.sync()
                self._keep_text()
            self._journal.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def _record(self, kind: str, *, of: int = 0, **fields: Any) -> int:
        """Append a line about a change; return its number."""
        self._require_writable()
        self._last_change = self._append(kind, of=of, **fields)
        return self._last_change

    def _append(self, kind: str, *, of: int = 0, **fields: Any) -> int:
        with self._journal_lock:
            self._append_first_line()
            return self._journal.append(kind, of=of, **fields)

    def _append_first_line(self) -> None:
        if self._first_line is not None:
            kind, fields = self._first_line
            self._journal.append(kind, **fields)
            self._first_line = None

    def _require_writable(self) -> None:
        if self.read_only:
            raise ReadOnlyError("these annotations are open for looking only")
        if self._lock is None:
            raise StorageError("these annotations are closed", "open the document again")

    def _fits(self, ops: tuple[Op, ...]) -> bool:
        """Say whether operations can be carried out; forget the history when they cannot."""
        try:
            inverse_of(self.annotations, ops)
        except KeyError:
            # Only where lines of the journal were damaged or the YAML was deleted.
            self._forget_history()
            return False
        return True

    def _forget_history(self) -> None:
        self.history.clear()
        self._done.clear()
        self._undone.clear()

    def _announce(self, sha256: str, through: int) -> None:
        """Say in the journal which file is about to take its place, unless it must not."""
        found = hash_of_file(self.paths.annotations)
        # A file that was deleted is written again: that destroys nothing.
        if found and found not in self._known_hashes:
            raise ChangedOutsideError(
                f"{self.paths.annotations} was changed by another program",
                "reload it: your unsaved actions are kept and go on top",
            )
        self._append("snapshot", through=through, sha256=sha256)
        self._journal.sync()
        # If the rename happens but an error follows it, the file is still ours.
        self._known_hashes.add(sha256)

    def _load(self, annotator: str, scheme_id: str) -> None:
        """Bring state and history from disk into memory."""
        journal = self._journal.read()
        opened = load_state(self.paths, self.document, annotator, scheme_id, journal, self._older)
        restored = opened.restored
        self.annotations, self.history = restored.annotations, restored.history
        self._done, self._undone = restored.done, restored.undone
        self._through, self._last_change = restored.through, restored.last_change
        self._known_hashes = {opened.yaml_sha256}
        self._loaded += 1
        self.notices += opened.notices
        self._first_line = opened.first_line
        if not self.read_only and (restored.outside or restored.announced):
            # Should the disk be full, the line goes in front of the next one instead.
            with suppress(StorageError), self._journal_lock:
                self._append_first_line()
        self.annotations.document = reference(self.document, self.annotations.document)
        if opened.fit is not None:
            self._move(opened.fit)
        if self._loaded == 1:
            self.position = load_position(self.paths.state, self.document.length)
            self._kept_position = self.position

    def _move(self, found: Reanchoring) -> None:
        self.fitted = found
        edit = Edit("re-anchor", tuple(found.ops), inverse_of(self.annotations, found.ops))
        if not self.read_only:
            document = document_to_json(self.annotations.document)
            self._record("moved", **_edit_fields(edit), document=document)
        self.annotations.apply(edit.ops)
        self._forget_history()

    def _keep_text(self) -> None:
        """Keep a copy of the text that spans count in, once there is anything said about it.

        What was imported is in the YAML file alone.
        """
        if self._text_is_kept or not self._loaded:  # its file may be broken
            return
        if self._last_change or self.annotations.spans or self.annotations.rejected:
            self._text_is_kept = True
            keep_text(self.paths.root, self.document)

    def _keep_position(self) -> None:
        if self.position != self._kept_position:
            self._kept_position = self.position
            keep_position(self.paths.state, self.paths.root, self.position)


def _edit_fields(edit: Edit) -> dict[str, Any]:
    return {
        "name": edit.name,
        "at": edit.at,
        "keys": edit.keys,
        "do": ops_to_json(edit.ops),
        "back": ops_to_json(edit.inverse),
    }
