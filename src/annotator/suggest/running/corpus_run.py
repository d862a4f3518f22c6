"""All documents of a project and all its suggesters: only what is not current is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ...domain.annotations import MODEL_PREFIX
from ...domain.document import Document
from ...domain.entity import Entity
from ...domain.errors import AnnotatorError, ForbiddenError, LockedError, StorageError
from ...nlp.cache import EntityCache
from ...nlp.entities import pack, unpack
from ...nlp.info import PipelineInfo
from ...store.documents import DocumentEntry
from ...store.locks import SetLock, lock_holder
from ...store.project import Project
from ...store.set_paths import PRIVATE
from ..set_files import FileState, look, write
from ..sets import Stamp
from .job import Member
from .plain import unpack as unpack_suggestions
from .pool import Answer, Request, SuggestPool

_ENOUGH = 40_000
"""Code points of a batch: about half a second of work, since progress is told batch by batch."""
_MOST = 64
"""Documents of a batch."""
_TICK = 0.25
"""Seconds after which a run that waits says so."""


@dataclass(slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        document: its id.
        words: runs of anything but white space in what was read; 0 if nothing had to be.
        written: spans and relations of each set that was written, by suggester.
        same: suggesters whose set was made anew and came out as it was.
        current: suggesters that had nothing to do.
        problems: suggester and message where something went wrong; the suggester is empty where
            it was the document itself.
    """

    document: str
    words: int = 0
    written: dict[str, tuple[int, int]] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


class _Work(NamedTuple):
    entry: DocumentEntry
    document: Document
    outcome: Outcome
    states: dict[str, FileState]


class CorpusRun:
    """A run over the documents of a project.

    Args:
        project: the documents, and where their sets are written.
        pool: workers, started, whose setup is the project's.
        pipeline: the pipeline whose entities the suggesters are told; None for none.
        cache_dir: folder of the entity service's results, which are shared with the app.
        force: do what is current too, and write over what was changed by hand.
    """

    def __init__(
        self,
        project: Project,
        pool: SuggestPool,
        pipeline: PipelineInfo | None,
        cache_dir: Path,
        *,
        force: bool = False,
    ) -> None:
        self._project = project
        self._pool = pool
        self._key = pipeline.key if pipeline is not None else ""
        self._cache = EntityCache(cache_dir / self._key) if pipeline is not None else None
        self._force = force
        self._members = {member.name: member for member in pool.members}
        self._work: dict[int, _Work] = {}

    def outcomes(self) -> Iterator[Outcome | None]:
        """Do the work; yield what became of each document, and None now and then while it waits.

        Raises:
            AnnotatorError: the pipeline or the workers do not start.
        """
        batch: list[Request] = []
        size, enough = 0, 1
        for entry in self._project.documents:
            outcome = Outcome(entry.id)
            request = self._prepare(entry, outcome)
            if request is None:
                yield outcome
                continue
            batch.append(request)
            size += len(request["text"])
            if size >= enough or len(batch) == _MOST:
                yield from self._give(batch)
                # The first batches are small, so that a small corpus keeps every worker busy.
                batch, size, enough = [], 0, min(_ENOUGH, enough + size)
        if batch:
            yield from self._give(batch)
        while self._pool.busy:
            yield from self._take(_TICK)

    def _give(self, batch: list[Request]) -> Iterator[Outcome | None]:
        while not self._pool.free:
            yield from self._take(_TICK)
        self._pool.give(batch)
        yield from self._take(0)

    def _take(self, seconds: float) -> Iterator[Outcome | None]:
        answers = self._pool.wait(seconds)
        for answer in answers:
            yield self._finish(self._work.pop(id(answer.request)), answer)
        if not answers:
            yield None

    def _stamp(self, member: Member) -> Stamp:
        return Stamp(member.name, member.version, self._key if member.needs_entities else "")

    def _prepare(self, entry: DocumentEntry, outcome: Outcome) -> Request | None:
        """Return what a worker must do for a document; None where there is nothing to do."""
        try:
            document = self._project.load_document(entry)
        except AnnotatorError as error:
            outcome.problems.append(("", str(error)))
            return None
        states: dict[str, FileState] = {}
        for member in self._members.values():
            paths = self._project.paths(entry, f"{MODEL_PREFIX}{member.name}")
            try:
                state = look(
                    paths,
                    self._stamp(member),
                    document.sha256,
                    self._project.scheme,
                    force=self._force,
                )
            except AnnotatorError as error:
                outcome.problems.append((member.name, str(error)))
                continue
            if state.current:
                outcome.current.append(member.name)
            else:
                states[member.name] = state
        if not states:
            return None
        wanted = self._cache is not None and any(
            self._members[name].needs_entities for name in states
        )
        entities = self._known_entities(document) if wanted else None
        request: Request = {
            "text": document.text,
            "entities": None if entities is None else pack(entities),
            "read": wanted and entities is None,
            "names": list(states),
        }
        outcome.words = len(document.text.split())
        self._work[id(request)] = _Work(entry, document, outcome, states)
        return request

    def _known_entities(self, document: Document) -> Sequence[Entity] | None:
        if self._cache is None:
            return None
        return self._cache.get(document.sha256, document.length)

    def _finish(self, work: _Work, answer: Answer) -> Outcome:
        outcome, document = work.outcome, work.document
        if answer.reply is None:
            outcome.problems.append(("", answer.problem))
            return outcome
        if answer.reply["entities"] is not None and self._cache is not None:
            read = unpack(answer.reply["entities"], document.length)
            self._cache.put(document.sha256, read)
        outcome.problems += answer.reply["failed"].items()
        for name, packed in answer.reply["found"].items():
            found = unpack_suggestions(packed, document.length)
            paths = self._project.paths(work.entry, f"{MODEL_PREFIX}{name}")
            stamp = self._stamp(self._members[name])
            try:
                written = write(
                    paths, work.states[name], stamp, document, self._project.scheme, found
                )
            except (LockedError, StorageError) as error:
                outcome.problems.append((name, str(error)))
                continue
            if written:
                outcome.written[name] = len(found.spans), len(found.links)
            else:
                outcome.same.append(name)
        return outcome


def run_lock(project: Project) -> AbstractContextManager[object]:
    """Return the right to write the models' sets of a project, held by one run at a time.

    Raises:
        LockedError: another run has it.
        StorageError: the project cannot be written to.
    """
    path = project.root / PRIVATE / "suggest.lock"
    try:
        return SetLock(path, project.root)
    except LockedError:
        holder = lock_holder(path)
        message = f"annotator suggest runs in this project already: {holder}"
        raise LockedError(message, "wait for it, or end it") from None
    except ForbiddenError as error:
        raise ForbiddenError(error.message, "allow writing there, or copy the project") from None
