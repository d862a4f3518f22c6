"""How a command tells a program that runs it how far it is: lines on stderr."""

from __future__ import annotations

VARIABLE = "ANNOTATOR_PROGRESS"
"""The variable of the environment that asks for it."""
AS_LINES = "lines"
"""Its value."""
PROGRESS = "progress: "
"""Begins such a line, ``progress: 20 of 200 documents``."""
