"""How each curve of a run was understood, what was not, and the option that would help: the facts, not their look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.series.roles import MEASURED

if TYPE_CHECKING:
    from nn_doctor.series.model import Run, Series

COUNTS_FROM = 3
"""A curve with fewer points is no candidate for an axis."""
MOST_CANDIDATES = 4
"""Names offered for one option."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One curve: what it was taken for and why, and what to say if that is wrong ("" where nothing is missing)."""

    series: Series
    why: str
    missing: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A run: its curves, the columns that count (kind → name), and options for what it lacks as a whole."""

    run: Run
    curves: tuple[Understood, ...]
    axes: dict[str, str]
    judged_by: str
    advice: tuple[tuple[str, str], ...]
    """What is missing for the run as a whole, and the option that says it."""


def explained(run: Run) -> Explanation:
    """How a run was understood."""
    axes: dict[str, str] = {}
    for series in run.series:
        for kind, name in series.counted_by:
            axes.setdefault(kind, name)
    return Explanation(run, tuple(_curve(s) for s in run.series), axes, _judged(run), tuple(_advice(run)))


def _curve(series: Series) -> Understood:
    why = series.why
    if series.averaged_over:
        why = f"{why}; a mean over the {series.averaged_over}"
    if series.role == "unknown":
        option = f"--map {_quoted(f'{series.name}=METRIC:min/train')} (or :max, /val, /test)"
        return Understood(series, why, "no known metric", option)
    if series.role == "metric" and series.goal == "none":
        option = f"--map {_quoted(f'{series.name}={series.metric}:max')}"
        return Understood(series, why, "no known direction", option)
    return Understood(series, why)


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    return "'" + name.replace("'", "'\\''") + "'"


def _judged(run: Run) -> str:
    chosen = run.objective
    pairs = [("train", chosen.train), ("validation", chosen.val)]
    named = [f"{series.name} ({side})" for side, series in pairs if series is not None]
    return f"{' and '.join(named)}: {chosen.reason}" if named else f"nothing: {chosen.reason}"


def _advice(run: Run) -> list[tuple[str, str]]:
    """What a run lacks as a whole."""
    told = []
    judged = [s for s in run.series if s.role in MEASURED] or list(run.series)
    if judged and all(s.axis == "row" for s in judged):
        names = [s.name for s in run.series if s.role in ("unknown", "system") and _counts(s)][:MOST_CANDIDATES]
        given = [f"'{name}'" for kind, name in dict(judged[0].counted_by).items() if kind in ("step", "epoch")]
        what = f"{' and '.join(given)} cannot put the points in order" if given else "nothing counts steps or epochs"
        told.append((f"{what}: rows are numbered", _choice("--x", names, "COLUMN")))
    if run.objective.train is None and run.objective.val is None:
        names = [s.name for s in run.series if s.role != "system" and len(s) > 1][:MOST_CANDIDATES]
        told.append(("no curve to judge the run by", _choice("--objective", names, "NAME")))
    return told


def _choice(option: str, names: list[str], word: str) -> str:
    return " or ".join(f"{option} {_quoted(name)}" for name in names) or f"{option} {word}"


def _counts(series: Series) -> bool:
    """Whether the values of a curve could be an axis: finite, rising."""
    y = series.y
    return bool(y.size >= COUNTS_FROM and np.isfinite(y).all() and np.all(np.diff(y) > 0))
