"""What the tests of suggesters share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.suggesters import install

import annotator

SOURCE = Path(annotator.__file__).parents[1]


@pytest.fixture(scope="session")
def extra_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with an installed package that brings suggesters."""
    return install(tmp_path_factory.mktemp("packages"))


@pytest.fixture
def installed(extra_packages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the package found, here and in worker processes."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(extra_packages), str(SOURCE)]))
    monkeypatch.syspath_prepend(str(extra_packages))
    return extra_packages
