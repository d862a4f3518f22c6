"""What an xterm with synchronised output (mode 2026) sends and answers, and how frames are told."""

from __future__ import annotations

import re

FRAME_START = b"\x1b[?2026h"
FRAME_END = b"\x1b[?2026l"
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
"""What a program may ask, and what this terminal says: mode 2026 is known and reset."""

_MARK = re.compile(rb"\x1b\[\?2026(?:h|l|\$p)")
_LONGEST = len(b"\x1b[?2026$p")

KEYS: dict[str, bytes] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "space": b" ",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "insert": b"\x1b[2~",
    "delete": b"\x1b[3~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "shift+tab": b"\x1b[Z",
    **{
        f"shift+{n}": f"\x1b[1;2{c}".encode()
        for n, c in zip(("up", "down", "right", "left"), "ABCD", strict=True)
    },
    **{
        f"ctrl+{n}": f"\x1b[1;5{c}".encode()
        for n, c in zip(("up", "down", "right", "left", "end", "home"), "ABCDFH", strict=True)
    },
    **{f"ctrl+{chr(code + 96)}": bytes([code]) for code in range(1, 27)},
    **{f"f{n}": f"\x1bO{c}".encode() for n, c in zip(range(1, 5), "PQRS", strict=True)},
    **{
        f"f{n}": f"\x1b[{c}~".encode()
        for n, c in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
}
"""What a plain xterm sends for the keys that have a name; other keys send themselves."""


def key_bytes(key: str) -> bytes:
    """Return what a terminal sends for a key: a name of ``KEYS``, ``alt+`` one, or a character."""
    if key.startswith("alt+"):
        return b"\x1b" + key_bytes(key.removeprefix("alt+"))
    if key in KEYS:
        return KEYS[key]
    if len(key) != 1:
        raise ValueError(f"no key is named {key!r}")
    return key.encode()


class FrameScanner:
    """Follows the frames and questions in a stream of output, however reads cut it up."""

    def __init__(self) -> None:
        self.frames = 0
        """Frames completed since the start."""
        self.in_frame = False
        """Whether a frame has begun and is not complete."""
        self._tail = b""

    def feed(self, data: bytes) -> bytes:
        """Take the next bytes of output; return what the terminal has to answer."""
        known = len(self._tail)
        window = self._tail + data
        answer = b""
        for match in _MARK.finditer(window):
            if match.end() <= known:
                continue
            mark = match.group()
            if mark in ANSWERS:
                answer += ANSWERS[mark]
            else:
                self.in_frame = mark == FRAME_START
                self.frames += mark == FRAME_END
        self._tail = window[-(_LONGEST - 1) :]
        return answer
