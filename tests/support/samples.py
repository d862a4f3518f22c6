"""A small scheme, text and annotation set for tests of what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import Document
from annotator.domain.scheme import Attribute, Label, RelationType, Scheme
from annotator.domain.span import Relation, Span, Value

TEXT = (
    "The ferry Aurora left Port Hale on Monday.\n"
    "At [insert time in Port Hale], it reached Kestrel Bay.\n"
    "The Aurora never left Port Hale.\n"
)
WORTH = Attribute("worth", "choice", ("high", "low", "none"), None, "Is it worth checking?")
KINDS = Attribute("kinds", "choices", ("number", "quote", "cause"))
VERDICT = Attribute("verdict", "choice", ("unset", "true", "false"), "unset")
SCHEME = Scheme(
    "ferries",
    1,
    {
        "claim": Label(
            "claim",
            "c",
            ("sentence",),
            {
                "worth": WORTH,
                "kinds": KINDS,
                "claimer": Attribute("claimer", "text"),
                "verdict": VERDICT,
                "evidence": Attribute("evidence", "list"),
                "share": Attribute("share", "number"),
                "quoted": Attribute("quoted", "flag"),
            },
            "green",
            description="A statement",
        ),
        "gap": Label("gap", "g", ("bracket", "word"), colour="yellow", description="A hole"),
    },
    {
        "contradicts": RelationType("contradicts", symmetric=True),
        "blocks": RelationType("blocks", sources=("gap",), targets=("claim",)),
    },
)
DOCUMENT = Document.of("articles/ferry.txt", TEXT)


def span(
    span_id: str,
    label: str,
    quote: str,
    nth: int = 0,
    attributes: Mapping[str, Value] | None = None,
    note: str = "",
) -> Span:
    """Return a span over the ``nth`` occurrence of a quote in :data:`TEXT`."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return Span(
        id=span_id,
        label=label,
        start=start,
        end=start + len(quote),
        quote=quote,
        attributes=attributes or {},
        note=note,
    )


LEFT = span("s1", "claim", "The ferry Aurora left Port Hale on Monday.", 0, {"worth": "high"})
REACHED = span("s2", "claim", "At [insert time in Port Hale], it reached Kestrel Bay.")
GAP = span("s3", "gap", "[insert time in Port Hale]")
NEVER = span("s4", "claim", "The Aurora never left Port Hale.")
CONTRADICTS = Relation(
    id="r1", type="contradicts", source="s1", target="s4", attributes={"kind": "event"}
)
BLOCKS = Relation(id="r2", type="blocks", source="s3", target="s2")


def make_set(
    spans: Iterable[Span] = (LEFT, REACHED, GAP, NEVER),
    relations: Iterable[Relation] = (CONTRADICTS, BLOCKS),
) -> AnnotationSet:
    """Return an annotation set over :data:`DOCUMENT`."""
    ref = DocumentRef(DOCUMENT.id, DOCUMENT.sha256, DOCUMENT.length)
    return AnnotationSet(
        ref, "mira", SCHEME.id, status="in-progress", spans=spans, relations=relations
    )
