r"""Values as cells of a table of texts, exactly and harmlessly.

A string stands as it is, unless a reader could take it for something else; then it is written as
a JSON string, in double quotes and with escapes. That is so for

- what begins with ``= + - @``, their full-width forms, a tab or a line break: a spreadsheet would
  run it as a formula (OWASP, "CSV Injection"), but takes ``"=1+1"`` with quotes for a text;
- the empty string, since an empty cell says that there is no value;
- NUL and lone surrogates, which files of text cannot carry;
- what would itself be read as one of these JSON strings, as a quotation in quotation marks is not;
- where values of all types can stand, what looks like a number, a list, an object, ``true``,
  ``false`` or ``null``.

All other values are JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
CAREFUL = _FORMULA | {'"'}
"""What a string begins with that may have to be written as JSON, if all of it is printable."""
_UNWRITABLE = re.compile("[\0\ud800-\udfff]").search
_JSON_START = frozenset("[{-0123456789tfnNI")


def text_cell(value: str) -> str:
    """Return a string as a cell of a column that holds only strings."""
    return _quoted(value) if _is_risky(value) or _stands_for_another(value, _is_risky) else value


def read_text_cell(cell: str) -> str:
    """Return the string that :func:`text_cell` made a cell of; any other cell is itself."""
    inner = _inner(cell)
    if inner is not None and (_is_risky(inner) or _stands_for_another(inner, _is_risky)):
        return inner
    return cell


def _inner(cell: str) -> str | None:
    """Return the string that a cell is if it is a JSON string."""
    if len(cell) > 1 and cell[0] == '"' and cell[-1] == '"':
        found = _parsed(cell)
        return found if isinstance(found, str) else None
    return None


def _stands_for_another(value: str, needs: Callable[[str], bool]) -> bool:
    """Say whether a string, as it stands, would be read as the string that is within it.

    A quotation in quotation marks is none of these, so it stands as it is.
    """
    inner = _inner(value)
    return inner is not None and (needs(inner) or _stands_for_another(inner, needs))


def _is_risky(value: str) -> bool:
    if not value or value[0] in _FORMULA:
        return True
    # Nothing that is printable needs the closer look.
    return not value.isprintable() and _UNWRITABLE(value) is not None


def _is_risky_value(value: str) -> bool:
    if _is_risky(value):
        return True
    return value[0] in _JSON_START and _parsed(value) is not _NOTHING


def surrogate_cell(value: str) -> str:
    """Return a string for a column of strings that spreadsheets do not open, e.g. of Parquet.

    Only lone surrogates, and what :func:`read_text_cell` would take for another, change it.
    """
    if not value.isprintable() and _UNWRITABLE(value):
        return _quoted(value)
    return _quoted(value) if _stands_for_another(value, _is_risky) else value


def value_cell(value: Any) -> str:
    """Return any JSON-like value as a cell."""
    if not isinstance(value, str):
        return _json(value)
    if _is_risky_value(value) or _stands_for_another(value, _is_risky_value):
        return _quoted(value)
    return value


def read_value_cell(cell: str) -> Any:
    """Return the value that :func:`value_cell` made a cell of; any other cell is a string."""
    if cell[:1] == '"':
        inner = _inner(cell)
        if inner is not None and (
            _is_risky_value(inner) or _stands_for_another(inner, _is_risky_value)
        ):
            return inner
        return cell
    if cell[:1] in _JSON_START:
        found = _parsed(cell)
        if found is not _NOTHING:
            return found
    return cell


_NOTHING = object()


def _parsed(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return _NOTHING


def _quoted(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return json.dumps(value, ensure_ascii=False)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False)
    return text
