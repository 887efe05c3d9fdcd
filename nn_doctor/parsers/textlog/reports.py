"""Tables with one row a split, and the results Ray Tune prints in many lines: each as one line of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog.words import MEASURES, split_of

_BARS = re.compile("[|\u2502]")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.]{0,29}(?:[eE][+-]?\d{1,3})?|nan|inf)%?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][\w .@/-]{0,60}")
_ENTRY = re.compile(r"^\s{1,40}([A-Za-z][\w/.-]{0,80}): ([+-]?(?:[\d.]{1,30}(?:[eE][+-]?\d{1,3})?|\.?nan|\.?inf))\s*$")
_RESULT = re.compile(r"^Result for [\w.:/=,-]{1,200}:?\s*$")
_COUNTS = ("timesteps_total", "num_env_steps_sampled", "training_iteration")
MOST = 400
"""Entries of a result."""
ARCH = "arch"
"""Heads the table that pose estimators print after each evaluation: one row, of the architecture."""


@dataclass(slots=True)
class SplitTable:
    """``| train | 0.5 | 0.9 |`` under ``| set | loss | accuracy |``, ``| net | 0.7 |`` under ``| Arch | AP |``."""

    _names: list[str] = field(default_factory=list)
    _scores: list[str] = field(default_factory=list)
    """The names of an architecture's scores, where the line before said them."""
    _splits: list[str] = field(default_factory=list)
    """The splits that head the columns, where each row is a metric."""

    def lines(self, text: str) -> tuple[str, ...] | None:
        """A row as text, None for any line that is no row of such a table."""
        if ":" in text or "=" in text:
            return None
        cells = [cell.strip() for cell in _BARS.split(text[:1000].strip().strip("|\u2502"))]
        if len(cells) < 2:
            return None
        row = self._metric(cells)
        row = self._architecture(cells) if row is None else row
        if row is not None:
            return row
        split = split_of(cells[0])
        told = any(cells[1:]) and all(not cell or _NUMBER.fullmatch(cell) for cell in cells[1:])
        if split and told and len(cells) == len(self._names):
            pairs = zip(self._names[1:], cells[1:], strict=True)  # what only the other split has is left empty
            return (" | ".join(f"{split}/{name}: {cell}" for name, cell in pairs if cell),)
        if not any(_NUMBER.fullmatch(cell) for cell in cells):
            known = any(cell.lower() in MEASURES or "loss" in cell.lower() for cell in cells[1:])
            self._names = cells if known and all(cells[1:]) else self._names
        return None

    def _architecture(self, cells: list[str]) -> tuple[str, ...] | None:
        """The scores of a model under ``| Arch | AP | AP .5 |``, or that header; None for any other."""
        cells = cells if cells[0] else cells[1:]  # a bar stands for the clock before the table
        if cells[0].lower() == ARCH:
            self._scores = ["@".join(cell.split()) for cell in cells[1:]]
            return ()
        names, told = self._scores, all(map(_NUMBER.fullmatch, cells[1:]))
        if not names or not told or len(cells) != len(names) + 1:
            return None
        self._scores = []
        return (" | ".join(f"val/{name}: {cell}" for name, cell in zip(names, cells[1:], strict=True)),)

    def _metric(self, cells: list[str]) -> tuple[str, ...] | None:
        """A row ``| loss | 0.5 | 0.6 |`` under ``| | train | validation |``, or that header; None for any other."""
        if not cells[0] and len(cells) > 2 and all(map(split_of, cells[1:])):
            self._splits = cells[1:]
            return ()
        if len(cells) != len(self._splits) + 1 or not _NAME.fullmatch(cells[0]):
            return None
        if not all(not cell or _NUMBER.fullmatch(cell) for cell in cells[1:]) or not any(cells[1:]):
            return None
        return (" | ".join(f"{s}/{cells[0]}: {cell}" for s, cell in zip(self._splits, cells[1:], strict=True) if cell),)


@dataclass(slots=True)
class TuneResult:
    """``Result for PPO_0:`` and the indented lines below it; the step stands among the last of them."""

    inside: bool = False
    _found: dict[str, str] = field(default_factory=dict)

    def lines(self, text: str) -> tuple[str, ...]:
        """What can be told now: the result before, once it is over."""
        if _RESULT.match(text):
            ended = self.rest()
            self.inside = True
            return ended
        if self.inside and text[:1] in (" ", "\t"):
            if len(self._found) < MOST and (entry := _ENTRY.match(text[:200])):
                self._found.setdefault(*entry.groups())
            return ()
        return self.rest()

    def rest(self) -> tuple[str, ...]:
        """The result so far as one line; none if it does not count."""
        found, self._found, self.inside = self._found, {}, False
        count = next((name for name in _COUNTS if name in found), None)
        if count is None:
            return ()
        pairs = [f"{name}: {value}" for name, value in found.items() if name not in _COUNTS]
        return (" | ".join([f"step {found[count]}", *pairs]),)
