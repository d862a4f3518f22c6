"""Which types of a CAS are layers of spans and of relations, and what their features hold."""

from __future__ import annotations

from typing import Any

from ...domain.errors import AnnotatorError
from .type_system import (
    BOOLEAN,
    DEPENDENT,
    DETAILS,
    DOUBLE,
    GOVERNOR,
    NAMED_ENTITY,
    RELATION_LAYER,
    SPAN_LAYER,
    STRING,
    STRINGS,
    label_feature,
)

_ANNOTATION = "uima.tcas.Annotation"
_MACHINERY = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
    "de.tudarmstadt.ukp.inception.",
    "de.tudarmstadt.ukp.clarin.webanno.",
    "annotator.",
)
"""Types that a text's analysis or the program needs, not what an annotator said."""
_NUMBERS = frozenset(
    f"uima.cas.{name}" for name in ("Double", "Float", "Integer", "Long", "Short", "Byte")
)
_SUPPORT = frozenset({"begin", "end", "sofa", "xmiID", "type", DETAILS, GOVERNOR, DEPENDENT})


def is_known_layer(layer: str) -> bool:
    """Say whether a layer needs no mention: ours, and DKPro's of named entities."""
    return layer in (SPAN_LAYER, NAMED_ENTITY, RELATION_LAYER)


class Layers:
    """The layers of a type system.

    Args:
        system: a type system of cassis.
        only: the one span layer that is read; empty for all.
        label: feature that holds the label; empty for ``value`` or ``label``.

    Attributes:
        spans, relations: names of types, sorted.
        left_out: names of features that hold neither text, number, flag nor list of texts.

    Raises:
        AnnotatorError: the layer that is asked for is not there.
    """

    def __init__(self, system: Any, only: str, label: str) -> None:
        self._label = label
        self._types: dict[str, Any] = {}
        self.spans: list[str] = []
        self.relations: list[str] = []
        self.left_out: set[str] = set()
        if only and not system.contains_type(only):
            raise AnnotatorError(f"the type system has no layer {only}", "check --layer")
        for each in sorted(system.get_types(), key=lambda found: str(found.name)):
            if not system.is_instance_of(each.name, _ANNOTATION):
                continue
            features = {feature.name for feature in each.all_features}
            linking = {GOVERNOR, DEPENDENT} <= features
            wanted = only in ("", each.name) or linking
            if not wanted or (each.name != only and each.name.startswith(_MACHINERY)):
                continue
            self._types[each.name] = each
            (self.relations if linking else self.spans).append(each.name)

    def label(self, structure: Any, layer: str) -> tuple[str, str]:
        """Return the label of a span or relation, and the feature that holds it.

        The layer's own name and no feature where none holds a label.
        """
        for name in (self._label, label_feature(layer), "label", "value"):
            value = getattr(structure, name, None) if name else None
            if isinstance(value, str) and value:
                return value, name
        return layer.rsplit(".", 1)[-1], ""

    def features(self, structure: Any, layer: str) -> dict[str, tuple[str, Any]]:
        """Return type and value of a structure's features, place and label apart.

        Values are texts, numbers, flags, lists of texts, or None.
        """
        found: dict[str, tuple[str, Any]] = {}
        _, label = self.label(structure, layer)
        for feature in self._types[layer].all_features:
            # cassis adds a line to names that mean something in Python.
            name = feature.name
            if name in _SUPPORT or name == label:
                continue
            kind = feature.rangeType.name
            value = getattr(structure, name)
            if kind in _NUMBERS or kind == BOOLEAN:
                found[name] = (DOUBLE if kind in _NUMBERS else kind, value)
            elif kind == STRINGS:
                items = value.elements if value is not None else None
                found[name] = kind, [item or "" for item in items] if items else None
            elif value is None or isinstance(value, str):
                # Types with a list of allowed values are types of their own.
                found[name] = STRING, value or None
            else:
                self.left_out.add(name)
        return found
