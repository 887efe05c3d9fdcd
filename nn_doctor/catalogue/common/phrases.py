"""Small phrases and lookups the rules share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.schedule import Schedule, schedule
from nn_doctor.catalogue.base import Clear
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Span
from nn_doctor.series import hyperparameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

MAX_CLASSES = 100_000
TWO = 2
COVERS = 0.5
"""A curve that ends before this share of the run says nothing about the run as a whole."""
MANY = 8
"""Fewer points may show a fault, never that there is none."""
WITHIN = 8
"""Points of a loss within one epoch, on average, that are single batches or means of a few."""
NEAR_CHANCE = 0.15
"""How far, as a share of 1/C, an accuracy may lie from that of guessing."""


def at(series: Series, x: float) -> str:
    """Name a place on a series' axis: "epoch 12", "step 3000"."""
    return f"{series.axis} {x:g}" if x == round(x) else f"{series.axis} {x:.4g}"


def span_of(series: Series, start: float | None = None, end: float | None = None) -> Span:
    """A stretch of a series, by default all of it."""
    x = series.finite[0]
    return Span(series.axis, float(x[0] if start is None else start), float(x[-1] if end is None else end))


def schedule_of(ctx: Context) -> Schedule | None:
    """What the logged learning rate did, or None where none was logged."""
    rate = ctx.learning_rate
    return ctx.of(schedule, rate) if rate is not None and rate.finite[1].size else None


def within_epochs(series: Series, least: float = WITHIN) -> bool:
    """Whether the axis counts epochs, and more than ``least`` points lie within each."""
    x = series.finite[0]
    return series.axis == "epoch" and x.size > least and x.size > least * float(x[-1] - x[0])


def demand_whole_run(ctx: Context, series: Series) -> None:
    """Raise InsufficientData where other curves go on long after ``series`` has ended.

    Some trainers log every one of the first hundred steps and only evaluate afterwards. Points that are not
    finite count as logged.
    """
    reach = max((float(s.x[-1]) for s in ctx.run.series if s.axis == series.axis and len(s) > 1), default=0.0)
    first, last = float(series.x[0]), float(series.x[-1])
    if last - first < COVERS * (reach - first):
        raise InsufficientData(f"{series.name} ends at {at(series, last)} of {reach:g}: only the first part of the run")


def cleared(points: int, reason: str, measured: Mapping[str, float]) -> Clear:
    """A Clear of a curve of so many points; raises InsufficientData if they are too few to clear it of anything."""
    if points < MANY:
        raise InsufficientData(f"{points} points; {MANY} are needed to say more", MANY)
    return Clear(reason, measured)


def classes_of(ctx: Context) -> int | None:
    """The number of classes: as the user said (--classes), else from the hyper-parameters of a run with an accuracy."""
    if ctx.expectation.classes:
        return ctx.expectation.classes
    found = hyperparameters.number(ctx.run.params, "classes")
    whole = found is not None and found == int(found) and found >= TWO
    return int(found) if found and whole and any(s.metric == "accuracy" for s in ctx.run.series) else None


def classes_at_chance(ctx: Context, loss: float, tolerance: float) -> int | None:
    """The number of classes C for which ``loss`` is ln C *and* the accuracy 1/C (or C was given), else None."""
    if loss <= 0:
        return None
    known = classes_of(ctx)
    guess = known or round(math.exp(min(loss, math.log(MAX_CLASSES))))
    if guess < TWO or abs(loss - math.log(guess)) > tolerance * math.log(guess):
        return None
    if known:
        return guess
    own = [series for series in ctx.run.series if series.split == "train" and _is_known(series, guess)]
    return guess if any(_is_guessing(series, guess) for series in own or ctx.run.series) else None


def _is_known(series: Series, classes: int) -> bool:
    """Whether what guessing gets of this metric is known."""
    known = series.metric == "accuracy" or (series.metric == "auc" and classes == TWO)
    return known and bool(series.finite[1].size)


def _is_guessing(series: Series, classes: int) -> bool:
    """Whether an accuracy has ended at 1/C, or (two classes) an area under the curve at one half."""
    if not _is_known(series, classes):
        return False
    last = float(series.finite[1][-max(1, len(series) // 5) :].mean())
    share = last / 100 if last > 1 else last
    return abs(share - 1 / classes) < NEAR_CHANCE / classes
