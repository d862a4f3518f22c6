"""``annotator twins``: lines, JSON, exit status, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.yaml_emitter import dump_set

from .conftest import Cli

TEXTS = {
    "a.txt": "At [XX] it began.\n",
    "b.txt": "Then, at [XX],\nit ended.\n",
    "c.txt": "Nothing\x1b[31m of the kind.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    tagged(tmp_path, "a.txt", "placeholder", 3)
    tagged(tmp_path, "b.txt", "claim", 9)
    return tmp_path


def tagged(root: Path, name: str, label: str, start: int) -> None:
    text = TEXTS[name]
    span = Span(id="s", label=label, start=start, end=start + 4, quote=text[start : start + 4])
    ref = DocumentRef(name, text_sha256(text), len(text))
    path = root / "annotations" / "ada" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        dump_set(AnnotationSet(ref, "ada", "claims-and-placeholders/1", spans=[span])),
        encoding="utf-8",
    )


def test_a_line_and_an_entry_for_each(cli: Cli, project: Path) -> None:
    done = cli("twins", str(project), "--annotator", "ada", "--document", "a.txt")
    assert done.status == 1
    assert done.out.splitlines() == [
        "b.txt:1:10: [XX]: claim here, placeholder once in a.txt",
    ]
    assert "1 missed twin in 1 of 3 documents" in done.err
    (found,) = cli(
        "twins", str(project), "--annotator", "ada", "--document", "a.txt", "--json"
    ).json
    text = TEXTS[found["document"]]
    assert text[found["start"] : found["end"]] == found["quote"] == "[XX]"
    assert (found["label"], found["there"], found["rule"]) == (
        "placeholder",
        "claim",
        "other-label",
    )


def test_over_the_whole_project_a_draw_between_labels_proposes_neither(
    cli: Cli, project: Path
) -> None:
    # Once placeholder, once claim: nobody can say which was meant.
    done = cli("twins", str(project), "--annotator", "ada")
    assert (done.status, done.out) == (0, "")
    assert "0 missed twins in 0 of 3 documents" in done.err


def test_a_document_that_cannot_be_read_is_said_and_the_rest_is_done(
    cli: Cli, project: Path
) -> None:
    (project / "b.txt").write_bytes(b"\xff\xfe\xfa")
    (project / "d.txt").write_text("[XX]", encoding="utf-8")
    done = cli("twins", str(project), "--annotator", "ada")
    assert done.status == 1
    assert done.out.startswith("d.txt:1:1: [XX]: unlabelled here, tagged placeholder once")
    assert "b.txt left out" in done.err
    assert "1 could not be read" in done.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--annotator", "cy"], "nobody of the name 'cy'"),
        (["--annotator", "ada", "--document", "z.txt"], "the project has no document 'z.txt'"),
    ],
)
def test_what_is_wrong_is_one_line(
    cli: Cli, project: Path, arguments: list[str], complaint: str
) -> None:
    done = cli("twins", str(project), *arguments)
    assert (done.status, done.out) == (2, "")
    assert complaint in done.err
    assert done.err.count("\n") == 1
