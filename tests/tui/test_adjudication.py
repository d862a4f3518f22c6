"""Adjudication in the running app: several people's versions, one gold set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from support.app import ARTICLE, main_screen
from support.widgets import screen_lines

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.session.workspace import Workspace
from annotator.session_options import OpenOptions
from annotator.store.keymap_files import load_keymap
from annotator.store.project import open_project
from annotator.store.yaml_emitter import dump_set
from annotator.tui.app import AnnotatorApp
from annotator.tui.candidate_feed import CandidateNews

SIZE = (120, 40)
LEFT = "The ferry Aurora left Port Hale on Monday."
CARRIED = "It carried 212 passengers, the operator said."
NEVER = "The ferry Aurora never left Port Hale."


def write(folder: Path, annotator: str, *spans: tuple[str, str, dict[str, str]]) -> None:
    proposed = AnnotationSet(
        DocumentRef("ferry.txt", text_sha256(ARTICLE), len(ARTICLE)),
        annotator,
        "claims-and-placeholders/1",
        spans=[
            Span(
                id=f"s{n}", label=label, start=ARTICLE.index(quote),
                end=ARTICLE.index(quote) + len(quote), quote=quote, attributes=attributes,
                origin={"from": "model:claims", "score": 0.5} if annotator == "ben" else {},
                by=annotator,
            )
            for n, (label, quote, attributes) in enumerate(spans)
        ],
    )  # fmt: skip
    path = folder / "annotations" / annotator.replace(":", "%3A") / "ferry.txt.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(dump_set(proposed), encoding="utf-8")


@pytest.fixture
def app(folder: Path) -> AnnotatorApp:
    worth = {"worthiness": "check-worthy"}
    write(
        folder,
        "ada",
        ("claim", LEFT, worth),
        ("claim", CARRIED, worth),
        ("placeholder", "[XX]", {}),
    )
    write(
        folder,
        "ben",
        ("claim", LEFT, worth),
        ("claim", "212 passengers, the operator said.", {"worthiness": "unimportant"}),
        ("claim", NEVER, {}),
    )
    options = OpenOptions(
        path=folder / "ferry.txt",
        annotator="gold",
        use_pipeline=False,
        adjudicated=("ada", "ben"),
        annotator_given=True,
    )
    project = open_project(folder / "ferry.txt", annotator="gold")
    return AnnotatorApp(Workspace(project, "gold"), load_keymap("default"), options)


async def test_agreed_spans_at_once_then_versions_side_by_side(
    app: AnnotatorApp, folder: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen = main_screen(app)
        assert screen.session.candidates.total == 5
        await pilot.press("tilde")
        assert [s.quote for s in screen.session.annotations.index] == [LEFT]
        picture = "\n".join(line[82:] for line in screen_lines(app))
        assert "ada claim" in picture
        assert "ben claim, starts 11 later" in picture
        assert "≠ worthiness unimportant" in picture
        await pilot.press("m")
        await pilot.press("x", "y", "q")
    text = (folder / "annotations" / "gold" / "ferry.txt.yaml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    first, merged, last = document["spans"]
    assert first["origin"] == {"from": "ada", "also": ["ben"]}
    assert (merged["quote"], merged["attributes"]) == (CARRIED, {"worthiness": "check-worthy"})
    assert merged["origin"] == {"from": "ada", "also": ["ben"]}
    assert (last["quote"], last["by"]) == (NEVER, "gold")
    assert last["origin"] == {"from": "ben", "score": 0.5, "via": "model:claims"}
    assert [s["quote"] for s in document["rejected"]] == ["[XX]"]


async def test_versions_that_differ_in_attributes_alone_are_two_candidates(
    app: AnnotatorApp, folder: Path
) -> None:
    text = (folder / "annotations" / "ben" / "ferry.txt.yaml").read_text(encoding="utf-8")
    path = folder / "annotations" / "ben" / "ferry.txt.yaml"
    path.write_text(text.replace("check-worthy", "not-checkable", 1), encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        session = main_screen(app).session
        assert session.candidates.total == 6
        await pilot.press("tilde")
        assert not session.annotations.spans
        await pilot.press("j", "y")
        (span,) = session.annotations.spans.values()
        assert span.attributes == {"worthiness": "not-checkable"}
        assert session.candidates.open_count == 4


async def test_a_late_set_of_another_document_with_the_same_text_is_dropped(
    app: AnnotatorApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen = main_screen(app)
        here = screen.session.document
        late = AnnotationSet(
            DocumentRef("copy.txt", here.sha256, here.length), "ada", "claims-and-placeholders/1"
        )
        screen.candidates.take(CandidateNews(here.sha256, late, document=replace(here)))
        assert screen.session.candidates.total == 5
        screen.candidates.take(CandidateNews(here.sha256, late, document=here))
        assert screen.session.candidates.total == 3


async def test_it_begins_with_the_first_candidate_so_that_its_keys_decide(
    app: AnnotatorApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        session = main_screen(app).session
        await pilot.press("y")
        assert [span.quote for span in session.annotations.index] == [LEFT]


async def test_it_goes_on_behind_the_caret_that_was_kept(app: AnnotatorApp, folder: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("j", "j", "y", "q")
    project = open_project(folder / "ferry.txt", annotator="gold")
    again = AnnotatorApp(Workspace(project, "gold"), load_keymap("default"), app.options)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("x")
        session = main_screen(again).session
        assert [span.quote for span in session.annotations.rejected_index] == ["[XX]"]


async def test_a_key_that_was_faster_than_the_sets_keeps_the_caret(app: AnnotatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = main_screen(app)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen.candidates.ask()
        screen.session.cursor.move_to(3)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.session.cursor.caret == 3


async def test_a_set_that_was_only_opened_is_nobodys_version(
    app: AnnotatorApp, folder: Path
) -> None:
    write(folder, "cy")
    app.options = app.options._replace(adjudicated=("ada", "ben", "cy"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("tilde")
        session = main_screen(app).session
        assert [span.quote for span in session.annotations.index] == [LEFT]


async def test_undo_goes_back_to_the_candidate_that_was_decided(app: AnnotatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        session = main_screen(app).session
        first = session.reviewing
        await pilot.press("x", "u")
        assert session.reviewing == first
        assert "y accept" in screen_lines(app)[-1]
        await pilot.press("y", "u")
        assert session.reviewing == first


async def test_one_version_is_turned_down_and_the_other_stays_open(
    app: AnnotatorApp, folder: Path
) -> None:
    path = folder / "annotations" / "ben" / "ferry.txt.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("check-worthy", "not-checkable", 1), encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        session = main_screen(app).session
        await pilot.press("x", "y")
        assert [s.attributes["worthiness"] for s in session.annotations.index] == ["not-checkable"]


async def test_the_order_of_a_list_is_no_other_version(app: AnnotatorApp, folder: Path) -> None:
    for annotator, kinds in (("ada", "[causal, quote]"), ("ben", "[quote, causal]")):
        path = folder / "annotations" / annotator / "ferry.txt.yaml"
        text = path.read_text(encoding="utf-8")
        worth = "worthiness: check-worthy"
        path.write_text(text.replace(worth, f"{worth}, type: {kinds}", 1), encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("tilde")
        session = main_screen(app).session
        assert [span.quote for span in session.annotations.index] == [LEFT]


async def test_once_all_is_decided_the_hints_begin_with_what_comes_next(app: AnnotatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*"xxxxx")
        assert screen_lines(app)[-1].startswith(" D done")


async def test_a_model_has_no_say_in_what_people_agree_on(app: AnnotatorApp, folder: Path) -> None:
    write(folder, "model:slots", ("placeholder", "[XX]", {}))
    app.options = app.options._replace(adjudicated=("ada", "ben", "model:slots"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert len(main_screen(app).session.candidates.sets) == 3
        await pilot.press("tilde")
        session = main_screen(app).session
        assert [span.quote for span in session.annotations.index] == [LEFT]


async def test_what_is_still_open_is_said_before_the_document_is_done(app: AnnotatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        annotations = main_screen(app).session.annotations
        await pilot.press("x", "D")
        assert annotations.status == "in-progress"
        assert "4 left to decide; D again is done" in screen_lines(app)[-2]
        await pilot.press("D")
        assert [edit.name for edit in main_screen(app).session.store.history.done][
            -1
        ] == "status done"
