"""Audits of many documents, on all processors."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..domain.errors import AnnotatorError
from ..store.documents import DocumentEntry
from .auditing import Audited, Auditor

FEWEST = 24
"""Documents below which one process is as fast."""
_CHUNK = 8
"""Documents that a process takes at a time."""

_auditor: Auditor | None = None


class _Refused(NamedTuple):
    """An error in a process, as it can be sent to another one."""

    message: str
    hint: str


def audit_all(auditor: Auditor, entries: Sequence[DocumentEntry], jobs: int) -> Iterator[Audited]:
    """Yield what is open in each document, in order.

    Processes are forks of this one, with the suggesters loaded: they cost nothing to start. Where
    the system cannot fork there is one process.

    Args:
        auditor: of the documents' project.
        entries: the documents.
        jobs: most processes.

    Raises:
        AnnotatorError: the suggesters cannot be asked, or a process was killed.
    """
    if min(jobs, len(entries) // (FEWEST // 2)) < 2 or not _can_fork():
        yield from map(auditor.audit, entries)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    auditor.prepare()
    # What is loaded stays: the collector need not look at it, and forks share its pages.
    gc.freeze()
    executor = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("fork"), initializer=_take, initargs=(auditor,)
    )
    try:
        for found in executor.map(_audit, entries, chunksize=_CHUNK):
            if isinstance(found, _Refused):
                raise AnnotatorError(found.message, found.hint)
            yield found
    except BrokenProcessPool:
        hint = "is memory short? --jobs 1 takes the least"
        raise AnnotatorError("a process of the audit was killed", hint) from None
    finally:
        executor.shutdown(cancel_futures=True)


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _take(auditor: Auditor) -> None:
    global _auditor  # noqa: PLW0603 - how a process pool hands over what cannot be sent
    _auditor = auditor


def _audit(entry: DocumentEntry) -> Audited | _Refused:
    assert _auditor is not None  # the initializer has run
    try:
        return _auditor.audit(entry)
    except AnnotatorError as error:
        return _Refused(error.message, error.hint)
