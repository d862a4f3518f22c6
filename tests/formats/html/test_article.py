"""Articles in HTML: every text is data, and every span can be seen and reached."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from support.records import SCHEME, records, small_record
from support.round_trips import write_records

from annotator.domain.document import Document
from annotator.domain.span import Relation, Span
from annotator.formats.changes import revised
from annotator.formats.html.article import render_article
from annotator.formats.html.article_page import article_page
from annotator.formats.html.formats import ONE_PAGE, PAGES
from annotator.formats.record import Record
from annotator.formats.registry import load_format
from annotator.pages.escaping import text_html

HOSTILE = '</span><script>alert(1)</script><img src=x onerror="alert(2)">\u202e\x1b[31m\x00"\'&lt;'
_EMPTY = {"meta", "input", "br"}
_TAGS = {
    "article", "h1", "h2", "ul", "li", "strong", "br", "span", "fieldset", "legend", "label",
    "input", "div", "aside", "section", "ol", "details", "summary", "q", "dl", "dt", "dd", "p", "a",
    "code",
}  # fmt: skip
_ATTRIBUTES = {
    "class", "id", "title", "tabindex", "role", "aria-label", "aria-labelledby", "aria-live", "dir",
    "data-span", "href", "type", "checked", "hidden", "lang",
}  # fmt: skip


class Reader(HTMLParser):
    """Holds elements to what the renderer means to write, and collects what is said."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.focusable: list[str] = []
        self.parts: list[str] = []
        self._text_depth = 0
        self.deepest = 0
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS
        given = dict(attrs)
        assert given.keys() <= _ATTRIBUTES
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if "href" in given:
            self.links.append(given["href"] or "")
        if given.get("tabindex") == "0":
            self.focusable.append(given["data-span"] or "")
        if tag in _EMPTY:
            return
        if given.get("class") == "text":
            self._text_depth = len(self.open) + 1
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self._text_depth:
            self._text_depth = 0

    def handle_data(self, data: str) -> None:
        if self._text_depth:
            self.parts.append(data)


def rendered(record: Record) -> Reader:
    return Reader(render_article(record.document, record.sets, SCHEME))


def spoiled(record: Record) -> Record:
    """Return a record with hostile text wherever a file could have it."""
    document = Document.of(HOSTILE, HOSTILE * 2, meta={HOSTILE: HOSTILE})
    span = Span(
        id=HOSTILE,
        label=HOSTILE,
        start=3,
        end=30,
        attributes={HOSTILE: [HOSTILE, HOSTILE]},
        note=HOSTILE,
        origin={"from": HOSTILE, "rule": HOSTILE},
        created=HOSTILE,
        by=HOSTILE,
    )
    link = Relation(id="r", type=HOSTILE, source=HOSTILE, target="gone", note=HOSTILE)
    one = revised(
        record.sets[0],
        annotator=HOSTILE,
        scheme=HOSTILE,
        note=HOSTILE,
        spans=[span],
        rejected=[],
        relations=[link],
    )
    return replace(record, document=document, sets=(one,))


def test_no_text_becomes_markup() -> None:
    read = rendered(spoiled(small_record()))
    assert "script" not in read.open
    assert "alert(1)" in "".join(read.parts)


@given(records())
def test_the_text_is_all_there_and_every_span_can_be_reached(drawn: list[Record]) -> None:
    for record in drawn:
        read = rendered(record)
        whole = Reader(f'<div class="text">{text_html(record.document.text)}</div>')
        assert "".join(read.parts) == "".join(whole.parts)
        count = sum(len(one.spans) for one in record.sets)
        assert len(read.focusable) == count
        assert len(set(read.ids)) == len(read.ids)
        assert {link[1:] for link in read.links} <= set(read.ids)
        assert set(read.focusable) <= set(read.ids)


def test_a_page_lets_only_its_own_style_and_script_run() -> None:
    html = article_page("x", "<p>y</p>")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(
        r"https?:|//[a-z]|url\(|@import", re.sub(r"<script>.*?</script>", "", html)
    )


def test_one_page_of_all(tmp_path: Path) -> None:
    other = replace(small_record(), document=replace(small_record().document, id="b.txt"))
    write_records(ONE_PAGE, [small_record(), other], tmp_path / "out.html")
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert html.count("<article") == 2
    body = html[html.index("<main>") + 6 : html.index("</main>")]
    ids = Reader(body).ids
    assert len(set(ids)) == len(ids)


@given(records())
def test_a_page_each_and_their_list(drawn: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_records(PAGES, drawn, Path(folder) / "out")
        root = (Path(folder) / "out").resolve()
        index = (root / "index.html").read_text(encoding="utf-8")
        pages = [path for path in root.rglob("*.html") if path.name != "index.html"]
        assert len(pages) == len(drawn) == index.count("<li>")


@pytest.mark.parametrize("name", ["html", "html-pages"])
def test_both_are_formats(name: str) -> None:
    assert load_format(name).make_writer is not None


@pytest.mark.parametrize("step", [0, 1])
def test_thousands_of_spans_at_one_place_are_each_reached_and_make_no_page_of_millions(
    step: int,
) -> None:
    document = Document.of("a", "x" * 5000)
    spans = [
        Span(id=f"s{n}", label="claim", start=n * step, end=5000 - n * step) for n in range(1000)
    ]
    one = revised(small_record().sets[0], spans=spans, rejected=(), relations=())
    html = render_article(document, (one,), SCHEME)
    found = Reader(html)
    assert sorted(found.focusable) == sorted(f"a1-s{n}" for n in range(1000))
    assert found.deepest < 40
    assert html.count("<span") < 50_000
