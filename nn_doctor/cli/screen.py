"""What the terminal can show: width, colour, Unicode."""

from __future__ import annotations

import os
import shutil
import sys

from nn_doctor.reporters.style import Style

NARROWEST, WIDEST, PIPE = 24, 100, 80


def style_of(encoding: str, output: str | None, no_color: bool) -> Style:
    """The style for standard output, or plain 80 columns for a file."""
    if output is not None:
        return Style()
    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size((PIPE, 24)).columns if terminal else _columns()
    wide = "utf" in encoding.lower().replace("cp65001", "utf")
    return Style(min(WIDEST, max(NARROWEST, width)), not no_color and _colour(terminal), wide)


def _columns() -> int:
    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else PIPE


def _colour(terminal: bool) -> bool:
    """NO_COLOR wins, then FORCE_COLOR, then whether it is a terminal that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced != "0"
    return terminal and os.environ.get("TERM") != "dumb"
