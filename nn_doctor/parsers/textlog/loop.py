"""Whose loop a ``k/N`` counts: that of training, or of an evaluation that a heading announced."""

from __future__ import annotations

from dataclasses import dataclass

NONE = -1.0


@dataclass(slots=True)
class Loop:
    """Of how many steps or batches the last line of training said that it was one, and whether it was the last."""

    _total: float = 0.0
    _done: bool = False
    _evaluated: float = NONE
    """How far an evaluation has come that was announced after the last step of an epoch."""

    def announce(self) -> None:
        """A heading announces an evaluation: where all steps of the epoch are done, what counts next is its loop."""
        self._evaluated = 0.0 if self._done else NONE

    def end(self) -> None:
        """Something else was counted, such as a new epoch."""
        self._evaluated = NONE

    def is_evaluations(self, count: float, total: float, headed: bool) -> bool:
        """Whether a count is an evaluation's; ``headed``: a heading above it named one.

        By another N than training's, or behind the last of its steps, until the count goes back.
        """
        if headed and (0 < self._total != total or 0 <= self._evaluated <= count):
            self._evaluated = max(count, self._evaluated) if self._evaluated >= 0 else NONE
            return True
        self._total, self._done = total, count >= total
        return False
