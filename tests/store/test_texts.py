from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError, UnreadableTextError
from annotator.store.texts import decode_text, read_text

PATH = Path("article.txt")


@given(st.text(), st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]))
def test_every_code_point_is_kept(text: str, encoding: str) -> None:
    with tempfile.NamedTemporaryFile() as file:
        # One mark in front is dropped; a second one, which the text itself holds, is not.
        file.write(("\ufeff" + text).encode(encoding))
        file.flush()
        assert read_text(Path(file.name), encoding) == (text, True)


def test_line_ends_tabs_and_nul_are_untouched(tmp_path: Path) -> None:
    odd = "a\r\nb\rc\n\td\0\x0c\u2028 e \n\n"
    (tmp_path / "odd.txt").write_bytes(odd.encode())
    assert read_text(tmp_path / "odd.txt") == (odd, False)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF8 + b"a", "utf-8"),
        (codecs.BOM_UTF8 + b"a", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + b"a\0", "utf-16"),
        (codecs.BOM_UTF16_BE + b"\0a", "UTF16"),
        (codecs.BOM_UTF16_LE + b"a\0", "utf-16-le"),
    ],
)
def test_a_byte_order_mark_is_dropped_and_noted(data: bytes, encoding: str) -> None:
    assert decode_text(data, PATH, encoding) == ("a", True)


def test_without_a_mark_none_is_noted() -> None:
    assert decode_text(b"\0a", PATH, "utf-16-be") == ("a", False)
    assert decode_text(b"a", PATH, "utf-8-sig") == ("a", False)


def test_bytes_that_are_no_utf_8_are_named_with_the_way_out() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        decode_text("Une année\nde plus: caf".encode() + b"\xe9!", PATH)
    assert "byte 0xE9 at offset 23 (line 2)" in caught.value.message
    assert "--encoding latin-1" in caught.value.hint


def test_a_utf_16_file_is_told_by_its_mark() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        decode_text("Ö".encode("utf-16"), PATH)
    assert "--encoding utf-16" in caught.value.hint


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "", "a\0b"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(AnnotatorError):
        decode_text(b"abc", PATH, encoding)


@pytest.mark.parametrize("encoding", ["punycode", "idna", "utf-7"])
def test_strange_codecs_fail_politely(encoding: str) -> None:
    with pytest.raises(AnnotatorError):
        decode_text(b"\xff\xfe.\xff", PATH, encoding)


def test_what_is_no_file_is_refused_in_one_line(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "missing.txt", pipe, Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(AnnotatorError) as caught:
            read_text(path)
        assert "\n" not in str(caught.value)


def test_a_file_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # a hole: no byte of it is on the disk
    with pytest.raises(AnnotatorError, match="too large"):
        read_text(huge)
