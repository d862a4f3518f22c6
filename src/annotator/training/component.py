"""The spaCy component of a trained claim pipeline. spaCy finds it by its entry point.

Where this package is installed, ``spacy.load(folder)`` gives a pipeline that scores each sentence
of a text. Its scores are those of the app: both use ``suggest.trained_claims.model``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from ..suggest.base import Text
from ..suggest.trained_claims.model import COMPONENT, MODEL_FILE, ClaimModel, read_model

SPANS = "claims"
"""Key of ``doc.spans`` under which claims stand."""
TAKEN = 0.5


class Claims:
    """Finds claims: ``doc.cats[label]`` is the score of the whole text taken as one sentence.

    ``doc.spans["claims"]`` holds the sentences that score 0.5 or more, their scores in its
    ``attrs["scores"]``, as spaCy's own span categoriser does it.

    Args:
        label: the label of the spans, and the category.
        language: ISO 639-1 code, for sentence splitting.
        model: what scores sentences; None until it is loaded.
    """

    def __init__(self, label: str, language: str, model: ClaimModel | None = None) -> None:
        self.label = label
        self.language = language
        self.model = model

    @property
    def labels(self) -> tuple[str, ...]:
        """The one label."""
        return (self.label,)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document and return it."""
        if self.model is None:
            raise ValueError(
                f"{COMPONENT} has no model; load a folder that `annotator train` wrote"
            )
        sentences = Text(doc.text, self.language).sentences
        scores = self.model.scores([doc.text, *(doc.text[start:end] for start, end in sentences)])
        doc.cats[self.label] = scores[0]
        taken = [
            (doc.char_span(start, end, self.label, alignment_mode="expand"), score)
            for (start, end), score in zip(sentences, scores[1:], strict=True)
            if score >= TAKEN
        ]
        found = [(span, score) for span, score in taken if span is not None]
        doc.spans[SPANS] = SpanGroup(
            doc,
            name=SPANS,
            attrs={"scores": [score for _, score in found]},
            spans=[span for span, _ in found],
        )
        return doc

    def to_disk(
        self,
        path: str | Path,
        *,
        exclude: Iterable[str] = (),  # noqa: ARG002 - spaCy passes it
    ) -> None:
        """Write the model into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.model is not None:
            data = json.dumps(self.model.to_json(), separators=(",", ":"))
            (folder / MODEL_FILE).write_text(data, encoding="ascii")

    def from_disk(
        self,
        path: str | Path,
        *,
        exclude: Iterable[str] = (),  # noqa: ARG002 - spaCy passes it
    ) -> Claims:
        """Read the model from a folder.

        Raises:
            AnnotatorError: there is none, or one that this version cannot use.
        """
        self.model = read_model(Path(path) / MODEL_FILE)
        return self


@Language.factory(
    COMPONENT,
    default_config={"label": "claim", "language": "en"},
    assigns=["doc.cats", "doc.spans"],
)
def make_claims(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - likewise
    label: str,
    language: str,
) -> Claims:
    """Return a component without a model, to be read from disk."""
    return Claims(label, language)
