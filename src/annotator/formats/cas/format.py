"""UIMA CAS, what INCEpTION and other tools of DKPro read and write, as XMI or JSON 0.4.

A CAS holds one text and, here, one annotator's set. Through dkpro-cassis, an optional package:
``pip install 'annotator[cas]'``. https://github.com/dkpro/dkpro-cassis
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from ..aspects import EVERYTHING, SURROGATES, XML_CHARACTERS
from ..base import Format, Option
from . import reader, writer
from .type_system import NAMED_ENTITY, SPAN_LAYER

_UNDERSTOOD = frozenset(
    {
        "duplicates", "crossing", "nesting", "several-annotators", "relations",
        "text-attributes", "flag-attributes", "list-attributes", "number-attributes",
    }
)  # fmt: skip


def _output(options: Mapping[str, Any]) -> Literal["file", "folder"]:
    return "file" if options["zip"] else "folder"


def _names(path: Path, suffix: str) -> Iterator[str]:
    import zipfile

    if path.is_dir():
        yield from (each.name for each in path.rglob(f"*{suffix}"))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            yield from (each for each in file.namelist() if each.endswith(suffix))


def _looks_like_xmi(path: Path, head: bytes) -> float:
    if next(_names(path, ".xmi"), None) is not None:
        return 0.9
    return 0.95 if b"http://www.omg.org/XMI" in head else 0.0


def _looks_like_json(path: Path, head: bytes) -> float:
    if b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head:
        return 0.95
    name = next(_names(path, ".json"), None)
    if name is None or not path.is_dir():
        return 0.4 if name else 0.0
    with next(iter(sorted(path.rglob(name)))).open("rb") as file:
        return _looks_like_json(Path(name), file.read(1 << 16))


_OPTIONS = (
    Option(
        "layer",
        "the span layer's type: written as it; reading, only that (reading: all; writing: "
        f"{SPAN_LAYER})",
        type="text",
        side="both",
        default="",
    ),
    Option("zip", "write a zip file, not a folder"),
    Option(
        "label-feature",
        "the feature that holds the label (value or label)",
        type="text",
        side="read",
        default="",
    ),
)
_NOTES = (
    "A file holds one annotator's set; where a document has several, it is a folder of them.",
    "Attributes that the scheme declares are features; others stand in one feature as JSON.",
    f"`--layer {NAMED_ENTITY}` writes DKPro's named entities.",
    "Sentences and tokens are written for INCEpTION and not read.",
)

XMI = Format(
    name="cas-xmi",
    title="UIMA CAS XMI (INCEpTION)",
    extensions=(".xmi", ".zip"),
    holds=EVERYTHING,
    carries=EVERYTHING - _UNDERSTOOD,
    own=lambda _options: (XML_CHARACTERS,),
    offsets="UTF-16",
    output="folder",
    output_with=_output,
    options=_OPTIONS,
    make_writer=partial(writer.CasWriter, suffix=".xmi"),
    read=partial(reader.read, suffix=".xmi"),
    looks_like=_looks_like_xmi,
    extra="cas",
    notes=(*_NOTES, "`TypeSystem.xml` declares the layers and stands beside the files."),
)
JSON = Format(
    name="cas-json",
    title="UIMA CAS JSON 0.4 (INCEpTION)",
    extensions=(".json", ".zip"),
    holds=EVERYTHING,
    carries=EVERYTHING - _UNDERSTOOD,
    own=lambda _options: (SURROGATES,),
    offsets="UTF-16",
    output="folder",
    output_with=_output,
    options=_OPTIONS,
    make_writer=partial(writer.CasWriter, suffix=".json"),
    read=partial(reader.read, suffix=".json"),
    looks_like=_looks_like_json,
    extra="cas",
    notes=_NOTES,
)
