"""The real program in a real terminal: keys in, screen and files out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.app import ARTICLE

from annotator.store.yaml_reader import load_set

from .pty_app import PtyApp

pytestmark = pytest.mark.pty
Start = Callable[..., PtyApp]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's home with one article in it."""
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Return a function that starts the program on the article and waits for its first screen."""
    running: list[PtyApp] = []

    def start_one(*arguments: str, name: str = "ferry.txt", columns: int = 120) -> PtyApp:
        app = PtyApp.annotator(
            name, "--annotator", "ada", "--no-pipeline", *arguments, home=home, columns=columns
        )
        running.append(app)
        app.wait_for("Kestrel Bay")
        app.settle()
        return app

    yield start_one
    for app in running:
        app.close()


def saved_quotes(home: Path, name: str = "ferry.txt") -> list[str]:
    """Return the quotes in the YAML file."""
    path = home / "annotations" / "ada" / f"{name}.yaml"
    loaded = load_set(path.read_bytes(), str(path))
    return [span.quote for span in loaded.annotations.spans.values()]


def test_one_key_a_claim_and_one_frame_a_key(start: Start, home: Path) -> None:
    app = start("--no-candidates")  # they come when they come, in frames of their own
    for key in ("right", "down", "w", "s", "left", "up", "W", "space", "backspace", "t"):
        assert app.frames_for(key) == 1, key
    app.press("s", "c")
    app.wait_for("Spans 1")
    app.press("q")
    assert app.wait_for_end() == 0
    assert len(saved_quotes(home)) == 1


def test_kill_9_after_a_tag_is_seen_loses_nothing(start: Start) -> None:
    app = start()
    app.press("s", "c")
    app.wait_for("Spans 1")
    app.kill()
    again = start()
    again.wait_for("Spans 1")
    again.press("u")
    again.wait_for("undid: tag claim")


def test_terminal_is_left_clean_and_nothing_is_printed(start: Start) -> None:
    app = start()
    app.press("q")
    assert app.wait_for_end() == 0
    assert "Traceback" not in app.text


def test_escape_sequences_in_a_text_never_reach_the_terminal(start: Start, home: Path) -> None:
    (home / "evil.txt").write_text(
        "Kestrel Bay \x1b]0;owned\x07\x1b[2J\x9b31m [bold]x[/bold] \u202etxt\n", encoding="utf-8"
    )
    app = start(name="evil.txt")
    assert "␛]0;owned␇␛[2J" in app.text
    assert "[bold]x[/bold]" in app.text


def test_narrow_terminal_folds_the_sidebar(start: Start) -> None:
    app = start(columns=40)
    assert "Entities" not in app.text
    app.resize_to(120, 40)
    app.wait_for("Entities")


def test_twins_in_other_documents_are_listed_gone_to_and_tagged(start: Start, home: Path) -> None:
    (home / "harbour.txt").write_text("Kestrel Bay had [XX] ships.\n", encoding="utf-8")
    app = start("--no-candidates", name=".")
    app.press("b", "b", "p", "_")
    app.wait_for("1 place in 1 of 2 documents")
    assert "harbour.txt:1" in app.text
    app.press("enter")
    app.wait_for("1 missed twin here")
    app.press("y")
    app.wait_for("accepted placeholder")
    app.press("q")
    assert app.wait_for_end() == 0
    assert saved_quotes(home) == saved_quotes(home, "harbour.txt") == ["[XX]"]


def test_missing_file_is_one_line_and_exit_2(home: Path) -> None:
    app = PtyApp.annotator("nowhere.txt", "--no-pipeline", home=home)
    assert app.wait_for_end() == 2
    assert "nowhere.txt" in app.text
    assert "Traceback" not in app.text
    app.close()


def test_text_in_another_encoding_names_the_option(home: Path) -> None:
    (home / "latin.txt").write_bytes("Façade".encode("latin-1"))
    app = PtyApp.annotator("latin.txt", "--no-pipeline", home=home)
    assert app.wait_for_end() == 2
    assert "--encoding" in app.text
    app.close()
    opened = PtyApp.annotator("latin.txt", "--no-pipeline", "--encoding", "latin-1", home=home)
    opened.wait_for("Façade")
    opened.close()
