"""Reads what a queue is ordered by, and remembers it until a file changes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..domain.annotations import MODEL_PREFIX, AnnotationSet
from ..domain.errors import AnnotatorError
from ..store.atomic import make_folder
from ..store.config import QueueConfig
from ..store.documents import DocumentEntry
from ..store.project import Project
from ..store.set_paths import PRIVATE
from ..store.yaml_reader import load_set
from .candidate import key_of
from .candidates import Candidates
from .queue_order import ORDERS_THAT_READ, Reading, nearness, ordered

_KEPT = "queue.json"
_RECIPE = 1
"""Rises when the same files give another reading."""
_FINISHED = ("done", "skipped")


class QueueReader:
    """Readings of the documents of a project, from the YAML files alone.

    A text is not read, and neither is a journal, so what was done within the last seconds in
    another window may not count yet. What was read is kept in the project's private folder.

    Args:
        project: its documents.
        annotator: who is to work through them.
        others: whose spans are candidates.
        between: the two annotators to compare; none for the annotator against all others.
    """

    def __init__(
        self,
        project: Project,
        annotator: str,
        others: Sequence[str],
        between: Sequence[str] = (),
    ) -> None:
        self._project = project
        self._annotator = annotator
        self._others = [name for name in others if name != annotator]
        self._between = tuple(between)
        self._names = list(dict.fromkeys([annotator, *self._others, *between]))
        self._settings = [_RECIPE, *self._names, "|", *between]
        self._known = self._load()
        self._fresh: dict[str, Any] = {}

    def reading(self, entry: DocumentEntry) -> Reading:
        """Return what the files of a document say; a broken file counts as not there."""
        paths = [self._project.paths(entry, name).annotations for name in self._names]
        stamps = [_stamp(path) for path in paths]
        kept = self._known.get(entry.id)
        if isinstance(kept, list) and len(kept) == 2 and kept[0] == stamps:
            with suppress(TypeError, ValueError):
                self._fresh[entry.id] = kept
                return _restored(kept[1])
        sets = {
            name: found
            for name, path, stamp in zip(self._names, paths, stamps, strict=True)
            if stamp is not None and (found := _read(path)) is not None
        }
        reading = self._of(sets)
        self._fresh[entry.id] = [stamps, asdict(reading)]
        return reading

    def keep(self) -> None:
        """Write down what was read, for the next time; if that fails, it is read again."""
        path = self._project.root / PRIVATE / _KEPT
        if self._fresh == self._known:
            return
        with suppress(OSError, AnnotatorError):
            make_folder(path.parent, self._project.root)
            fresh = path.with_name(f"{_KEPT}.{os.getpid()}.new")
            data = {"settings": self._settings, "documents": self._fresh}
            fresh.write_text(json.dumps(data, separators=(",", ":")), encoding="ascii")
            fresh.replace(path)

    def _load(self) -> Mapping[str, Any]:
        path = self._project.root / PRIVATE / _KEPT
        with suppress(OSError, ValueError, RecursionError, KeyError, TypeError):
            data = json.loads(path.read_bytes())
            if data["settings"] == self._settings and isinstance(data["documents"], dict):
                documents: dict[str, Any] = data["documents"]
                return documents
        return {}

    def _of(self, sets: Mapping[str, AnnotationSet]) -> Reading:
        own = sets.get(self._annotator)
        mine = own if own is not None else _empty(sets, self._annotator)
        if mine is None:
            return Reading()
        candidates = Candidates(lambda: mine)
        for name in self._others:
            if name in sets:
                candidates.put(sets[name])
        scores = [
            nearness(candidate.score)
            for candidate in candidates.open_spans()
            if "score" in candidate.span.origin
        ]
        differing, covered = self._differing(sets)
        return Reading(
            finished=mine.status in _FINISHED,
            open=candidates.open_count,
            uncertainty=sum(scores) / len(scores) if scores else 0.0,
            differing=differing,
            covered=covered,
        )

    def _differing(
        self, sets: Mapping[str, AnnotationSet]
    ) -> tuple[dict[str, int], tuple[str, ...]]:
        """Return how many spans one side alone has, by label, and of which labels both speak."""
        mine, others = self._annotator, self._others
        if self._between:
            mine, *others = self._between
        sides = [[name for name in side if name in sets] for side in ([mine], others)]
        if not all(sides):
            return {}, ()  # one has not looked at the document: nobody disagrees yet
        said = [{key_of(s) for name in side for s in sets[name].spans.values()} for side in sides]
        alone = Counter(label for label, _, _ in said[0] ^ said[1])
        covered = {label for keys in said for label, _, _ in keys}
        for side, keys in zip(sides, said, strict=True):
            # A person may use every label; a model speaks of those that it proposes.
            if all(name.startswith(MODEL_PREFIX) for name in side):
                covered &= {label for label, _, _ in keys}
        return dict(sorted(alone.items())), tuple(sorted(covered))


def queue_of(
    project: Project,
    annotator: str,
    queue: QueueConfig,
    *,
    read_only: bool = False,
    tick: Callable[[], None] = lambda: None,
) -> list[int]:
    """Return the places of a project's documents in the order of its queue.

    Args:
        project: its documents.
        annotator: who is to work through them.
        queue: which order.
        read_only: write nothing down.
        tick: called after each document that was read.
    """
    ids = [entry.id for entry in project.documents]
    if queue.order not in ORDERS_THAT_READ:
        return ordered(queue.order, ids, seed=queue.seed)
    reader = QueueReader(project, annotator, shown_annotators(project), queue.between)
    readings = []
    for entry in project.documents:
        readings.append(reader.reading(entry))
        tick()
    if not read_only:
        reader.keep()
    return ordered(queue.order, ids, readings, queue.seed)


def shown_annotators(project: Project) -> list[str]:
    """Return the annotators whose sets on disk hold candidates, as the settings have it.

    These are the names under ``candidates``, suggesters as ``model:NAME``; without that key every
    model that has a set.
    """
    there = project.annotators()
    wanted: Iterable[str] | None = project.config.candidates
    if wanted is None:
        return [name for name in there if name.startswith(MODEL_PREFIX)]
    return [name for one in wanted for name in (one, f"{MODEL_PREFIX}{one}") if name in there]


def _stamp(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size]


def _read(path: Path) -> AnnotationSet | None:
    with suppress(OSError, AnnotatorError):
        return load_set(path.read_bytes(), str(path)).annotations
    return None


def _empty(sets: Mapping[str, AnnotationSet], annotator: str) -> AnnotationSet | None:
    some = next(iter(sets.values()), None)
    return AnnotationSet(some.document, annotator, some.scheme) if some is not None else None


def _restored(data: Mapping[str, Any]) -> Reading:
    return Reading(**{**data, "covered": tuple(data["covered"])})
