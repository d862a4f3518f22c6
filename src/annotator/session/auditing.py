"""``annotator audit``: what is open in the documents of a project, annotated or bare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.audit_rules import BROKEN
from ..domain.document import Document
from ..domain.errors import AnnotatorError, InvalidFileError
from ..quality.audit.accepting import matches, separated, weighed
from ..quality.audit.findings import DocumentAudit, Finding, located, merged
from ..quality.audit.set_checks import check_annotations
from ..store.audit_config import AuditConfig
from ..store.documents import DocumentEntry
from ..store.opening import reference
from ..store.project import Project
from .audit_candidates import candidate_findings, open_candidates
from .audit_sets import OwnSet, SetReader
from .audit_suggesting import Suggesting


class AuditOptions(NamedTuple):
    """What a caller wants of an audit.

    Attributes:
        config: the settings, with what the caller changed of them.
        annotator: whose sets; empty as :class:`~.audit_sets.SetReader` chooses.
        entities: whether suggesters are told the named entities, which takes a pipeline.
        pipeline: which one; empty for the project's own, else the default.
        absolute: whether files are named by their whole path, else relative to where we are.
        keep_text: whether each result carries its text.
    """

    config: AuditConfig = AuditConfig()
    annotator: str = ""
    entities: bool = False
    pipeline: str = ""
    absolute: bool = False
    keep_text: bool = False


class Audited(NamedTuple):
    """A document's result, and what went wrong on the way.

    Attributes:
        result: what was found.
        problems: a line for each suggester that failed, so that something may be missing.
    """

    result: DocumentAudit
    problems: tuple[str, ...] = ()


class Auditor:
    """Audits the documents of one project.

    Args:
        project: the project.
        options: what is wanted.

    Raises:
        AnnotatorError: the options name an annotator that there is not.
    """

    def __init__(self, project: Project, options: AuditOptions) -> None:
        self._project = project
        self._options = options
        self._sets = SetReader(project, options.annotator)

    @cached_property
    def suggesting(self) -> Suggesting:
        """The suggesters, loaded when a document first needs them.

        Raises:
            AnnotatorError: one does not load.
        """
        options = self._options
        return Suggesting(
            self._project,
            options.config.suggesters,
            entities=options.entities,
            pipeline=options.pipeline,
        )

    def prepare(self) -> None:
        """Load the suggesters now, so that forks of this process have them.

        Raises:
            AnnotatorError: one does not load.
        """
        _ = self.suggesting

    def wants(self, entry: DocumentEntry) -> bool:
        """Say whether the settings have a document audited."""
        return not any(matches(pattern, entry.id) for pattern in self._options.config.exclude)

    def notices(self) -> Iterator[str]:
        """Yield what a person should know before trusting a clean result."""
        scheme, roles = self._project.scheme, self._options.config.roles
        for part, labels in (("placeholder", roles.placeholder), ("claim", roles.claim)):
            if not any(label in scheme.labels for label in labels):
                yield (
                    f"{scheme.id} has no label {' or '.join(labels)}: nothing is audited as "
                    f"{part}; name one under audit: roles: {part}: in annotator.yaml"
                )

    def audit(self, entry: DocumentEntry) -> Audited:
        """Return what is open in a document.

        A text or a set that cannot be read is a finding, so that others are still audited.

        Raises:
            AnnotatorError: the suggesters cannot be asked at all.
        """
        try:
            document = self._project.load_document(entry)
        except AnnotatorError as error:
            return Audited(self._result(entry, "", "unreadable", [], self._broken(error)))
        names = self._sets.whose(entry)
        findings: list[Finding] = []
        own = list(self._own(entry, document, names, findings))
        for one in own:
            findings += check_annotations(
                one.annotations, document.text, self._project.scheme, self._options.config.roles
            )
        problems: list[str] = []
        finished = any(one.finished for one in own)
        fresh = [] if finished else self.suggesting.propose(document, problems)
        findings += self._candidates(entry, document, own, fresh, findings)
        status = own[0].annotations.status if own else "bare"
        result = self._result(entry, document.text, status, names, findings)
        return Audited(result, tuple(problems))

    def audit_text(self, document: Document, name: str) -> Audited:
        """Return what is open in a text that is none of the project's, and so is bare.

        Args:
            document: the text.
            name: what reports call it, in the place of a file.

        Raises:
            AnnotatorError: the suggesters cannot be asked at all.
        """
        problems: list[str] = []
        fresh = self.suggesting.propose(document, problems)
        findings = self._undecided(document, [], fresh, {one.annotator for one in fresh})
        entry = DocumentEntry(document.id, Path(name), "")
        return Audited(self._result(entry, document.text, "bare", [], findings), tuple(problems))

    def _own(
        self, entry: DocumentEntry, document: Document, names: list[str], findings: list[Finding]
    ) -> Iterator[OwnSet]:
        for name in names:
            try:
                yield self._sets.own(entry, document, name)
            except AnnotatorError as error:
                findings += self._broken(error)

    def _candidates(
        self,
        entry: DocumentEntry,
        document: Document,
        own: list[OwnSet],
        fresh: list[AnnotationSet],
        findings: list[Finding],
    ) -> list[Finding]:
        proposed = {one.annotator: one for one in fresh}
        for name in self._sets.proposers([one.annotations.annotator for one in own]):
            if name in proposed:
                continue
            try:
                found = self._sets.proposed(entry, document, name)
            except AnnotatorError as error:
                findings += self._broken(error)
                continue
            if found is not None:
                proposed[name] = found
        unread = {one.annotator for one in fresh} - set(self._sets.all_names)
        return self._undecided(document, own, list(proposed.values()), unread)

    def _undecided(
        self,
        document: Document,
        own: list[OwnSet],
        proposed: list[AnnotationSet],
        fresh: set[str],
    ) -> list[Finding]:
        """Return what is proposed and nobody decided; ``fresh`` are those asked just now."""
        nobody = AnnotationSet(reference(document), "", self._project.scheme.id)
        said = [one.annotations for one in own] or [nobody]
        found_open = open_candidates(said, proposed, fresh)
        finished = any(one.finished for one in own)
        roles = self._options.config.roles
        return list(candidate_findings(found_open, roles, finished=finished))

    def _result(
        self,
        entry: DocumentEntry,
        text: str,
        status: str,
        names: list[str],
        findings: list[Finding],
    ) -> DocumentAudit:
        config = self._options.config
        placed = located(weighed(merged(findings), config.rules), text)
        left, accepted = separated(placed, config.ignore, entry.id)
        line = self._project.documents.corpus(entry).line_of(entry.record) if entry.record else 0
        return DocumentAudit(
            entry.id,
            self._name(entry.file),
            line,
            tuple(names),
            status,
            left,
            accepted,
            text if self._options.keep_text else "",
        )

    def _broken(self, error: AnnotatorError) -> list[Finding]:
        if not isinstance(error, InvalidFileError):
            return [Finding(rule=BROKEN, message=self._with_names(str(error)))]
        return [
            Finding(
                rule=BROKEN,
                message=f"{one.key}: {one.message}" if one.key else one.message,
                file=self._name(self._project.root / one.file),
                line=one.line,
            )
            for one in error.problems
        ]

    def _with_names(self, message: str) -> str:
        """Return a message with the project's files named as elsewhere in the report."""
        root = self._project.root
        here = self._name(root)
        return message.replace(f"{root}{os.sep}", "" if here == os.curdir else f"{here}{os.sep}")

    def _name(self, path: Path) -> str:
        if not self._options.absolute:
            # Another drive has no relative path.
            with suppress(ValueError):
                return os.path.relpath(path)
        return str(path)
