"""ND109 noisy-loss (warning): the noise from step to step hides the trend of the train loss.

What it looks for
-----------------
The noise of one logged point (robust, from second differences) against the total fall of the loss over the run.

Why it matters
--------------
Nobody can see by eye what the run is doing, and each update goes to a good part in a random direction.

When it is not this
-------------------
Single batches are always noisy: a fifth of the total fall is usual and healthy. Noise within each epoch that comes
back the same is data order (ND301). A loss that never falls is not learning (ND101).

Fixes
-----
A larger batch, or gradients accumulated over several; a smaller learning rate; plot a running mean.

References
----------
CS231n, "Babysitting the learning process". McCandlish et al., "An Empirical Model of Large-Batch Training" (2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.noise import noise
from nn_doctor.catalogue.advice import larger_batch, try_rate
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import demand_whole_run, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.noise import Noise
    from nn_doctor.catalogue.base import Context

TO_FALL = Threshold(
    "nd109.to_fall",
    0.28,
    "of the fall",
    0.05,
    10.0,
    "small real trainings: batches of 1 or 2 above 0.3, healthy to 0.2",
)
TO_LEVEL = Threshold("nd109.to_level", 0.08, "of the level", 0.0, 1.0, "fine noise on a small fall is no batch noise")
POINTS = Threshold("nd109.points", 300, "points", 50, 100_000, "on fewer, a noisy start is an unfinished run")
TREND = Threshold("nd109.trend", 6.0, "standard errors", 2.0, 100.0, "a fall that small is none: see not-learning")
SURE_FROM, SURE, LIKELY = 0.4, 0.8, 0.65


def check(ctx: Context) -> Finding | Clear:
    """Noise against the total fall, on logs of single batches only."""
    train = ctx.train
    demand_whole_run(ctx, train)
    if train.averaged_over is not None or train.axis not in {"step", "row"}:
        raise InsufficientData("the loss is logged by epochs; noise of batches needs it by steps")
    found = ctx.of(noise, train)
    least = int(ctx.limit(POINTS))
    if found.points < least:
        raise InsufficientData(f"{found.points} points; noise of batches needs {least}", least)
    if float(train.finite[1][0]) - found.start > ctx.limit(TREND) * found.step:
        return Clear("most of the fall came with the first few points", {"to_level": min(found.to_level, 1e9)})
    measured = {"to_fall": min(found.to_fall, 1e9), "to_level": min(found.to_level, 1e9)}
    if found.fall <= 0 or not _falls(ctx, found):
        return Clear("no fall to hold the noise against", measured)
    if found.to_fall < ctx.limit(TO_FALL) or found.to_level < ctx.limit(TO_LEVEL):
        return Clear("the trend stands out of the noise", measured)
    return _finding(ctx, found, measured)


def _falls(ctx: Context, found: Noise) -> bool:
    """Whether the end lies below the start by more than chance (the end is a median of a tenth, or five points)."""
    known = found.step * (1.0 / 5**0.5 + 1.0 / (found.points / 10) ** 0.5)
    return bool(found.start - found.end > ctx.limit(TREND) * known / 5**0.5)


def _finding(ctx: Context, found: Noise, measured: dict[str, float]) -> Finding:
    train = ctx.train
    text = (
        f"{train.name} jumps by ±{found.step:.3g} from point to point and fell by {found.fall:.3g} in all "
        f"({found.start:.4g} to {found.low:.4g})"
    )
    return Finding(
        score=SURE if found.to_fall >= SURE_FROM else LIKELY,
        summary=f"noise from step to step is {found.to_fall:.0%} of all the train loss has fallen",
        evidence=(Evidence(text, train.name, span_of(train), found.to_fall, ctx.limit(TO_FALL)),),
        causes=("batches too small", "labels or inputs with much noise", "learning rate too high for the batch size"),
        fixes=(
            larger_batch(ctx),
            try_rate(ctx, 0.3, "a third of the learning rate, or decay it"),
            "judge the run by a running mean over some hundred steps, or by the validation loss",
        ),
        series=(train,),
        span=span_of(train),
        measured=measured,
    )


RULE = Rule(
    code="ND109",
    slug="noisy-loss",
    severities=("warning",),
    needs="a train loss by steps, of 300 points or more",
    check=check,
    thresholds=(TO_FALL, TO_LEVEL, POINTS, TREND),
    yields_to=("ND101", "ND102", "ND103", "ND105", "ND108", "ND301"),
)
