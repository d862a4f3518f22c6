"""The formats by name: those that ship, and those that other packages bring along.

A package adds its own by an entry point of the group ``annotator.formats`` whose value is a
:class:`~annotator.formats.base.Format`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..domain.errors import AnnotatorError
from .base import Format

ENTRY_POINTS = "annotator.formats"

SHIPPED: dict[str, tuple[str, str]] = {
    "prodigy": ("prodigy.format", "FORMAT"),
    "docbin": ("docbin.format", "FORMAT"),
    "conll": ("conll.format", "FORMAT"),
    "doccano": ("doccano.format", "FORMAT"),
    "label-studio": ("label_studio.format", "FORMAT"),
    "csv": ("tables.csv_tables", "CSV"),
    "tsv": ("tables.csv_tables", "TSV"),
    "jsonl": ("tables.flat_jsonl", "FORMAT"),
    "brat": ("brat.format", "FORMAT"),
    "w3c": ("w3c.format", "FORMAT"),
    "claimreview": ("claim_review", "FORMAT"),
    "html": ("html.formats", "ONE_PAGE"),
    "html-pages": ("html.formats", "PAGES"),
    "parquet": ("tables.parquet", "FORMAT"),
    "cas-xmi": ("cas.format", "XMI"),
    "cas-json": ("cas.format", "JSON"),
}
"""Module (in this package) and name of each shipped :class:`Format`, in the order of the docs."""

_HEAD = 1 << 16


def load_format(name: str) -> Format:
    """Return a format by name.

    Args:
        name: one of :data:`SHIPPED`, or the name of an entry point.

    Raises:
        AnnotatorError: there is none of that name, or it does not load.
    """
    if name in SHIPPED:
        module, attribute = SHIPPED[name]
        found: Format = getattr(import_module(f"{__package__}.{module}"), attribute)
        return found
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        from .third_party import load_entry_point

        return load_entry_point(name, point)
    raise AnnotatorError(f"no format named {name!r}", f"there are {', '.join(format_names())}")


def format_names() -> list[str]:
    """Return the names of all formats: the shipped ones, then others sorted."""
    from importlib.metadata import entry_points

    others = sorted({point.name for point in entry_points(group=ENTRY_POINTS)} - SHIPPED.keys())
    return [*SHIPPED, *others]


def loadable_formats(
    passed_over: Callable[[AnnotatorError], None] = lambda _error: None,
) -> list[Format]:
    """Return all formats; those of other packages that do not load are passed over.

    Args:
        passed_over: is told of each of these.
    """
    formats = [load_format(name) for name in SHIPPED]
    for name in format_names():
        if name not in SHIPPED:
            try:
                formats.append(load_format(name))
            except AnnotatorError as error:
                passed_over(error)
    return formats


def guess_format(path: Path) -> Format:
    """Return the format that a file or folder most likely is of, by its content.

    Raises:
        AnnotatorError: none is likely, or two are alike.
    """
    head = b""
    if not path.is_dir():
        with path.open("rb") as file:
            head = file.read(_HEAD)
    scored = sorted(
        (
            (format_.looks_like(path, head), format_.name, format_)
            for format_ in loadable_formats()
            if format_.read is not None
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    if not scored or scored[0][0] <= 0:
        raise AnnotatorError(f"the format of {path} is not known", "name it with --from")
    if len(scored) > 1 and scored[1][0] == scored[0][0]:
        both = f"{scored[0][1]} or {scored[1][1]}"
        raise AnnotatorError(f"{path} may be {both}", "say which with --from")
    return scored[0][2]
