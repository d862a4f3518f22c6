"""What a project's ``annotator.yaml`` says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.errors import InvalidFileError, Problem, Source
from .compiled import load_compiled

if TYPE_CHECKING:
    from .audit_config import AuditConfig

DEFAULT_SCHEME = "claims-and-placeholders"
FORMAT = "annotator-project/1"
QUEUE_ORDERS = ("name", "candidates", "uncertainty", "disagreement", "random")
"""Orders of documents; each is told of in ``session.queue``."""
_KEYS = (
    "format", "scheme", "documents", "annotator", "language", "pipeline", "candidates",
    "suggesters", "rules", "queue", "audit",
)  # fmt: skip


class PipelineConfig(NamedTuple):
    """A spaCy pipeline as a suggester.

    Attributes:
        pipeline: an installed package's name, or a folder; a path is relative to the project.
        labels: labels of the pipeline and what they are called in the scheme; None for those
            that are called the same, whatever the case.
        spans: the group of ``doc.spans`` to take; empty for ``doc.ents``.
    """

    pipeline: str
    labels: Mapping[str, str] | None = None
    spans: str = ""


class QueueConfig(NamedTuple):
    """In which order the documents of a project come.

    Attributes:
        order: one of :data:`QUEUE_ORDERS`.
        seed: for the order ``random``.
        between: two annotators whose disagreement counts; none for the annotator's with the
            candidates.
    """

    order: str = "name"
    seed: int = 0
    between: tuple[str, ...] = ()


class ProjectConfig(NamedTuple):
    """The settings of a project.

    Attributes:
        scheme: a shipped scheme's name, or a scheme file relative to the project's folder.
        documents: glob patterns relative to the project's folder, ``**`` for any folders;
            empty for every ``.txt``, ``.md`` and ``.jsonl``.
        annotator: whose sets are written when nobody says otherwise; empty for the user.
        language: ISO 639-1 code of the texts.
        pipeline: the spaCy pipeline to use; None for the default one.
        candidates: names of suggesters, and of annotators whose spans are shown as candidates;
            None for the suggesters whose labels the scheme has.
        suggesters: spaCy pipelines as suggesters, by name.
        rules: rule files of the project, relative to its folder.
        queue: in which order documents come.
        audit: what the settings say about audits; None for the defaults.
        problems: unknown keys, each with file, line and key; they are ignored.
    """

    scheme: str = DEFAULT_SCHEME
    documents: tuple[str, ...] = ()
    annotator: str = ""
    language: str = "en"
    pipeline: str | None = None
    candidates: tuple[str, ...] | None = None
    suggesters: Mapping[str, PipelineConfig] = MappingProxyType({})
    rules: tuple[str, ...] = ()
    queue: QueueConfig = QueueConfig()
    audit: AuditConfig | None = None
    problems: tuple[Problem, ...] = ()


def load_config(path: Path) -> ProjectConfig:
    """Return the settings of a file; a file that is not there gives the defaults.

    Raises:
        InvalidFileError: a value is not what it must be; names file, line and key.
        AnnotatorError: the file cannot be read.
    """
    return load_compiled(path, parse_config) if path.is_file() else ProjectConfig()


def parse_config(data: object, source: Source) -> ProjectConfig:
    """Return the settings that a file's data describe; an empty file is one with defaults.

    Raises:
        InvalidFileError: with every problem but unknown keys.
    """
    if data is None:
        return ProjectConfig()
    if not isinstance(data, Mapping):
        raise InvalidFileError([source.problem((), "expected keys and values")])
    return _Parser(source, data).config()


class _Parser:
    def __init__(self, source: Source, data: Mapping[Any, Any]) -> None:
        self.source = source
        self.data = data
        self.problems: list[Problem] = []

    def config(self) -> ProjectConfig:
        if (found := self.data.get("format", FORMAT)) != FORMAT:
            self.complain("format", f"expected {FORMAT}, found {found!r}")
        config = ProjectConfig(
            self.text("scheme", DEFAULT_SCHEME),
            self.patterns(),
            self.text("annotator", ""),
            self.text("language", "en"),
            self.text("pipeline", "") or None,
            self.names("candidates") if self.data.get("candidates") is not None else None,
            self.suggesters(),
            self.inside("rules", self.names("rules")),
            self.queue(),
            self.audit(),
            tuple(
                self.source.problem((str(key),), f"unknown key; expected {', '.join(_KEYS)}")
                for key in self.data
                if key not in _KEYS
            ),
        )
        if self.problems:
            raise InvalidFileError(self.problems)
        return config

    def complain(self, key: str | tuple[str, ...], message: str) -> None:
        path = (key,) if isinstance(key, str) else key
        self.problems.append(self.source.problem(path, message))

    def text(self, key: str, default: str) -> str:
        value = self.data.get(key, default)
        if isinstance(value, str) and (value or not default):
            return value
        self.complain(key, f"{value!r} is not a string" if value != "" else "missing")
        return default

    def patterns(self) -> tuple[str, ...]:
        value = self.data.get("documents", [])
        patterns = [value] if isinstance(value, str) else value
        if not isinstance(patterns, list) or not all(isinstance(p, str) and p for p in patterns):
            self.complain("documents", f"{value!r} is no list of patterns such as articles/*.txt")
            return ()
        return self.inside("documents", tuple(patterns))

    def inside(self, key: str, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if path.startswith("/") or ".." in path.split("/"):
                self.complain(key, f"{path!r} leads out of the project")
        return paths

    def names(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            self.complain(key, f"{value!r} is no list of names")
            return ()
        if twice := next((name for name in names if names.count(name) > 1), None):
            self.complain(key, f"{twice!r} stands twice")
        return tuple(names)

    def suggesters(self) -> dict[str, PipelineConfig]:
        value = self.data.get("suggesters", {})
        if not isinstance(value, Mapping):
            self.complain("suggesters", "expected names, and a pipeline for each")
            return {}
        return {str(name): self.pipeline(str(name), one) for name, one in value.items()}

    def pipeline(self, name: str, data: object) -> PipelineConfig:
        place = ("suggesters", name)
        if not isinstance(data, Mapping):
            self.complain(place, "expected pipeline: NAME, and labels or spans where needed")
            return PipelineConfig("")
        for key in data:
            if key not in PipelineConfig._fields:
                known = ", ".join(PipelineConfig._fields)
                self.complain((*place, str(key)), f"unknown key; expected {known}")
        pipeline, spans, labels = data.get("pipeline"), data.get("spans", ""), data.get("labels")
        if not isinstance(pipeline, str) or not pipeline:
            missing = "missing; it takes a pipeline's name or folder"
            self.complain((*place, "pipeline"), missing if not pipeline else "not a string")
            pipeline = ""
        if not isinstance(spans, str):
            self.complain((*place, "spans"), f"{spans!r} is not a string")
            spans = ""
        if labels is not None and not _are_words(labels):
            self.complain((*place, "labels"), "expected the pipeline's labels and the scheme's")
            labels = None
        return PipelineConfig(pipeline, labels, spans)

    def audit(self) -> AuditConfig | None:
        if "audit" not in self.data:
            return None
        from .audit_config import parse_audit  # no start of the app needs it

        config, problems = parse_audit(self.data["audit"], self.source)
        self.problems += problems
        return config

    def queue(self) -> QueueConfig:
        value = self.data.get("queue", {})
        data = {"order": value} if isinstance(value, str) else value
        if not isinstance(data, Mapping):
            self.complain("queue", "expected order: and seed:")
            return QueueConfig()
        known = ", ".join(QueueConfig._fields)
        for key in data:
            if key not in QueueConfig._fields:
                self.complain(("queue", str(key)), f"unknown key; expected {known}")
        order, seed = data.get("order", "name"), data.get("seed", 0)
        if order not in QUEUE_ORDERS:
            self.complain(("queue", "order"), f"{order!r} is none of {', '.join(QUEUE_ORDERS)}")
        if type(seed) is not int:
            self.complain(("queue", "seed"), f"{seed!r} is not a whole number")
            seed = 0
        between = data.get("between", [])
        if not _are_two_names(between):
            self.complain(("queue", "between"), f"{between!r} is no list of two annotators")
            between = []
        return QueueConfig(str(order), seed, tuple(between))


def _are_words(data: object) -> bool:
    return (
        isinstance(data, Mapping)
        and bool(data)
        and all(isinstance(word, str) and word for pair in data.items() for word in pair)
    )


def _are_two_names(data: object) -> bool:
    return data == [] or (
        isinstance(data, list)
        and len(data) == 2
        and data[0] != data[1]
        and all(isinstance(name, str) and name for name in data)
    )
