"""What a worker does with a batch of documents: it reads their entities, and asks suggesters.

``{"batch": NUMBER, "documents": [{"text": TEXT, "entities": PACKED or null, "read": FLAG,
"names": [NAME, ...]}, ...]}`` is answered by ``{"batch": NUMBER, "documents": [{"entities": PACKED
or null, "found": {NAME: PACKED}, "failed": {NAME: MESSAGE}}, ...]}``, where ``read`` asks for
the entities of a document that come from no cache. Where the pipeline does not load the answer is
``{"missing": MESSAGE}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...domain.entity import Entity
from ...domain.errors import AnnotatorError
from ...nlp.entities import pack, unpack
from ...nlp.paragraphs import pieces, readable
from ..base import Text
from .runner import Runner

if TYPE_CHECKING:
    from ...nlp.pipeline import Pipeline

_AT_ONCE = 256
"""Pieces that the recogniser is given in one go: it keeps what it learns of words that long."""


class BatchReader:
    """Answers batches; the recogniser is loaded for the first text that must be read.

    Args:
        runner: the suggesters.
        pipeline: what ``spacy.load`` takes; None where no batch asks for entities.
    """

    def __init__(self, runner: Runner, pipeline: str | None) -> None:
        self._runner = runner
        self._name = pipeline
        self._pipeline: Pipeline | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a batch."""
        documents: list[dict[str, Any]] = request["documents"]
        wanted = [place for place, one in enumerate(documents) if one["read"]]
        try:
            found = self._entities([documents[place]["text"] for place in wanted])
        except AnnotatorError as error:
            return {"missing": str(error)}
        read = dict(zip(wanted, found, strict=True))
        answers = [self._document(one, read.get(place)) for place, one in enumerate(documents)]
        return {"batch": request["batch"], "documents": answers}

    def _document(self, one: dict[str, Any], read: Sequence[Entity] | None) -> dict[str, Any]:
        text, entities = one["text"], read
        if read is None and one["entities"] is not None:
            entities = unpack(one["entities"], len(text))
        subject = Text(text, self._runner.setup.language, entities)
        found: dict[str, Any] = {}
        failed: dict[str, str] = {}
        for name in one["names"]:
            try:
                found[name] = self._runner.suggest(name, subject)
            except AnnotatorError as error:
                failed[name] = str(error)
        return {
            "entities": None if read is None else pack(read),
            "found": found,
            "failed": failed,
        }

    def _entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text; short ones are read together, which is faster."""
        if not texts:
            return []
        if self._pipeline is None:
            from ...nlp.pipeline import Pipeline

            self._pipeline = Pipeline(self._name)
        places = [(n, start, end) for n, text in enumerate(texts) for start, end in pieces(text)]
        found: list[list[Entity]] = [[] for _ in texts]
        for first in range(0, len(places), _AT_ONCE):
            some = places[first : first + _AT_ONCE]
            ready = [readable(texts[n][start:end]) for n, start, end in some]
            for (n, shift, _), entities in zip(some, self._pipeline.entities(ready), strict=True):
                found[n] += [
                    Entity(shift + start, shift + end, label) for start, end, label in entities
                ]
        return found
