"""Bytes of a YAML file as text; what the fast and the general reader have in common."""

from __future__ import annotations

from ..domain.errors import InvalidFileError, Problem


def decode_yaml(data: bytes, file: str) -> str:
    """Return the text of a YAML file's bytes, without a byte order mark.

    Raises:
        InvalidFileError: the bytes are not UTF-8 (or UTF-16 behind its byte order mark).
    """
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is not {codec.removesuffix('-sig').upper()}"
        raise InvalidFileError([Problem(file, line, "", message)]) from None
