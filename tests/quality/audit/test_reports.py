"""Reports: whatever a text holds, each format stays what it says it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.audit_rules import AUDIT_RULES
from annotator.pages.escaping import text_html, visible
from annotator.quality.audit.findings import Accepted, DocumentAudit, Finding, Related, located
from annotator.quality.audit.report import LONGEST_QUOTE, Report, shortened
from annotator.quality.audit.report_html import html_text
from annotator.quality.audit.report_json import json_data
from annotator.quality.audit.report_junit import junit_text
from annotator.quality.audit.report_sarif import sarif_data
from annotator.quality.audit.report_text import text_lines

HOSTILE = st.text(
    st.sampled_from("ab [](){}<>&\"'\\\n\r\t\0\x1b\x7f\u202e\u2028\ufeff\ufffe\ud800\U0001f680é"),
    min_size=1,
    max_size=40,
)


@st.composite
def audits(draw: st.DrawFn) -> DocumentAudit:
    text = draw(HOSTILE)
    found = [
        Finding(
            rule=rule,
            message=draw(HOSTILE),
            start=start,
            end=end,
            quote=text[start:end],
            by=(draw(HOSTILE),),
            related=(Related(0, 1, "see"),) if draw(st.booleans()) else (),
            severity=AUDIT_RULES[rule].severity,
        )
        for rule in draw(st.lists(st.sampled_from(list(AUDIT_RULES)), max_size=5))
        for start in [draw(st.integers(0, len(text) - 1))]
        for end in [draw(st.integers(start, len(text)))]
    ]
    placed = tuple(located(found, text))
    return DocumentAudit(
        draw(HOSTILE),
        "a/b c.txt",
        draw(st.sampled_from((0, 7))),
        ("ada",),
        "done",
        placed[1:],
        tuple(Accepted(one, draw(HOSTILE)) for one in placed[:1]),
        text,
    )


def report(audit: DocumentAudit) -> Report:
    return Report((audit,), "warning", "1.2")


def sound(log: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the results of a SARIF log, with what the standard demands of them checked."""
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules) == len(AUDIT_RULES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert all(isinstance(one, str) for one in result["partialFingerprints"].values())
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
            assert region.get("charLength", 1) >= 1
        yield result


@given(audits())
def test_sarif_points_at_the_quote_by_offset_and_by_column(audit: DocumentAudit) -> None:
    log = json.loads(json.dumps(sarif_data(report(audit))))
    results = list(sound(log))
    assert len(results) == len(audit.findings) + len(audit.accepted)
    lines = audit.text.split("\n")
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "a/b%20c.txt", "uriBaseId": "%SRCROOT%"}
        region = place.get("region", {})
        if "charOffset" not in region:
            assert not region or region == {"startLine": audit.record_line}
            continue
        start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        assert audit.text[start:end] == region["snippet"]["text"]
        for key, offset in (("start", start), ("end", end)):
            line, column = region[f"{key}Line"], region[f"{key}Column"]
            assert sum(len(one) + 1 for one in lines[: line - 1]) + column - 1 == offset
    assert [one["suppressions"][0]["kind"] for one in results if "suppressions" in one] == [
        "external" for _ in audit.accepted
    ]


def test_a_link_in_an_article_is_none_in_sarif() -> None:
    text = "[click](https://example.org) {0} [XX]"
    (found,) = located(
        [Finding(rule="orphan", message="m", start=0, end=len(text), quote=text)], text
    )
    audit = DocumentAudit("d", "d.txt", findings=(found,))
    (result,) = sound(sarif_data(report(audit)))
    assert result["message"]["text"] == ("“\\[click\\](https://example.org) {{0}} \\[XX\\]” — m")


@given(audits())
def test_junit_is_xml_whatever_the_text_holds(audit: DocumentAudit) -> None:
    root = ET.fromstring(junit_text(report(audit)).encode())
    (suite,) = root
    heavy = [one for one in audit.findings if one.severity != "note"]
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure")) == len(heavy)
    assert int(suite.attrib["tests"]) == len(suite) >= 1
    assert [one.attrib["type"] for one in suite.findall("testcase/failure")] == [
        one.rule for one in heavy
    ]


class Page(HTMLParser):
    """Collects the article's text without the numbers of its marks, and ids and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.article = ""
        self.stack: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]
        assert not any(key.startswith("on") for key in found)
        if tag not in ("meta", "br"):
            self.stack.append(f"{tag}.{found.get('class')}")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop().split(".")[0] == tag

    def handle_data(self, data: str) -> None:
        if "div.text" in self.stack and not any(one.startswith("sup") for one in self.stack):
            self.article += data


@given(audits())
def test_the_page_shows_the_whole_text_and_only_our_own_tags(audit: DocumentAudit) -> None:
    text = html_text(report(audit))
    text.encode()  # holds no lone surrogates
    page = Page(text)
    assert page.stack == []
    whole = Page(f'<div class="text">{text_html(audit.text)}</div>')
    assert page.article == whole.article
    assert "script" not in page.tags
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


@given(audits())
def test_a_line_a_finding_and_json_for_all(audit: DocumentAudit) -> None:
    assert len(list(text_lines(audit))) == len(audit.findings)
    data = json.loads(json.dumps(json_data(report(audit))))
    (document,) = data["documents"]
    for found, one in zip(document["findings"], audit.findings, strict=True):
        assert (found["rule"], found["id"], found["severity"]) == (one.rule, one.id, one.severity)
        if one.in_text:
            assert audit.text[found["start"] : found["end"]] == found["quote"]
    assert data["failed"] == any(one.severity != "note" for one in audit.findings)
    assert data["summary"]["accepted"] == len(audit.accepted)


@given(HOSTILE)
def test_nothing_hidden_is_left_of_a_visible_text(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & set("\0\x1b\x7f\u202e\u2028\ufeff\ufffe\ud800\r")
    assert shown.count("\n") == text.count("\n")


@given(st.text(st.sampled_from("ab \n\u2003é"), max_size=300))
def test_a_long_quote_is_one_short_line_of_its_first_and_last_words(quote: str) -> None:
    short = shortened(quote)
    assert len(short) <= LONGEST_QUOTE + 3
    assert not set(short) & set("\n\u2003")
    head, cut, tail = short.partition(" … ")
    plain = " ".join(quote.split())
    assert (plain.startswith(head) and plain.endswith(tail)) if cut else short == plain
