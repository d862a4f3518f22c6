"""The three lists of the sidebar in a running app."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.samples import DOCUMENT, GAP, LEFT, NEVER, SCHEME, TEXT, make_set, span
from support.widgets import Host, press, screen_lines, settle

from annotator.domain.annotations import Drop, Put
from annotator.nlp.entities import Entity, group_entities
from annotator.tui.details import Details, place_details, span_details
from annotator.tui.sidebar import Sidebar
from annotator.tui.sidebar_state import EntitiesState, Target

HALE = [Entity(TEXT.index("Port Hale"), TEXT.index("Port Hale") + 9, "GPE")]
BAY = Entity(TEXT.index("Kestrel Bay"), TEXT.index("Kestrel Bay") + 11, "GPE")
STATE = EntitiesState(tuple(group_entities([*HALE, BAY], TEXT)), "reading 40 %")


class SidebarHost(Host):
    """Keeps where the sidebar wants to go."""

    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self.went: list[Target] = []

    def on_sidebar_go_to(self, event: Sidebar.GoTo) -> None:
        self.went.append(Target(event.kind, event.id, event.start, event.end))


async def test_what_it_shows() -> None:
    sidebar, annotations = Sidebar(), make_set()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        sidebar.show_entities(STATE)
        sidebar.show_details(span_details(LEFT, annotations, SCHEME))
        sidebar.follow("s1")
        await settle(pilot)
        lines = [line[1:] for line in screen_lines(app)]
        assert lines[0] == " Entities 2             reading 40 %"
        assert lines[1].startswith(" ▸ Countries and cities  Port H")
        assert " Spans 4" in lines
        assert "▌c The ferry Aurora left Port … high" in lines
        assert " claim                     0–42 · 42" in lines
        assert " worth         high" in lines


async def test_choosing_goes_there() -> None:
    sidebar, annotations = Sidebar(), make_set()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 30)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        sidebar.show_entities(STATE)
        sidebar.show_details(span_details(LEFT, annotations, SCHEME))
        sidebar.entities.focus()
        await press(pilot, "space", "down", "enter")
        sidebar.spans.focus()
        await press(pilot, "end", "enter")
        sidebar.details.focus()
        await press(pilot, "down", "enter")
        assert sidebar.target() == app.went[-1]
        assert app.went == [
            Target("entity", "", HALE[0].start, HALE[0].end),
            Target("span", "s4", NEVER.start, NEVER.end),
            Target("relation", "r1", NEVER.start, NEVER.end),
        ]


async def test_the_highlight_follows_the_caret_and_costs_two_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [span(f"x{n:03}", "claim", TEXT[n : n + 1]) for n in range(40)]
    many = [replace(one, start=n, end=n + 1) for n, one in enumerate(many)]
    sidebar, annotations = Sidebar(), make_set(many, [])
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        sidebar.follow("x030")
        await settle(pilot)
        assert sidebar.spans.highlighted == 30
        refreshed: list[int] = []
        monkeypatch.setattr(sidebar.spans, "refresh_row", refreshed.append)
        sidebar.follow("x031")
        sidebar.follow("x031")
        assert refreshed == [30, 31]
        monkeypatch.undo()
        frames = app.frames
        sidebar.follow("x030")
        await settle(pilot)
        assert app.frames == frames + 1
        assert app.went == []


async def test_edits_show_at_once() -> None:
    sidebar, annotations = Sidebar(), make_set([LEFT], [])
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        inside = TEXT.index("Port Hale", TEXT.index("["))
        there = EntitiesState(tuple(group_entities([Entity(inside, inside + 9, "GPE")], TEXT)))
        sidebar.show_entities(there)
        sidebar.entities.focus()
        await press(pilot, "space")
        assert "in slot" not in "\n".join(screen_lines(app))
        annotations.apply([Put("spans", GAP)])
        sidebar.spans_changed()
        sidebar.follow(GAP.id)
        await settle(pilot)
        shown = "\n".join(screen_lines(app))
        assert "Spans 2" in shown
        assert "in slot" in shown
        assert sidebar.spans.row is not None
        assert sidebar.spans.row.key == GAP.id
        annotations.apply([Drop("spans", GAP.id), Drop("spans", LEFT.id)])
        sidebar.spans_changed()
        await settle(pilot)
        shown = "\n".join(screen_lines(app))
        assert "none yet" in shown
        assert "in slot" not in shown


async def test_a_span_is_no_longer_indented_when_the_one_around_it_is_gone() -> None:
    sidebar, annotations = Sidebar(), make_set()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        await settle(pilot)
        assert any(line[1:].startswith("   g [insert") for line in screen_lines(app))
        annotations.apply([Drop("spans", "s2")])
        sidebar.spans_changed()
        await settle(pilot)
        assert any(line[1:].startswith(" g [insert") for line in screen_lines(app))


async def test_deleting_from_the_list_leaves_the_highlight_in_place() -> None:
    sidebar, annotations = Sidebar(), make_set()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, annotations, SCHEME)
        sidebar.follow("s1")
        sidebar.spans.focus()
        await press(pilot, "down")
        assert sidebar.target() == Target("span", "s2", *annotations.spans["s2"].range)
        annotations.apply([Drop("spans", "s2")])
        sidebar.spans_changed()
        assert sidebar.target() == Target("span", "s3", GAP.start, GAP.end)


async def test_another_document_begins_at_the_top() -> None:
    sidebar = Sidebar()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, make_set(), SCHEME)
        sidebar.show_entities(STATE)
        sidebar.follow("s4")
        await settle(pilot)
        sidebar.show_document("Another text.", make_set([LEFT, GAP], []), SCHEME)
        await settle(pilot)
        assert sidebar.spans.highlighted == 0
        assert len(sidebar.entities.rows) == 0


async def test_without_a_pipeline_it_says_so() -> None:
    sidebar = Sidebar()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(28, 24)) as pilot:
        sidebar.styles.width = 28
        sidebar.show_document(TEXT, make_set(), SCHEME)
        sidebar.show_entities(EntitiesState((), "no pipeline: en_core_web_sm is not installed"))
        await settle(pilot)
        assert screen_lines(app)[0][1:] == " Entities  no pipeline: en…"


async def test_details_are_wrapped_again_for_another_width() -> None:
    sidebar = Sidebar()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(60, 30)) as pilot:
        sidebar.show_document(TEXT, make_set(), SCHEME)
        sidebar.show_details(place_details(DOCUMENT, make_set(), "sentence", 0, 42))
        await settle(pilot)
        assert any("document  articles/ferry.txt" in line for line in screen_lines(app))
        sidebar.styles.width = 24
        await settle(pilot)
        assert any(line.endswith("document") for line in screen_lines(app))


async def test_the_length_gives_way_to_the_offsets() -> None:
    sidebar = Sidebar()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(60, 30)) as pilot:
        sidebar.show_document(TEXT, make_set(), SCHEME)
        sidebar.show_details(Details("placeholder", "", "1890–1918 · 28"))
        for width, heading in ((38, "1890–1918 · 28"), (28, "1890–1918"), (24, "1890–1918")):
            sidebar.styles.width = width
            await settle(pilot)
            (line,) = [line for line in screen_lines(app) if " placeholder " in line]
            assert line.endswith(f" {heading}"), width


async def test_list_commands_reach_the_focused_list() -> None:
    sidebar = Sidebar()
    app = SidebarHost(sidebar)
    async with app.run_test(size=(38, 24)) as pilot:
        sidebar.show_document(TEXT, make_set(), SCHEME)
        assert not sidebar.run("list.down")
        sidebar.spans.focus()
        await settle(pilot)
        assert sidebar.run("list.down", 2)
        assert sidebar.spans.highlighted == 2
        assert not sidebar.run("list.delete")
