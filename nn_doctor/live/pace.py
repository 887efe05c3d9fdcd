"""How often to look: never so often that looking costs more than a tenth of the time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

REST = 10.0
"""Times the cost of the last look that must pass before the next."""


@dataclass
class Pace:
    """A pause of at least ``least`` seconds and of REST times the last look's cost between looks."""

    least: float = 0.0
    clock: Callable[[], float] = time.monotonic
    _started: float = field(default=0.0, init=False)
    _next: float = field(default=float("-inf"), init=False)

    @property
    def wait(self) -> float:
        """Seconds until the next look is due; 0 if it is."""
        return max(0.0, self._next - self.clock())

    def __enter__(self) -> Pace:
        """A look begins."""
        self._started = self.clock()
        return self

    def __exit__(self, *unused: object) -> None:
        """A look ends; its cost says when the next may begin."""
        now = self.clock()
        self._next = now + max(self.least, REST * (now - self._started))
