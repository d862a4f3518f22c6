"""What an audit says of a placeholder, by whomever it was found."""

from __future__ import annotations

from ...domain.audit_rules import CHATTER, LEFTOVER, UNFILLED
from ...domain.span import Span
from ...store.audit_config import AuditRoles
from .findings import Finding


def is_blocking(span: Span, roles: AuditRoles) -> bool:
    """Say whether a placeholder leaves a gap in what the text says."""
    return _rule(span, roles) == UNFILLED


def placeholder_finding(span: Span, by: tuple[str, ...], roles: AuditRoles) -> Finding:
    """Return the finding that a placeholder is.

    Args:
        span: of a label that plays the part of placeholders.
        by: who tagged or proposes it.
        roles: the scheme's words.
    """
    rule = _rule(span, roles)
    return Finding(
        rule=rule,
        message=_MESSAGES[rule] if rule != UNFILLED else _unfilled(span, roles),
        start=span.start,
        end=span.end,
        quote=span.quote,
        by=by,
    )


_MESSAGES = {
    CHATTER: "the assistant talks here; take it out",
    LEFTOVER: "a tool left this behind; take it out",
}


def _rule(span: Span, roles: AuditRoles) -> str:
    kind = span.attributes.get(roles.kind)
    if kind in roles.chatter:
        return CHATTER
    return LEFTOVER if kind in roles.leftovers else UNFILLED


def _unfilled(span: Span, roles: AuditRoles) -> str:
    expects, fill = span.attributes.get(roles.expects), span.attributes.get(roles.fill)
    awaited = f" ({expects} expected)" if isinstance(expects, str) and expects != "TEXT" else ""
    told = f", elsewhere the text says “{fill}”" if isinstance(fill, str) and fill else ""
    return f"never filled{awaited}{told}; fill it in, or take it out"
