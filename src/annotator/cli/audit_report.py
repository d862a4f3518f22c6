"""Where the findings of ``annotator audit`` go."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.audit_rules import Severity
from .output import safe, write, write_line

if TYPE_CHECKING:
    from ..quality.audit.findings import DocumentAudit
    from ..quality.audit.report import Report


class Output:
    """Writes a report: lines as soon as they are known, other formats in the end.

    Args:
        format: one of ``audit.FORMATS``.
        file: where to; None or ``-`` for standard output.
        fail_on: the lightest severity that makes the command fail.
        version: of this program.
    """

    def __init__(
        self,
        format: str,  # noqa: A002 - the option's own name
        file: str | None,
        fail_on: Severity,
        version: str,
    ) -> None:
        self._format = format
        # Where the shell sends standard output to a file, a rename would cut it off from the rest.
        self._file = None if file in ("-", "/dev/stdout") else file
        self._fail_on: Severity = fail_on
        self._version = version
        self._lines: list[str] = []
        self._audits: list[DocumentAudit] = []

    def put(self, audit: DocumentAudit) -> None:
        """Take what was found in one document."""
        if self._format != "text":
            self._audits.append(audit)
            return
        from ..quality.audit.report_text import text_lines

        for line in text_lines(audit):
            if self._file is None:
                write_line(line)
            else:
                self._lines.append(f"{safe(line)}\n")

    def finish(self) -> None:
        """Write what is not written yet.

        Raises:
            StorageError: the file cannot be written.
        """
        if self._format == "text":
            text = "".join(self._lines)
        else:
            from ..quality.audit.report import Report

            text = _render(self._format, Report(tuple(self._audits), self._fail_on, self._version))
        if self._file is not None:
            _write_file(Path(self._file), text.encode("utf-8", "backslashreplace"))
        elif text:
            write(_for_stdout(text) if self._format in ("html", "junit") else text)


def _write_file(path: Path, data: bytes) -> None:
    """Write to a file whole or not at all; to a device or a pipe as it is, never in its place."""
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as stream:
            stream.write(data)
        return
    from ..store.atomic import write_atomic

    write_atomic(path, data)


def _render(format: str, report: Report) -> str:  # noqa: A002 - the option's own name
    if format == "html":
        from ..quality.audit.report_html import html_text

        return html_text(report)
    if format == "junit":
        from ..quality.audit.report_junit import junit_text

        return junit_text(report)
    if format == "sarif":
        from ..quality.audit.report_sarif import sarif_data as data
    else:
        from ..quality.audit.report_json import json_data as data
    return json.dumps(data(report), indent=2) + "\n"


def _for_stdout(markup: str) -> str:
    """Return markup that says UTF-8 of itself in a form that is right in every locale."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    if encoding == "utf8":
        return markup
    return markup.encode("ascii", "xmlcharrefreplace").decode("ascii")
