"""What ``annotator audit`` looks for: the rules by id, with how much each weighs."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the heaviest to the lightest."""


class AuditRule(NamedTuple):
    """One thing that an audit looks for.

    Attributes:
        id: what settings, reports and ignore lists call it.
        severity: how much a finding of it weighs when the settings say nothing else.
        title: what is found, a few words.
        help: what it means and what to do, for people.
    """

    id: str
    severity: Severity
    title: str
    help: str


UNFILLED = "unfilled-placeholder"
CHATTER = "assistant-chatter"
LEFTOVER = "leftover-token"
REFUTED = "refuted-claim"
CONTRADICTION = "contradiction"
BROKEN = "broken-file"
POSSIBLE_CONTRADICTION = "possible-contradiction"
BLOCKED = "blocked-claim"
UNCHECKED = "unchecked-claim"
NO_EVIDENCE = "claim-without-evidence"
UNSETTLED = "unsettled-claim"
LABEL_DIFFERS = "label-differs"
CUT_WORD = "cut-word"
ORPHAN = "orphan"
MISSED_TWIN = "missed-twin"
UNREVIEWED = "unreviewed-candidate"

_ALL = (
    AuditRule(
        UNFILLED,
        "error",
        "A slot that nobody filled",
        "The text has a template slot, alternatives, a hint or dummy text where a fact should "
        "stand. Fill it in, or take it out.",
    ),
    AuditRule(
        CHATTER,
        "error",
        "The assistant talks",
        "A sentence is the writing assistant's and not the article's: an offer, an apology, an "
        "opening or closing remark. Take it out.",
    ),
    AuditRule(
        LEFTOVER,
        "error",
        "A token that a tool left behind",
        "A citation token or a tracking parameter of the tool that wrote the text. Take it out.",
    ),
    AuditRule(
        REFUTED,
        "error",
        "A claim that checking refuted",
        "A claim is marked as refuted and still stands in the text. Correct it, or take it out.",
    ),
    AuditRule(
        CONTRADICTION,
        "error",
        "Two claims that cannot both be true",
        "An annotator linked two claims that contradict each other. Find out which one holds, "
        "and correct the other.",
    ),
    AuditRule(
        BROKEN,
        "error",
        "A file that cannot be read",
        "A text or an annotation file could not be read, so nothing is known of what it holds. "
        "Mend it; annotator validate names everything that is wrong with annotation files.",
    ),
    AuditRule(
        POSSIBLE_CONTRADICTION,
        "warning",
        "Two sentences that may contradict each other",
        "A rule found two sentences that disagree about an entity, a number, a time or whether "
        "something happened, and nobody decided yet. Read both; accept or reject the candidate.",
    ),
    AuditRule(
        BLOCKED,
        "warning",
        "A claim that cannot be checked until a slot is filled",
        "A placeholder stands in the claim, or is linked to it as blocking it. Fill the slot "
        "first, then check the claim.",
    ),
    AuditRule(
        UNCHECKED,
        "warning",
        "A claim without a verdict",
        "Nobody has said whether the claim holds. Check it, and set its verdict.",
    ),
    AuditRule(
        NO_EVIDENCE,
        "warning",
        "A verdict without evidence",
        "The claim has a verdict, but nothing says on what it rests. Add links or notes.",
    ),
    AuditRule(
        UNSETTLED,
        "warning",
        "A claim that checking could not settle",
        "The evidence is missing or in conflict. Attribute the claim, weaken it, or take it out.",
    ),
    AuditRule(
        LABEL_DIFFERS,
        "warning",
        "The same text with another label",
        "The same words carry another label more often in this document. Decide which is meant.",
    ),
    AuditRule(
        CUT_WORD,
        "warning",
        "A span that cuts a word",
        "The span begins or ends inside a word. Move its end to the edge of the word.",
    ),
    AuditRule(
        ORPHAN,
        "warning",
        "An annotation whose text is gone",
        "The text was changed, and what the span covered is nowhere in it or not for certain at "
        "one place. Review it in annotator; or tag it anew, and drop the orphan with annotator "
        "reanchor PATH --drop ID.",
    ),
    AuditRule(
        MISSED_TWIN,
        "note",
        "The same text without a label",
        "The same words are tagged elsewhere in this document. Tag them here, or leave them.",
    ),
    AuditRule(
        UNREVIEWED,
        "note",
        "Candidates that nobody reviewed",
        "Another annotation set proposes spans or relations that nobody accepted or rejected. "
        "Open the document in annotator and review them.",
    ),
)
AUDIT_RULES: dict[str, AuditRule] = {rule.id: rule for rule in _ALL}
"""The rules by id, the heaviest first."""


def weight(severity: Severity) -> int:
    """Return a number that is the smaller the more a severity weighs."""
    return SEVERITIES.index(severity)
