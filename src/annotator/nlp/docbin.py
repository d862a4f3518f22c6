"""spaCy's binary corpora (``DocBin``, ``.spacy``) as plain data.

The format is zlib over msgpack; https://spacy.io/api/docbin. spaCy trusts what it reads, so a file
is measured and checked before spaCy sees it. spaCy is imported inside functions only.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.errors import AnnotatorError, InvalidFileError, Problem

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

LARGEST = 1 << 29
"""Bytes that a corpus may have once it is decompressed. A token takes about a hundred."""
_CHUNK = 1 << 20
_ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
"""What is written of each token, 8 bytes each: spaCy's default has as many again for what nobody
annotated here, such as lemmas and parts of speech."""
_ORTH = 65
"""spaCy's number of the attribute that names a token's word; ``spacy.attrs.ORTH``."""


class DocSpan(NamedTuple):
    """A labelled range ``[start, end)`` of code points; strings are empty where there is none."""

    start: int
    end: int
    label: str
    id: str = ""
    kb_id: str = ""


class Tokens(NamedTuple):
    """A text's tokens as spaCy cuts it.

    Attributes:
        words: their texts; white space may be a token.
        spaces: whether a blank follows that is part of no token.
        starts, ends: their offsets in code points.
    """

    words: list[str]
    spaces: list[bool]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class CorpusDoc:
    """One ``Doc`` of a corpus.

    Attributes:
        text: its text.
        groups: its ``doc.spans``.
        entities: its ``doc.ents``.
        cats: its ``doc.cats``.
        user_data: its ``doc.user_data``; sequences are tuples.
        exact: whether the file knows where blanks stand between words.
    """

    text: str
    groups: Mapping[str, Sequence[DocSpan]]
    entities: Sequence[DocSpan]
    cats: Mapping[str, float]
    user_data: Mapping[Any, Any]
    exact: bool = True


@lru_cache(maxsize=4)
def _language(code: str) -> Language:
    import spacy

    try:
        return spacy.blank(code)
    except ImportError as error:
        reason = str(error).splitlines()[0]
        raise AnnotatorError(
            f"spaCy has no tokenizer for the language {code!r}: {reason}",
            "name one with --language, e.g. en, or xx for any",
        ) from None


@lru_cache(maxsize=2)
def tokens_of(language: str, text: str) -> Tokens:
    """Return the tokens of a text by spaCy's rules for a language; of the last texts from memory.

    Args:
        language: a code that ``spacy.blank`` takes.
        text: any text without lone surrogates.

    Raises:
        AnnotatorError: spaCy does not know the language, or its tokens do not give the text back.
    """
    doc = _language(language).tokenizer(text)
    if doc.text != text:
        raise AnnotatorError(
            f"spaCy's tokenizer for {language!r} changes the text", "use --language xx"
        )
    words = [token.text for token in doc]
    starts = [token.idx for token in doc]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Tokens(words, [bool(token.whitespace_) for token in doc], starts, ends)


def pack(language: str, entry: CorpusDoc, *, entities: bool = False) -> DocBin:
    """Return a corpus of one document.

    Args:
        language: whose tokenizer cuts the text.
        entry: the document; its spans begin and end with tokens.
        entities: whether ``doc.ents`` are set; they must not overlap. A document without any then
            says that it has none, and not that nobody looked.
    """
    from spacy.tokens import Doc, DocBin

    tokens = tokens_of(language, entry.text)
    doc = Doc(_language(language).vocab, words=tokens.words, spaces=tokens.spaces)
    for key, spans in entry.groups.items():
        doc.spans[key] = [_make_span(doc, span) for span in spans]
    if entities:
        doc.set_ents([_make_span(doc, span) for span in entry.entities])
    doc.cats = dict(entry.cats)
    doc.user_data.update(entry.user_data)
    return DocBin(_ATTRIBUTES, store_user_data=True, docs=[doc])


def join(bins: Sequence[DocBin]) -> bytes:
    """Return corpora as the bytes of one ``.spacy`` file."""
    from spacy.tokens import DocBin

    whole = DocBin(_ATTRIBUTES, store_user_data=True)
    for one in bins:
        whole.merge(one)
    return whole.to_bytes()


def _make_span(doc: Doc, span: DocSpan) -> Span:
    made = doc.char_span(span.start, span.end, span.label, span.kb_id, span_id=span.id)
    assert made is not None, "spans are aligned before they are packed"
    return made


def read_corpus(path: Path, data: bytes) -> Iterator[CorpusDoc | str]:
    """Iterate over the documents of a ``.spacy`` file.

    Args:
        path: its name, for messages.
        data: its content.

    Yields:
        A document, or what is wrong with it.

    Raises:
        InvalidFileError: it is no corpus, or too large.
    """
    from spacy.vocab import Vocab

    try:
        parts = _Parts(_unpacked(_decompressed(data), "the corpus"))
    except _CorpusError as error:
        raise InvalidFileError([Problem(str(path), 0, "", str(error))]) from None
    vocab = Vocab()
    for string in parts.strings:
        vocab.strings.add(string)
    for one in parts.documents():
        try:
            yield _read_doc(one, vocab)
        except _CorpusError as error:
            yield str(error)
        except Exception as error:  # noqa: BLE001 - spaCy raises whatever it stumbles over
            yield f"spaCy cannot read it: {type(error).__name__}: {error}"


class _CorpusError(Exception):
    """What is wrong with a file or a document of it."""


class _Parts:
    """The parts of a corpus, which fit each other.

    Args:
        top: the message that the corpus is.

    Raises:
        _CorpusError: it is no corpus.
    """

    def __init__(self, top: Any) -> None:
        if not isinstance(top, dict):
            raise _CorpusError("no spaCy corpus: its content is no map")
        for name, kind in _PARTS.items():
            if not isinstance(top.get(name), kind):
                raise _CorpusError(f"no spaCy corpus: {name} is missing or of a wrong type")
        self._top = top
        self._attrs = top["attrs"]
        if _ORTH not in self._attrs or not all(type(attr) is int for attr in self._attrs):
            raise _CorpusError("no spaCy corpus: its tokens have no words")
        self.strings: list[str] = top["strings"]
        if not all(isinstance(string, str) for string in self.strings):
            raise _CorpusError("no spaCy corpus: strings holds something else")
        self._lengths = self._checked_lengths()
        for name in _OPTIONAL_PARTS:
            part = top.get(name)
            if part is not None and (not isinstance(part, list) or len(part) != len(self._lengths)):
                count = len(self._lengths)
                raise _CorpusError(f"no spaCy corpus: {name} does not fit its {count} documents")

    def _checked_lengths(self) -> list[int]:
        """Return how many tokens each document has."""
        packed = self._top["lengths"]
        if len(packed) % 4:
            raise _CorpusError("no spaCy corpus: lengths are cut off")
        lengths = [length for (length,) in struct.iter_unpack("<i", packed)]
        tokens = sum(lengths)
        if any(length < 0 for length in lengths) or (
            tokens * len(self._attrs) * 8 != len(self._top["tokens"])
            or tokens != len(self._top["spaces"])
        ):
            raise _CorpusError("no spaCy corpus: the numbers of its tokens do not fit each other")
        return lengths

    def documents(self) -> Iterator[DocBin]:
        """Iterate over the documents, each a corpus of its own."""
        import numpy as np
        from spacy.tokens import DocBin

        tokens = np.frombuffer(self._top["tokens"], dtype="uint64").reshape(-1, len(self._attrs))
        spaces = np.frombuffer(self._top["spaces"], dtype=bool).reshape(-1, 1)
        start = 0
        for number, length in enumerate(self._lengths):
            one = DocBin(store_user_data=True)
            one.attrs = self._attrs
            one.tokens = [tokens[start : start + length]]
            one.spaces = [spaces[start : start + length]]
            for name, default in _OPTIONAL_PARTS.items():
                part = self._top.get(name)
                setattr(one, name, [default if part is None else part[number]])
            start += length
            yield one


_PARTS: dict[str, type] = {
    "attrs": list,
    "tokens": bytes,
    "spaces": bytes,
    "lengths": bytes,
    "strings": list,
}
_OPTIONAL_PARTS: dict[str, Any] = {"cats": {}, "flags": {}, "span_groups": b"", "user_data": None}
"""Parts with an entry for each document, and the entry that holds where there is no such part."""


def _decompressed(data: bytes) -> bytes:
    """Return what zlib packed, if it is not too large; it is measured first."""
    unpacker = zlib.decompressobj()
    size = 0
    rest = data
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
            if not piece and not rest:
                raise _CorpusError("no spaCy corpus, or cut off")
            size += len(piece)
            if size > LARGEST:
                raise _CorpusError(f"it holds more than {LARGEST >> 20} MiB: split the corpus")
        return zlib.decompress(data, bufsize=max(1, size))
    except zlib.error as error:
        raise _CorpusError(f"no spaCy corpus: {error}") from None


def _unpacked(data: bytes, what: str, *, use_list: bool = True) -> Any:
    """Return a msgpack value. No part may claim to be longer than the whole."""
    from srsly import msgpack

    most = len(data)
    try:
        return msgpack.unpackb(
            data,
            raw=False,
            use_list=use_list,
            max_str_len=most,
            max_bin_len=most,
            max_array_len=most,
            max_map_len=most,
            max_ext_len=most,
        )
    except Exception as error:  # noqa: BLE001 - msgpack raises whatever it stumbles over
        raise _CorpusError(f"{what} is no msgpack: {type(error).__name__}: {error}") from None


def _read_doc(one: DocBin, vocab: Vocab) -> CorpusDoc:
    _check_nested(one)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (doc,) = one.get_docs(vocab)
        return CorpusDoc(
            doc.text,
            {key: [_plain_span(span) for span in group] for key, group in doc.spans.items()},
            [_plain_span(span) for span in doc.ents],
            doc.cats,
            doc.user_data,
            not doc.has_unknown_spaces,
        )


def _check_nested(one: DocBin) -> None:
    """Check the messages within a corpus of one document before spaCy reads them."""
    if one.user_data[0] is not None and not isinstance(
        _unpacked(one.user_data[0], "user_data", use_list=False), dict
    ):
        raise _CorpusError("user_data is no map")
    if one.span_groups[0]:
        groups = _unpacked(one.span_groups[0], "span_groups")
        for group in groups:
            _unpacked(group, "a span group")
    if not isinstance(one.cats[0], dict):
        raise _CorpusError("cats is no map")


def _plain_span(span: Span) -> DocSpan:
    if span.start >= span.end:
        raise _CorpusError(f"the span of tokens {span.start} to {span.end} is empty")
    strings: Any = span.doc.vocab.strings
    names = [
        # Ids may be numbers, for which there is no string.
        "" if not value else strings[value] if value in strings else str(value)
        for value in (span.label, span.id, span.kb_id)
    ]
    return DocSpan(span.start_char, span.end_char, *names)
