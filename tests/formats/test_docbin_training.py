"""spaCy itself trains on what we write: ``spacy debug data`` and one epoch of ``spacy train``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.round_trips import write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.formats.docbin.format import FORMAT
from annotator.formats.own_keys import reference_of
from annotator.formats.record import Record

SHIPS = ("Aurora", "Bergljot", "Kestrel", "Osprey", "Petrel", "Skua", "Tern", "Vega")
PORTS = ("Port Hale", "Grey Sound", "Eastmere", "Nordvik", "Cape Lorn", "Little Haven")
CARGO = ("timber", "salted cod", "post", "gravel", "sheep 🐑", "two cars")


def corpus() -> list[Record]:
    """Return reports of a harbour: ships and ports within sentences that are claims."""
    made = []
    for number in range(150):
        text = ""
        spans: list[Span] = []
        for place in range(3):
            ship = SHIPS[(number * 3 + place) % len(SHIPS)]
            port = PORTS[(number + place * 2) % len(PORTS)]
            cargo = CARGO[(number * 5 + place) % len(CARGO)]
            start = len(text)
            text += f"The {ship} left {port} with {cargo} on day {number % 28 + 1}."
            for label, quote in (("ship", ship), ("port", port)):
                at = text.index(quote, start)
                spans.append(span(len(spans), label, at, at + len(quote)))
            spans.append(span(len(spans), "claim", start, len(text)))
            text += "\r\n\r\n" if place == 1 else "  "
        document = Document.of(f"day-{number}.txt", text)
        one = AnnotationSet(reference_of(document), "ada", "harbour/1", spans=spans)
        made.append(Record(document, (one,)))
    return made


def span(number: int, label: str, start: int, end: int) -> Span:
    return Span(id=f"s{number}", label=label, start=start, end=end)


def run_spacy(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "spacy", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("component", ["ner", "spancat"])
def test_spacy_trains_on_it(tmp_path: Path, component: str) -> None:
    folder = tmp_path / "corpus"
    ents = component == "ner"
    options = {"split": "0.8,0.2", "seed": 3, "ents": ents, "overlaps": "shortest"}
    _, losses = write_records(FORMAT, corpus(), folder, options)
    # Each claim holds a ship and a port, so it goes where spans must not overlap.
    assert [(loss.name, loss.count) for loss in losses] == (
        [("overlapping-entities", 450)] if ents else []
    )
    config = tmp_path / "config.cfg"
    run_spacy("init", "config", config, "--lang", "en", "--pipeline", component)
    paths = [f"--paths.{part}={folder}/{part}.spacy" for part in ("train", "dev")]
    report = run_spacy("debug", "data", config, *paths, "--no-format", "--verbose")
    # spaCy counts everything below a good corpus as a warning, and what is wrong as an error.
    assert "120 training docs" in report
    assert "error" not in report
    for label in ("ship", "port") if ents else ("ship", "port", "claim"):
        assert label in report
    run_spacy(
        "train", config, *paths,
        "--output", tmp_path / "model",
        "--training.max_epochs", "1",
        "--components.tok2vec.model.encode.width", "32",
        "--components.tok2vec.model.encode.depth", "1",
        "--components.tok2vec.model.embed.rows", "[200, 200, 200, 200]",
    )  # fmt: skip
    assert (tmp_path / "model" / "model-last" / component).is_dir()
