"""Copies of texts that annotations were made in."""

from __future__ import annotations

import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document, text_sha256
from annotator.domain.span import Span
from annotator.store.old_texts import keep_text, old_text
from annotator.store.opening import reference
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore
from annotator.store.yaml_emitter import dump_set

TEXT = "Zoë said “no”.\r\nThe café\r\nclosed.\r\n"


def copies(root: Path) -> list[Path]:
    return list((root / ".annotator/texts").glob("*"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), max_size=60))
def test_a_copy_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    document = Document.of("x", f"{text}\ud800")
    keep_text(tmp_path, document)
    assert old_text(tmp_path, document.sha256, document.length, "other") == document.text
    assert old_text(tmp_path, document.sha256, None, "other") == document.text


@pytest.mark.parametrize(
    "old",
    [
        TEXT.replace("\r\n", "\n"),
        unicodedata.normalize("NFD", TEXT),
        unicodedata.normalize("NFD", TEXT).replace("\r\n", "\n").removesuffix("\n"),
        TEXT + "\r\n",
    ],
)
def test_a_text_that_was_only_normalised_needs_no_copy(tmp_path: Path, old: str) -> None:
    assert old_text(tmp_path, text_sha256(old), len(old), TEXT) == old


def test_what_is_not_that_text_is_none(tmp_path: Path) -> None:
    document = Document.of("x", "Some words.")
    keep_text(tmp_path, document)
    (copy,) = copies(tmp_path)
    for data in (
        b"",
        b"not packed",
        zlib.compress(b"other"),
        zlib.compress(b"\xff\xfe"),
        copy.read_bytes()[:9],
    ):
        copy.write_bytes(data)
        assert old_text(tmp_path, document.sha256, document.length, "x") is None
    assert old_text(tmp_path, "../../secret", 5, "x") is None
    assert old_text(tmp_path, "", 5, "x") is None


def test_a_copy_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".annotator").write_text("a file where the folder should be")
    keep_text(tmp_path, Document.of("x", "Some words."))
    keep_text(tmp_path / "gone", Document.of("x", "Some words."))
    assert not (tmp_path / "gone").exists()


def test_a_text_is_kept_when_a_set_that_was_imported_is_first_opened(tmp_path: Path) -> None:
    """Such a set has no journal; its article may be edited before anything is said here."""
    document = Document.of("x.txt", "Some words.")
    paths = SetPaths.of(tmp_path, "mira", "x.txt")
    span = Span(id="s1", label="claim", start=0, end=4, quote="Some")
    paths.annotations.parent.mkdir(parents=True)
    for spans, kept in ([], 0), ([span], 1):
        made = AnnotationSet(reference(document), "mira", "claims/1", spans=spans)
        paths.annotations.write_text(dump_set(made), "utf-8")
        SetStore.open(paths, document, "mira", "claims/1", read_only=True).close()
        assert copies(tmp_path) == []
        SetStore.open(paths, document, "mira", "claims/1").close()
        assert len(copies(tmp_path)) == kept
