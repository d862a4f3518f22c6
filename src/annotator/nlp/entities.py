"""Entities as plain offsets, and their grouping for a list. Pure: no spaCy here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.entity import Entity

__all__ = [
    "LABEL_TITLES",
    "Entity",
    "EntityGroup",
    "Mention",
    "group_entities",
    "mention_key",
    "pack",
    "unpack",
]

LABEL_TITLES = {
    "PERSON": "People",
    "NORP": "Nationalities, religions, politics",
    "ORG": "Organisations",
    "GPE": "Countries and cities",
    "LOC": "Places",
    "FAC": "Buildings and sites",
    "EVENT": "Events",
    "PRODUCT": "Products",
    "WORK_OF_ART": "Works",
    "LAW": "Laws",
    "LANGUAGE": "Languages",
    "DATE": "Dates",
    "TIME": "Times",
    "MONEY": "Money",
    "PERCENT": "Percentages",
    "QUANTITY": "Quantities",
    "CARDINAL": "Numbers",
    "ORDINAL": "Ordinals",
}
"""Plain words for the labels of OntoNotes, in the order in which a list shows them."""

_ORDER = {label: place for place, label in enumerate(LABEL_TITLES)}
_BLANK = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"['\u2019]s?\Z")
_ARTICLE = re.compile(r"\A(?:the|a|an) (?=.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that a text names, under one spelling.

    Attributes:
        text: the spelling of its first place, white space collapsed; not yet made safe for a
            terminal.
        places: where it stands, in the order of the text.
    """

    text: str
    places: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """The entities of one label.

    Attributes:
        label: the pipeline's label, e.g. ``PERSON``.
        title: the label in plain words, e.g. ``People``; the label itself when it is unknown.
        count: places in the text.
        mentions: the different names, in the order in which the text brings them.
    """

    label: str
    title: str
    count: int
    mentions: tuple[Mention, ...]


def mention_key(quote: str) -> str:
    """Return what two spellings of one name share.

    White space is collapsed, an article in front and a possessive ending are dropped: ``the
    Soyuz's`` and ``Soyuz`` are one mention. Case counts, so that ``US`` is not ``us``.
    """
    name = _BLANK.sub(" ", quote).strip()
    return _ARTICLE.sub("", _POSSESSIVE.sub("", name)) or name


def group_entities(entities: Iterable[Entity], text: str) -> list[EntityGroup]:
    """Group entities by label, and within a label by name.

    Args:
        entities: sorted by place; offsets in code points into ``text``.
        text: the document's text.

    Returns:
        One group a label: the labels of ``LABEL_TITLES`` in that order, then others by name.
    """
    found: dict[str, dict[str, list[Entity]]] = {}
    for entity in entities:
        names = found.setdefault(entity.label, {})
        names.setdefault(mention_key(text[entity.start : entity.end]), []).append(entity)
    return [
        EntityGroup(
            label=label,
            title=LABEL_TITLES.get(label, label),
            count=sum(map(len, found[label].values())),
            mentions=tuple(
                Mention(_BLANK.sub(" ", text[places[0].start : places[0].end]), tuple(places))
                for places in found[label].values()
            ),
        )
        for label in sorted(found, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
    ]


def pack(entities: Sequence[Entity]) -> dict[str, list[str] | list[int]]:
    """Return entities as small plain data for JSON; see :func:`unpack`."""
    labels = sorted({entity.label for entity in entities})
    place = {label: number for number, label in enumerate(labels)}
    numbers: list[int] = []
    for entity in entities:
        numbers += entity.start, entity.end, place[entity.label]
    return {"labels": labels, "entities": numbers}


def unpack(data: object, length: int) -> list[Entity]:
    """Return the entities that :func:`pack` made plain.

    Args:
        data: what the JSON parser returned.
        length: length of the text in code points; no entity may reach behind it.

    Raises:
        ValueError: the data is not what :func:`pack` returns, or does not fit the text.
    """
    if not isinstance(data, dict):
        raise ValueError("not a mapping")
    labels, numbers = data.get("labels"), data.get("entities")
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("labels are not strings")
    if (
        not isinstance(numbers, list)
        or len(numbers) % 3
        or not all(type(number) is int for number in numbers)
    ):
        raise ValueError("entities are not triples of numbers")
    entities: list[Entity] = []
    behind = 0
    for start, end, label in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if not (behind <= start < end <= length and 0 <= label < len(labels)):
            raise ValueError("an entity is out of range or out of order")
        behind = start
        entities.append(Entity(start, end, labels[label]))
    return entities
