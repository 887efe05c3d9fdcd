"""ND203 small-validation-set (warning, note): validation jumps far more than train does, without a trend.

What it looks for
-----------------
Point to point the validation loss jumps many times as much as train at the same places, and a few times as much as
train's single points, by a good part of all progress (or by factors where both are near zero), and it does not calm
down in the second half. Values of the validation accuracy on a coarse grid, the
multiples of 1/n, give the number of samples away; where they are few, jumps that show at all are enough, and a curve
that does not jump is worth a note: the same few samples are judged each time.

Why it matters
--------------
With so few samples one cannot tell a better model from luck; early stopping and comparisons follow the noise.

When it is not this
-------------------
Noise of the first epochs that calms down is usual with batch normalisation. A validation loss that jumps along with a
jumping train loss shows a learning rate too high (ND104). Where the rate comes back again and again, so does the loss.

Fixes
-----
Hold out more (about a fifth of the data), use cross-validation, evaluate on the same samples each time.

References
----------
CS231n, "Babysitting the learning process". The standard error of an accuracy p on n samples is √(p(1−p)/n).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.grid import grid
from nn_doctor.analyzers.jitter import jitter
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.generalisation import pair_of
from nn_doctor.catalogue.common.phrases import schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.jitter import Jitter
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.generalisation import Pair

AGAINST_TRAIN = Threshold("nd203.against_train", 5.0, "times train's", 1.5, 100.0, "small sets: 10 and more, others 1")
SINGLE = Threshold(
    "nd203.single", 3.3, "times train's points", 0.0, 100.0, "a rate too high shakes both: 3 and less; small sets 3.6"
)
FACTOR = Threshold(
    "nd203.factor", 0.5, "of a logarithm", 0.05, 5.0, "near zero: jumps by two thirds from point to point"
)
AGAINST_FACTOR = Threshold(
    "nd203.against_factor", 20.0, "times train's", 1.5, 1000.0, "near zero train jitters as well"
)
MANY = Threshold("nd203.many", 20, "pairs", 6, 1000, "on fewer jumps by factors may be chance, others twice as large")
OF_PROGRESS = Threshold("nd203.of_progress", 0.1, "of all progress", 0.01, 2.0, "smaller jumps hide nothing")
OF_WHOLE = Threshold(
    "nd203.of_whole", 0.02, "of the whole fall", 0.0, 1.0, "from the first point on; jitter on a floor"
)
OF_LEVEL = Threshold("nd203.of_level", 0.05, "of the level", 0.0, 1.0, "smaller jumps hide nothing")
CALMED = Threshold("nd203.calmed", 0.35, "of the early noise", 0.0, 1.0, "early noise that calms down is healthy")
POINTS = Threshold("nd203.points", 12, "pairs", 6, 200, "six in each half; noise cannot be told on less")
LARGE = Threshold("nd203.large", 0.3, "of the level", 0.0, 10.0, "of jumps as large half the share of progress will do")
CHANCE = Threshold("nd203.chance", 0.05, "probability", 0.0, 1.0, "a drift that chance draws as often is no trend")
TINY = Threshold(
    "nd203.tiny", 32, "samples", 0, 100, "the error of an accuracy is then 9 % and more: jumps are expected"
)
TINY_AGAINST = Threshold(
    "nd203.tiny_against", 1.5, "times train's", 1.0, 100.0, "enough where the set is known to be tiny"
)
PLAIN = Threshold("nd203.plain", 5.0, "times train's points", 0.0, 100.0, "less leaves some doubt")
SHAKES = Threshold("nd203.shakes", 0.1, "of train's level", 0.0, 10.0, "a train loss this noisy explains some of it")
BLOWN = Threshold("nd203.blown", 10.0, "times the first loss", 1.0, 1e6, "then training itself went astray")
TWO = 2
COARSE = Threshold("nd203.coarse", 100, "samples", 10, 300, "the standard error of an accuracy is then 3 % and more")


SMALL, LIKELY, HESITANT = 0.85, 0.65, 0.6
BALANCED = "balanced"
"""Such an accuracy is a mean over classes: it has another grid."""
CAUSES = ("too few validation samples", "another random subset at each evaluation")


def check(ctx: Context) -> Finding | Clear:
    """Validation's noise against train's, against the progress and against its own beginning."""
    pair = pair_of(ctx, minimised=True)
    found = pair.gap
    size = ctx.expectation.val_size or _samples(ctx)
    tiny = 0 < size <= ctx.limit(TINY)
    if found.pairs < ctx.limit(POINTS) and tiny:
        return _note(ctx, pair, size, {"grid": float(size)})
    if found.pairs < ctx.limit(POINTS):
        raise InsufficientData(f"{found.pairs} common points, {ctx.limit(POINTS):g} are needed", int(ctx.limit(POINTS)))
    own = ctx.of(jitter, pair.train, pair.val)
    against = found.val_noise / found.train_noise if found.train_noise > 0 else math.inf
    measured = {"val_noise": found.val_noise, "against_train": against, "progress": found.progress, "grid": float(size)}
    if found.val_noise == 0:
        return Clear("validation does not jump at all", measured)
    y = pair.train.finite[1]
    if float(y.max()) > ctx.limit(BLOWN) * float(y[0]) > 0:
        return Clear("the train loss itself blows up", measured)
    schedule = schedule_of(ctx)
    if schedule is not None and schedule.restarts.size > 1:
        return Clear("the learning rate comes back again and again, and validation follows it", measured)
    if _jumps_by_factors(ctx, pair, own) or (tiny and _shows(ctx, pair, against)):
        return _finding(ctx, pair, size, against, measured, own.single)
    reason = _why_not(ctx, pair, own, against)
    if reason:
        return _note(ctx, pair, size, measured) if tiny else Clear(reason, measured)
    return _finding(ctx, pair, size, against, measured, own.single)


def _why_not(ctx: Context, pair: Pair, own: Jitter, against: float) -> str:
    """Why the jumps of validation say nothing of its size, or ""."""
    found = pair.gap
    level = abs(found.val_end)
    large = found.val_noise >= ctx.limit(LARGE) * level and against >= ctx.limit(AGAINST_FACTOR)
    few = TWO if found.pairs < ctx.limit(MANY) else 1  # their noise is known to a factor of two
    share = few * ctx.limit(OF_PROGRESS) / (TWO if large else 1)
    if found.val_noise < share * found.progress or against < few * ctx.limit(AGAINST_TRAIN):
        return "validation is no noisier than train by much"
    if found.val_noise < ctx.limit(OF_WHOLE) * _whole_fall(pair):
        return "validation's noise is nothing beside the whole fall"
    if found.val_noise < few * ctx.limit(SINGLE) * own.single:
        return "validation jumps no more than single points of train"
    doubtful = found.val_noise < ctx.limit(PLAIN) * own.single
    if doubtful and own.single > ctx.limit(SHAKES) * abs(found.train_end):
        return "train jumps by a good part of its level as well"
    if found.val_noise < ctx.limit(OF_LEVEL) * level:
        return "validation's noise is small against its level"
    if found.val_noise < ctx.limit(CALMED) * found.val_noise_early:
        return "validation's noise calms down"
    moves = abs(found.val_net) > 3 * found.val_noise and found.val_noise_early > 0
    return "validation has a trend larger than its noise" if moves and own.trend <= ctx.limit(CHANCE) else ""


def _whole_fall(pair: Pair) -> float:
    """The fall of either curve from its very first point, much of which the levels of the first three leave out."""
    if pair.maximise:
        return 0.0
    return max(float(s.finite[1][0] - np.min(s.finite[1])) for s in (pair.train, pair.val))


def _shows(ctx: Context, pair: Pair, against: float) -> bool:
    """Whether the noise of a validation set known to be tiny shows: then it is what the size makes one expect."""
    seen = pair.gap.val_noise >= ctx.limit(OF_PROGRESS) * pair.gap.progress
    return seen and against >= ctx.limit(TINY_AGAINST)


def _jumps_by_factors(ctx: Context, pair: Pair, own: Jitter) -> bool:
    """Whether a validation loss above zero jumps by factors all along, while train falls smoothly."""
    if pair.maximise or own.pairs < ctx.limit(MANY):
        return False
    calms = own.val_log < ctx.limit(CALMED) * own.val_log_early
    return own.val_log >= max(ctx.limit(FACTOR), ctx.limit(AGAINST_FACTOR) * own.train_log) and not calms


def _samples(ctx: Context) -> int:
    """The number of validation samples that the grid of an accuracy gives away, or 0."""
    metric = ctx.objective.metric_val
    if metric is None or metric.metric != "accuracy" or BALANCED in metric.name.lower():
        return 0
    try:
        return ctx.of(grid, metric).size
    except InsufficientData:
        return 0


def _finding(ctx: Context, pair: Pair, size: int, against: float, measured: dict[str, float], single: float) -> Finding:
    val, found = pair.val, pair.gap
    times = f"{against:.0f} times" if math.isfinite(against) else "many times"
    text = f"{val.name} jumps by ±{found.val_noise:.3g} from one evaluation to the next, {times} as much as train"
    evidence = [Evidence(text, val.name, span_of(val), min(against, 1e6), ctx.limit(AGAINST_TRAIN))]
    small = 0 < size <= ctx.limit(COARSE)
    if small:
        evidence.append(_of_size(ctx, size, COARSE))
    return Finding(
        score=SMALL if small else LIKELY if found.val_noise >= ctx.limit(PLAIN) * single else HESITANT,
        summary="validation jumps without a trend, far more than train",
        evidence=tuple(evidence),
        causes=CAUSES,
        fixes=(_larger(size), "evaluate on the same samples each time"),
        series=(val, pair.train),
        span=span_of(val),
        measured=measured,
    )


def _note(ctx: Context, pair: Pair, size: int, measured: dict[str, float]) -> Finding:
    """A set known to be tiny whose curve is smooth: the same few samples each time, whatever they say of others."""
    return Finding(
        score=LIKELY,
        summary=f"validation has about {size} samples: what it says of the model is chance to a large part",
        evidence=(_of_size(ctx, size, TINY),),
        causes=CAUSES[:1],
        fixes=(_larger(size),),
        series=(pair.val,),
        span=span_of(pair.val),
        severity="note",
        measured=measured,
    )


def _of_size(ctx: Context, size: int, limit: Threshold) -> Evidence:
    told = f"validation accuracies are multiples of 1/{size}: about {size} samples"
    known = f"validation has {size} samples" if ctx.expectation.val_size else told
    return Evidence(f"{known}, an error of up to ±{0.5 / math.sqrt(size):.0%}", None, None, size, ctx.limit(limit))


def _larger(size: int) -> str:
    """A validation set whose error is a third, where its size is known."""
    share = "hold out about a fifth of the data, or cross-validate"
    return f"{share}; the error of {size} samples is halved by {4 * size}" if size > 0 else share


RULE = Rule(
    code="ND203",
    slug="small-validation-set",
    severities=("warning", "note"),
    needs="a train and a validation curve with 20 common points or more",
    check=check,
    thresholds=(
        AGAINST_TRAIN,
        SINGLE,
        FACTOR,
        AGAINST_FACTOR,
        MANY,
        OF_PROGRESS,
        OF_WHOLE,
        OF_LEVEL,
        CALMED,
        POINTS,
        LARGE,
        CHANCE,
        TINY,
        TINY_AGAINST,
        PLAIN,
        SHAKES,
        BLOWN,
        COARSE,
    ),
    yields_to=("ND202", "ND102", "ND103", "ND101"),
)
