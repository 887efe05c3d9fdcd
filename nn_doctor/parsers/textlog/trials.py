"""Whose block it is in the output of Ray Tune: results of several trials follow one another in one text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog.words import MEASURES

_RESULT = re.compile(r"Result for ([\w./=,\-]{1,200}):?\s*$")
_BOX = re.compile("[\u2502|] Trial ([\\w./=,\\-]{1,200}) result\\s{1,200}[\u2502|]\\s*$")
_ENTRY = re.compile("\u2502 ([A-Za-z][\\w/.\\-]{0,80}) {2,200}(\\S{1,60}) \u2502\\s*$")
_EDGES = ("\u256d", "\u251c", "\u2570")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.]{0,29}(?:[eE][+-]?\d{1,3})?|nan|inf)", re.IGNORECASE)


@dataclass(slots=True)
class TrialBlocks:
    """The block a line stands in: ``Result for NAME:`` and indented lines, or a box titled ``Trial NAME result``."""

    _name: str = ""
    _boxed: bool = False
    _results: bool = False
    """Whether results were printed: then the tables of all trials say nothing new."""
    _columns: list[str] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)

    def told(self, line: str) -> tuple[str, str]:
        """The trial whose line this is ("" for none), and the line; boxes are written as indented lines."""
        if self._name:
            if self._goes_on(line):
                return self._name, self._entry(line)
            self._name = ""
        if line[:11] == "Result for " and (found := _RESULT.match(line[:220])):
            self._name, self._boxed, self._results = found.group(1), False, True
            return self._name, line
        if line[:8] in ("\u2502 Trial ", "| Trial "):
            return self._opened(line)
        return self._row(line) if self._columns else ("", line)

    def _goes_on(self, line: str) -> bool:
        return line[:1] == "\u2502" or line[:1] in _EDGES[:2] if self._boxed else line[:1] in (" ", "\t")

    def _entry(self, line: str) -> str:
        if not self._boxed:
            return line
        found = _ENTRY.match(line[:300])
        return f"  {found.group(1)}: {found.group(2)}" if found else "  "

    def _opened(self, line: str) -> tuple[str, str]:
        """The title of a result's box, or the header of the table of all trials."""
        if found := _BOX.match(line[:300]):
            self._name, self._boxed, self._results = found.group(1), True, True
            return self._name, f"Result for {self._name}:"
        names = _cells(line)
        if "iter" in names and not self._results:
            self._columns = names
        return "", line

    def _row(self, line: str) -> tuple[str, str]:
        """A row of the table of all trials: what it says of a trial that has moved on."""
        start = line[:1]
        if start not in ("|", "\u2502"):
            if start not in ("+", *_EDGES):
                self._columns = []
            return "", line
        cells = _cells(line)
        if len(cells) != len(self._columns) or self._results or line[1:2] == "-":
            return "", line
        at = self._columns.index("iter")
        name, count = cells[0], cells[at]
        if not count.isdigit() or self._seen.get(name) == count:
            return "", ""
        self._seen[name] = count
        pairs = [f"{n}: {c}" for n, c in zip(self._columns[at + 1 :], cells[at + 1 :], strict=True) if _tells(n, c)]
        return name, " | ".join([f"step {count}", *pairs])


def _tells(name: str, cell: str) -> bool:
    words = re.split(r"[^a-z0-9]+", name.lower())
    known = any(word in MEASURES or word.endswith(("loss", "acc")) for word in words)
    return known and bool(_NUMBER.fullmatch(cell))


def _cells(line: str) -> list[str]:
    """The cells of a row: between bars where there are several, else between wide gaps."""
    inner = line.strip().strip("|\u2502")
    if "|" in inner or "\u2502" in inner:
        return [cell.strip() for cell in re.split("[|\u2502]", inner)]
    return [cell for cell in re.split(r" {2,}", inner.strip()) if cell]
