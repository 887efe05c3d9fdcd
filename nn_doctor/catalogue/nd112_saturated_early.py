"""ND112 saturated-early (note): nothing improved over the last large part of the run.

What it looks for
-----------------
The curve that judges the run (validation where there is one, else train) reached its final level in the first half
and has since improved by no more than a hundredth of its progress.

Why it matters
--------------
The compute after that point bought nothing. It is a note: the result is as good as it was going to get.

When it is not this
-------------------
A plateau that a later cut of the learning rate breaks did improve. A loss that never fell is not learning (ND101), one
that bounces on a high plateau has a learning rate too high (ND104).

Fixes
-----
Train shorter, stop early, or decay the learning rate earlier.

References
----------
L. Prechelt, "Early stopping — but when?" (1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import reduce
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA
from nn_doctor.analyzers.shape import shape, window_of
from nn_doctor.analyzers.smoothing import smooth
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.phrases import at, demand_whole_run, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

GAIN = Threshold("nd112.gain", 0.01, "of all progress", 0.0, 0.2, "improvement below this bought nothing")
WASTE = Threshold("nd112.waste", 0.5, "of the run", 0.2, 0.95, "a shorter settled tail is ordinary care")
FALL = Threshold("nd112.fall", 0.05, "of the start", 0.0, 1.0, "a run without progress has not saturated")
FALLING = Threshold("nd112.falling", 4.0, "standard errors", 1.0, 100.0, "a slow but steady fall is still a fall")
MOST = Threshold("nd112.most", 0.7, "of the run", 0.3, 0.99, "so long a plateau leaves no doubt")
WORSE = Threshold("nd112.worse", 0.05, "of all progress", 0.0, 0.5, "a curve that climbs again is not saturated")
NOISY = Threshold("nd112.noisy", 0.05, "of all progress", 0.0, 1.0, "noise above this hides small gains")
HEAD = Threshold("nd112.head", 0.05, "of the run", 0.0, 0.3, "a steep first fall must not make later gains look small")
POINTS = Threshold("nd112.points", 20, "points", 8, 1000, "half of a shorter run is no waste")


LOWEST_OF_MANY = 4.0
SURE, LIKELY = 0.8, 0.65
"""The lowest of some hundred smoothed values lies two to three standard deviations below their level."""


def check(ctx: Context) -> Finding | Clear:
    """The place from which the judging curve won less than a hundredth more."""
    val = ctx.objective.val
    judge = val if val is not None and val.goal == "min" and val.finite[1].size >= ctx.limit(POINTS) else ctx.train
    demand_whole_run(ctx, judge)
    found = ctx.of(shape, judge)
    if found.points < ctx.limit(POINTS):
        raise InsufficientData(f"{found.points} points; saturation needs {ctx.limit(POINTS):g}", int(ctx.limit(POINTS)))
    settled = ctx.of(_settled, judge, gain=ctx.limit(GAIN), head=ctx.limit(HEAD))
    x = judge.finite[0]
    wasted = 1 - float(np.searchsorted(x, settled)) / x.size
    measured = {"wasted": wasted, "relative_fall": found.relative_fall}
    if found.fall <= 0 or found.relative_fall < ctx.limit(FALL) or wasted < ctx.limit(WASTE):
        return Clear("improving for most of the run" if wasted < ctx.limit(WASTE) else "no progress at all", measured)
    if found.sigma > ctx.limit(NOISY) * found.fall:
        return Clear("noise hides whether anything was gained", measured)
    if found.end - found.low > max(ctx.limit(WORSE) * found.fall, 2 * found.sigma):
        return Clear("the end is worse than the best: more than saturation", measured)
    if found.tail_z > ctx.limit(FALLING) and found.tail_fall > ctx.limit(GAIN) * found.fall:
        return Clear("still falling, if slowly", measured)
    return _finding(ctx, judge, settled, wasted, measured)


def _settled(x: FloatArray, y: FloatArray, gain: float, head: float) -> float:
    """The first x whose smoothed level is within ``gain`` of all progress (or the noise of the level) of the best.

    Progress counts from the end of the first ``head`` of the run: a start far too high would dwarf all that follows.
    """
    buckets = reduce(x, y)
    level = smooth(buckets.median, window_of(buckets.median.size))
    rest = buckets.median - level
    noise = median(np.abs(rest)) * MAD_TO_SIGMA / np.sqrt(window_of(level.size))
    low = float(level.min())
    begin = float(level[int(head * (level.size - 1))])
    reach = max(gain * (begin - low), LOWEST_OF_MANY * noise)
    return float(buckets.x[int(np.argmax(level <= low + reach))])


def _finding(ctx: Context, judge: Series, settled: float, wasted: float, measured: dict[str, float]) -> Finding:
    where = at(judge, settled)
    text = f"{judge.name} has not improved since {where}: the last {wasted:.0%} of the run bought nothing"
    return Finding(
        score=SURE if wasted > ctx.limit(MOST) else LIKELY,
        summary=f"nothing improved after {where}",
        evidence=(Evidence(text, judge.name, span_of(judge, settled), wasted, ctx.limit(WASTE)),),
        causes=("trained longer than the model and the data can use", "learning rate not decayed on the plateau"),
        fixes=(
            f"stop near {where}: it saves about {wasted:.0%} of the run",
            "decay the learning rate there and see whether the loss drops",
        ),
        series=(judge,),
        span=span_of(judge, settled),
        measured=measured,
    )


RULE = Rule(
    code="ND112",
    slug="saturated-early",
    severities=("note",),
    needs="a loss of 20 points or more",
    check=check,
    thresholds=(GAIN, WASTE, FALL, WORSE, HEAD, NOISY, POINTS, FALLING, MOST),
    yields_to=("ND101", "ND102", "ND103", "ND104", "ND107", "ND201", "ND202"),
    explained_by=("ND407", "ND110"),
)
