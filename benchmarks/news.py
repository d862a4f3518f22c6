"""News-like English, put together from word lists: to time rules on what they will mostly read.

Unlike ``documents.py``, whose articles are full of things to annotate, nearly all of it is plain
prose; about one article in ten holds a leftover slot or a sentence of an assistant, and each has a
byline and a footer. The same seed gives the same text.
"""

from __future__ import annotations

import random

PEOPLE = (
    "Ottilie Brandt", "Marek Solano", "Ines Okonjo", "Ruud Haverly", "Tamsin Lindqvist",
    "Per Achterberg", "Dalia Nwosu", "Jonas Weatherby", "Ko Marchetti", "Elif Sandoval",
)  # fmt: skip
ROLES = (
    "mayor", "harbour master", "transport minister", "spokeswoman", "union leader", "head teacher",
    "chief engineer", "prosecutor", "curator", "head of the weather service",
)  # fmt: skip
PLACES = (
    "Varnholm", "Port Ellery", "the Tolland valley", "Saint-Abrec", "Nordmark", "Upper Lissen",
    "the capital", "Cape Hollin",
)  # fmt: skip
ACTS = (
    "said", "told reporters", "announced", "denied", "wrote in a letter", "argued", "warned",
    "confirmed", "explained at a hearing", "promised",
)  # fmt: skip
CLAIMS = (
    "the bridge would stay closed until {month}", "{count} households were without power",
    "prices had risen by {percent} percent since {month}", "no decision had been taken",
    "the ferry could carry {count} passengers", "the inquiry had cost {count} crowns",
    "two of the {count} samples showed traces of lead", "the school would get a new roof",
    "turnout was the lowest in {count} years", "talks would go on in {month}",
)  # fmt: skip
QUOTES = (
    "We did what we could with what we had", "Nobody asked us before the vote",
    "Of course it will take time", "I hope that this helps the families who lost their homes",
    "Let me know when the [first] train runs on time", "It was [sic] a honest mistake",
)  # fmt: skip
PLAIN = (
    "The wind dropped towards evening and the last boats came in.",
    "Shops along the quay had closed early.",
    "Similar plans were shelved a decade ago (see map).",
    "Farmers in the region are still waiting for rain.",
    "The road was cleared by noon; no one was hurt.",
    "Critics point to the cost, supporters to the jobs.",
)  # fmt: skip
LEFTOVERS = (
    "The meeting begins at XX a.m. in the town hall.",
    "The spokesman [insert name] did not answer questions.",
    "The ship [has docked / will dock] on Friday.",
    "Certainly! Here is the article you asked for.",
    "As of my last update, no figures were available.",
    "Let me know if you would like me to add quotes.",
    "Tickets cost TBD crowns.",
)  # fmt: skip
MONTHS = ("January", "March", "May", "July", "September", "November")
FOOTER = "© 2026 The Varnholm Courier. All rights reserved.\nShare this article"


def sentence(draw: random.Random) -> str:
    """Return a sentence: reported speech, a quotation, or plain description."""
    kind = draw.random()
    if kind < 0.25:
        return draw.choice(PLAIN)
    who = f"{draw.choice(PEOPLE)}, {draw.choice(ROLES)} of {draw.choice(PLACES)}"
    if kind < 0.45:
        return f"“{draw.choice(QUOTES)},” {draw.choice(ACTS)} {who}."
    claim = draw.choice(CLAIMS).format(
        month=draw.choice(MONTHS),
        count=f"{draw.randrange(2, 90_000):,}",
        percent=f"{draw.uniform(0.5, 30):.1f}",
    )
    return f"{who}, {draw.choice(ACTS)} on {draw.choice(('Monday', 'Friday'))} that {claim}."


def article(draw: random.Random) -> str:
    """Return an article of some 5,000 code points."""
    parts = [f"By {draw.choice(PEOPLE)}", f"{draw.choice(MONTHS)} {draw.randrange(1, 29)}, 2026"]
    size = 0
    while size < 4_800:
        paragraph = " ".join(sentence(draw) for _ in range(draw.randint(2, 5)))
        parts.append(paragraph)
        size += len(paragraph)
    if draw.random() < 0.1:
        parts.insert(draw.randrange(2, len(parts)), draw.choice(LEFTOVERS))
    return "\n\n".join([*parts, FOOTER]) + "\n"


def articles(size: int, seed: int = 1) -> list[str]:
    """Return articles of at least ``size`` bytes of UTF-8 together."""
    draw = random.Random(seed)
    made: list[str] = []
    total = 0
    while total < size:
        made.append(article(draw))
        total += len(made[-1].encode())
    return made
