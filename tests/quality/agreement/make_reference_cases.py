"""Writes ``reference_cases.json``: random cases, and what the reference implementations say.

Not run by the tests, and its packages are no dependency of the project (krippendorff is under the
GPL). In an environment of its own::

    pip install nervaluate==1.2.1 krippendorff==0.9.0 scikit-learn==1.9.1
    python tests/quality/agreement/make_reference_cases.py
"""

from __future__ import annotations

import json
import random
from importlib.metadata import version
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
from nervaluate.entities import Entity
from nervaluate.strategies import (
    EntityTypeEvaluation,
    ExactEvaluation,
    PartialEvaluation,
    StrictEvaluation,
)
from sklearn.metrics import cohen_kappa_score

CASES = 200
VALUES = "xyzw"
WAYS = {
    "strict": StrictEvaluation,
    "exact": ExactEvaluation,
    "partial": PartialEvaluation,
    "type": EntityTypeEvaluation,
}
Row = tuple[str, int, int]


def spans(rng: random.Random, number: int, length: int, labels: str) -> list[Row]:
    found = []
    for _ in range(number):
        start = rng.randrange(length)
        reach = 1 + int(rng.expovariate(1 / rng.choice([2, 8, 40, 300])))
        found.append((rng.choice(labels), start, min(length, start + reach)))
    return found


def changed(rng: random.Random, base: list[Row], length: int, labels: str) -> list[Row]:
    """Return what another annotator may have made of it: lost, moved, relabelled, doubled, new."""
    found: list[Row] = []
    for label, start, end in base:
        luck = rng.random()
        if luck < 0.35:
            found.append((label, start, end))
        elif luck < 0.5:
            found.append((rng.choice(labels), start, end))
        elif luck < 0.75:
            begin = max(0, min(length - 1, start + rng.randint(-3, 3)))
            close = max(begin + 1, min(length, end + rng.randint(-3, 3)))
            found.append((label, begin, close))
        if rng.random() < 0.1:
            found.append((label, start, end))
    found += spans(rng, rng.randrange(3), length, labels)
    rng.shuffle(found)
    return found


def span_case(rng: random.Random, number: int) -> dict[str, Any]:
    length, labels = rng.choice([10, 60, 1000]), "abc"[: rng.randint(1, 3)]
    first = spans(rng, rng.choice([0, 1, 2, 5, 9, 16]), length, labels) if number % 20 else []
    second = changed(rng, first, length, labels) if number % 20 != 10 else []
    # nervaluate's end is inclusive.
    true = [Entity(label, start, end - 1) for label, start, end in first]
    predicted = [Entity(label, start, end - 1) for label, start, end in second]
    expected = {}
    for way, strategy in WAYS.items():
        result, _ = strategy().evaluate(true, predicted, list(labels))
        counts = (result.correct, result.incorrect, result.partial, result.missed, result.spurious)
        expected[way] = [*counts, result.precision, result.recall, result.f1]
    return {"first": first, "second": second, "expected": expected}


def kappa_case(rng: random.Random, number: int) -> dict[str, Any]:
    values = VALUES[: rng.choice([1, 2, 2, 2, 3, 3, 4, 4])]
    first = [rng.choice(values) for _ in range(rng.choice([1, 2, 5, 10, 30, 80]))]
    second = [v if rng.random() < 0.6 else rng.choice(values) for v in first]
    if number % 20 == 0:
        second = list(first)
    defined = len({*first, *second}) > 1
    expected = float(cohen_kappa_score(first, second)) if defined else None
    return {"first": "".join(first), "second": "".join(second), "expected": expected}


def alpha_case(rng: random.Random, number: int) -> dict[str, Any]:
    raters, values = rng.randint(2, 5), VALUES[: rng.choice([1, 2, 2, 2, 3, 3, 4, 4])]
    units = []
    for _ in range(rng.choice([2, 5, 10, 30])):
        usual = rng.choice(values)
        given = [usual if rng.random() < 0.6 else rng.choice(values) for _ in range(raters)]
        # In every other case some annotators leave items out: "." is no value.
        units.append(
            "".join("." if number % 2 and rng.random() < 0.15 else value for value in given)
        )
    usable = {v for unit in units if len(unit) - unit.count(".") > 1 for v in unit if v != "."}
    expected = None
    if len(usable) > 1:
        table = [
            [np.nan if unit[place] == "." else VALUES.index(unit[place]) for unit in units]
            for place in range(raters)
        ]
        expected = float(krippendorff.alpha(table, level_of_measurement="nominal"))
    return {"units": units, "expected": expected}


def main() -> None:
    rng = random.Random(20130609)
    made = {
        "spans": [span_case(rng, number) for number in range(CASES)],
        "kappa": [kappa_case(rng, number) for number in range(CASES)],
        "alpha": [alpha_case(rng, number) for number in range(CASES)],
    }
    packages = {name: version(name) for name in ("nervaluate", "krippendorff", "scikit-learn")}
    parts = [f'"made with": {json.dumps(packages)}']
    for name, cases in made.items():
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        parts.append(f'"{name}": [\n{lines}\n]')
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    Path(__file__).with_name("reference_cases.json").write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
