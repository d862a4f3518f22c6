"""The recogniser itself. The one module that imports spaCy, and only when it loads a pipeline."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..domain.errors import AnnotatorError
from .info import PipelineInfo, pipeline_info

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_RECOGNISERS = frozenset({"ner", "beam_ner"})
_EMBEDDERS = frozenset({"tok2vec", "transformer", "curated_transformer"})
_OF_NO_USE = frozenset(
    {
        "tagger",
        "morphologizer",
        "parser",
        "senter",
        "sentencizer",
        "attribute_ruler",
        "lemmatizer",
        "trainable_lemmatizer",
        "textcat",
        "textcat_multilabel",
    }
)


def superfluous(components: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the components that can be left out without changing any entity.

    In spaCy's small English pipeline the recogniser has its own embeddings, so all others go and
    it reads twice as fast; in a pipeline whose recogniser listens to shared embeddings these
    stay. With a component this program does not know, a rule that may look at tags for instance,
    everything stays.

    Args:
        components: the ``components`` section of the pipeline's ``config.cfg``.
    """
    factories = {name: str(part.get("factory", "")) for name, part in components.items()}
    if set(factories.values()) - _RECOGNISERS - _EMBEDDERS - _OF_NO_USE:
        return []
    listens = any(
        _listens(components[name]) for name, factory in factories.items() if factory in _RECOGNISERS
    )
    unwanted = _OF_NO_USE if listens else _OF_NO_USE | _EMBEDDERS
    return [name for name, factory in factories.items() if factory in unwanted]


def _listens(section: Mapping[str, Any]) -> bool:
    return any(
        _listens(value)
        if isinstance(value, Mapping)
        else key == "@architectures" and "Listener" in str(value)
        for key, value in section.items()
    )


class Pipeline:
    """A loaded recogniser.

    Args:
        name: a package's import name or a folder; None for the default.
        whole: load also what gives no entities, for :meth:`spans`.

    Attributes:
        info: which pipeline it is.

    Raises:
        AnnotatorError: it is not there, does not load, or finds no entities.
    """

    def __init__(self, name: str | None = None, *, whole: bool = False) -> None:
        self.info = pipeline_info(name)
        collecting = gc.isenabled()
        gc.disable()  # a quarter of the loading time otherwise
        try:
            self._language = _load(self.info, whole=whole)
        finally:
            if collecting:
                gc.enable()
        _use_openblas(self._language)

    def entities(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Return the entities of each text: start, end (code points of that text) and label.

        Args:
            texts: pieces as ``paragraphs.pieces`` cuts and ``paragraphs.readable`` mends them.
        """
        # Without the zone every new word would stay in memory for the life of the process.
        with self._language.memory_zone():
            return [
                [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
                for doc in self._language.pipe(texts, batch_size=32)
            ]

    def spans(
        self, texts: Sequence[str], group: str
    ) -> list[list[tuple[int, int, str, float | None]]]:
        """Return the spans of a group of ``doc.spans``, for each text.

        Args:
            texts: as for :meth:`entities`.
            group: the key in ``doc.spans``, e.g. ``sc``, where spaCy's span categoriser puts
                its own.

        Returns:
            Start and end (code points of that text), label, and the component's score from 0 to 1
            where it gives one.

        Raises:
            AnnotatorError: there is no group of that name.
        """
        found: list[list[tuple[int, int, str, float | None]]] = []
        others: set[str] = set()
        with self._language.memory_zone():
            for doc in self._language.pipe(texts, batch_size=32):
                others.update(map(str, doc.spans))
                found.append(_group(doc, group))
        if texts and group not in others:
            there = f"there is {', '.join(sorted(others))}" if others else "it makes none at all"
            raise AnnotatorError(f"there is no span group {group!r}", there)
        return found


def _group(doc: Doc, group: str) -> list[tuple[int, int, str, float | None]]:
    if group not in doc.spans:
        return []
    spans = doc.spans[group]
    scores = spans.attrs.get("scores")
    sure = [None] * len(spans) if scores is None else [float(score) for score in scores]
    return [
        (span.start_char, span.end_char, span.label_, score)
        for span, score in zip(spans, sure, strict=True)
    ]


def _load(info: PipelineInfo, *, whole: bool) -> Language:
    try:
        import spacy

        config = spacy.util.load_config(info.folder / "config.cfg")
        unwanted = [] if whole else superfluous(config["components"])
        language = spacy.load(info.name, exclude=unwanted)
    except Exception as error:
        # A pipeline package runs code of its own when it loads, so it may raise anything.
        lines = str(error).splitlines() or [""]
        raise AnnotatorError(
            f"the pipeline {info.name} does not load: {type(error).__name__}: {lines[0]}",
            "run `annotator doctor`",
        ) from error
    if not language.pipe_names:
        raise AnnotatorError(
            f"the pipeline {info.name} has no entity recogniser", "name another with --pipeline"
        )
    return language


def _use_openblas(language: Language) -> None:
    # numpy's own OpenBLAS, held to one thread, multiplies these small matrices a third faster
    # than the BLIS that comes with spaCy, with the same entities.
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for model in _models(language):
        for node in model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops


def _models(language: Language) -> Iterator[Any]:
    for _, component in language.pipeline:
        model = getattr(component, "model", None)
        if hasattr(model, "walk"):
            yield model
