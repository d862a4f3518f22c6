"""A page of annotated texts, with what shows details and hides labels and annotators."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ...pages.page import page_end, page_start
from .article import MOST_TOGGLES


def article_page(title: str, body: str) -> str:
    """Return a whole page.

    Args:
        title: plain text.
        body: HTML of :func:`.article.render_article`.
    """
    return article_page_start(title) + body + article_page_end()


def article_page_start(title: str) -> str:
    """Return a page up to its first article.

    Args:
        title: plain text.
    """
    return page_start(title, style=_toggles(), script=_script())


def article_page_end() -> str:
    """Return what ends a page."""
    return page_end(script=_script())


@cache
def _script() -> str:
    return files(__package__).joinpath("article.js").read_text(encoding="utf-8")


@cache
def _toggles() -> str:
    """Return the rules that hide a label or an annotator: one for each number."""
    rules = []
    for kind in ("label", "who"):
        for number in range(MOST_TOGGLES):
            off = f".article:has(.show-{kind}-{number}:not(:checked))"
            name = f"{kind}-{number}"
            rules.append(
                f"{off} .text .{name}{{background:none;border-bottom-color:transparent}}"
                f"{off} li.{name}{{display:none}}\n"
            )
    return "".join(rules)
