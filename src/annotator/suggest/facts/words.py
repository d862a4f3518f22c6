"""Words with a part to play: number words, months, roles, kinds of things. Plain data."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string, parted by blanks."""
    return frozenset(words.split())


MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS: frozenset[str] = word_set("monday tuesday wednesday thursday friday saturday sunday")

ZONES: frozenset[str] = word_set(
    "gmt utc bst cet cest est edt et cst cdt ct mst mdt mt pst pdt pt ist jst msk eet eest"
    " aest aedt nzst nzdt hkt sgt eastern central mountain pacific local moscow"
)

NUMBER_WORDS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen",
        )
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}  # fmt: skip

SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
    "m": 1e6, "bn": 1e9, "k": 1e3, "mn": 1e6, "tn": 1e12,
}  # fmt: skip

APPROXIMATE: frozenset[str] = word_set(
    "about around approximately roughly nearly almost some estimated over under least most"
    " than up circa between close more fewer less minimum maximum to dozens scores hundreds"
    " thousands millions or perhaps maybe possibly another extra additional further other"
    " others another every each per only"
)
"""Words before a number that make it no exact count of the whole."""

TITLES: frozenset[str] = word_set(
    "mr mrs ms miss dr prof professor sir dame lord lady president prime minister chancellor"
    " senator sen rep representative gov governor mayor judge justice king queen prince"
    " princess pope captain capt col colonel gen general lt lieutenant sgt sergeant maj major"
    " adm admiral commander cmdr cosmonaut astronaut astronauts cosmonauts detective officer"
    " chief secretary coach rev reverend father sister ceo chairman chairwoman"
    " director spokesman spokeswoman spokesperson former jr sr attorney envoy ambassador"
)
"""Words before a name that are no part of it."""

VESSEL_CLASS = "vessel"
CLASSES: dict[str, str] = {
    word: kind
    for kind, words in {
        VESSEL_CLASS: "spacecraft ship rocket capsule spaceship vehicle craft shuttle vessel lander"
        " spaceplane booster",
        "aircraft": "plane aircraft jet airliner airplane helicopter flight drone",
        "blast": "explosion blast bombing detonation bomb",
        "attack": "attack assault shooting stabbing ambush raid",
        "strike": "strike airstrike bombardment shelling",
        "quake": "earthquake quake tremor temblor",
        "fire": "fire blaze inferno wildfire",
        "storm": "storm hurricane typhoon cyclone tornado twister",
        "flood": "flood flooding floods floodwaters deluge",
        "crash": "crash collision accident derailment wreck",
        "collapse": "collapse landslide avalanche mudslide",
        "outbreak": "outbreak epidemic pandemic",
        "firm": "company firm business startup corporation",
        "law": "bill law legislation act measure",
        "pact": "agreement deal treaty pact accord contract",
        "merger": "merger takeover acquisition",
        "court": "court jury tribunal judge judges jurors",
        "bridge": "bridge",
        "tower": "tower skyscraper building",
        "mission": "mission",
        "crew": "crew",
    }.items()
    for word in words.split()
}
"""Nouns that name the same kind of thing."""

PEOPLE: dict[str, str] = {
    "people": "people", "persons": "people", "person": "people", "civilians": "people",
    "victims": "people", "men": "people", "residents": "people", "passengers": "people",
    "lives": "people", "life": "people", "individuals": "people",
    "members": "member", "member": "member", "children": "child", "women": "woman",
    "soldiers": "soldier", "troops": "soldier", "officers": "officer", "workers": "worker",
    "students": "student", "astronauts": "member", "cosmonauts": "member",
}  # fmt: skip
"""People who are counted, by the noun under which they are compared."""

SETTING_APART: frozenset[str] = word_set(
    "another other others similar separate separately previous previously earlier"
    " second third fourth fifth different next last latest subsequent subsequently initially"
    " originally once again also additional further meanwhile elsewhere ago each"
    " every both respectively annually yearly monthly weekly daily average typically usually"
    " often sometimes first twice since until updated revised corrected"
    " preliminary so far then previous comparison compared versus unlike instead whereas while"
    " per second half quarter season rival counterpart anniversary simulation fictional novel"
    " film movie hypothetical if"
)
"""Words that make a sentence's event another than the one told elsewhere, or one of several."""

REVISED: frozenset[str] = word_set(
    "later now still already up down more rose risen climbed increased grew grown fell dropped"
    " declined reached became become today currently end beginning early late began begin"
    " started toll least injuries"
)
"""Words with which a number follows an older one."""

ATTRIBUTING: frozenset[str] = word_set(
    "said says according told claimed claims reported reports alleged allegedly stated"
    " estimates estimated believes believe reportedly announced insisted added"
)

UNIT_NOUNS_SKIPPED: frozenset[str] = word_set(
    "percent per cent time times day days week weeks month months year years hour hours"
    " minute minutes second seconds a.m p.m am pm o'clock st nd rd th gmt way ways thing"
    " things point points part parts example examples reason reasons step steps type types"
)

ENGLISH: frozenset[str] = word_set(
    "the and were has by for with from to at that its his her their of which after will"
)
"""Small words that no neighbouring language writes in the same way, or seldom."""

FOREIGN: frozenset[str] = word_set(
    "der die das und mit von bei dem den ein eine einen nicht ist auf le les des une et dans pour"
    " est qui sur el los las una por con del para het een van niet zijn il di che della sono och"
    " det att som ikke og na nie jest się da não uma em os"
)
"""Small words of neighbouring languages; some are parts of names, so one alone says little."""

PREPOSITIONS: frozenset[str] = word_set(
    "of in on at by from to for with into onto over under during including among between near"
    " through across after before since until against towards toward about around within"
    " without behind beyond despite amid following via per off than as aboard above below"
    " alongside along inside outside upon like unlike off"
)
DETERMINERS: frozenset[str] = word_set("the this that these those its his her their our my")
INDEFINITE: frozenset[str] = word_set("a an another some any every each no many several")
PRONOUNS: frozenset[str] = word_set(
    "it he she they we i you who which that this these those him her them one ones"
)
CLAUSE_STARTS: frozenset[str] = word_set(
    "that which who whom whose when while after before because since if although though but"
    " where until unless whether so said says as than"
)
ADVERBS: frozenset[str] = word_set(
    "also then now already still just soon never not ever later recently again once only even"
    " first finally both all today yesterday tomorrow together yet n't"
)
MODALS: frozenset[str] = word_set("would could may might should can must shall ought")
FUNCTION_WORDS: frozenset[str] = (
    PREPOSITIONS
    | DETERMINERS
    | INDEFINITE
    | PRONOUNS
    | CLAUSE_STARTS
    | ADVERBS
    | MODALS
    | word_set(
        "and or nor is are was were be been being has have had do does did will there here what"
        " why how however moreover meanwhile additionally yes"
    )
)
"""Words that are no name though they begin a sentence with a capital."""
