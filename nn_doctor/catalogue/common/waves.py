"""Tall waves that come back with the epoch, however few points draw them (for ND301)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.periodicity import simplicity
from nn_doctor.analyzers.refrain import refrain, steepness
from nn_doctor.analyzers.sought import sought
from nn_doctor.analyzers.stairs import stairs
from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.phrases import schedule_of
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.analyzers.refrain import Refrain
    from nn_doctor.catalogue.base import Context

CYCLES = Threshold("nd301.cycles", 2, "restarts", 1, 100, "a rate that restarts as often as this is cyclical")
SIMPLE = Threshold("nd301.simple", 0.3, "of the wave", 0.0, 1.0, "what no ramp or bow explains; less is a saw-tooth")
SHARED = Threshold("nd301.shared", 0.4, "correlation", 0.1, 1.0, "of two tall waves; sorted data 0.46 and more")
CHANCE = Threshold("nd301.chance", 4.0, "standard deviations", 2.0, 100.0, "of the same; waves turned at random")
TALL_WAVE = Threshold("nd301.tall_wave", 0.2, "of the level", 0.0, 10.0, "of the same; means that start anew to 0.08")
BORDER = Threshold("nd301.border", 0.5, "of the wave", 0.1, 1.0, "a plain one that falls so far there is a staircase")
CLIMBS = Threshold("nd301.climbs", 2.0, "of the fall", 1.0, 1000.0, "or half of each step is climbed back; as ND302")
REGULAR = Threshold(
    "nd301.regular", 0.8, "of the borders", 0.5, 1.0, "or nearly all go down, as in a staircase of ND302"
)
STEPS = Threshold("nd301.steps", 0.5, "of the fall", 0.2, 10.0, "and so much of the fall is won there; as ND302")
FOUND = Threshold("nd301.found", 0.5, "correlation", 0.1, 1.0, "of two tall waves whose length had to be sought")
TALL_FOUND = Threshold("nd301.tall_found", 0.3, "of the level", 0.0, 10.0, "of the same: they may be no epochs")
LUCK = Threshold("nd301.luck", 5.5, "standard deviations", 3.0, 100.0, "of the same; the best of all lengths: to 5.2")
ABRUPT = Threshold("nd301.abrupt", 0.65, "of the wave", 0.1, 1.0, "in one step up: bad batches and restarts, 0.73 on")
SLOWER = Threshold(
    "nd301.slower", 2.0, "times its steps down", 1.0, 100.0, "of such a step in the usual wave: restarts 3"
)
WAVE_THRESHOLDS = (SHARED, CHANCE, TALL_WAVE, BORDER, CLIMBS, REGULAR, STEPS, FOUND, TALL_FOUND, LUCK, ABRUPT, SLOWER)


@dataclass(frozen=True, slots=True)
class Waves:
    """Waves of one ``length`` (units of x); ``known`` where the log or the user said that it is an epoch's."""

    length: float
    found: Refrain
    known: bool


def tall_waves(ctx: Context, length: float | None) -> Waves | None:
    """Waves too tall for a mean that starts anew and too alike for chance, or None; roughly logged, steps hide them.

    Where the length of an epoch is not known they must not rise at once: so do bad batches at even distances, and a
    learning rate that starts again and was not logged.
    """
    if is_cyclical(ctx):
        return None
    try:
        waves = _known(ctx, length) if length is not None else _sought(ctx)
    except InsufficientData:
        return None
    least = ctx.limit(TALL_WAVE if length is not None else TALL_FOUND)
    if waves is None or waves.found.swing < least or _staircase(ctx, waves):
        return None
    return waves


def is_cyclical(ctx: Context) -> bool:
    """Whether the logged learning rate starts again and again."""
    schedule = schedule_of(ctx)
    return schedule is not None and schedule.restarts.size >= ctx.limit(CYCLES)


def _known(ctx: Context, length: float) -> Waves | None:
    found = ctx.of(refrain, ctx.train, period=length)
    alike = found.shared >= ctx.limit(SHARED) and found.z >= ctx.limit(CHANCE)
    return Waves(length, found, True) if alike else None


def _sought(ctx: Context) -> Waves | None:
    train = ctx.train
    if train.axis != "step":
        return None
    best = ctx.of(sought, train, z=ctx.limit(LUCK))
    if best.found.shared < ctx.limit(FOUND) or best.found.z < ctx.limit(LUCK):
        return None
    if ctx.of(steepness, train, period=best.length) >= ctx.limit(ABRUPT) or _restarts(ctx, best.found):
        return None
    return Waves(best.length, best.found, False)


def _restarts(ctx: Context, found: Refrain) -> bool:
    """Whether the usual wave rises at once and falls little by little: every other one may, which its steps hide."""
    usual = np.array([median(column) for column in found.waves.T])
    steps = np.diff(np.append(usual, usual[0]))
    return bool(steps.max() >= max(ctx.limit(ABRUPT) * np.ptp(usual), ctx.limit(SLOWER) * -steps.min()))


def _staircase(ctx: Context, waves: Waves) -> bool:
    """Whether the waves are what steps down at the borders leave: a plain ramp, or a drop at nearly every border."""
    usual = np.array([median(column) for column in waves.found.waves.T])
    if usual[-2:].max() - usual[:2].min() < ctx.limit(BORDER) * np.ptp(usual):
        return False
    plain = simplicity(waves.found.waves).left < ctx.limit(SIMPLE)
    try:
        found = ctx.of(stairs, ctx.train, period=waves.length)
    except InsufficientData:
        return plain
    regular = found.down >= ctx.limit(REGULAR) and found.share >= ctx.limit(STEPS)
    climbs = float(found.drops.sum()) > ctx.limit(CLIMBS) * max(found.fall, 0.0)
    return (plain or regular) and not climbs
