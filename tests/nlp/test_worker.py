"""The worker as a program: what it says on its output, when it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

_NOISY = """
import os
from pathlib import Path
from spacy.util import load_model_from_path
def load(**overrides):
    print("a library that prints")
    os.write(1, b"and one that writes")
    return load_model_from_path(Path(__file__).parent / "data", **overrides)
"""


def worker(pipeline: str, requests: str, path: Path | None = None) -> tuple[int, list[object]]:
    environment = dict(os.environ)
    if path is not None:
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(path), inherited]))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "annotator.nlp.worker", pipeline],
        input=requests.encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_it_answers_each_batch_and_ends_with_its_input(rules: Path, tmp_path: Path) -> None:
    package = tmp_path / "noisy_pipeline"
    shutil.copytree(rules, package / "data")
    shutil.copy(rules / "meta.json", package)
    (package / "__init__.py").write_text(_NOISY)
    # spaCy loads by name only what is an installed distribution.
    installed = tmp_path / "noisy_pipeline-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: noisy_pipeline\nVersion: 1.0\n"
    )
    request = json.dumps({"batch": 7, "texts": ["To Oslo, \U0001f600 Lima", "nowhere", ""]})
    code, said = worker("noisy_pipeline", request + "\n", tmp_path)
    assert code == 0
    assert said == [
        {"ready": {"name": "noisy_pipeline", "version": "0.0.0"}},
        {"batch": 7, "entities": [[[3, 7, "GPE"], [11, 15, "GPE"]], [], []]},
    ]


def test_it_says_what_is_missing(tmp_path: Path) -> None:
    code, said = worker(str(tmp_path), "")
    assert code == 0
    assert len(said) == 1
    assert "is no spaCy pipeline" in str(said[0])
