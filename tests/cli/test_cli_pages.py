"""Every HTML page that a command writes: whole, accessible, and nothing of a file is markup."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.resources import sample_data_path
from annotator.store.yaml_emitter import dump_set

from .conftest import Cli

HOSTILE = (
    "</td></p><script>alert(1)</script>\"'&lt;<b onclick=x>"
    "\x00\x1b[31m\u202e\u2066\u200b\u2028\ud800"
)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
PAGES = {
    "audit": ["audit", "{}", "--format", "html", "-o"],
    "agree": ["agree", "{}", "--format", "html", "-o"],
    "export": ["export", "{}", "--to", "html", "-o"],
    "stats": ["stats", "{}", "-o"],
}
EACH = pytest.mark.parametrize("name", PAGES)
_VOID = ("meta", "br", "input")


class Read(HTMLParser):
    """Notes what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scopes = 0
        self.headings: list[int] = []
        self.asked: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        self.scopes += "scope" in found
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]
        self.asked += [key for key in found if key in ("src", "style") or key.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(cli: Cli, name: str, project: Path, out: Path) -> str:
    done = cli(*(part.format(project) for part in PAGES[name]), str(out))
    assert done.status in (0, 1), done.err
    return out.read_text(encoding="utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a project that says what must not be carried out wherever a file can say anything."""
    record = json.dumps({"id": "r<b>\u202e", "text": f"{HOSTILE} and [XX].\n{HOSTILE}"})
    (tmp_path / "d<b>.jsonl").write_text(f"{record}\n", encoding="utf-8")
    text = "<script>\x00\u202eIt is [XX].</script>"
    (tmp_path / "plain<i>.txt").write_text(text, encoding="utf-8")
    for number, (name, escaped) in enumerate([("<b>ada", "%3Cb%3Eada"), ("ben", "ben")]):
        span = Span(
            id="<b>", label="<script>x\u202e", start=0, end=9 + number, quote=text[: 9 + number],
            note=HOSTILE, attributes={"<b>": "\u202e<script>"}, by="<i>",
        )  # fmt: skip
        said = AnnotationSet(
            DocumentRef("plain<i>.txt", text_sha256(text), len(text)), name, "<b>/1",
            status="done", note=HOSTILE, spans=[span],
        )  # fmt: skip
        path = tmp_path / "annotations" / escaped
        path.mkdir(parents=True)
        (path / "plain%3Ci%3E.txt.yaml").write_text(dump_set(said), encoding="utf-8")
    return tmp_path


@EACH
def test_a_page_is_whole_and_asks_for_nothing(name: str, cli: Cli, tmp_path: Path) -> None:
    html = page(cli, name, sample_data_path(), tmp_path / "out.html")
    read = Read(html)
    assert read.open == []
    assert read.asked == []
    assert read.tags["script"] == (name == "export")
    assert len(set(read.ids)) == len(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


@EACH
def test_a_page_can_be_found_through_without_seeing_it(name: str, cli: Cli, tmp_path: Path) -> None:
    html = page(cli, name, sample_data_path(), tmp_path / "out.html")
    read = Read(html)
    assert '<html lang="en">' in html
    assert read.tags["main"] == read.tags["title"] == 1
    assert read.headings[0] == 1
    steps = zip(read.headings, read.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)  # no level is left out
    assert read.tags["caption"] == read.tags["table"]
    assert read.scopes == read.tags["th"]
    assert "prefers-color-scheme:dark" in html
    assert "@media print" in html


@EACH
def test_nothing_that_a_file_says_is_markup_or_hidden(
    name: str, cli: Cli, hostile: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    html = page(cli, name, hostile, tmp_path_factory.mktemp("out") / "out.html")
    read = Read(html)
    assert read.open == []
    assert read.asked == []
    assert read.tags["script"] == (name == "export")
    assert not {"img", "b", "i"} & read.tags.keys()
    assert not UNSEEN.search(html)
    assert "&lt;script&gt;" in html
