"""A self-contained page: style and script stand in it, and it asks for nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from .article import MOST_TOGGLES
from .escaping import text_html


def page(title: str, body: str) -> str:
    """Return a whole page.

    Args:
        title: plain text.
        body: HTML, e.g. of :func:`.article.render_article`; it must be safe already.
    """
    return page_start(title) + body + page_end()


def page_start(title: str) -> str:
    """Return a page up to its body.

    Its content security policy lets nothing run but the style and the script of this package, by
    their hashes: should a text ever slip through as markup, the browser would not carry it out.
    """
    style, script = _style(), _resource("page.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    policy += "; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="und">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text_html(title) if title.isprintable() else 'annotations'}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )


def page_end() -> str:
    """Return what ends a page."""
    return f"</main>\n<script>{_resource('page.js')}</script>\n</body>\n</html>\n"


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """Return the style sheet; hiding a label or annotator takes a rule for each number."""
    rules = [_resource("page.css")]
    for kind in ("label", "who"):
        for number in range(MOST_TOGGLES):
            off = f".article:has(.show-{kind}-{number}:not(:checked))"
            name = f"{kind}-{number}"
            rules.append(
                f"{off} .text .{name}{{background:none;border-bottom-color:transparent}}"
                f"{off} li.{name}{{display:none}}\n"
            )
    return "".join(rules)
