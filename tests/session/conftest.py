"""A real session on a real folder for every test here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from annotator.session.document_session import Session
from annotator.store.project import open_project
from annotator.store.set_store import SetStore

ARTICLE = (
    "The ferry Aurora left Port Hale on Monday. It carried 212 passengers, the operator said.\n"
    "\n"
    "At [insert exact arrival time], the ferry Aurora reached Kestrel Bay (its home port).\n"
    "\n"
    "The ferry Aurora never left Port Hale. Would you like a shorter version?\n"
)

OpenSession = Callable[..., Session]


@pytest.fixture
def open_session(tmp_path: Path) -> Iterator[OpenSession]:
    """Return a function that opens (or opens again) a session on a text."""
    opened: list[SetStore] = []

    def open_one(text: str = ARTICLE, name: str = "ferry.txt") -> Session:
        for store in opened:
            store.close()
        opened.clear()
        path = tmp_path / name
        if not path.exists():
            path.write_bytes(text.encode("utf-8"))
        project = open_project(path, annotator="ada", encoding="utf-8")
        document = project.load_document(project.documents[0])
        paths = project.paths(project.documents[0], "ada")
        store = SetStore.open(paths, document, "ada", project.scheme.id)
        opened.append(store)
        return Session(
            document,
            store,
            project.scheme,
            now=lambda: "2026-11-23T10:00:00Z",
            random=Random(7),
        )

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def session(open_session: OpenSession) -> Session:
    """Return a session on the article."""
    return open_session()
