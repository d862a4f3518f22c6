"""A small Textual program whose every key does something known, to test the driver with."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget


class Probe(Widget, can_focus=True):
    """Shows its size, a count and a text in many scripts."""

    count = 0

    def render(self) -> str:
        return f"probe {self.size.width}x{self.size.height}\ncount {self.count}\n漢字 and עברית end"

    def key_right(self) -> None:
        """Paint one frame."""
        self.count += 1
        self.refresh()

    def key_t(self) -> None:
        """Paint two frames, the second well after the first."""
        self.key_right()
        self.set_timer(0.05, self.key_right)

    def key_0(self) -> None:
        """Begin anew."""
        self.count = 0
        self.refresh()

    def key_q(self) -> None:
        """Leave."""
        self.app.exit(return_code=3)

    def key_x(self) -> None:
        """Fail."""
        raise RuntimeError("asked to fail")


class ProbeApp(App[None]):
    """The probe and nothing else."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Probe()

    def on_mount(self, _: events.Mount) -> None:
        self.query_one(Probe).focus()


if __name__ == "__main__":
    app = ProbeApp()
    app.run()
    raise SystemExit(app.return_code)
