"""The two ways to write HTML: one page of everything, or a folder with a page for each document."""

from __future__ import annotations

from ..aspects import NAMES
from ..base import Format, Target, WriteContext, Writer
from .segments import MOST_DEEP

_HELD = NAMES - {
    "encoding", "rejected", "rejected-relations", "orphans", "unknown-keys", "span-unknown-keys",
    "dangling-relations", "non-finite",
}  # fmt: skip


def _one_page(target: Target, context: WriteContext) -> Writer:
    from .writers import OnePageWriter  # the glyphs it needs import Rich

    return OnePageWriter(target, context)


def _pages(target: Target, context: WriteContext) -> Writer:
    from .writers import PagesWriter

    return PagesWriter(target, context)


_NOTES = (
    "Layers of highlights, details on hover and by keyboard, a legend with toggles, relations.",
    f"Of more than {MOST_DEEP} spans over each other the shorter are drawn; the list has all.",
    "Nothing in a page comes from elsewhere; control and bidirectional characters are glyphs.",
)

ONE_PAGE = Format(
    name="html",
    title="HTML, one page",
    extensions=(".html",),
    holds=_HELD,
    says_skipped=True,
    make_writer=_one_page,
    notes=_NOTES,
)
PAGES = Format(
    name="html-pages",
    title="HTML, a page a document",
    extensions=("",),
    holds=_HELD,
    output="folder",
    says_skipped=True,
    make_writer=_pages,
    notes=("As `html`, a page for each document and `index.html`.",),
)
