"""For all tests: Hypothesis judges what happens, never how long it takes.

In CI it draws the same examples every time, so that a change is judged by what it changes; on a
developer's machine it looks further each time.
"""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

settings.register_profile(
    "unhurried",
    settings(),
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background by a shell. Programs under test would inherit that they are not to
    # be interrupted, and some tests interrupt them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
