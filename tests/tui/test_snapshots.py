"""Pictures of the screen: few, of places where a look says more than an assertion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.app import ARTICLE, MakeApp, main_screen
from textual.pilot import Pilot

from annotator.nlp.entities import Entity
from annotator.nlp.service import EntitiesFound, PipelineReady
from annotator.tui.app import AnnotatorApp

SnapCompare = Callable[..., bool]
WORK = "s c 1 s c 2 b p 1 b p"
LINKED = "s c 1 l slash n e v e r enter c l enter enter escape"

ODD = (
    "Tab\there, "
    "ZWJ \U0001f469\u200d\U0001f680 and flag \U0001f1eb\U0001f1f7, e\u0301, 悉尼市的新闻报道。\r\n"
    "Escape \x1b[31m, NUL \x00, override \u202eabc, U+2028 \u2028 and no-break\u00a0space.\n"
    "שלום עולם and [bold]literal[/bold] brackets.\n"
)

SCENES = {
    "first-screen": ("", (120, 40)),
    "annotated": (WORK, (120, 40)),
    "annotated-80x24": (WORK, (80, 24)),
    "annotated-40x12": (WORK, (40, 12)),
    "nested-and-selected": (WORK + " space space space", (120, 30)),
    "linked": (LINKED, (120, 30)),
    "light-theme": (WORK, (120, 30)),
    "search": ("slash f e r r y enter", (120, 24)),
    "form": (WORK + " enter", (120, 40)),
    "form-80x24": (WORK + " enter", (80, 24)),
    "help": ("question_mark", (120, 40)),
    "palette": ("colon s p a n", (120, 30)),
    "relabel": (WORK + " r", (80, 24)),
    "status": ("equals_sign", (80, 24)),
    "documents": ("c f3", (100, 24)),
    "note": ("c i o d d", (80, 24)),
    "sidebar-entities": ("tab space down", (120, 30)),
}


def freeze(app: AnnotatorApp) -> None:
    """Take times out of the picture and put entities in, without a worker process."""
    screen = main_screen(app)
    session = screen.session
    session.now = lambda: "2026-11-23T10:00:00Z"
    found = [
        Entity(at, at + len(words), label)
        for words, label in (("Aurora", "PRODUCT"), ("Port Hale", "GPE"), ("Monday", "DATE"))
        for at in range(len(session.text))
        if session.text.startswith(words, at)
    ]
    sha256 = session.document.sha256
    screen.entities.take(PipelineReady("en_core_web_sm", "3.8.0"))
    screen.entities.take(EntitiesFound(sha256, tuple(sorted(found)), 1.0, done=True))


REVIEW_SCENES = {
    "review": ("j y j", (120, 40)),
    "review-80x24": ("j y j", (80, 24)),
    "review-link": ("j y y y x y", (120, 30)),
}


@pytest.mark.parametrize("scene", REVIEW_SCENES)
def test_review_scene(
    scene: str, snap_compare: SnapCompare, make_app: MakeApp, reviewed_folder: Path
) -> None:
    keys, size = REVIEW_SCENES[scene]
    app = make_app(candidates=True)

    async def play(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        freeze(app)
        await pilot.press(*keys.split())
        main_screen(app).control.wait_for_disk()
        await pilot.pause()

    assert snap_compare(app, run_before=play, terminal_size=size)


@pytest.mark.parametrize("scene", SCENES)
def test_scene(scene: str, snap_compare: SnapCompare, make_app: MakeApp, folder: Path) -> None:
    keys, size = SCENES[scene]
    (folder / "second.txt").write_text("A second article.\n", encoding="utf-8")
    app = make_app(".")
    if scene == "light-theme":
        app.theme = "textual-light"

    async def play(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        freeze(app)
        for key in keys.split():
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        main_screen(app).control.wait_for_disk()
        await pilot.pause()

    assert snap_compare(app, run_before=play, terminal_size=size)


def test_odd_characters(snap_compare: SnapCompare, make_app: MakeApp, folder: Path) -> None:
    (folder / "odd.txt").write_bytes((ODD + ARTICLE).encode())
    assert snap_compare(make_app("odd.txt"), press=["down"], terminal_size=(100, 24))
