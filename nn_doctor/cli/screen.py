"""What the terminal can show: width, colour, Unicode."""

from __future__ import annotations

import os
import shutil
import sys

from nn_doctor.cli import common
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


def plain_style() -> tuple[Style, bool]:
    """The style for standard output, and whether that is a terminal."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return style_of(common.encoding(), None, False), terminal


def page(text: str) -> None:
    """Print ``text``; at a terminal that it does not fit on, through ``$PAGER`` or less, where there is one."""
    import subprocess

    command = _pager(text)
    if command:
        try:
            with subprocess.Popen(  # noqa: S603 - the pager the user has chosen
                command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ}
            ) as process:
                process.communicate(text.encode(common.encoding(), "backslashreplace"))
        except OSError:
            command = []
    if not command:
        common.emit([text])


def _pager(text: str) -> list[str]:
    """The pager's command; nothing where none is wanted: in a pipe, on a dumb terminal, for a short text."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return []
    if os.environ.get("TERM") == "dumb" or text.count("\n") < shutil.get_terminal_size((PIPE, 24)).lines:
        return []
    import shlex

    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    found = shutil.which(words[0]) if words else None
    return [found, *words[1:]] if found and os.name != "nt" else []


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
