"""One property for every format: what it holds comes back, and the loss report lists the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.errors import Problem
from annotator.domain.scheme import Scheme
from annotator.formats.anchoring import anchor
from annotator.formats.base import Format, ReadContext, WriteContext
from annotator.formats.loss import Loss, Losses
from annotator.formats.merging import merged
from annotator.formats.record import Record
from annotator.formats.targets import FileTarget, FolderTarget

from .records import SCHEME, plain


def write_records(
    format_: Format,
    records: Iterable[Record],
    path: Path,
    options: Mapping[str, Any] | None = None,
    scheme: Scheme = SCHEME,
) -> tuple[list[Record], list[Loss]]:
    """Write records to a path as an export does.

    Returns:
        The records without what the format does not hold, and the loss report.
    """
    assert format_.make_writer is not None
    settings = format_.settings("write", options or {})
    losses = Losses(format_, settings)
    fitted = []
    one_file = format_.output_for(settings) == "file"
    target = FileTarget(path) if one_file else FolderTarget(path)
    try:
        writer = format_.make_writer(target, WriteContext(settings, scheme, losses.add))
        for record in records:
            fitted.append(losses.fit(record))
            writer.write(fitted[-1])
        writer.close()
        target.commit()
    except BaseException:
        target.discard()
        raise
    return fitted, losses.found()


def read_items(
    format_: Format, path: Path, options: Mapping[str, Any] | None = None, encoding: str = "utf-8"
) -> list[Record | Problem]:
    """Return everything that a reader gives of a path, neighbours of one document merged."""
    assert format_.read is not None
    settings = format_.settings("read", options or {})
    return list(merged(format_.read(path, ReadContext(settings, encoding))))


def read_records(
    format_: Format, path: Path, options: Mapping[str, Any] | None = None
) -> list[Record]:
    """Return the records of a path; none may be broken, and every quote must stand in its text."""
    found = []
    for item in read_items(format_, path, options):
        assert isinstance(item, Record), item
        anchored = anchor(item)
        assert not anchored.moved
        assert not anchored.aside
        found.append(anchored.record)
    return found


def check_round_trip(
    format_: Format,
    records: list[Record],
    *,
    write: Mapping[str, Any] | None = None,
    read: Mapping[str, Any] | None = None,
    expected: Callable[[Record], Record] | None = None,
    in_order: bool = True,
) -> None:
    """Assert that records come back from a file, less exactly what the loss report lists.

    Args:
        format_: the format.
        records: what is written; see ``support.records``.
        write, read: options of the format.
        expected: what further becomes of a record that was fitted, for losses that a writer
            counts itself; nothing if left out.
        in_order: whether records and sets come back in the order in which they were written; not
            so from a folder, which is read by name.
    """
    if not in_order:
        records = [
            replace(record, sets=tuple(sorted(record.sets, key=lambda one: one.annotator)))
            for record in sorted(records, key=lambda record: record.document.id)
        ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{format_.extensions[0] if format_.extensions else ''}"
        fitted, losses = write_records(format_, records, path, write)
        back = read_records(format_, path, read)
    if not in_order:
        back.sort(key=lambda record: record.document.id)
    wanted = [plain(expected(record) if expected else record) for record in fitted]
    # The order of documents is not part of what they say.
    assert sorted(map(plain, back), key=_by_id) == sorted(wanted, key=_by_id)
    # The report lists exactly the rest: where it is empty nothing may be missing, and where it
    # is not something is.
    assert (not losses) == (wanted == [plain(record) for record in records])
    # What fits has nothing more to lose.
    again = Losses(format_, format_.settings("write", write or {}))
    assert [plain(again.fit(record)) for record in fitted] == [plain(record) for record in fitted]
    assert not again.found()


def _by_id(record: dict[str, Any]) -> str:
    return str(record["document"][0])
