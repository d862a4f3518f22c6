"""An annotated text as a fragment of HTML: highlights in layers, legend, details and relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.scheme import Scheme
from ...domain.span import Relation, Span
from ...pages.escaping import attribute_html, text_html
from ..geometry import in_document_order
from .segments import segments, span_levels

COLOURS = ("green", "yellow", "blue", "magenta", "cyan", "orange", "red", "grey")
"""Names of colours that the style sheet knows, in the order in which other labels get them."""
MOST_TOGGLES = 24
"""Labels and annotators, each, that the style sheet can hide."""
MOST_LAYERS = 6
"""Underlines that are drawn apart; deeper ones share the last."""
_QUOTE = 90
_TEXT = '<div class="text" dir="auto" lang="" role="group" aria-label="text">'
"""An article may be in any language, which is not that of the page."""


def render_article(
    document: Document,
    sets: Sequence[AnnotationSet],
    scheme: Scheme,
    *,
    key: str = "a1",
    heading: int = 1,
) -> str:
    """Return an annotated text as an ``<article>``, for :func:`.article_page.article_page`.

    Args:
        document: the text.
        sets: whose spans and relations are shown; one or several annotators.
        scheme: order, colours and descriptions of labels.
        key: begins the ids of elements; ASCII letters and digits, unique in a page.
        heading: level of the article's heading, 1 to 5.

    Returns:
        HTML in which every text is escaped; it has neither style nor script of its own.
    """
    return _Article(document, sets, scheme, key, heading).html()


class _Article:
    def __init__(
        self,
        document: Document,
        sets: Sequence[AnnotationSet],
        scheme: Scheme,
        key: str,
        heading: int,
    ) -> None:
        self.document = document
        self.sets = sets
        self.scheme = scheme
        self.key = key
        self.heading = heading
        owned = [(place, s) for place, one in enumerate(sets) for s in one.spans.values()]
        order = {id(s): n for n, s in enumerate(in_document_order(s for _, s in owned))}
        self.owned = sorted(owned, key=lambda entry: order[id(entry[1])])
        self.spans = [span for _, span in self.owned]
        self.numbers = {(place, span.id): n for n, (place, span) in enumerate(self.owned)}
        used = Counter(span.label for span in self.spans)
        names = [*(n for n in scheme.labels if n in used), *sorted(used.keys() - scheme.labels)]
        self.labels = {name: place for place, name in enumerate(names)}
        self.counts = used
        self.linked: dict[tuple[int, str], dict[str, Relation]] = {}
        for place, one in enumerate(sets):
            for relation in one.relations.values():
                for end in (relation.source, relation.target):
                    self.linked.setdefault((place, end), {})[relation.id] = relation

    def html(self) -> str:
        title = text_html(self.document.id)
        level = self.heading
        parts = [
            f'<article class="article" id="{self.key}" aria-labelledby="{self.key}-title">',
            f'<h{level} id="{self.key}-title">{title}</h{level}>',
            self.facts(),
            self.legend(),
            '<div class="columns">',
            f"{_TEXT}{self.text()}</div>",
            '<aside class="panel" aria-live="polite" aria-label="details" hidden></aside>',
            "</div>",
            self.span_list(),
            self.relation_list(),
            "</article>\n",
        ]
        return "\n".join(part for part in parts if part)

    def facts(self) -> str:
        """Return who annotated, how far, and what they noted."""
        rows = []
        for one in self.sets:
            count = _several(len(one.spans), "span")
            relations = _several(len(one.relations), "relation")
            who = f"<strong>{text_html(one.annotator or 'unnamed')}</strong>"
            line = f"{who}: {text_html(one.status)}, {count}, {relations}"
            line += f" ({text_html(one.scheme)})" if one.scheme else ""
            line += f'<br><span class="note">{text_html(one.note)}</span>' if one.note else ""
            rows.append(f"<li>{line}</li>")
        meta = _definitions(self.document.meta)
        more = f"<details><summary>metadata</summary>{meta}</details>" if meta else ""
        return f'<ul class="facts">{"".join(rows)}</ul>{more}' if rows or more else ""

    def legend(self) -> str:
        """Return labels, and annotators where there are several, with counts and toggles."""
        if not self.spans:
            return '<p class="legend">no spans</p>'
        items = [
            self.toggle(f"label-{place}", f"swatch {self.colour(name)}", name, self.counts[name])
            for name, place in self.labels.items()
        ]
        if len(self.sets) > 1:
            items += [
                self.toggle(f"who-{place}", "swatch who", one.annotator, len(one.spans))
                for place, one in enumerate(self.sets)
            ]
        return f'<fieldset class="legend"><legend>shown</legend>{"".join(items)}</fieldset>'

    def toggle(self, name: str, swatch: str, title: str, count: int) -> str:
        number = int(name.rpartition("-")[2])
        label = self.scheme.labels.get(title)
        hint = (
            f' title="{attribute_html(label.description)}"' if label and label.description else ""
        )
        box = (
            f'<input type="checkbox" class="show-{name}" checked>' if number < MOST_TOGGLES else ""
        )
        return (
            f'<label{hint}>{box}<span class="{swatch}"></span><span>{text_html(title)}</span> '
            f'<span class="count">{count}</span></label>'
        )

    def colour(self, label: str) -> str:
        """Return the class of a label's colour."""
        declared = self.scheme.labels.get(label)
        if declared is not None and declared.colour in COLOURS:
            return f"colour-{declared.colour}"
        names = list(self.scheme.labels)
        place = names.index(label) if label in self.scheme.labels else self.labels[label]
        return f"colour-{COLOURS[place % len(COLOURS)]}"

    def text(self) -> str:
        """Return the text, each segment in one element for each span that covers it."""
        pieces = [*segments(self.document.length, self.spans)]
        levels = span_levels(pieces)
        seen: set[int] = set()
        parts = []
        for segment in pieces:
            piece = text_html(self.document.text, segment.start, segment.end)
            for number in reversed(segment.spans):
                top = number == segment.spans[-1]
                piece = self.layer(number, levels[number], piece, number not in seen, top)
                seen.add(number)
            parts.append(piece)
        return "".join(parts)

    def layer(self, number: int, level: int, inner: str, first: bool, top: bool) -> str:
        place, span = self.owned[number]
        classes = ["span", self.colour(span.label), f"layer-{min(level, MOST_LAYERS)}"]
        classes += [f"label-{self.labels[span.label]}", f"who-{place}"]
        classes += ["top"] if top else []
        focus = ""
        if first:
            spoken = attribute_html(self.summary(number))
            focus = f' id="{self.key}-m{number}" tabindex="0" role="mark" aria-label="{spoken}"'
        return (
            f'<span class="{" ".join(classes)}" data-span="{self.key}-s{number}"'
            f' title="{attribute_html(self.summary(number))}"{focus}>{inner}</span>'
        )

    def summary(self, number: int) -> str:
        """Return a span in a line: label, annotator if there are several, first values."""
        place, span = self.owned[number]
        who = f" ({self.sets[place].annotator})" if len(self.sets) > 1 else ""
        values = "; ".join(f"{name}: {_value(v)}" for name, v in span.attributes.items())
        return _cut(f"{span.label}{who}{': ' if values else ''}{values}", 200)

    def span_list(self) -> str:
        if not self.spans:
            return ""
        items = "\n".join(map(self.span_item, range(len(self.spans))))
        level = self.heading + 1
        return f'<section class="spans"><h{level}>Spans</h{level}><ol>\n{items}\n</ol></section>'

    def span_item(self, number: int) -> str:
        place, span = self.owned[number]
        where = ", ".join(f"{a}–{b}" for a, b in span.fragments or (span.range,))
        rows = _definitions(span.attributes)
        own = {"annotator": self.sets[place].annotator, "code points": where} | _details(span)
        quote = " ".join(self.document.text[a:b] for a, b in span.fragments or (span.range,))
        return (
            f'<li id="{self.key}-s{number}" class="label-{self.labels[span.label]} who-{place}">'
            f'<details><summary><span class="swatch {self.colour(span.label)}"></span>'
            f"<strong>{text_html(span.label)}</strong> "
            f'<q dir="auto">{text_html(_cut(" ".join(quote.split()), _QUOTE))}</q></summary>'
            f"{rows}{_definitions(own, 'own')}{self.links_of(place, span)}"
            f'<p><a href="#{self.key}-m{number}">in the text</a></p></details></li>'
        )

    def links_of(self, place: int, span: Span) -> str:
        links = self.linked.get((place, span.id), {})
        return self.links(place, links.values()) if links else ""

    def relation_list(self) -> str:
        listed = [self.links(n, one.relations.values()) for n, one in enumerate(self.sets)]
        if not any(one.relations for one in self.sets):
            return ""
        level = self.heading + 1
        return (
            f'<section class="relations"><h{level}>Relations</h{level}>{"".join(listed)}</section>'
        )

    def links(self, place: int, relations: Iterable[Relation]) -> str:
        rows = []
        for relation in relations:
            declared = self.scheme.relations.get(relation.type)
            arrow = "↔" if declared is not None and declared.symmetric else "→"
            ends = [self.end(place, end) for end in (relation.source, relation.target)]
            facts = _definitions(relation.attributes) + _definitions(_details(relation), "own")
            rows.append(
                f'<li class="who-{place}">{ends[0]} <span class="type">{text_html(relation.type)} '
                f"{arrow}</span> {ends[1]}{facts}</li>"
            )
        return f'<ul class="links">{"".join(rows)}</ul>'

    def end(self, place: int, span_id: str) -> str:
        number = self.numbers.get((place, span_id))
        if number is None:
            return f"<code>{text_html(span_id)}</code>"
        span = self.spans[number]
        quote = _cut(" ".join(self.document.text[span.start : span.end].split()), 60)
        return f'<a href="#{self.key}-m{number}" dir="auto">{text_html(quote)}</a>'


def _definitions(values: Mapping[str, Any], kind: str = "") -> str:
    rows = "".join(
        f'<dt>{text_html(str(name))}</dt><dd dir="auto">{_value_html(value)}</dd>'
        for name, value in values.items()
    )
    if not rows:
        return ""
    return f'<dl class="{kind}">{rows}</dl>' if kind else f"<dl>{rows}</dl>"


def _value_html(value: Any) -> str:
    # An address is shown, not linked: it comes from a file.
    if isinstance(value, list | tuple):
        return "<br>".join(map(_value_html, value))
    return text_html(_value(value))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return str(value)


def _details(item: Span | Relation) -> dict[str, str]:
    """Return what is said of a span or relation beside its attributes."""
    details = {
        "id": item.id,
        "note": item.note,
        "proposed by": _origin(item.origin),
        "by": " ".join(filter(None, (item.by, item.created))),
    }
    return {name: text for name, text in details.items() if text}


def _origin(origin: Mapping[str, Any]) -> str:
    known = [str(origin[name]) for name in ("from", "version", "rule") if name in origin]
    score = origin.get("score")
    if isinstance(score, int | float):
        known.append(f"score {score:.2f}")
    return " ".join(known)


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
