"""What should stand in a slot: an entity type, from the words inside it and around it."""

from __future__ import annotations

import re
from functools import cache

_INSIDE = (
    # The last word says what is meant: "loan date" is a DATE, "hotel price" MONEY.
    ("TIME", r"time of day|(?<!-)(?:times?|hours?|duration)\Z"),
    ("DATE", r"(?:dates?|day|deadline|year)\Z"),
    ("TEXT", r"topic|subject|theme|occupation|profession|job title|achievements?|benefits?|dish"),
    (
        "URL",
        (
            r"urls?|links?|website|web ?page|site address|e-?mails?|hashtags?|handle|citation"
            r"|source (?:needed|required|missing|to come)"
        ),
    ),
    ("QUOTE", r"quotes?|quotation|statement from|testimonial|reactions?|(?:'s|’s) comment"),
    (
        "PERCENT",
        (
            r"percent(?:age)?s?|per cent|turnout|market share"
            r"|(?:interest|tax|growth|unemployment|inflation|error|success|mortgage|vacancy) rate"
        ),
    ),
    (
        "CARDINAL",
        (
            r"number of|how many|sample size"
            r"|(?:phone|case|order|invoice|account|flight|bus|reference) (?:numbers?|nos?)"
        ),
    ),
    ("QUANTITY", r"(?:amount|volume|quantity) of (?!money|cash|debt|funding|aid|the )\w+"),
    (
        "MONEY",
        (
            r"amounts?|prices?|costs?|salar(?:y|ies)|wages?|budget|revenues?|income|earnings"
            r"|profits?|loss(?:es)?|turnover|dollars?|euros?|fees?|fines?|fares?|sum|currency"
            r"|funding|rent|donations?|grant|loan|debt|deposit|dividend|prize money|reward|bail"
            r"|tuition|valuation|(?:tax )?bill total|(?:cash|net) worth"
        ),
    ),
    (
        "DATE",
        (
            r"dates?|days?|weekday|months?|years?|deadline|birthday|weeks?|season|quarter|decade"
            r"|century|20xx|19xx|\d{4}-xx|00/00/\d+|__?/__?/\w+|dd/mm/yyyy|mm/dd/yyyy"
        ),
    ),
    (
        "TIME",
        (
            r"times?|hours?|o'clock|minutes?|a\.m\.|p\.m\.|duration|two-day|six-hour|seconds?"
            r"|battery life|x?x:xx|hh:mm"
        ),
    ),
    (
        "QUANTITY",
        (
            r"weight|height|distance|length|size|quantity|miles|km|kg|pounds|tons|area|volume"
            r"|temperature|speed|square footage|acreage|depth|altitude"
        ),
    ),
    (
        "CARDINAL",
        (
            r"numbers?|counts?|total|figures?|ages?|code|id|zip|phones?|scores?|votes?|margin"
            r"|attendance|rating|case no|population|headcount|tally"
        ),
    ),
    (
        "ORG",
        (
            r"compan(?:y|ies)|organi[sz]ation|employers?|business|brand|agenc(?:y|ies)|university"
            r"|school|college|department|firm|team|institution|publication|newspaper|journal"
            r"|magazine|club|bank|competitors?|charity|court|church|hospital|restaurant|opponent"
            r"|sponsor|ticker|shop|store|bakery"
        ),
    ),
    ("FAC", r"address|street|venue|airport|stadium|hotel|museum|building|bridge|intersection|stop"),
    ("GPE", r"cit(?:y|ies)|town|state|countr(?:y|ies)|count(?:y|ies)|province|village|nation"),
    ("LOC", r"location|place|region|destination|continent|river"),
    ("PRODUCT", r"products?|service|model|device|software|tool"),
    ("WORK_OF_ART", r"book|movie|film|song|album|title of|award"),
    ("EVENT", r"event|conference|tournament|festival|competition"),
    ("LANGUAGE", r"language"),
    ("NORP", r"nationality|religion"),
    ("LAW", r"law|ordinance|statute"),
    (
        "PERSON",
        (
            r"names?|surname|nickname|recipient|sender|signature|author|manager|spokesperson|expert"
            r"|candidate|client|customer|player|who\b|person|ceo|mayor|his/her|he/she|speaker"
            r"|initials|contact|teacher|principal|host|director|actor|agent|farmer|judge|lawyer"
            r"|witness|victim|coach|donors?"
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
    (
        "TIME",
        (
            r"[ -](?:minutes?|mins?\b|hours?|hrs?\b|seconds?|a\.m\.|p\.m\.|am\b|pm\b|o'clock|GMT"
            r"|UTC|ET\b)"
        ),
    ),
    ("DATE", r"[ -](?:days?|weeks?|months?|years?|decades?)"),
    (
        "MONEY",
        (
            r" (?:dollars|euros|cents|pence|crowns|pounds sterling"
            r"|(?:million|billion) (?:dollars|euros))"
        ),
    ),
    (
        "QUANTITY",
        (
            r" ?(?:miles?|km|kg|kilomet|met(?:er|re)s?|feet|inch(?:es)?|acres?|hectares?|tons?"
            r"|tonnes?|degrees|°|mph|sq(?:uare)?\b|lit(?:er|re)s?|gram(?:me)?s?|hours of)\b"
        ),
    ),
    ("CARDINAL", r" [^\W\d]\w*"),
)
_CURRENCIES = frozenset("$€£")
_PHRASE = 4
"""Blanks from which on what stands inside is a phrase that says what is meant by itself."""
_COUNTS = re.compile(r"[xX#_?,.\d/●+–-]+|[XYN]|(?:T[KC ]*|TB[DCA]|tk)+")
_PERCENT = re.compile(r"[\dXx_] ?%|%\Z")
_OF_MATTER = re.compile(r" of (?!money|cash|debt|funding|aid|the )\w")
_PLURAL = re.compile(r" [^\W\d]\w*s\b| people\b")


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
    inner = _words_of(text[start:end])
    ahead = text[end : end + 30]
    if _PERCENT.search(inner):
        return "PERCENT"
    if not _CURRENCIES.isdisjoint(inner + text[max(0, start - 1) : start]):
        return "MONEY"
    counts = bool(_COUNTS.fullmatch(inner))
    kind = "" if counts else _said_inside(inner, ahead)
    return kind or _said_around(text, start, ahead, inner, counts=counts)


def _words_of(slot: str) -> str:
    """Return what a slot says, without the signs of brackets and templates."""
    if slot.startswith("${") or (slot.startswith("%") and slot.endswith("%")):
        slot = slot.strip("$%")
    inner = slot.strip("[]{}<>()【】［］｛｝«»* ").replace("_", " ").replace("-", " - ")
    return inner.replace(" - ", "-")


def _said_inside(inner: str, ahead: str) -> str:
    """Return what the words of a slot ask for, empty where they do not tell."""
    for kind, pattern in _tables()[0]:
        if pattern.search(inner):
            return "QUANTITY" if kind == "MONEY" and _OF_MATTER.match(ahead) else kind
    return ""


def _said_around(text: str, start: int, ahead: str, inner: str, *, counts: bool) -> str:
    """Return what the words behind and before a slot ask for.

    Args:
        text: the text.
        start: of the slot, in code points.
        ahead: what follows it.
        inner: its words.
        counts: whether it is a sign that could stand for a number.
    """
    _, before, behind = _tables()
    for kind, pattern in behind:
        if not pattern.match(ahead):
            continue
        if kind != "CARDINAL":
            return kind
        # TK stands for words too, so only a plural behind it tells that it is a number.
        named = ahead[1:2].isupper() or (inner[:1] in "Tt" and not _PLURAL.match(ahead))
        if counts and not named:
            return kind
    if inner.count(" ") >= _PHRASE:
        return "TEXT"
    lead = text[max(0, start - 40) : start]
    for kind, pattern in before:
        if pattern.search(lead) and not (counts and kind in ("GPE", "PERSON")):
            return kind
    return "CARDINAL" if counts and inner[:1] in "xX#123456789●" else "TEXT"
