"""A small pipeline of rules, saved once, so that real worker processes load quickly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SAVE = """
import sys, spacy
language = spacy.blank("en")
language.add_pipe("entity_ruler").add_patterns(
    [{"label": "GPE", "pattern": name} for name in ("Oslo", "Lima", "Kyoto")]
)
language.to_disk(sys.argv[1])
"""


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a pipeline that knows Oslo, Lima and Kyoto."""
    folder = tmp_path_factory.mktemp("pipelines") / "cities"
    # In a process of its own, so that the tests' process stays without spaCy.
    subprocess.run([sys.executable, "-c", _SAVE, str(folder)], check=True)
    return folder
