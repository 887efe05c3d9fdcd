"""Follow a log that somebody else is writing: look whenever it has changed, and the pace allows."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor import doctor
from nn_doctor.live.confirm import Confirmer
from nn_doctor.live.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nn_doctor.doctor import Settings
    from nn_doctor.live.confirm import Told
    from nn_doctor.report.model import Report

TICK = 0.2
"""Seconds between glances at the size of the log."""
MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: the report as it stands, what it confirms, and whether the log has come to its end."""

    report: Report
    told: tuple[Told, ...]
    last: bool = False


def follow(
    paths: Sequence[str],
    settings: Settings,
    *,
    interval: float = 1.0,
    idle: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Look]:
    """A Look after each change of the log, at least ``interval`` seconds apart and ten times the cost of the last.

    A log that is not there yet is waited for; one that was truncated or rotated is read anew. With ``idle``, the
    last Look comes when nothing has changed for so many seconds; without, there is no end.
    """
    confirmer, pace = Confirmer(), Pace(interval, clock)
    seen: object = None
    changed = clock()
    while True:
        now = state_of(paths)
        if now != seen and pace.wait == 0:
            with pace:
                report = doctor.examine(paths, settings)
            seen, changed = now, clock()
            yield Look(report, tuple(confirmer.look(report)))
        elif now != seen:
            changed = clock()
        elif idle is not None and clock() - changed >= idle:
            yield Look(report, (), last=True)
            return
        sleep(TICK)


def state_of(paths: Sequence[str]) -> tuple[tuple[str, int, int, int], ...]:
    """Name, inode, size and time of change of every file behind the paths; what is not there is left out."""
    found = []
    for path in paths:
        for name in _files(Path(path)):
            try:
                state = Path(name).stat()
            except OSError:
                continue
            found.append((name, state.st_ino, state.st_size, state.st_mtime_ns))
    return tuple(found)


def _files(path: Path) -> list[str]:
    """The file, or the files in a folder, at most MOST_FILES of them."""
    if not path.is_dir():
        return [str(path)]
    names: list[str] = []
    for folder, _, files in os.walk(path):
        names += [os.path.join(folder, file) for file in sorted(files)]  # noqa: PTH118 - many files, plain strings
        if len(names) >= MOST_FILES:
            break
    return names[:MOST_FILES]
