"""What the screen can show, and text laid out for it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from nn_doctor import safe

CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
    "magenta": "35",
}
COLOURS = {"critical": "red", "warning": "yellow", "note": "blue", "healthy": "green", "unjudged": "dim"}
"""Of verdicts and severities."""
SIGNS = {
    "critical": ("✗", "x"),
    "warning": ("!", "!"),
    "note": ("·", "-"),
    "healthy": ("✓", "+"),
    "unjudged": ("?", "?"),
}
NARROW = 60
"""Below this many columns labels stand on lines of their own."""
_ASCII = str.maketrans({"·": "-", "…": "~", "→": ">", "–": "-", "—": "-", "×": "x", "−": "-", "≥": ">", "≤": "<"})


@dataclass(frozen=True, slots=True)
class Style:
    """Columns, and whether colour and Unicode may be used."""

    width: int = 80
    color: bool = False
    wide: bool = True

    def paint(self, text: str, *names: str) -> str:
        """``text`` in the colours named, or as it is."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(CODES[name] for name in names)}m{text}\x1b[0m"

    def clean(self, text: str) -> str:
        """Text from a log or a rule, fit for the screen: printable, and ASCII where it must be."""
        shown = safe.printable(" ".join(text.split("\n")))
        if self.wide or shown.isascii():
            return shown
        return shown.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")

    def mark(self, wide: str, ascii_: str) -> str:
        """A sign, or its ASCII stand-in."""
        return wide if self.wide else ascii_

    @property
    def dot(self) -> str:
        """What stands between items on a line."""
        return self.mark(" · ", " - ")


def cells(text: str) -> int:
    """How many columns a text takes (East Asian wide characters two, combining marks none)."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, width: int) -> str:
    """``text`` cut to at most ``width`` columns, with "~" where it was cut."""
    if cells(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += cells(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "~"


def columns_of(text: str, width: int) -> str:
    """``text`` filled with blanks up to ``width`` columns."""
    return text + " " * (width - cells(text))


def clip_left(text: str, width: int) -> str:
    """``text`` cut at its beginning: of a path, the file's name matters most."""
    return text if cells(text) <= width else clip(text[::-1], width)[::-1]


def wrapped(text: str, width: int) -> list[str]:
    """``text`` broken at blanks into lines of at most ``width`` columns; longer words are broken anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cells(word) > width:
            head = clip(word, width + 1)[:-1] if width > 1 else word[:1]
            head = head or word[:1]
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line or not lines else lines
