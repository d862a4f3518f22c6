"""What ``annotator audit`` is asked to read: paths, sorted by the project that each is part of."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..domain.audit_rules import AUDIT_RULES, Severity
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..session.auditing import AuditOptions, Auditor
from ..store.audit_config import AuditConfig
from ..store.documents import DocumentEntry, Documents
from ..store.project import Project, find_root, open_project, open_settings
from ..store.set_paths import CONFIG
from .open import existing_path
from .stdin import STDIN, read_stdin


class Part(NamedTuple):
    """The documents of one project that are to be audited.

    Attributes:
        auditor: of that project.
        entries: the documents.
        config: what holds there.
        notices: lines for the person.
        whole: whether these are all documents for which the settings hold.
        given: a text that is no file, in the place of entries.
    """

    auditor: Auditor
    entries: Sequence[DocumentEntry]
    config: AuditConfig
    notices: tuple[str, ...]
    whole: bool = False
    given: Document | None = None


def parts_of(arguments: Namespace) -> list[Part]:
    """Return what a command line asks for; the files of one project are one part.

    Raises:
        AnnotatorError: a path is not there or holds no text, settings are broken, or a rule or
            an annotator is unknown.
    """
    only = _rules(arguments.rules)
    if STDIN in arguments.paths:
        return [_stdin_part(arguments, only)]
    paths = [existing_path(text) for text in arguments.paths]
    parts = [
        _part(project, arguments, only, paths, whole=whole)
        for project, whole in _projects(paths, arguments)
    ]
    if len(parts) > 1:
        parts = _without_doubles(parts)
    if not any(part.entries for part in parts) and not any(part.config.exclude for part in parts):
        raise AnnotatorError(
            f"no document in {arguments.paths[0]}", "it takes .txt, .md or .jsonl files"
        )
    return parts


def _without_doubles(parts: Iterable[Part]) -> list[Part]:
    """Leave each document to the first part that has it: a folder and a file in it were given."""
    seen: set[tuple[Path, int]] = set()
    kept: list[Part] = []
    for part in parts:
        entries = [one for one in part.entries if (one.file, one.record) not in seen]
        seen.update((one.file, one.record) for one in entries)
        kept.append(part._replace(entries=entries, whole=part.whole and entries == part.entries))
    return kept


def _stdin_part(arguments: Namespace, only: Sequence[str]) -> Part:
    """Return what is on standard input, under the settings of the current folder."""
    if len(arguments.paths) > 1:
        raise AnnotatorError("- is standard input, and goes alone", "name files, or pipe one in")
    document = read_stdin(arguments.encoding)
    how = {"encoding": arguments.encoding, "scheme": arguments.scheme}
    return _part(open_settings(Path.cwd(), **how), arguments, only, ())._replace(given=document)


def _part(
    project: Project,
    arguments: Namespace,
    only: Sequence[str],
    paths: Sequence[Path],
    *,
    whole: bool = False,
) -> Part:
    config = project.config.audit or AuditConfig()
    if only:
        config = config._replace(rules=_only(only, config))
    if arguments.fail_on:
        config = config._replace(fail_on=arguments.fail_on)
    options = AuditOptions(
        config,
        annotator=arguments.annotator or "",
        entities=arguments.entities,
        pipeline=arguments.pipeline or "",
        absolute=any(path.is_absolute() for path in paths),
        keep_text=arguments.format == "html",
    )
    auditor = Auditor(project, options)
    entries: Sequence[DocumentEntry] = project.documents
    if config.exclude:
        entries = [entry for entry in entries if auditor.wants(entry)]
    notices = (*project.notices, *auditor.notices())
    # With --rules an entry may only seem to be idle.
    return Part(auditor, entries, config, notices, whole and not only)


def _projects(paths: Iterable[Path], arguments: Namespace) -> Iterator[tuple[Project, bool]]:
    """Yield a project for each folder, and one for all files that have their root in common.

    With each comes whether its documents are all that its settings hold for.
    """
    how = {"encoding": arguments.encoding, "scheme": arguments.scheme}
    files: dict[Path, list[str]] = {}
    for path in dict.fromkeys(paths):
        where = path.absolute()
        if path.is_dir() or path.name == CONFIG:
            project = open_project(path, **how)
            yield project, path.resolve() in (project.root, (project.root / CONFIG).resolve())
        elif path.suffix in (".yaml", ".yml"):
            raise AnnotatorError(f"{path} is no text", "name the text, or the project's folder")
        else:
            where = where.parent.resolve() / where.name
            root = find_root(where.parent)
            files.setdefault(root, []).append(where.relative_to(root).as_posix())
    for root, names in files.items():
        yield open_settings(root, **how)._replace(documents=Documents(root, names)), False


def _rules(given: Iterable[str]) -> list[str]:
    names = [name.strip() for some in given for name in some.split(",") if name.strip()]
    for name in names:
        if name not in AUDIT_RULES:
            raise AnnotatorError(f"no rule {name!r}", f"there are {', '.join(AUDIT_RULES)}")
    return names


def _only(names: Iterable[str], config: AuditConfig) -> dict[str, Severity | None]:
    """Return severities that leave only some rules on; one that was asked for is never off."""
    wanted = set(names)
    return {
        name: (config.rules.get(name) or rule.severity) if name in wanted else None
        for name, rule in AUDIT_RULES.items()
    }
