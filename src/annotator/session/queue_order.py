"""In which order the documents of a project come: pure.

* ``name``: as the project lists them.
* ``candidates``: those with the most open candidates first.
* ``uncertainty``: those first whose open candidates' scores are nearest to a coin's toss, on
  average (uncertainty sampling, Lewis and Gale 1994).
* ``disagreement``: those with the most spans that one of two sides has and the other has not
  (query by committee, Seung et al. 1992).
* ``random``: shuffled by a seed; a document keeps its place among the others when documents are
  added or removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ORDERS_THAT_READ = ("candidates", "uncertainty", "disagreement")
"""Orders for which annotation files must be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the annotation files of one document say about its urgency.

    Attributes:
        finished: whether the annotator has marked it done, or skipped it.
        open: how many candidates wait for a decision, spans and relations.
        uncertainty: mean over the open spans that a model proposed of how near their score is to
            a half: 1 at a half, 0 at 0 and 1; 0 where there is none.
        differing: spans that one side has and the other has not, counted by label.
        covered: labels about which both sides speak in this document.
    """

    finished: bool = False
    open: int = 0
    uncertainty: float = 0.0
    differing: Mapping[str, int] = field(default_factory=dict)
    covered: tuple[str, ...] = ()


def ordered(
    order: str, ids: Sequence[str], readings: Sequence[Reading] = (), seed: int = 0
) -> list[int]:
    """Return the places of documents in the order in which they should be worked on.

    What is equal stays in the order of the project. Where open candidates decide, documents
    that are finished come last.

    Args:
        order: one of ``store.config.QUEUE_ORDERS``.
        ids: the documents' ids.
        readings: of each document; not needed for ``name`` and ``random``.
        seed: for ``random``.
    """
    places = list(range(len(ids)))
    if order == "random":
        return sorted(places, key=lambda place: (_draw(seed, ids[place]), place))
    if order == "candidates":
        return sorted(places, key=lambda n: (readings[n].finished, -readings[n].open))
    if order == "uncertainty":
        return sorted(
            places,
            key=lambda n: (readings[n].finished, not readings[n].open, -readings[n].uncertainty),
        )
    if order == "disagreement":
        # A model that never proposes a label does not deny what people tagged with it.
        covered = {label for reading in readings for label in reading.covered}
        return sorted(places, key=lambda n: -_differing(readings[n], covered))
    return places


def nearness(score: float) -> float:
    """Return how near a score is to a half: 1 there, 0 at 0 and 1."""
    return 1 - abs(2 * score - 1)


def _differing(reading: Reading, covered: set[str]) -> int:
    return sum(count for label, count in reading.differing.items() if label in covered)


def _draw(seed: int, document: str) -> bytes:
    said = f"{seed}\0{document}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=16).digest()
