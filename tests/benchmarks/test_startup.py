"""What a start imports is a budget, which `benchmarks.startup` measures and this holds."""

from __future__ import annotations

from benchmarks import startup


def test_the_app_starts_without_what_only_some_work_needs() -> None:
    loaded = {name for name, _, _ in startup.import_costs(startup.STAGES["the app"])}
    assert "annotator.tui.app" in loaded
    assert loaded.isdisjoint(startup.UNWANTED)
