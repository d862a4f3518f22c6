"""What should stand in a slot: an entity type, from the words inside it and around it."""

from __future__ import annotations

import re
from functools import cache

_INSIDE = (
    ("URL", r"url|link|website|web ?page|site address|e-?mail|hashtag|handle"),
    ("QUOTE", r"quote|quotation|statement from|testimonial"),
    ("PERCENT", r"percent(?:age)?"),
    ("MONEY", r"price|cost|salary|budget|revenue|dollars?|euros?|fee|sum|currency|funding"),
    ("DATE", r"dates?|day|month|years?|deadline|birthday|week|season|20xx|\d{4}-xx|weeks|decade"),
    ("TIME", r"times?|hours?|o'clock|minutes?|a\.m\.|p\.m\.|duration|two-day|six-hour|seconds?"),
    ("QUANTITY", r"weight|height|distance|length|size|quantity|miles|km|kg|pounds|tons|area"),
    ("CARDINAL", r"numbers?|amounts?|count|total|figures?|how many|quantity|age|code|id|zip|phone"),
    (
        "ORG",
        (
            r"compan(?:y|ies)|organi[sz]ation|employer|business|brand|agency|university|school"
            r"|college|department|firm|team|institution|publication|newspaper|club|bank|competitors?"
        ),
    ),
    ("FAC", r"address|street|venue|airport|stadium|hotel|museum|building"),
    ("GPE", r"cit(?:y|ies)|town|state|countr(?:y|ies)|county|province|village|nation"),
    ("LOC", r"location|place|region|destination|area|continent|river"),
    ("PRODUCT", r"products?|service|model|device|software|tool"),
    ("WORK_OF_ART", r"book|movie|film|song|album|title of"),
    ("EVENT", r"event|conference|tournament|festival|competition"),
    ("LANGUAGE", r"language"),
    ("NORP", r"nationality|religion"),
    (
        "PERSON",
        (
            r"names?|surname|nickname|recipient|sender|signature|author|manager|spokesperson|expert"
            r"|candidate|client|customer|player|who\b|person|ceo|mayor|his/her|he/she|speaker|initials"
        ),
    ),
)
"""Words inside a slot, the telling ones first: "company name" is an ORG, "launch date" a DATE."""

_BEFORE = (
    ("MONEY", r"[$€£] ?"),
    ("DATE", r"(?:on|since|until|by|dated|born on|of) (?:(?:the|early|late|mid) )?(?:\w+day, )?"),
    ("TIME", r"(?:at|from|around|until) (?:about )?"),
    ("GPE", r"(?:in|near|from|to|across) (?:the city of )?"),
    ("PERSON", r"(?:dear|hi|hello|mr\.?|ms\.?|mrs\.?|dr\.?|named|by|said|president|coach) "),
    ("CARDINAL", r"(?:expedition|number|no\.?|about|nearly|over|than|some|of|chapter|#) ?"),
    ("URL", r"(?:at|visit|see|click|source): "),
)
_BEHIND = (
    ("PERCENT", r" ?(?:%|percent|per cent)"),
    ("TIME", r"[ -](?:minutes?|hours?|seconds?|a\.m\.|p\.m\.|am\b|pm\b|o'clock|GMT|UTC|ET\b)"),
    ("DATE", r"[ -](?:days?|weeks?|months?|years?|decades?)"),
    ("MONEY", r" (?:dollars|euros|pounds sterling|million dollars|billion dollars)"),
    ("QUANTITY", r" ?(?:miles?|km|kg|kilomet|met(?:er|re)s?|feet|acres?|tons?|tonnes?|degrees)"),
    ("CARDINAL", r" \w+"),
)
_PHRASE = 4
"""Blanks from which on what stands inside is a phrase that says what is meant by itself."""
_COUNTS = re.compile(r"[xX#_?,.\d]+|[XYN]|T[KTBCD ]*")


@cache
def _tables() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    return (
        tuple((kind, _words(words)) for kind, words in _INSIDE),
        tuple(
            (kind, re.compile(f"(?<!\\w)(?:{words})\\Z", re.IGNORECASE)) for kind, words in _BEFORE
        ),
        tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _BEHIND),
    )


def _words(words: str) -> re.Pattern[str]:
    return re.compile(f"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)


def infer(text: str, start: int, end: int) -> str:
    """Return what kind of thing belongs into a slot.

    Args:
        text: the text.
        start, end: the slot in code points, brackets included.

    Returns:
        An entity type as spaCy's English pipelines name it, or URL, QUOTE or TEXT.
    """
    inside, before, behind = _tables()
    inner = text[start:end].strip("[]{}<>()【】［］｛｝* ").replace("_", " ").replace("-", " - ")
    inner = inner.replace(" - ", "-")
    if "%" in inner:
        return "PERCENT"
    if any(sign in inner for sign in "$€£"):
        return "MONEY"
    counts = bool(_COUNTS.fullmatch(inner))
    if not counts:
        for kind, pattern in inside:
            if pattern.search(inner):
                return kind
    ahead = text[end : end + 30]
    for kind, pattern in behind[: -1 if not counts else None]:
        if pattern.match(ahead) and not (kind == "CARDINAL" and ahead[1:2].isupper()):
            return kind
    if inner.count(" ") >= _PHRASE:
        return "TEXT"
    lead = text[max(0, start - 40) : start]
    for kind, pattern in before:
        if pattern.search(lead) and not (counts and kind in ("GPE", "PERSON")):
            return kind
    return "CARDINAL" if counts and inner[:1] in "xX#" else "TEXT"
