"""From annotation sets to labelled sentences: what decisions say of each sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ..domain.annotations import MODEL_PREFIX, AnnotationSet
from ..domain.errors import AnnotatorError
from ..domain.scheme import Label, Scheme
from ..domain.span import Span
from ..store.documents import DocumentEntry
from ..store.project import Project
from ..store.reanchor import REVIEWER
from ..store.set_store import SetStore
from ..suggest.base import Range, Text
from .examples import LabelledSentence, Progress

GOLD = "gold"
"""The adjudicator, whose sets are preferred."""

NOT_WORTH: Mapping[str, tuple[str, ...]] = {"worthiness": ("unimportant", "not-checkable")}
"""Values of attributes of the default scheme that make a span speak against its sentence."""

Origin = Literal["tagged", "rejected", "judged", "left"]
"""Why a sentence has its label: it was tagged; it was rejected as a candidate; it was tagged, and
judged to be not worth it; or it was left untagged in a document that is done."""


class Example(NamedTuple):
    """A sentence that a model learns from.

    Attributes:
        document: the document's id.
        start, end: the sentence's offsets.
        text: the sentence.
        positive: whether it carries the label.
        origin: why.
    """

    document: str
    start: int
    end: int
    text: str
    positive: bool
    origin: Origin

    @property
    def labelled(self) -> LabelledSentence:
        """The part that a model is given."""
        return LabelledSentence(self.text, self.positive, self.document)


class Source(NamedTuple):
    """A document that examples are from.

    Attributes:
        id: the document's id.
        sha256: of its text.
        annotator: whose set was read.
        sentences: how many examples it gave.
    """

    id: str
    sha256: str
    annotator: str
    sentences: int


class Examples(NamedTuple):
    """What a project has to learn from.

    Attributes:
        label: the label that makes a sentence positive.
        annotators: whose sets were read.
        examples: in the order of the documents and of the text.
        sources: the documents that gave any.
        skipped: lines about documents that could not be read.
    """

    label: str
    annotators: tuple[str, ...]
    examples: tuple[Example, ...]
    sources: tuple[Source, ...]
    skipped: tuple[str, ...]


def collect(
    project: Project,
    *,
    label: str | None = None,
    annotators: Sequence[str] = (),
    against: Mapping[str, Sequence[str]] | None = None,
    progress: Progress | None = None,
) -> Examples:
    """Return the labelled sentences of a project.

    Args:
        project: the project; nothing in it is changed.
        label: the label to learn; the scheme's first one that tags sentences when None.
        annotators: whose sets; the first who has one of a document counts there. Without any,
            ``gold`` if it has sets, else the only one there is, else the project's own annotator.
        against: values of attributes that make a span speak against its sentence, by attribute;
            :data:`NOT_WORTH` when None.
        progress: is told how many documents are read.

    Raises:
        AnnotatorError: the scheme has no such label, or nobody has annotated anything.
    """
    wanted = label_to_learn(project.scheme, label)
    whose = _annotators(project, annotators)
    reader = _Reader(project, wanted, whose, NOT_WORTH if against is None else against)
    total = len(project.documents)
    for number, entry in enumerate(project.documents):
        if progress is not None and number % 50 == 0:
            progress("reading documents", number, total)
        reader.read(entry)
    return Examples(
        wanted.name, whose, tuple(reader.examples), tuple(reader.sources), tuple(reader.skipped)
    )


def label_to_learn(scheme: Scheme, name: str | None) -> Label:
    """Return a label by name, or the first that tags a sentence.

    Raises:
        AnnotatorError: there is none.
    """
    names = ", ".join(scheme.labels)
    if name is not None:
        if name not in scheme.labels:
            raise AnnotatorError(f"the scheme has no label {name!r}", f"it has {names}")
        return scheme.labels[name]
    for label in scheme.labels.values():
        if label.units[:1] == ("sentence",) and not label.furniture:
            return label
    raise AnnotatorError("no label of the scheme tags sentences", f"name one with --label: {names}")


def label_sentences(
    text: Text,
    annotations: AnnotationSet,
    label: str,
    furniture: Iterable[str] = (),
    against: Mapping[str, Sequence[str]] = NOT_WORTH,
) -> Iterator[tuple[Range, bool, Origin]]:
    """Yield the sentences of a document of which something is known, and what.

    A sentence is covered by spans when they hold more than half of it. It is positive when spans
    of the label cover it; negative when rejected candidates of the label, or spans that speak
    against it, do; negative too when the document is done and no span of the label touches it.
    Any other sentence is unknown, and furniture is left out.

    Args:
        text: the document's text.
        annotations: what an annotator said of it.
        label: the label.
        furniture: labels whose spans are page furniture.
        against: values of attributes that make a span speak against its sentence.
    """
    kinds = set(furniture)
    spans = [span for span in annotations.spans.values() if span.label == label]
    turned = [span for span in spans if _speaks_against(span, against)]
    tagged = _Cover([span for span in spans if span not in turned])
    judged = _Cover(turned)
    # That an orphan does not belong to a place says nothing about the sentence there.
    rejected = _Cover(
        span
        for span in annotations.rejected.values()
        if span.label == label and span.origin.get("from") != REVIEWER
    )
    aside = _Cover(span for span in annotations.spans.values() if span.label in kinds)
    done = annotations.status == "done"
    for start, end in text.sentences:
        half = (end - start) / 2
        if aside.within(start, end):
            continue
        if tagged.within(start, end) > half:
            yield (start, end), True, "tagged"
        elif judged.within(start, end) > half:
            yield (start, end), False, "judged"
        elif rejected.within(start, end) > half:
            yield (start, end), False, "rejected"
        elif done and not tagged.within(start, end):
            yield (start, end), False, "left"


class _Reader:
    """Reads documents one by one and gathers what they teach."""

    def __init__(
        self,
        project: Project,
        label: Label,
        annotators: Sequence[str],
        against: Mapping[str, Sequence[str]],
    ) -> None:
        self.examples: list[Example] = []
        self.sources: list[Source] = []
        self.skipped: list[str] = []
        self._project = project
        self._label = label.name
        self._annotators = annotators
        self._against = against
        self._furniture = [one.name for one in project.scheme.labels.values() if one.furniture]

    def read(self, entry: DocumentEntry) -> None:
        """Add a document's sentences; a document that cannot be read is named and left out."""
        annotator = next((name for name in self._annotators if self._has_set(entry, name)), None)
        if annotator is None:
            return
        try:
            document = self._project.load_document(entry)
            store = SetStore.open(
                self._project.paths(entry, annotator),
                document,
                annotator,
                self._project.scheme.id,
                read_only=True,
            )
        except AnnotatorError as error:
            self.skipped.append(f"{entry.id} is left out: {error}")
            return
        store.close()
        if store.annotations.status == "skipped":
            return
        text = Text(document.text, self._project.config.language)
        before = len(self.examples)
        self.examples += (
            Example(entry.id, start, end, document.text[start:end], positive, origin)
            for (start, end), positive, origin in label_sentences(
                text, store.annotations, self._label, self._furniture, self._against
            )
        )
        if count := len(self.examples) - before:
            self.sources.append(Source(entry.id, document.sha256, annotator, count))

    def _has_set(self, entry: DocumentEntry, annotator: str) -> bool:
        paths = self._project.paths(entry, annotator)
        return paths.annotations.exists() or paths.journal.exists()


class _Cover:
    """What some spans cover, as disjoint ranges."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ranges = sorted(part for span in spans for part in span.fragments or (span.range,))
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in ranges:
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def within(self, start: int, end: int) -> int:
        """Return how many code points of a range are covered."""
        covered = 0
        place = bisect_left(self._ends, start + 1)
        while place < len(self._starts) and self._starts[place] < end:
            covered += min(end, self._ends[place]) - max(start, self._starts[place])
            place += 1
        return covered


def _speaks_against(span: Span, against: Mapping[str, Sequence[str]]) -> bool:
    return any(span.attributes.get(name) in values for name, values in against.items())


def _annotators(project: Project, named: Sequence[str]) -> tuple[str, ...]:
    """Return whose sets to read.

    Raises:
        AnnotatorError: a named one, or, without names, the project's own has no annotations.
    """
    known = project.annotators()
    people = [name for name in known if not name.startswith(MODEL_PREFIX)]
    hint = f"there are annotations of {', '.join(people)}: name one with --annotator"
    if not people and not named:
        raise AnnotatorError(
            f"nobody has annotated anything in {project.root}", "tag some documents first"
        )
    for name in named:
        if name not in known:
            raise AnnotatorError(f"{name!r} has no annotations here", hint)
    if named:
        return tuple(dict.fromkeys(named))
    chosen = GOLD if GOLD in people else people[0] if len(people) == 1 else project.annotator
    if chosen not in people:
        raise AnnotatorError(f"{chosen} has no annotations here", hint)
    return (chosen,)
