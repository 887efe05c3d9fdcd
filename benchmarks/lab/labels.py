"""Short ways to write configurations down: ``ill`` for a fault, ``well`` for a healthy training."""

from __future__ import annotations

from typing import Any

from benchmarks.lab.base import HEALTHY, Configuration

SEEDS = 3


def words(text: str) -> tuple[str, ...]:
    """Slugs between blanks."""
    return tuple(text.split())


def ill(name: str, fault: str, first: str, also: str = "", /, *, excused: str = "", dialect: str = "step_or_epoch_csv",
        options: dict[str, object] | None = None, params: dict[str, object] | None = None, seeds: int = SEEDS, **args: Any) -> Configuration:  # fmt: skip
    """A training with a fault; ``first``, ``also``, ``excused``: slugs between blanks."""
    return Configuration(name, args, words(first), words(also), fault, "", words(excused), dialect, options or {},
                         params or {}, seeds)  # fmt: skip


def well(name: str, kind: str, /, *, also: str = "", excused: str = "", dialect: str = "step_or_epoch_csv",
         options: dict[str, object] | None = None, seeds: int = SEEDS, **args: Any) -> Configuration:  # fmt: skip
    """A healthy training; ``kind``: what is frightening about it."""
    return Configuration(name, args, (HEALTHY,), words(also), "", kind, words(excused), dialect, options or {},
                         seeds=seeds)  # fmt: skip
