"""What the rules about train against validation share: the pair of curves, and how far validation has turned."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.best import Best, best
from nn_doctor.analyzers.gap import Gap, gap
from nn_doctor.analyzers.trend import trend
from nn_doctor.catalogue.base import Clear
from nn_doctor.catalogue.nd111_loss_jump import of_train
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

NEAR = 0.05
"""The best single point stands for the best level within this share of the run."""
AT_JUMP = 0.05
"""Share of the run within which a jump of train and a turn of validation are one event."""
BY_HEART, OF_VALIDATION = 0.25, 0.2
"""Shares of what it was at validation's best point, and of validation, to which train fell: samples learnt by heart."""
HALVED = 0.6
"""A train loss that went on to this share of what it was has gone on falling, however near zero."""
SOON = 0.2
"""Prechelt's generalisation loss, from which on a rise matters however much had been won before."""
COSTS, OPENS = 0.1, 0.25
"""Shares of the whole fall, first evaluation included, that a lesser rise costs, and by which the gap opens with it."""
ACCURACY_GAP = 0.1
"""CS231n calls such a gap between the accuracies overfitting."""
PERCENT = 1.5
"""An accuracy above this is a percentage."""
STAYED = 1.25
"""A train loss that had been solved before, and is no more than so many times what it was, has stayed so."""
CUTS = 2
"""Cuts of the rate of which a schedule by validation has at least so many."""
MOVED = 0.03
"""Share of all progress that counts as having gone on falling."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A train and a validation curve of one quantity, on one axis, with the numbers about both."""

    train: Series
    val: Series
    gap: Gap
    turn: Best
    maximise: bool

    @property
    def best_x(self) -> float:
        """Where validation was best: its best single point if that lies near the best level, else the level's place."""
        x = self.val.finite[0]
        near = abs(self.turn.raw_at - self.turn.at) <= NEAR * float(x[-1] - x[0])
        return self.turn.raw_at if near else self.turn.at

    @property
    def best_y(self) -> float:
        """The value there."""
        return self.turn.raw_best if self.best_x == self.turn.raw_at else self.turn.best

    @property
    def turned(self) -> float:
        """How far validation has turned: the geometric mean of its rise as a share of its best and of its progress.

        The first is Prechelt's generalisation loss, which explodes for losses near zero; the second is small
        for them; their mean is fair to both, and to negative losses the second alone decides.
        """
        share = min(self.turn.share, 10.0)
        if self.turn.best <= 0 and not self.maximise:
            return share
        return math.sqrt(max(min(self.turn.relative, 10.0) * share, 0.0))

    @property
    def creeps(self) -> bool:
        """Whether the rise is a trifle of all that was won: a loss near its floor that creeps up by a little.

        Few samples answered wrongly with ever more certainty do that, and cost no accuracy. The whole fall counts here,
        from the first evaluations, much of which the levels of the first three points leave out.
        """
        val, train = self.val.finite[1], self.train.finite[1]
        if self.maximise or self.turn.best <= 0 or self.turn.relative >= SOON:
            return False
        fall = max(float(val[0]), self.turn.start) - self.turn.best
        opened = self.gap.widened_share * self.gap.progress
        return self.turn.worse < COSTS * fall and opened < OPENS * max(fall, float(train[0]) - self.gap.train_end)

    @property
    def train_went_on(self) -> bool:
        """Whether train went on improving after validation's best point, or stayed solved, far below validation."""
        fall, total = self.gap.train_fall, self.gap.train_total_fall
        if total > 0 and fall > MOVED * total:
            return True
        at_best, end = self.gap.train_end + fall, self.gap.train_end
        if self.maximise or end <= 0:
            return False
        solved = end <= OF_VALIDATION * min(self.gap.val_end, float(self.train.finite[1][0]))
        return end < HALVED * at_best or (solved and end <= STAYED * at_best)


def climbs(pair: Pair, points: int, chance: float) -> bool:
    """Whether validation rises after its best level along a trend that chance would draw less often than ``chance``."""
    x, y = pair.val.finite
    climb = y[x >= pair.turn.at]
    if climb.size < points:
        return False
    found = trend(x[x >= pair.turn.at], climb)
    return found.tau > 0 and found.p <= chance


def learnt_by_heart(pair: Pair) -> bool:
    """Whether train fell, after validation's best level, to a small share of what it was and of validation."""
    at_best, end = pair.gap.train_end + pair.gap.train_fall, pair.gap.train_end
    if pair.maximise or not end > 0:
        return False
    return end <= BY_HEART * at_best and end <= OF_VALIDATION * pair.gap.val_end


def jumped(ctx: Context, pair: Pair) -> bool:
    """Whether the train loss jumps where validation turns: then what comes after is another training (ND111)."""
    train, turn = pair.train, pair.turn
    if pair.maximise or train is not ctx.objective.train:
        return False
    try:
        found = of_train(ctx)
    except InsufficientData:
        return False
    if isinstance(found, Clear):
        return False
    x, place = train.finite[0], found.measured["x"]
    return min(abs(place - turn.at), abs(place - turn.raw_at)) <= AT_JUMP * float(x[-1] - x[0])


def jumps(ctx: Context) -> bool:
    """Whether the train loss jumps anywhere (ND111): two trainings in a row open a gap of their own."""
    try:
        return not isinstance(of_train(ctx), Clear)
    except InsufficientData:
        return False


def pair_of(ctx: Context, minimised: bool = False) -> Pair:
    """The objective's two curves; raises InsufficientData where one is missing or they share no axis.

    Train is the curve that was evaluated like validation where there is one, or (``minimised``) what is minimised.
    """
    train, val = ctx.objective.train, ctx.objective.val
    if train is None or val is None:
        missing = "validation" if val is None else "train"
        side = "val" if val is None else "train"
        raise InsufficientData(f"no {missing} curve in the log (--map 'NAME=loss/{side}' names one)")
    return compare(ctx, train if minimised else _evaluated(ctx, train, val), val)


def creeps(ctx: Context, pair: Pair) -> bool:
    """Whether a rise is a trifle of all that was won, and the accuracies, where logged, lie no ten points apart."""
    return pair.creeps and accuracies_agree(ctx) is not False


def accuracies_agree(ctx: Context) -> bool | None:
    """Whether train's and validation's accuracies end within ten points; None where they cannot be compared."""
    train, val = ctx.objective.metric_train, ctx.objective.metric_val
    if train is None or val is None or train.metric != "accuracy" or train.axis != val.axis:
        return None
    try:
        found = compare(ctx, train, val)
    except InsufficientData:
        return None
    return found.gap.end < ACCURACY_GAP * (100.0 if found.turn.best > PERCENT else 1.0)


def followed_validation(ctx: Context, rate: Series, schedule: Schedule) -> bool:
    """Whether the first of several cuts came after validation's best: a scheduler that waits for a plateau did so."""
    val = ctx.objective.val
    if val is None or val.goal != "min" or val.axis != rate.axis or schedule.cuts.size < CUTS:
        return False
    try:
        return ctx.of(best, val).at < float(schedule.cuts[0])
    except InsufficientData:
        return False


def _evaluated(ctx: Context, train: Series, val: Series) -> Series:
    """The curve of the same quantity that was evaluated on training samples at validation's own points, else ``train``.

    What is minimised may hold label smoothing, dropout or a penalty that both evaluations are without.
    """
    if np.array_equal(train.x, val.x):
        return train
    for series in ctx.run.series:
        same = series.metric == val.metric and series.term == val.term and series.goal == val.goal
        if same and series.split == "train" and series.axis == val.axis and np.array_equal(series.x, val.x):
            return series
    return train


def compare(ctx: Context, train: Series, val: Series) -> Pair:
    """Two curves of one quantity side by side; raises InsufficientData where they share no axis."""
    if train.axis != val.axis:
        raise InsufficientData(f"train is logged by {train.axis}, validation by {val.axis}, and nothing links them")
    maximise = val.goal == "max"
    averaged = train.averaged_over == "epoch" or len(train) == len(val)
    found = ctx.of(gap, train, val, averaged=averaged, maximise=maximise)
    return Pair(train, val, found, ctx.of(best, val, maximise=maximise), maximise)
