"""Verbs by the event they tell of. Plain data: a line is an event and the verbs that name it.

A verb is written ``base past participle``; two words stand for base and past which is the
participle too, one word for a regular verb. ``take+off`` is a verb with a particle.
"""

from __future__ import annotations

from .words import word_set

EVENTS: dict[str, tuple[str, ...]] = {
    "launch": (
        "launch",
        "lift+off lifted+off",
        "blast+off blasted+off",
        "take+off took+off taken+off",
        "take+launch took+launch taken+launch",
    ),
    "depart": ("depart", "leave left"),
    "dock": ("dock", "berth"),
    "undock": ("undock",),
    "arrive": ("arrive",),
    "land": ("land", "touch+down touched+down", "splash+down splashed+down"),
    "crash": ("crash",),
    "explode": ("explode",),
    "collapse": ("collapse",),
    "sink": ("sink sank sunk",),
    "strike": ("strike struck",),
    "kill": ("kill",),
    "claim": ("claim",),
    "occur": ("occur occurred", "happen", "take+place took+place taken+place"),
    "die": ("die died died", "pass+away passed+away"),
    "injure": ("injure", "wound", "hurt hurt"),
    "arrest": ("arrest", "detain"),
    "charge": ("charge", "indict"),
    "convict": ("convict",),
    "acquit": ("acquit", "exonerate"),
    "sentence": ("sentence",),
    "elect": ("elect",),
    "re-elect": ("re-elect", "reelect"),
    "win": ("win won",),
    "lose": ("lose lost",),
    "defeat": ("defeat", "beat beat beaten"),
    "appoint": ("appoint", "hire"),
    "resign": ("resign", "step+down stepped+down"),
    "dismiss": ("dismiss", "sack", "oust"),
    "approve": ("approve", "adopt", "ratify", "endorse"),
    "reject": ("reject", "veto", "turn+down turned+down", "vote+down voted+down"),
    "sign": ("sign",),
    "buy": ("buy bought", "acquire", "purchase"),
    "sell": ("sell sold",),
    "merge": ("merge",),
    "found": ("found", "establish", "co-found"),
    "build": ("build built", "construct"),
    "open": ("open", "inaugurate"),
    "close": ("close", "shut shut", "shut+down shut+down", "close+down closed+down"),
    "start": ("start", "begin began begun", "commence", "kick+off kicked+off"),
    "end": ("end", "conclude"),
    "cancel": ("cancel", "call+off called+off", "scrap"),
    "postpone": ("postpone", "delay"),
    "publish": ("publish",),
    "release": ("release",),
    "premiere": ("premiere", "debut"),
    "rise": ("rise rose risen", "increase", "climb", "grow grew grown", "jump", "surge", "gain"),
    "fall": (
        "fall fell fallen",
        "drop",
        "decline",
        "decrease",
        "plunge",
        "slide slid",
        "shrink shrank shrunk",
    ),
    "bear": ("bear bore born",),
    "marry": ("marry", "wed wed"),
    "rescue": ("rescue",),
    "evacuate": ("evacuate",),
    "displace": ("displace",),
    "destroy": ("destroy",),
    "damage": ("damage",),
    "confirm": ("confirm",),
    "deny": ("deny",),
    "sue": ("sue",),
    "extradite": ("extradite",),
    "deploy": ("deploy",),
    "score": ("score",),
    "invest": ("invest",),
    "raise": ("raise",),
    "discover": ("discover",),
    "invent": ("invent",),
    "employ": ("employ",),
    "contain": ("contain",),
    "comprise": ("comprise",),
    "have": ("have had",),
    "weigh": ("weigh",),
    "measure": ("measure",),
    "cost": ("cost cost",),
    "cover": ("cover",),
    "span": ("span",),
    "host": ("host",),
    "seat": ("seat",),
    "stand": ("stand stood",),
    "be": ("be was been",),
}
"""Event to its verbs."""

OPPOSITES: tuple[tuple[str, str], ...] = (
    ("approve", "reject"),
    ("convict", "acquit"),
    ("start", "cancel"),
    ("open", "cancel"),
    ("confirm", "deny"),
)
"""Events of which one rules the other out, for the same subject and object."""

ONCE: frozenset[str] = word_set("bear die found build invent discover")
"""Events that a person or thing has once, so that two years of it cannot both hold."""

NOMINAL: dict[str, str] = {
    "liftoff": "launch", "lift-off": "launch", "takeoff": "launch", "launch": "launch",
    "blastoff": "launch", "landing": "land", "touchdown": "land", "splashdown": "land",
    "docking": "dock", "undocking": "undock", "crash": "crash", "explosion": "explode",
    "collapse": "collapse", "arrival": "arrive", "departure": "depart", "signing": "sign",
    "arrest": "arrest",
}  # fmt: skip
"""Nouns that name an event: ``liftoff occurred at``."""

MADE: frozenset[str] = word_set("found build invent discover")
"""Events that bring something forth; ``founded in 1998`` behind a name is passive."""

MOVES: frozenset[str] = word_set("launch dock undock land depart arrive crash")
"""Events of a vessel, which may carry a crew."""

COUNTED: frozenset[str] = word_set(
    "kill die injure arrest charge rescue evacuate displace destroy damage deploy dismiss sue score"
)
"""Events whose people or things are counted."""

STATES: frozenset[str] = word_set(
    "employ contain comprise have weigh measure cost cover span host seat be stand"
)
"""Verbs that tell a property rather than an event."""

PARTICLES: frozenset[str] = word_set("off down away launch place")
"""Second words of the verbs above."""


def regular_past(base: str) -> str:
    """Return the past of a regular verb: ``dock`` gives ``docked``."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    if base in {"acquit", "ban", "scrap", "drop", "span", "plan"}:
        return base + base[-1] + "ed"
    return base + "ed"


def third_person(base: str) -> str:
    """Return the third person of the present: ``crash`` gives ``crashes``."""
    if base == "have":
        return "has"
    if base == "be":
        return "is"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def ing_form(base: str) -> str:
    """Return the present participle: ``kill`` gives ``killing``."""
    if base == "die":
        return "dying"
    if base.endswith("e") and base != "be":
        return base[:-1] + "ing"
    if base in {"acquit", "win", "begin", "shut", "drop", "scrap", "span", "wed"}:
        return base + base[-1] + "ing"
    return base + "ing"
