"""Lightning's ``version_N/`` where two loggers wrote: ``metrics.csv`` and TensorBoard events of one run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_VERSION = re.compile(r"version_\d+")
_TABLE = "metrics.csv"


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """The table of each version that has events beside it; the events show the same curves."""
    events: dict[Path, list[Path]] = {}
    for path in paths:
        if "tfevents" in path.name and _VERSION.fullmatch(path.parent.name):
            events.setdefault(path.parent, []).append(path)
    listed = set(paths)
    return [
        Bundle(home, (Member(home / _TABLE),), "lightning", aside=tuple(doubled))
        for home, doubled in sorted(events.items())
        if home / _TABLE in listed
    ]


LAYOUT = Layout("lightning", "Lightning's version_N/ with two loggers", claim)
