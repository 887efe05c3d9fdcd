"""Source code printed before the log: scripts that write themselves into their own log file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog.shapes import is_code

CERTAIN_LINES = 3
"""This many imports, functions and classes, close together, are a program."""
WINDOW = 60
"""Lines within which they must stand."""
ENDING_LINES = 3
"""This many lines in a row that are no code end the program."""
LONGEST_DOCSTRING = 200
"""Lines after which an open triple quote is taken for a slip."""
_TRIPLE = re.compile(r"\"{3}|'{3}")
_CERTAIN = re.compile(r"^\s*(?:import \w|from [\w.]+ import|(?:async )?def \w+\(|class \w+[(:])")
_STARTS = ("import ", "from ", "async ", "def ", "class ")
_CODE = re.compile(r"^\s*(?:[)\]}]|[\w.]+\(|[\w.,\[\]\"' ]{1,80}(?: ?: ?[\w\[\]., ]{1,40})? ?[-+*/|@]?= ?[^=])")
_INDENTED = re.compile(r"^[ \t]+.*(?:[=()\[\]{}]|[,:\\]\s*$)")
_COUNTED = re.compile(r"^\s*\[?(?:step|iter|iteration|epoch|round|ep|s)\b\W{0,4}\d", re.IGNORECASE)


@dataclass(slots=True)
class ProgramSkipper:
    """Passes lines on, but for those of a program."""

    inside: bool = False
    _seen: int = 0
    _certain: list[int] = field(default_factory=list)
    _held: list[tuple[int, str]] = field(default_factory=list)
    _quoted: int = 0

    def passed(self, number: int, line: str) -> list[tuple[int, str]]:
        """The lines to read now: this one, none, or also those held back until the program was over."""
        text = line[:300]
        self._seen += 1
        if not self.inside:
            self._watch(text)
            return [] if self.inside else [(number, line)]
        if self._in_docstring(text):
            self._held.clear()
            return []
        if _COUNTED.match(text) or not _continues(text):
            self._held.append((number, line))
            return self.rest() if len(self._held) >= ENDING_LINES else []
        if any(c.isalnum() for c in text):
            self._held.clear()
        return []

    def _in_docstring(self, text: str) -> bool:
        """Whether a line of the program is prose in triple quotes; a quote left open too long is none."""
        marks = len(_TRIPLE.findall(text))
        was = 0 < self._quoted < LONGEST_DOCSTRING
        if marks % 2:
            self._quoted = 0 if was else 1
        elif was:
            self._quoted += 1
        return was or bool(marks)

    def rest(self) -> list[tuple[int, str]]:
        """End the program; the lines held back."""
        held, self._held, self.inside = self._held, [], False
        self._certain.clear()
        return held

    def _watch(self, text: str) -> None:
        if text.lstrip(" \t").startswith(_STARTS) and _CERTAIN.match(text):
            self._certain = [n for n in self._certain if self._seen - n < WINDOW] + [self._seen]
            self.inside = len(self._certain) >= CERTAIN_LINES


def _continues(text: str) -> bool:
    """Whether a line may stand in a program; blank lines and rulers may stand anywhere."""
    if not any(c.isalnum() for c in text):
        return True
    return bool(_CODE.match(text) or _INDENTED.match(text)) or is_code(text)
