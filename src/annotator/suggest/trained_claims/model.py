"""A trained claim model: scores sentences. Needs neither spaCy nor numpy, so the app loads it.

It is a logistic regression over the features of ``features`` that begins where the untrained
suggester stands: that one's log odds count with a weight of their own, which no penalty holds down,
and the features say where to depart from them. A sentence's vector has, for each feature the model
knows, the feature's scale (its inverse document frequency, or how unevenly it is spread over the
two classes), each block brought to length 1.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...domain.errors import AnnotatorError
from .features import BLOCKS, RECIPE, features

MODEL_FILE = "model.json"
COMPONENT = "annotator_claims"
"""Name of the component in a trained pipeline, its factory, and the folder of its data."""
FORMAT = "annotator-claim-model/1"
PRIOR = "prior"


class Contribution(NamedTuple):
    """What a feature adds to a sentence's score.

    Attributes:
        feature: the feature; a word, a pair of words, a word class or a shape.
        block: the block it belongs to; :data:`PRIOR` for the untrained ranking.
        weight: what it adds to the log odds; negative where it speaks against.
    """

    feature: str
    block: str
    weight: float


class ClaimModel:
    """A linear model of what is worth checking.

    Args:
        frequent: words that stand for themselves in word classes.
        weights: for each block of :data:`BLOCKS`, scale and weight by feature.
        bias: a constant.
        prior: weight of the untrained suggester's log odds.
        slope, shift: bring log odds to the scores that are returned, see :meth:`scores`.
    """

    def __init__(
        self,
        frequent: frozenset[str],
        weights: Sequence[Mapping[str, tuple[float, float]]],
        bias: float,
        prior: float = 0.0,
        slope: float = 1.0,
        shift: float = 0.0,
    ) -> None:
        self.frequent = frequent
        self.weights = tuple(weights)
        self.bias = bias
        self.prior = prior
        self.slope = slope
        self.shift = shift

    @property
    def size(self) -> int:
        """How many features it knows."""
        return sum(map(len, self.weights))

    def log_odds(self, sentence: str) -> float:
        """Return the uncalibrated log odds that a sentence is worth checking."""
        seen = features(sentence, self.frequent)
        total = self.bias + self.prior * seen.untrained
        for block, known in zip(seen.blocks, self.weights, strict=True):
            product = square = 0.0
            for feature in block:
                found = known.get(feature)
                if found is not None:
                    scale, weight = found
                    product += scale * weight
                    square += scale * scale
            if square:
                total += product / math.sqrt(square)
        return total

    def scores(self, sentences: Sequence[str]) -> list[float]:
        """Return how sure the model is that each sentence is worth checking, 0 to 1.

        Log odds are calibrated on held-out documents (Platt 1999) and moved so that 0.5 is the
        threshold with the best F1 there: what is 0.5 or more is what the model would tag.
        """
        return [_logistic(self.slope * self.log_odds(text) + self.shift) for text in sentences]

    def explain(self, sentence: str, count: int = 5) -> list[Contribution]:
        """Return the features that move a sentence's score most, the strongest first."""
        seen = features(sentence, self.frequent)
        found = [Contribution("untrained ranking", PRIOR, self.prior * seen.untrained)]
        for name, block, known in zip(BLOCKS, seen.blocks, self.weights, strict=True):
            parts = [(feature, *known[feature]) for feature in block if feature in known]
            length = math.sqrt(sum(scale * scale for _, scale, _ in parts)) or 1.0
            found += [
                Contribution(feature, name, scale * weight / length)
                for feature, scale, weight in parts
            ]
        found.sort(key=lambda one: (-abs(one.weight), one.feature))
        return found[:count]

    def to_json(self) -> dict[str, Any]:
        """Return the model as data for JSON; six digits of each number are kept."""
        return {
            "format": FORMAT,
            "recipe": RECIPE,
            "bias": _short(self.bias),
            "prior": _short(self.prior),
            "slope": _short(self.slope),
            "shift": _short(self.shift),
            "frequent": sorted(self.frequent),
            "blocks": {
                name: {
                    "features": list(known),
                    "scales": [_short(scale) for scale, _ in known.values()],
                    "weights": [_short(weight) for _, weight in known.values()],
                }
                for name, known in zip(BLOCKS, self.weights, strict=True)
            },
        }

    @classmethod
    def from_json(cls, data: Any) -> ClaimModel:
        """Return the model that :meth:`to_json` made data of.

        Raises:
            ValueError: the data is no model, or one of another recipe.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(f"not of the format {FORMAT}")
        if data.get("recipe") != RECIPE:
            raise ValueError("made by another version of annotator")
        try:
            weights = [_known(data["blocks"][name]) for name in BLOCKS]
            numbers = [float(data[key]) for key in ("bias", "prior", "slope", "shift")]
            frequent = frozenset(map(str, data["frequent"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"damaged: {error}") from None
        flat = [number for known in weights for pair in known.values() for number in pair]
        if not all(map(math.isfinite, (*numbers, *flat))):
            raise ValueError("damaged: a weight is not a finite number")
        return cls(frequent, weights, *numbers)


def load(folder: Path) -> ClaimModel:
    """Return the model of a trained pipeline folder; spaCy is not imported.

    Args:
        folder: what ``annotator train`` wrote, with ``config.cfg`` and ``meta.json``.

    Raises:
        AnnotatorError: there is no model in it, or one that this version cannot use.
    """
    return read_model(folder / COMPONENT / MODEL_FILE)


def read_model(path: Path) -> ClaimModel:
    """Return the model of one file.

    Raises:
        AnnotatorError: as :func:`load`.
    """
    hint = "run `annotator train` again"
    try:
        return ClaimModel.from_json(json.loads(path.read_bytes()))
    except OSError as error:
        raise AnnotatorError(f"no claim model in {path.parent}: {error.strerror}", hint) from None
    except (ValueError, RecursionError) as error:
        raise AnnotatorError(f"{path} is no claim model: {error}", hint) from None


def _known(block: Any) -> dict[str, tuple[float, float]]:
    names, scales, weights = block["features"], block["scales"], block["weights"]
    if not len(names) == len(scales) == len(weights):
        raise ValueError("damaged: lists of unlike length")
    pairs = zip(map(float, scales), map(float, weights), strict=True)
    return dict(zip(map(str, names), pairs, strict=True))


def _short(number: float) -> float:
    return float(f"{number:.6g}")


def _logistic(value: float) -> float:
    if value < 0:
        power = math.exp(max(value, -700.0))
        return power / (1.0 + power)
    return 1.0 / (1.0 + math.exp(-min(value, 700.0)))
