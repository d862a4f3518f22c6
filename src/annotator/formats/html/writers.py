"""Writes one page of everything, or a folder with a page for each document."""

from __future__ import annotations

from pathlib import Path

from ...domain.scheme import Scheme
from ...pages.escaping import attribute_html, text_html
from ...pages.page import page
from ...store.escaping import escape, escape_path
from ..base import Target, WriteContext
from ..record import Record
from .article import render_article
from .article_page import article_page, article_page_end, article_page_start


class OnePageWriter:
    """Writes all documents into one page."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._scheme: Scheme = context.scheme
        self._number = 0
        self._file.write(article_page_start("annotations").encode("utf-8"))

    def write(self, record: Record) -> None:
        """Write a document."""
        self._number += 1
        html = render_article(
            record.document, record.sets, self._scheme, key=f"a{self._number}", heading=1
        )
        self._file.write(_encoded(html))

    def close(self) -> None:
        """End the page."""
        self._file.write(article_page_end().encode("utf-8"))


class PagesWriter:
    """Writes a page for each document, and one that lists them."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._folder = target.folder()
        self._scheme: Scheme = context.scheme
        self._rows: list[str] = []
        self._taken = {"index"}

    def write(self, record: Record) -> None:
        """Write a document."""
        document = record.document
        name = self._name(document.id)
        path: Path = self._folder / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        html = render_article(document, record.sets, self._scheme)
        path.write_bytes(_encoded(article_page(document.id, html)))
        who = ", ".join(f"{one.annotator} {len(one.spans)}" for one in record.sets)
        href = attribute_html(f"{name}.html".replace("%", "%25").replace("#", "%23"))
        self._rows.append(
            f'<li><a href="{href}">{text_html(document.id)}</a> {text_html(who)}</li>'
        )

    def close(self) -> None:
        """Write the list of pages."""
        body = f'<h1>Documents</h1>\n<ul class="links">{"".join(self._rows)}</ul>\n'
        (self._folder / "index.html").write_bytes(_encoded(page("documents", body)))

    def _name(self, document_id: str) -> str:
        base = escape_path(document_id.split("/")) if document_id else escape("")
        name, number = base, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name.casefold())
        return name


def _encoded(html: str) -> bytes:
    return html.encode("utf-8", "replace")
