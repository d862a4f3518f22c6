"""ClaimReview: what is reviewed, and nothing else."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from support.records import DOCUMENT, records, small_record
from support.round_trips import write_records

from annotator.domain.span import Span
from annotator.formats.changes import revised
from annotator.formats.claim_review import FORMAT, RATINGS, verdict_of
from annotator.formats.loss import Loss
from annotator.formats.record import Record
from annotator.store.opening import reference

_TEXT = {"type": "string", "minLength": 1}
_NAMED = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"name": _TEXT},
    "additionalProperties": False,
} | {"properties": {"@type": _TEXT, "name": _TEXT}}
MUSTS = {
    "type": "object",
    "required": ["@context", "@type", "claimReviewed", "itemReviewed", "reviewRating"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "pattern": "^https://"},
        "claimReviewed": _TEXT,
        "author": _NAMED,
        "datePublished": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d$"},
        "citation": {"type": "array", "items": _TEXT, "minItems": 1},
        "itemReviewed": {
            "required": ["@type", "appearance"],
            "properties": {"@type": {"const": "Claim"}, "author": _NAMED},
        },
        "reviewRating": {
            "required": ["@type", "alternateName"],
            "properties": {
                "alternateName": _TEXT,
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 5},
            },
        },
    },
}
"""What schema.org and search engines ask of a review of a claim."""


def reviews(
    record: Record, options: Mapping[str, Any] | None = None
) -> tuple[list[dict[str, Any]], list[Loss]]:
    with tempfile.TemporaryDirectory() as folder:
        _, losses = write_records(FORMAT, [record], Path(folder) / "out.json", options)
        return json.loads((Path(folder) / "out.json").read_text(encoding="utf-8")), losses


def with_attributes(**attributes: Any) -> Record:
    span = Span(id="s1", label="claim", start=0, end=12, attributes=attributes, by="ada")
    document = replace(DOCUMENT, meta={"url": "https://example.org/ferry"})
    one = revised(small_record().sets[0], document=reference(document), spans=[span], relations=())
    return Record(document, (one,))


def test_a_review_says_what_the_span_says() -> None:
    record = with_attributes(
        verdict="refuted", claimer="Aino Salo", evidence=["https://example.org/log"], worth="high"
    )
    (review,), losses = reviews(record, {"publisher": "Checks", "url": "https://c.org/{span}"})
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://c.org/s1",
        "claimReviewed": "The ferry 😀",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Thing", "name": "Aino Salo"},
            "appearance": {
                "@type": "CreativeWork",
                "identifier": "a.txt",
                "url": "https://example.org/ferry",
            },
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Refuted",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
        "author": {"@type": "Organization", "name": "Checks"},
        "citation": ["https://example.org/log"],
    }
    assert ("unused-attributes", 1) in [(loss.name, loss.count) for loss in losses]


@pytest.mark.parametrize("attributes", [{}, {"verdict": "unset"}, {"verdict": ""}, {"verdict": 3}])
def test_what_was_not_reviewed_is_left_out_and_counted(attributes: dict[str, Any]) -> None:
    found, losses = reviews(with_attributes(**attributes))
    assert found == []
    assert ("unreviewed", 1) in [(loss.name, loss.count) for loss in losses]


def test_a_verdict_without_a_degree_of_truth_has_no_rating() -> None:
    for verdict in ("not-enough-evidence", "satire"):
        (review,), _ = reviews(with_attributes(verdict=verdict))
        assert "ratingValue" not in review["reviewRating"]


def test_the_rewrite_goes_before_the_quote() -> None:
    (review,), _ = reviews(with_attributes(verdict="supported", normalized="The ferry\nleft."))
    assert review["claimReviewed"] == "The ferry left."


@given(records())
def test_every_review_is_whole(drawn: list[Record]) -> None:
    verdicts = [*RATINGS, "unset"]
    for record in drawn:
        sets = tuple(
            revised(
                one,
                spans=[
                    replace(span, attributes=dict(span.attributes) | {"verdict": verdicts[n % 5]})
                    for n, span in enumerate(one.spans.values())
                ],
            )
            for one in record.sets
        )
        found, _ = reviews(replace(record, sets=sets))
        spans = [span for one in sets for span in one.spans.values()]
        assert len(found) == sum(bool(verdict_of(span)) for span in spans)
        for review in found:
            if review["claimReviewed"].strip():
                jsonschema.validate(review, MUSTS)
