"""Random records for the tests of formats: hostile texts, spans that lie every way, odd values.

``records()`` draws everything that a record can hold. A format's test needs no more than
``support.round_trips.check_round_trip``.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from annotator.domain.annotations import SECTIONS, STATUSES, AnnotationSet
from annotator.domain.document import Document
from annotator.domain.scheme import Attribute, Label, RelationType, Scheme
from annotator.domain.span import Relation, Span
from annotator.formats.anchoring import anchor
from annotator.formats.record import Record
from annotator.store.opening import reference

PIECES = (
    "The ferry", " left ", "Port Hale", "\n", "\r\n", "\r", "\t", " ", "\u00a0", "\u2028", "\x85",
    "\x0b", "\x0c", "e\u0301", "n\u0303o", "👩‍👩‍👧", "🇳🇴", "😀", "𝒳", "漢字", "שלום", "\u202e",
    "\ufeff", "\u200d", "[insert name]", '"quoted"', "'", ",", ";", "=1+1", "@x", "-", "+", "#",
    "<b>&amp;</b>", "]]>", "\\n", "\\", "{", "}", "|", "7", "0.5", "null", "ﬁ", "İ",
)  # fmt: skip
"""What texts are made of: ordinary words, and all that has ever shifted an offset."""
NUL = "\x00"
SURROGATE = "\ud83d"

words = st.sampled_from(
    ["claim", "gap", "Person", "a b", "naïve", "x/y", "é", "=cmd", "-", "1", "true", "漢", "B-X"]
)
names = st.sampled_from(["ada", "ben", "model:gaps", "gold", "Zoë K."])
short_texts = st.text(
    st.sampled_from("ab7\"'=,;\t\n\r\\[]{}|#+-@ é漢😀\u2028\x00\x1b<&"), max_size=8
)
leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | short_texts
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(short_texts, inner, max_size=3),
    max_leaves=3,
)
attribute_values = short_texts | st.lists(short_texts, max_size=3) | json_values
attribute_names = st.sampled_from(["worth", "kinds", "note x", "ключ", "=f", "a.b", "label", "id"])
attributes = st.dictionaries(attribute_names, attribute_values, max_size=3)
unknown_keys = st.dictionaries(
    st.sampled_from(["colour", "x-tool", "tags", "привет"]), json_values, max_size=2
)
origins: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.fixed_dictionaries(
    {"from": names, "score": st.floats(0, 1)}, optional={"reasons": st.lists(short_texts)}
)
FIELDS = ("attributes", "note", "origin", "created", "by", "extra")
filled = st.sampled_from([(), (), *((name,) for name in FIELDS), FIELDS[:2], FIELDS])
"""Which optional fields of an item are drawn at all: all of them each time would take seconds."""
times = st.sampled_from(["", "2026-11-22T10:01:02Z", "2025-02-03T00:00:00Z"])


@st.composite
def texts(draw: st.DrawFn, surrogates: bool = True) -> str:
    """Draw a text of a few odd pieces, at least one code point long."""
    pieces = PIECES + ((NUL, SURROGATE) if surrogates else (NUL,))
    return "".join(draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=12)))


@st.composite
def details(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the optional fields of a span or a relation."""
    strategies = dict(
        zip(FIELDS, (attributes, short_texts, origins, times, names, unknown_keys), strict=True)
    )
    return {name: draw(strategies[name]) for name in draw(filled)}


@st.composite
def spans(draw: st.DrawFn, text: str, span_id: str) -> Span:
    """Draw a span of a text, discontinuous ones among them."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    fragments: tuple[tuple[int, int], ...] = ()
    if end - start >= 3 and draw(st.integers(0, 3)) == 0:
        first = draw(st.integers(start + 1, end - 2))
        second = draw(st.integers(first + 1, end - 1))
        fragments = ((start, first), (second, end))
    return Span(
        id=span_id,
        label=draw(words),
        start=start,
        end=end,
        fragments=fragments,
        **draw(details()),
    )


@st.composite
def relations(draw: st.DrawFn, relation_id: str, ends: list[str]) -> Relation:
    """Draw a relation between two spans, now and then to one that is not there."""
    some = st.sampled_from([*ends, *ends, *ends, "gone"])
    source = draw(some)
    return Relation(
        id=relation_id,
        type=draw(st.sampled_from(["contradicts", "blocks", "part of"])),
        source=source,
        target=draw(some.filter(lambda target: target != source)),
        **draw(details()),
    )


@st.composite
def annotation_sets(draw: st.DrawFn, document: Document, annotator: str) -> AnnotationSet:
    """Draw what one annotator said; spans overlap, nest and repeat."""
    text = document.text
    ids = draw(
        st.lists(
            st.sampled_from(["s1", "s2", "s3", "s10", "k7x2", "T1", "é", "7", "a b", "#"]),
            unique=True,
            max_size=5,
        )
    )
    sections: dict[str, list[Span]] = {"spans": [], "rejected": [], "orphans": []}
    made: list[Span] = []
    for span_id in ids:
        span = draw(spans(text, span_id))
        if made and draw(st.integers(0, 3)) == 0:
            twin = draw(st.sampled_from(made))
            span = Span(
                id=span_id,
                label=draw(st.sampled_from([twin.label, span.label])),
                start=twin.start,
                end=twin.end,
            )
        made.append(span)
        name = draw(st.sampled_from(["spans", "spans", "spans", "rejected", "orphans"]))
        sections[name].append(span)
    relation_ids = draw(
        st.lists(st.sampled_from(["r1", "r2", "R7", "q"]), unique=True, max_size=2 if ids else 0)
    )
    return AnnotationSet(
        reference(document),
        annotator,
        draw(st.sampled_from(["claims-and-placeholders/1", "ferries/2"])),
        status=draw(st.sampled_from(STATUSES)),
        note=draw(st.just("") | short_texts),
        spans=sections["spans"],
        rejected=sections["rejected"],
        orphans=sections["orphans"],
        relations=[draw(relations(relation_id, ids)) for relation_id in relation_ids],
        rejected_relations=draw(st.lists(relations("n1", ids), max_size=1 if ids else 0)),
        extra=draw(unknown_keys),
    )


@st.composite
def documents(draw: st.DrawFn, document_id: str, surrogates: bool = True) -> Document:
    """Draw a document."""
    return Document.of(
        document_id,
        draw(texts(surrogates)),
        draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "latin-1"])),
        draw(st.integers(0, 5)) == 0,
        draw(unknown_keys),
    )


@st.composite
def records(draw: st.DrawFn, most: int = 2, surrogates: bool = True) -> list[Record]:
    """Draw the records of a corpus: ids differ, each with one or two annotators.

    Args:
        draw: Hypothesis's.
        most: how many records at most.
        surrogates: whether texts may hold lone surrogates.
    """
    ids = draw(
        st.lists(
            st.sampled_from(
                ["a.txt", "sub/b.md", "corpus.jsonl#1", "42", "é😀", "../up", "a b,c", "=id"]
            ),
            unique=True,
            min_size=1,
            max_size=most,
        )
    )
    made = []
    for document_id in ids:
        document = draw(documents(document_id, surrogates))
        annotators = draw(st.lists(names, unique=True, min_size=1, max_size=2))
        sets = tuple(draw(annotation_sets(document, name)) for name in annotators)
        made.append(complete(Record(document, sets)))
    return made


def complete(record: Record) -> Record:
    """Fill in quotes and contexts of spans as a project has them; keep what dangles."""
    filled = anchor(record)
    assert not filled.moved
    sets = []
    for one, before in zip(filled.record.sets, record.sets, strict=True):
        one.relations = dict(before.relations)
        one.rejected_relations = dict(before.rejected_relations)
        sets.append(one)
    return Record(record.document, tuple(sets))


def plain(record: Record) -> dict[str, Any]:
    """Return all that a record says as plain data that compares; order is left out."""
    document = record.document
    return {
        "document": (document.id, document.text, document.encoding, document.bom),
        "meta": _comparable(document.meta),
        "sets": [
            {
                "annotator": one.annotator,
                "scheme": one.scheme,
                "status": one.status,
                "note": one.note,
                "extra": _comparable(one.extra),
                "document": _comparable(one.document.extra),
                **{
                    name: {key: _item(item) for key, item in getattr(one, name).items()}
                    for name in SECTIONS
                },
            }
            for one in sorted(record.sets, key=lambda one: one.annotator)
        ],
    }


def _item(item: Span | Relation) -> dict[str, Any]:
    return {name: _comparable(getattr(item, name)) for name in item.__dataclass_fields__}


def _comparable(value: Any) -> Any:
    """Return a value in which 1, 1.0 and true differ and NaN equals itself."""
    if isinstance(value, bool | float):
        return type(value).__name__, repr(value)
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_comparable(item) for item in value]
    return value


SCHEME = Scheme(
    "ferries",
    2,
    {
        "claim": Label(
            "claim",
            "c",
            attributes={
                "worth": Attribute("worth", "choice", ("high", "low")),
                "kinds": Attribute("kinds", "choices", ("number", "quote")),
            },
        ),
        "gap": Label("gap", "g"),
    },
    {"contradicts": RelationType("contradicts", symmetric=True), "blocks": RelationType("blocks")},
)


DOCUMENT = Document.of("a.txt", "The ferry 😀 left\r\nPort Hale.\n", meta={"source": "x"})
SPANS = (
    Span(id="s1", label="claim", start=0, end=12, attributes={"worth": "high", "n": 3}, note="n"),
    Span(id="s2", label="gap", start=19, end=28, fragments=((19, 23), (24, 28))),
)


def small_record() -> Record:
    """Return one record with a little of everything."""
    one = AnnotationSet(
        reference(DOCUMENT),
        "ada",
        "ferries/2",
        status="done",
        note="note",
        spans=SPANS,
        rejected=[Span(id="s3", label="gap", start=4, end=9)],
        relations=[Relation(id="r1", type="blocks", source="s2", target="s1")],
    )
    return Record(DOCUMENT, (one,))
