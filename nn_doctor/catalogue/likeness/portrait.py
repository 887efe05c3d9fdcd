"""A run in numbers: the outline of each of its curves, what the analyzers measure on it, and how the curves stand."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_doctor.analyzers.agreement import agreement
from nn_doctor.analyzers.batch_noise import batch_noise
from nn_doctor.analyzers.best import best
from nn_doctor.analyzers.change_points import change_points
from nn_doctor.analyzers.gap import gap
from nn_doctor.analyzers.jitter import jitter
from nn_doctor.analyzers.jumps import leap
from nn_doctor.analyzers.line import line
from nn_doctor.analyzers.noise import noise
from nn_doctor.analyzers.outline import LEAST, outline, over, side_by_side
from nn_doctor.analyzers.plateau import plateau
from nn_doctor.analyzers.repeats import repeats
from nn_doctor.analyzers.restless import restless
from nn_doctor.analyzers.shape import shape
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.analyzers.stairs import stairs
from nn_doctor.analyzers.thrown import thrown_up
from nn_doctor.analyzers.together import together
from nn_doctor.analyzers.trend import trend
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Run, Series

MOST = 10_000
"""Points a curve is looked at with; of longer ones every k-th."""
MANY = 40
"""Curves of one quantity inside the net (layers) that are looked at."""
SUMMARISED = frozenset({"loss", "learning_rate", "grad_norm"})
"""Quantities that have a portrait of their own."""
ONE: tuple[Callable[..., Any], ...] = (shape, noise, best, trend, plateau, line, leap)
LOSS: tuple[Callable[..., Any], ...] = (*ONE, batch_noise, repeats, stairs, thrown_up)
TWO: tuple[Callable[..., Any], ...] = (gap, restless, together, jitter, agreement)
PLACES = frozenset({"points", "pairs", "index", "dense", "x", "raw_at"})
"""Fields of analyzers that tell a place on the axis or a count: no two logs share them."""


def portrait(run: Run) -> dict[str, float]:
    """What can be measured on the run, by name; what the log does not hold is left out, or NaN."""
    judged = run.objective
    curves = {
        "train": judged.train,
        "validation": judged.val,
        "metric": judged.metric_train,
        "validation metric": judged.metric_val,
        "learning rate": _first(run, "learning_rate"),
        "gradient norm": _first(run, "grad_norm"),
    }
    found: dict[str, float] = {}
    with np.errstate(all="ignore"):
        for name, series in curves.items():
            found |= {f"{name}: {what}": value for what, value in _curve(name, series).items()}
        for name, a, b in (("loss", judged.train, judged.val), ("metric", judged.metric_train, judged.metric_val)):
            found |= {f"{name}, train and validation: {what}": value for what, value in _pair(name, a, b).items()}
        return found | _terms(run) | _inside(run)


def _first(run: Run, metric: str) -> Series | None:
    return next((series for series in run.series if series.metric == metric), None)


def _curve(name: str, series: Series | None) -> dict[str, float]:
    if series is None:
        return {"logged": 0.0}
    found = {"logged": 1.0, "not finite": 1 - series.finite[1].size / max(1, len(series))}
    found |= {"to be maximised": float(series.goal == "max"), "by epoch": float(series.axis == "epoch")}
    y = _minimised(series)[1]
    if y.size < LEAST:
        return found
    found |= outline(y)
    if name in {"train", "validation"}:
        found |= _measured(LOSS, _unit(y)) | _late(_unit(y)) | _spiky(_unit(y)) | _changed(_unit(y))
    elif name == "validation metric":
        found |= _measured(ONE, _unit(y)) | _late(_unit(y)) | _changed(_unit(y))
    return found


def _minimised(series: Series) -> tuple[FloatArray, FloatArray]:
    """The finite points, thinned, of a curve that is to fall."""
    x, y = (values[:: max(1, values.size // MOST)] for values in series.finite)
    return x, -y if series.goal == "max" else y


def _unit(y: FloatArray) -> FloatArray:
    """The curve as multiples of its typical level."""
    level = float(np.median(np.abs(y))) or float(np.abs(y).max()) or 1.0
    return y / level


def _measured(analyzers: Iterable[Callable[..., Any]], y: FloatArray) -> dict[str, float]:
    """The numbers of analyzers on a curve over its index."""
    return _measured_on(analyzers, (np.arange(y.size, dtype=float), y))


def _measured_on(analyzers: Iterable[Callable[..., Any]], given: Sequence[FloatArray]) -> dict[str, float]:
    found = {}
    for analyzer in analyzers:
        try:
            result = analyzer(*given)
        except InsufficientData:
            continue
        for name in (f.name for f in fields(result)):
            value: Any = getattr(result, name)
            if not name.endswith("_x") and name not in PLACES and isinstance(value, float | int | np.generic):
                found[f"{name} ({analyzer.__name__})"] = float(value)
    return found


def _late(y: FloatArray) -> dict[str, float]:
    try:
        late = trend(np.arange(y.size, dtype=float), y, last=0.3)
    except InsufficientData:
        return {}
    return {"tau (late trend)": late.tau, "change (late trend)": late.change, "p (late trend)": late.p}


def _spiky(y: FloatArray) -> dict[str, float]:
    try:
        found = spikes(np.arange(y.size, dtype=float), y)
    except InsufficientData:
        return {}
    told = {"spikes": float(found.count), "share of spikes": found.count / y.size}
    if found.count:
        highest = int(np.argmax(found.z))
        told |= {"height of the highest spike, in sigma": float(found.z.max())}
        told |= {"height of the highest spike, of the fall": float(found.to_fall.max())}
        told |= {"place of the highest spike": float(found.index[highest]) / y.size}
    return told


def _changed(y: FloatArray) -> dict[str, float]:
    """The largest steps up and down between stretches of one slope."""
    try:
        found = change_points(np.arange(y.size, dtype=float), y)
    except InsufficientData:
        return {}
    told = {"change points": float(found.shift.size)}
    if found.shift.size:
        for way, i in (("up", int(np.argmax(found.shift))), ("down", int(np.argmin(found.shift)))):
            told |= {f"largest step {way}": float(found.shift[i]), f"its z ({way})": float(found.z[i])}
            told |= {f"its place ({way})": float(found.fraction[i])}
            told |= {f"bend of the slope there ({way})": float(found.slope_after[i] - found.slope_before[i])}
    return told


def _pair(name: str, train: Series | None, val: Series | None) -> dict[str, float]:
    if train is None or val is None:
        return {}
    (xa, a), (xb, b) = _minimised(train), _minimised(val)
    if min(a.size, b.size) < LEAST:
        return {}
    level = float(np.median(np.abs(a))) or 1.0
    analyzers = TWO if name == "loss" else (gap, agreement)
    return side_by_side(a, b) | _measured_on(analyzers, (xa, a / level, xb, b / level))


def _ends(series: Series) -> tuple[float, float]:
    """The typical size at the beginning and at the end."""
    y = np.abs(series.finite[1])
    k = max(1, y.size // 10)
    return float(np.median(y[:k])), float(np.median(y[-k:]))


def _terms(run: Run) -> dict[str, float]:
    """How the terms of a loss stand to one another, and which of them fell."""
    terms = [series for series in run.series if series.role == "term" and series.finite[1].size >= LEAST]
    if not terms:
        return {}
    start, end = np.array([_ends(series) for series in terms]).T
    left = np.array([over(b, a) for a, b in zip(start, end, strict=True)])
    return {
        "terms": float(len(terms)),
        "terms: largest share at the end": over(float(end.max()), float(end.sum())),
        "terms: smallest share at the end": over(float(end.min()), float(end.sum())),
        "terms: largest share at the start": over(float(start.max()), float(start.sum())),
        "terms: smallest share at the start": over(float(start.min()), float(start.sum())),
        "terms: left of the one that fell least": float(left.max()),
        "terms: left of the one that fell most": float(left.min()),
        "terms: left of the largest": float(left[np.argmax(end)]),
    }


def _inside(run: Run) -> dict[str, float]:
    """Levels of what is logged beside the loss, by quantity: over all its curves the least and the most."""
    by_metric: dict[str, list[Series]] = {}
    for series in run.series:
        if series.metric and series.metric not in SUMMARISED and series.finite[1].size >= LEAST:
            by_metric.setdefault(series.metric, []).append(series)
    found: dict[str, float] = {}
    for metric, curves in by_metric.items():
        told = np.array([_levels(series) for series in curves[:MANY]])
        for i, what in enumerate(("start", "end", "lowest", "highest", "jumps of the level")):
            found |= {
                f"{metric}: least {what}": float(told[:, i].min()),
                f"{metric}: most {what}": float(told[:, i].max()),
            }
    return found


def _levels(series: Series) -> tuple[float, ...]:
    y = series.finite[1]
    k = max(1, y.size // 10)
    jumps = over(float(np.median(np.abs(np.diff(y)))), float(np.median(np.abs(y))))
    return float(np.median(y[:k])), float(np.median(y[-k:])), float(y.min()), float(y.max()), jumps
