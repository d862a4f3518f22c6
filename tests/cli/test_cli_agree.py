"""``annotator agree`` on the sample, and on projects where something is missing or has changed."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.main import main
from annotator.domain.document import text_sha256
from annotator.store.old_texts import keep_text
from annotator.store.project import open_project
from annotator.store.resources import sample_data_path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the sample."""
    there = tmp_path / "sample"
    shutil.copytree(sample_data_path(), there, ignore=shutil.ignore_patterns(".annotator"))
    return there


def add_annotator(
    project: Path, name: str, like: str, *, replaced: tuple[str, str] = ("", "")
) -> None:
    """Give the project an annotator who says what another one says, some text replaced."""
    for path in (project / "annotations" / like).rglob("*.yaml"):
        copy = project / "annotations" / name / path.relative_to(project / "annotations" / like)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace(f"annotator: {like}", f"annotator: {name}")
        copy.write_text(text.replace(*replaced) if replaced[0] else text, encoding="utf-8")


def agree(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    """Run the command and return its JSON."""
    assert main(["agree", *map(str, arguments), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def row(group: Any, kind: str = "label", name: str | None = None) -> Any:
    return next(r for r in group["rows"] if (r["kind"], r["name"]) == (kind, name))


def test_ada_and_ben_disagree_as_the_sample_says(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = agree(capsys, project)
    pair = found["pairs"][0]
    assert pair["annotators"] == ["ada", "ben"]
    assert pair["documents"] == 5
    # Whole sentences against clauses: the label agrees far more often than the bounds.
    claim = row(pair, name="claim")["scores"]
    assert claim["strict F1"]["value"] < 0.4 < claim["type F1"]["value"]
    slots = row(pair, name="placeholder")["scores"]
    assert slots["strict F1"]["value"] > claim["strict F1"]["value"]
    first = found["disputed"][0]
    assert first["kind"] == "label"
    assert {version["label"] for version in first["versions"]} == {"claim", "placeholder"}
    assert first["versions"][0]["quote"].startswith("In conclusion")
    # Furniture only when asked for.
    names = {r["name"] for r in pair["rows"]}
    assert "furniture" not in names
    wider = agree(capsys, project, "--furniture")["pairs"][0]
    assert row(wider, name="furniture")["counts"]["strict missed"] > 0


def test_whoever_says_the_same_agrees_wholly(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_annotator(project, "ann", "ada")
    found = agree(capsys, project, "--annotators", "ada", "ann")
    for entry in found["pairs"][0]["rows"]:
        for name, score in entry["scores"].items():
            assert score["value"] in (1, None), (entry["name"], name)
    assert found["disputed"] == []
    assert found["confusions"] == []


def test_three_annotators_are_three_pairs_and_a_team(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_annotator(project, "ann", "ada")
    found = agree(capsys, project)
    assert [pair["annotators"] for pair in found["pairs"]] == [
        ["ada", "ann"],
        ["ada", "ben"],
        ["ann", "ben"],
    ]
    assert set(row(found["team"])["scores"]) == {"alpha", "u-alpha"}
    two = row(found["pairs"][1])["scores"]
    assert row(found["team"])["scores"]["alpha"]["value"] > two["alpha"]["value"]
    # ben stands alone against two: two of the three pairs differ.
    assert {dispute["pairs"] for dispute in found["disputed"]} == {2}


def test_what_only_one_annotated_is_left_out_and_counted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "annotations/ben/articles/mill-bridge.txt.yaml").unlink()
    found = agree(capsys, project)
    assert (found["pairs"][0]["documents"], found["pairs"][0]["left_out"]) == (4, 1)
    assert found["annotated_by_one_only"] == 1
    assert main(["agree", str(project)]) == 0
    assert "4 documents, 1 that only one annotated left out" in capsys.readouterr().out


@pytest.mark.parametrize(("status", "documents"), [("new", 4), ("done", 5)])
def test_read_and_nothing_found_counts_and_only_opened_does_not(
    project: Path, capsys: pytest.CaptureFixture[str], status: str, documents: int
) -> None:
    path = project / "annotations/ben/articles/mill-bridge.txt.yaml"
    head = path.read_text(encoding="utf-8").split("spans:")[0]
    path.write_text(re.sub(r"status: \S+", f"status: {status}", head), encoding="utf-8")
    assert agree(capsys, project)["pairs"][0]["documents"] == documents


def test_gold_and_models_are_compared_when_they_are_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_annotator(project, "gold", "ada")
    add_annotator(project, "model%3Am", "ben")
    assert [one["name"] for one in agree(capsys, project)["annotators"]] == ["ada", "ben"]
    found = agree(capsys, project, "--annotators", "gold", "model:m")["pairs"][0]
    assert found["annotators"] == ["gold", "model:m"]
    assert found["documents"] == 5


def test_a_text_that_changed_is_compared_where_its_spans_are_now(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = agree(capsys, project)
    opened = open_project(project)
    for entry in opened.documents:
        keep_text(project, opened.load_document(entry))
    article = project / "articles/mill-bridge.txt"
    article.write_bytes(b"A new first line.\n" + article.read_bytes())
    assert main(["agree", str(project), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    scores = row(json.loads(out)["pairs"][0])["scores"]
    assert scores["strict F1"] == row(before["pairs"][0])["scores"]["strict F1"]
    assert "since the text changed" in err
    assert json.loads(out)["notes"]


def test_a_broken_set_is_left_out_and_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = project / "annotations/ben/articles/mill-bridge.txt.yaml"
    broken.write_text("spans: [", encoding="utf-8")
    assert main(["agree", str(project), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["pairs"][0]["documents"] == 4
    assert "set of ben left out" in err


def test_a_set_goes_by_the_name_of_its_folder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(project / "annotations/ada", project / "annotations/ann")
    found = agree(capsys, project, "--annotators", "ada", "ann")
    assert row(found["pairs"][0])["scores"]["strict F1"]["value"] == 1


def test_undefined_is_a_word_and_never_nan(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Nobody tagged furniture in the one document that is left.
    for path in (project / "annotations").rglob("*.yaml"):
        if "mill-bridge" not in path.name:
            path.unlink()
    arguments = ["agree", str(project), "--label", "furniture", "--bootstrap", "20"]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "strict undefined: no spans (all)" in text
    assert "strict F1 undefined: no spans (ada, ben)" in text
    assert "strict F1 undefined: no spans (articles/mill-bridge.txt)" in text
    assert "kappa undefined: only one value occurs (all)" in text
    assert main([*arguments, "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "undefined: no spans" in page
    for out in (text, page):
        assert not re.search(r"\bnan\b", out, re.IGNORECASE)
    score = row(agree(capsys, *arguments[1:])["pairs"][0])["scores"]["u-alpha"]
    assert score == {"value": None, "undefined": "no spans"}


def test_intervals_hold_the_value_and_come_back_with_the_seed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (project, "--bootstrap", "200", "--seed", "4")
    one, other = agree(capsys, *arguments), agree(capsys, *arguments)
    assert one == other
    score = row(one["pairs"][0])["scores"]["type F1"]
    assert score["low"] < score["value"] < score["high"]


def test_the_table_has_the_spans_of_both_and_the_bounds_of_intervals(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (project, "--bootstrap", "50")
    pair = agree(capsys, *arguments)["pairs"][0]
    assert main(["agree", *map(str, arguments)]) == 0
    out = capsys.readouterr().out
    head, told, spread = re.findall(r"^(?:label|all|  95 %) .*$", out, re.MULTILINE)[:3]
    counts, score = row(pair)["counts"], row(pair)["scores"]["strict F1"]
    common = counts["strict correct"] + counts["strict incorrect"]
    sides = (common + counts["strict missed"], common + counts["strict spurious"])
    assert told.split()[1] == "{}/{}".format(*sides)
    assert told.split()[2] == str(counts["strict correct"])
    assert spread.split()[2] == f"{score['low']:.2f}..{score['high']:.2f}"
    assert head.split()[:3] == ["label", "spans", "same"]


class Page(HTMLParser):
    """Notes what a page asks for and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        asks = [value for name, value in attrs if name in ("src", "href", "style", "onclick")]
        self.asked += [tag] * (tag in ("script", "link", "img")) + [str(value) for value in asks]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_asks_for_nothing(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert main(["agree", str(project), "--format", "html", "-o", str(out)]) == 0
    page = Page()
    page.feed(out.read_text(encoding="utf-8"))
    assert page.open == []
    assert page.asked == []


def test_the_page_says_what_its_small_figures_are(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    for draws, told in (("0", False), ("20", True)):
        arguments = ["--format", "html", "--bootstrap", draws, "-o", str(out)]
        assert main(["agree", str(project), *arguments]) == 0
        assert ("95 % interval" in out.read_text(encoding="utf-8")) is told


def test_hostile_text_is_only_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = project / "articles/mill-bridge.txt"
    article.write_bytes(b"<script>alert(1)</script>\x1b[31m\n" * 2)
    quote = article.read_text(encoding="utf-8")[:30]
    for name, label in (("ada", "claim"), ("ben", "placeholder")):
        path = project / f"annotations/{name}/articles/mill-bridge.txt.yaml"
        head = path.read_text(encoding="utf-8").split("spans:")[0]
        text = article.read_bytes().decode("utf-8")
        head = re.sub(r"[0-9a-f]{64}", text_sha256(text), head)
        head = re.sub(r"length: \d+", f"length: {len(text)}", head)
        span = {"id": "a", "label": label, "start": 0, "end": 30, "quote": quote}
        path.write_text(f"{head}spans:\n- {json.dumps(span)}\n", encoding="utf-8")
    for form in ("text", "html"):
        assert main(["agree", str(project), "--format", form]) == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "alert(1)" in out
        assert ("<script" in out) is (form == "text")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--annotators", "ada", "cy"], "nobody of the name 'cy'"),
        (["--annotators", "ada"], "agreement needs two annotators"),
        (["--annotators", "ada", "ada"], "agreement needs two annotators"),
        (["--label", "nonsense"], "the scheme has no label 'nonsense'"),
        (["--bootstrap", "-3"], "is not a whole number"),
        (["--bootstrap", "9999999"], "is more than 100,000"),
        (["-o", "no/such/folder/out.txt"], "cannot write no/such/folder/out.txt"),
    ],
)
def test_wrong_input_is_one_line(
    project: Path, arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agree", str(project), *arguments]) == 2
    assert complaint in capsys.readouterr().err
