"""Review of candidates in the running app: keys in, decisions on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.app import ARTICLE, CARRIED, LEFT, NEVER, REASONS, MakeApp, main_screen
from support.widgets import screen_lines
from textual.pilot import Pilot

from annotator.tui import candidate_feed

SIZE = (120, 40)


async def ready(pilot: Pilot[Any]) -> None:
    """Wait until the candidates are there."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert main_screen(pilot.app).session.candidates.total == 6  # type: ignore[arg-type]


async def press(pilot: Pilot[Any], keys: str) -> None:
    await pilot.press(*keys.split())


def saved(folder: Path) -> dict[str, Any]:
    text = (folder / "annotations" / "ada" / "ferry.txt.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


async def test_one_key_each_and_the_link_at_the_end(
    make_app: MakeApp, reviewed_folder: Path
) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await press(pilot, "j y y y x y y")
        assert "✓ review 6/6" in main_screen(app).status_bar.render_line(0).text
        await press(pilot, "q")
    document = saved(reviewed_folder)
    assert [(s["label"], s["quote"]) for s in document["spans"]] == [
        ("claim", LEFT),
        ("claim", CARRIED),
        ("placeholder", "[insert exact arrival time]"),
        ("claim", NEVER),
    ]
    first = document["spans"][0]
    assert first["attributes"] == {"worthiness": "check-worthy"}
    assert first["origin"] == {
        "from": "model:demo", "version": "3", "score": 0.7, "rule": "claim", "reasons": REASONS,
    }  # fmt: skip
    assert [s["quote"] for s in document["rejected"]] == ["[XX]"]
    (relation,) = document["relations"]
    assert (relation["type"], relation["attributes"]) == ("contradicts", {"kind": "negation"})


async def test_many_candidates_are_put_in_order_in_a_thread(
    make_app: MakeApp, reviewed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidate_feed, "_AT_ONCE", 0)
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await press(pilot, "j y y y x y y")
        assert "✓ review 6/6" in main_screen(app).status_bar.render_line(0).text


async def test_what_is_shown_of_a_candidate(make_app: MakeApp, reviewed_folder: Path) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await press(pilot, "j j")
        picture = "\n".join(screen_lines(app))
    assert f"?   {LEFT}" in picture
    assert "claim?" in picture
    assert "number: 212 [bold]" in picture
    assert "0.90 ▰▰▰▰▰▰▰▰▰▱" in picture
    assert "demo" in picture
    assert "demo 3" not in picture, "a version says nothing to a person"
    assert "Candidates 6" in picture
    assert "y accept  x reject  j candidate  1 check-worthy" in picture


async def test_bulk_decisions_and_undo(make_app: MakeApp, reviewed_folder: Path) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        session = main_screen(app).session
        await press(pilot, "j plus")
        assert len(session.annotations.spans) == 3
        await press(pilot, "u")
        assert not session.annotations.spans
        await press(pilot, "minus")
        assert len(session.annotations.rejected) == 3


async def test_other_bounds_in_one_key_and_by_resizing(
    make_app: MakeApp, reviewed_folder: Path
) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        session = main_screen(app).session
        await press(pilot, "j right_curly_bracket")
        assert [s.quote for s in session.annotations.index] == [LEFT.removesuffix(".")]
        await press(pilot, "j z W enter")
        quotes = [s.quote for s in session.annotations.index]
        assert quotes[1] == CARRIED.removesuffix(" said.")
        await press(pilot, "y")
        assert [s.quote for s in session.annotations.index][2] == "[insert exact arrival time]"


async def test_bounds_that_stay_as_they_were_lead_on_as_well(
    make_app: MakeApp, reviewed_folder: Path
) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        session = main_screen(app).session
        await press(pilot, "j z enter y")
        assert [s.quote for s in session.annotations.index] == [LEFT, CARRIED]


async def test_a_label_key_a_digit_and_the_form_accept(
    make_app: MakeApp, reviewed_folder: Path
) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        session = main_screen(app).session
        await press(pilot, "j p 2 enter")
        await pilot.pause()
        await press(pilot, "2 enter")
        await pilot.pause()
        first, second, third = session.annotations.index
        assert (first.label, first.origin["label"]) == ("placeholder", "claim")
        assert second.attributes == {"worthiness": "unimportant"}
        assert (third.quote, third.attributes["kind"]) == (
            "[insert exact arrival time]",
            "alternatives",
        )
        await press(pilot, "y")
        assert [s.quote for s in session.annotations.index][3] == "[XX]"


async def test_a_candidate_is_chosen_from_the_list(
    make_app: MakeApp, reviewed_folder: Path
) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await press(pilot, "tab tab tab down down enter x")
        turned_down = main_screen(app).session.annotations.rejected.values()
        assert [s.quote for s in turned_down] == ["[insert exact arrival time]"]


async def test_a_tag_by_hand_needs_no_review(make_app: MakeApp, reviewed_folder: Path) -> None:
    app = make_app(candidates=True)
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await press(pilot, "s c")
        screen = main_screen(app)
        (span,) = screen.session.annotations.spans.values()
        assert (span.quote, dict(span.origin)) == (LEFT, {})
        assert "review 1/6" in screen.status_bar.render_line(0).text


async def test_without_candidates_j_says_why(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "j")
        assert "candidates are switched off" in main_screen(app).status_bar.render_line(0).text


async def test_before_a_document_is_done_missed_twins_are_offered_once(
    make_app: MakeApp, folder: Path
) -> None:
    (folder / "ferry.txt").write_text(f"{ARTICLE}\nIt came at [XX] with [XX].\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "b b p D")
        screen = main_screen(app)
        assert "2 missed twins" in screen.status_bar.render_line(0).text
        assert "in-progress" in screen.status_bar.render_line(0).text
        await press(pilot, "y x")
        assert len(screen.session.annotations.spans) == 2
        assert len(screen.session.annotations.rejected) == 1
        await press(pilot, "D")
        assert screen.session.annotations.status == "done"


async def test_done_again_leaves_the_twins_open(make_app: MakeApp, folder: Path) -> None:
    (folder / "ferry.txt").write_text(f"{ARTICLE}\nIt came at [XX].\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "b b p D D")
        screen = main_screen(app)
        assert screen.session.annotations.status == "done"
        assert len(screen.session.annotations.spans) == 1


async def test_a_twin_with_another_label_is_relabelled(make_app: MakeApp, folder: Path) -> None:
    (folder / "ferry.txt").write_text("[XX] and [XX] and [XX]\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        session = main_screen(app).session
        await press(pilot, "p asterisk b b r c")
        await pilot.pause()
        assert [s.label for s in session.annotations.index] == ["placeholder"] * 2 + ["claim"]
        await press(pilot, "D y")
        assert [s.label for s in session.annotations.index] == ["placeholder"] * 3
