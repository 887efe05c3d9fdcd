"""Sacred's file storage: a numbered folder a run with ``run.json``, ``config.json`` and the metrics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import inside, size_of, text_of
from nn_doctor.parsers.layouts.base import About, Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CURVES = ("metrics.json", "cout.txt", "info.json")
"""Where the curves of a run may be, best first."""
_EMPTY = 4
"""Bytes of "{}" and a line's end: nothing was logged."""
_EXPERIMENT = re.compile(r'"experiment"\s*:\s*\{.*?"name"\s*:\s*"([^"\\]{1,200})"', re.DOTALL)


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a folder that has ``run.json`` and, beside it, ``config.json`` or ``cout.txt``."""
    listed = set(paths)
    homes = {p.parent for p in paths if p.name == "run.json" and (p.with_name("config.json") in listed)}
    bundles = []
    for home, files in sorted(inside(paths, homes).items()):
        best = next((home / name for name in _CURVES if home / name in listed and size_of(home / name) > _EMPTY), None)
        if best is not None:
            aside = tuple(path for path in files if path != best)
            bundles.append(Bundle(home, (Member(best),), "sacred", aside=aside, about=_about))
    return bundles


def _about(home: Path) -> About:
    """The experiment's name with the run's number, and its configuration."""
    from nn_doctor.parsers.common.beside import settings_in

    experiment = _EXPERIMENT.search(text_of(home / "run.json"))
    params, note = settings_in(home / "config.json", "of the run")
    return About(f"{experiment.group(1)} {home.name}" if experiment else "", params, (note,))


LAYOUT = Layout("sacred", "Sacred's file storage (run.json, config.json, metrics.json)", claim, store=True)
