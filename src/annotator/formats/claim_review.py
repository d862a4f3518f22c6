"""ClaimReview (schema.org) in JSON-LD: the claims of a corpus that were checked, and the verdicts.

https://schema.org/ClaimReview, https://developers.google.com/search/docs/appearance/structured-data/factcheck.
Only what is reviewed is written: spans with a verdict other than *unset*. Nothing is made up: a
verdict that stands for no degree of truth has no rating, and what nobody said is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.span import Span
from .aspect import Aspect, of_spans
from .base import Format, Option, Target, WriteContext
from .changes import with_spans
from .geometry import in_document_order
from .reading import dump_json
from .record import Record

RATINGS: Mapping[str, tuple[str, int | None]] = {
    "supported": ("Supported", 5),
    "conflicting": ("Conflicting evidence", 3),
    "refuted": ("Refuted", 1),
    "not-enough-evidence": ("Not enough evidence", None),
}
"""Name and rating, from 1 (false) to 5 (true), of the default scheme's verdicts. Other verdicts are
named as they are and have no rating."""
VERDICT = "verdict"
_UNSET = ("", "unset")
_USED = frozenset({VERDICT, "normalized", "claimer", "evidence"})


def verdict_of(span: Span) -> str:
    """Return the verdict on a span; empty where it was not reviewed."""
    verdict = span.attributes.get(VERDICT)
    return verdict if isinstance(verdict, str) and verdict not in _UNSET else ""


def _count_unreviewed(record: Record) -> int:
    return sum(not verdict_of(span) for one in record.sets for span in one.spans.values())


def _without_unreviewed(record: Record) -> Record:
    return with_spans(record, lambda span: span if verdict_of(span) else None)


def _unused(span: Span) -> int:
    return len(span.attributes.keys() - _USED)


def _without_unused(span: Span) -> Span:
    kept = {name: value for name, value in span.attributes.items() if name in _USED}
    return replace(span, attributes=kept)


UNREVIEWED = Aspect("unreviewed", "spans without a verdict", _count_unreviewed, _without_unreviewed)
OTHER_ATTRIBUTES = of_spans(
    "unused-attributes", "attributes that a review has no word for", _unused, _without_unused
)


class _Writer:
    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._options = context.options
        self._separator = b"[\n"

    def write(self, record: Record) -> None:
        for one in record.sets:
            for review in self._reviews(record.document, one):
                self._file.write(self._separator + dump_json(review))
                self._separator = b",\n"

    def close(self) -> None:
        self._file.write(b"[]\n" if self._separator == b"[\n" else b"\n]\n")

    def _reviews(self, document: Document, one: AnnotationSet) -> Iterator[dict[str, Any]]:
        for span in in_document_order(one.spans.values()):
            review: dict[str, Any] = {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
            }
            if url := self._options["url"]:
                review["url"] = _filled(url, document.id, span.id)
            review["claimReviewed"] = _claim_text(document, span)
            review["itemReviewed"] = _claim(document, span)
            review["reviewRating"] = _rating(verdict_of(span))
            if author := self._author(span, one):
                review["author"] = author
            if span.created[:10].count("-") == 2:
                review["datePublished"] = span.created[:10]
            if cited := _texts(span.attributes.get("evidence")):
                review["citation"] = cited
            yield review

    def _author(self, span: Span, one: AnnotationSet) -> dict[str, Any]:
        if publisher := self._options["publisher"]:
            return {"@type": "Organization", "name": publisher}
        by = span.by or one.annotator
        return {"@type": "Person", "name": by} if by else {}


def _claim_text(document: Document, span: Span) -> str:
    normalized = span.attributes.get("normalized")
    if isinstance(normalized, str) and normalized.strip():
        return " ".join(normalized.split())
    ranges = span.fragments or (span.range,)
    return " [...] ".join(" ".join(document.text[start:end].split()) for start, end in ranges)


def _claim(document: Document, span: Span) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim"}
    claimer = span.attributes.get("claimer")
    if isinstance(claimer, str) and claimer.strip():
        # Nobody said whether it is a person or an organization.
        claim["author"] = {"@type": "Thing", "name": claimer}
    work: dict[str, Any] = {"@type": "CreativeWork", "identifier": document.id}
    url = document.meta.get("url")
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        work["url"] = url
    return claim | {"appearance": work}


def _rating(verdict: str) -> dict[str, Any]:
    name, value = RATINGS.get(verdict, (verdict, None))
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": name}
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": 5, "worstRating": 1}
    return rating


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list | tuple) else [value]
    return [text for text in listed if isinstance(text, str) and text.strip()]


def _filled(url: str, document_id: str, span_id: str) -> str:
    """Return an address with the names of a document and a span filled in."""
    for name, value in (("{document}", document_id), ("{span}", span_id)):
        url = url.replace(name, quote(value, safe="", errors="surrogatepass"))
    return url


_HELD = frozenset(
    {
        "several-annotators", "annotator", "fragments", "duplicates", "crossing", "nesting",
        "text-attributes", "list-attributes", "number-attributes", "flag-attributes",
        "other-attributes", "authorship", "metadata", "span-ids", "relation-ids",
    }
)  # fmt: skip
"""What it has no word for is counted as spans and attributes that are left out."""

FORMAT = Format(
    name="claimreview",
    title="ClaimReview JSON-LD",
    extensions=(".json", ".jsonld"),
    holds=_HELD,
    own=lambda _options: (UNREVIEWED, OTHER_ATTRIBUTES),
    offsets="none",
    options=(
        Option("publisher", "organization that publishes the reviews", "text", ""),
        Option(
            "url",
            "address of a review; {document} and {span} are filled in",
            "text",
            "",
        ),
    ),
    make_writer=_Writer,
    notes=(
        "Only spans with a verdict are written: text, verdict, claimer, evidence, author, date.",
        "Ratings go from 1, refuted, over 3, conflicting, to 5; not enough evidence has none.",
    ),
)
