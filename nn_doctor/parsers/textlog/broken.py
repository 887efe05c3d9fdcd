"""What broke a run off: the last error of a text that holds no training log."""

from __future__ import annotations

import re

TRACEBACK = "Traceback (most recent call last)"
LONGEST = 160
"""Characters of an error's message that are told."""
_ERROR = re.compile(r"^(?:[A-Za-z_]\w{0,60}\.){0,8}\w{0,60}(?:Error|Exception|Interrupt|Exit|Failed)\b.*")
_FAR = 100_000
"""Characters behind the last traceback that are searched for its end."""


def last_error(text: str) -> str:
    """The line that ends the last Python traceback in the text, "" where there is none."""
    start = text.rfind(TRACEBACK)
    if start < 0:
        return ""
    lines = text[start : start + _FAR].splitlines()
    ends = [line.strip() for line in lines if _ERROR.match(line[: 2 * LONGEST])]
    return ends[-1][:LONGEST] if ends else ""
