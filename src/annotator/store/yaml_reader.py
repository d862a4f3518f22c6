"""From the YAML of an annotation file to an annotation set.

Files that this program wrote are read by ``yaml_canonical``, any other by PyYAML, within limits.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.errors import InvalidFileError, Problem, Source

# The readers are imported where they are used: a document without annotations needs neither,
# and start-up is a budget.

_LONGEST = 200_000_000
"""Characters that an annotation file may have."""


class LoadedSet(NamedTuple):
    """An annotation set as its file says it.

    Attributes:
        annotations: the set; its sections are in the order of the file.
        source: the line of each value by path, e.g. ``("spans", 3, "quote")``, where 3 is the
            place of the span in its section.
        canonical: whether the file was as this program writes it.
    """

    annotations: AnnotationSet
    source: Source
    canonical: bool


def load_set(data: bytes | str, file: str, document: str = "") -> LoadedSet:
    """Return the annotation set that a file's content describes.

    Collection of garbage is held off meanwhile, which halves the time for large files.

    Args:
        data: the content of the file.
        file: its name as the user knows it, for messages.
        document: the text that the set speaks of, if at hand; saves most of the memory.

    Raises:
        InvalidFileError: it is no YAML or has another shape; every problem names file, line and,
            where there is one, key.
    """
    from .yaml_canonical import read_canonical
    from .yaml_decoding import decode_yaml

    text = decode_yaml(data, file) if isinstance(data, bytes) else data
    with _no_garbage_collection():
        canonical = read_canonical(text, file, document)
        if canonical is not None:
            return LoadedSet(*canonical, canonical=True)
        return read_any(text, file)


def read_any(text: str, file: str) -> LoadedSet:
    """Return the annotation set of any YAML file, hand-edited or not; slower.

    Raises:
        InvalidFileError: as :func:`load_set`.
    """
    from .located import load_located
    from .set_shape import SetShape
    from .yaml_builder import Limits

    data, source = load_located(text, file, Limits(size=_LONGEST))
    if data is None:
        raise InvalidFileError([Problem(file, 0, "", "the file is empty")])
    shape = SetShape(source)
    annotations = shape.annotation_set(_reveal(data) if "\\" in text else data)
    if shape.problems:
        raise InvalidFileError(shape.problems)
    return LoadedSet(annotations, source, canonical=False)


def _reveal(value: Any) -> Any:
    """Return a value with its hidden surrogates; lists and dictionaries are changed in place."""
    from .yaml_scalars import reveal_surrogates

    if isinstance(value, str):
        return reveal_surrogates(value)
    if isinstance(value, list):
        value[:] = map(_reveal, value)
    elif isinstance(value, dict):
        pairs = [(reveal_surrogates(key), _reveal(item)) for key, item in value.items()]
        value.clear()
        value.update(pairs)
    return value


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
