"""From the files of an annotation set to its state: what opening and reloading have in common."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..domain.annotations import AnnotationSet, DocumentRef
from ..domain.document import Document, text_sha256
from ..domain.errors import AnnotatorError
from .atomic import make_folder, read_if_there
from .journal_file import JournalContent
from .old_texts import old_text
from .reanchor import Reanchoring, all_stand, misquoted, reanchor, rescue_misfits
from .replay import Restored, document_to_json, restore
from .set_paths import SetPaths
from .yaml_reader import load_set


class Opened(NamedTuple):
    """A set as its files have it.

    Attributes:
        restored: state and history; spans stand where the files say.
        yaml_sha256: hash of the YAML file that was read; empty when there is none.
        first_line: kind and fields of a journal line that ties the journal to that file; it must
            come before any other. None when the journal knows the file.
        fit: what must change so that spans stand in the text as it is now, to be carried out
            and recorded; None when they do.
        notices: lines for the annotator.
    """

    restored: Restored
    yaml_sha256: str
    first_line: tuple[str, dict[str, Any]] | None
    fit: Reanchoring | None
    notices: list[str]


def load_state(
    paths: SetPaths,
    document: Document,
    annotator: str,
    scheme_id: str,
    journal: JournalContent,
    older: str | None = None,
) -> Opened:
    """Read a set; nothing is written.

    Args:
        paths: the set's files.
        document: the text as it is now.
        annotator: name for a new set.
        scheme_id: scheme for a new set.
        journal: what the journal holds.
        older: a text that positions may count in, if it is not this one.

    Raises:
        InvalidFileError: the YAML is broken.
        StorageError: it cannot be read.
    """
    data = read_if_there(paths.annotations)
    sha256 = hash_of(data)
    if data is None:
        base = AnnotationSet(reference(document), annotator, scheme_id)
    else:
        base = load_set(data, str(paths.annotations), document.text).annotations
    restored = restore(base, sha256, journal, fresh=data is None)
    notices = _report(restored, paths, scheme_id)
    return Opened(
        restored,
        sha256,
        _first_line(restored, document, sha256, journal),
        _fit_to_text(
            restored,
            document,
            lambda: _text_before(restored, document, paths.root, older),
            notices,
        ),
        notices,
    )


def reference(document: Document, known: DocumentRef | None = None) -> DocumentRef:
    """Return the reference to a document, with what else is known of an older one."""
    fresh = DocumentRef(
        document.id, document.sha256, document.length, document.encoding, document.bom
    )
    return replace(fresh, extra=known.extra) if known is not None else fresh


def hash_of(data: bytes | None) -> str:
    """Return the SHA-256 (hex) of a file's content; empty for no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def load_position(path: Path, length: int) -> int:
    """Return the caret offset that was kept, at most ``length``; 0 when none was."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        return max(0, min(int(json.loads(path.read_bytes())["position"]), length))
    return 0


def keep_position(path: Path, root: Path, position: int) -> None:
    """Write the caret offset down; if that fails, the next start is at the top, that is all."""
    with suppress(OSError, AnnotatorError):
        make_folder(path.parent, root)
        path.write_text(json.dumps({"position": position}), "ascii")


def _first_line(
    restored: Restored, document: Document, sha256: str, journal: JournalContent
) -> tuple[str, dict[str, Any]] | None:
    if not journal.entries:
        text = document_to_json(reference(document))
        return "base", {"through": 0, "sha256": sha256, "document": text}
    if restored.outside:
        return "external", {"through": restored.through, "sha256": sha256}
    if restored.announced:
        return "saved", {"through": restored.through, "sha256": sha256}
    return None


def _report(restored: Restored, paths: SetPaths, scheme_id: str) -> list[str]:
    said: list[str] = []
    name = paths.annotations.name
    if restored.outside:
        also = "; unsaved actions were put on top" if restored.unsaved else ""
        said.append(f"{name} was changed by another program{also}")
    if restored.missing:
        said.append(f"{name} is gone; what the journal holds was restored")
    said += [
        f"{paths.journal}:{line}: damaged; what it did may be missing" for line in restored.damaged
    ]
    if restored.annotations.scheme != scheme_id:
        said.append(f"made with scheme {restored.annotations.scheme}, opened with {scheme_id}")
    return said


def _text_before(
    restored: Restored, document: Document, root: Path, given: str | None
) -> str | None:
    """Return the text that positions count in, unless it is gone or they count in several."""
    known = restored.annotations.document
    older = (restored.hashes | {known.sha256}) - {document.sha256}
    if len(older) != 1:
        return None
    (sha256,) = older
    if given is not None and text_sha256(given) == sha256:
        return given
    return old_text(root, sha256, known.length if sha256 == known.sha256 else None, document.text)


def _fit_to_text(
    restored: Restored,
    document: Document,
    text_before: Callable[[], str | None],
    notices: list[str],
) -> Reanchoring | None:
    """Return what must change so that every span stands in the text as it is now; tell it."""
    ours, text = restored.annotations, document.text
    if restored.hashes | {ours.document.sha256} == {document.sha256}:
        if all_stand(ours, text):
            return None
        found = rescue_misfits(ours, text)
        if found.ops:
            notices.append(f"spans outside the text: {found.notice()}")
            return found
        if count := misquoted(ours.spans.values(), text):
            notices.append(f"{count} quotes differ from their text; see annotator validate")
        return None
    found = reanchor(ours, text, text_before())
    if ours.spans or found.ops:
        # A narrow terminal cuts the end off.
        what = found.notice()
        unmoved = "every span is where it was, though the text changed"
        notices.append(f"{what} since the text changed" if what else unmoved)
    return found
