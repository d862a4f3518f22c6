"""The frame of a self-contained page: style and script stand in it, nothing is asked for."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from .escaping import attribute_html


def page(title: str, body: str, *, style: str = "", script: str = "") -> str:
    """Return a whole page.

    Args:
        title: plain text.
        body: HTML that is safe already; it has one ``<h1>`` and is put into ``<main>``.
        style: rules that only this kind of page needs, beside the style sheet of all pages.
        script: JavaScript that the page may run.
    """
    return page_start(title, style=style, script=script) + body + page_end(script=script)


def page_start(title: str, *, style: str = "", script: str = "") -> str:
    """Return a page up to its body, for those that are written bit by bit; arguments as `page`.

    Its content security policy lets nothing run but the given style and script, by their hashes:
    should a text ever slip through as markup, the browser would not carry it out.
    """
    style = _style_sheet() + style
    policy = f"default-src 'none'; style-src {_hash(style)}"
    policy += f"; script-src {_hash(script)}" if script else ""
    policy += "; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{attribute_html(title)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )


def page_end(*, script: str = "") -> str:
    """Return what ends a page."""
    run = f"<script>{script}</script>\n" if script else ""
    return f"</main>\n{run}</body>\n</html>\n"


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _style_sheet() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")
