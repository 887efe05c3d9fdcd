"""A progress bar on standard error: only at a terminal, only where work takes longer than a second."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

AFTER = 1.0
"""Seconds of work before anything is drawn."""
EVERY = 0.2
CELLS = 24


class Bar:
    """``with Bar() as bar: … bar.show(done, total)``; erased at the end. Draws from a thread of its own."""

    def __init__(self) -> None:
        self._counts = (0, 0)
        self._over = threading.Event()
        self._drawn = False
        self._thread: threading.Thread | None = None
        self._start = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Take note of how far the work is."""
        self._counts = (done, total)

    def __enter__(self) -> Bar:
        if _wanted():
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        if self._drawn:
            _write("\r\x1b[K")

    def _watch(self) -> None:
        if self._over.wait(AFTER):
            return
        while True:
            self._drawn = True
            _write("\r" + line(*self._counts, time.monotonic() - self._start) + "\x1b[K")
            if self._over.wait(EVERY):
                return


def line(done: int, total: int, seconds: float) -> str:
    """``[#####-----] 12 of 40 · 3 s``; without the bar while there is one thing to do or nothing is known."""
    spent = f"{seconds:.0f} s"
    if total < 2:
        return f"nn-doctor: at work, {spent}"
    full = CELLS * done // total
    return f"[{'#' * full}{'-' * (CELLS - full)}] {done} of {total}, {spent}"


def _wanted() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        return
