"""What suggesters propose for the documents of an audit, asked in this process."""

from __future__ import annotations

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..nlp.cache import EntityCache
from ..nlp.entities import pack, unpack
from ..nlp.info import pipeline_info
from ..store.project import Project
from ..store.resources import user_cache_dir
from ..suggest.choice import setup_of
from ..suggest.running.batch import BatchReader
from ..suggest.running.plain import unpack as unpack_suggestions
from ..suggest.running.runner import Runner
from ..suggest.sets import Stamp, to_set


class Suggesting:
    """The suggesters of an audit, loaded.

    A worker process of its own would take longer to start than a hundred articles take to read,
    and an audit has no interface that must not wait.

    Args:
        project: settings and scheme.
        names: of suggesters.
        entities: whether to look for named entities too, which takes a pipeline.
        pipeline: which one; empty for the project's own, else the default.

    Raises:
        AnnotatorError: a suggester or the pipeline does not load.

    Attributes:
        left_out: those whose labels the scheme lacks.
    """

    def __init__(
        self, project: Project, names: tuple[str, ...], *, entities: bool, pipeline: str = ""
    ) -> None:
        self._scheme = project.scheme
        named = pipeline or project.config.pipeline
        self._runner = Runner(setup_of(project, names, pipeline=named)) if names else None
        if self._runner is not None and self._runner.failed:
            name, message = self._runner.failed[0]
            raise AnnotatorError(f"{name}: {message}")
        self.left_out = self._runner.left_out if self._runner is not None else []
        info = pipeline_info(named) if entities and self._runner is not None else None
        self._key = info.key if info is not None else ""
        self._cache = EntityCache(user_cache_dir() / "entities" / self._key) if info else None
        found = info.name if info is not None else None
        self._reader = BatchReader(self._runner, found) if self._runner is not None else None

    def propose(self, document: Document, problems: list[str]) -> list[AnnotationSet]:
        """Return what each suggester proposes for a document.

        Args:
            document: the text.
            problems: gets a line for each suggester that failed.

        Raises:
            AnnotatorError: the pipeline does not load.
        """
        if self._reader is None or self._runner is None:
            return []
        known = self._cache.get(document.sha256, document.length) if self._cache else None
        request = {
            "text": document.text,
            "entities": None if known is None else pack(known),
            "read": self._cache is not None and known is None,
            "names": list(self._runner.suggesters),
        }
        answer = self._reader.answer({"batch": 0, "documents": [request]})
        if "missing" in answer:
            raise AnnotatorError(answer["missing"], "leave out --entities")
        (reply,) = answer["documents"]
        if self._cache is not None and reply["entities"] is not None:
            self._cache.put(document.sha256, unpack(reply["entities"], document.length))
        problems += (f"{name}: {message}" for name, message in reply["failed"].items())
        return [
            to_set(
                self._stamp(name),
                document,
                self._scheme,
                unpack_suggestions(packed, document.length),
            )
            for name, packed in reply["found"].items()
        ]

    def _stamp(self, name: str) -> Stamp:
        assert self._runner is not None  # it has answered
        suggester = self._runner.suggesters[name]
        return Stamp(name, suggester.version, self._key if suggester.needs_entities else "")
