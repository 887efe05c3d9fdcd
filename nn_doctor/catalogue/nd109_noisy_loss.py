"""ND109 noisy-loss (warning): the noise from step to step hides the trend of the train loss.

What it looks for
-----------------
The noise of one logged point (a high quantile of second differences, so that rare large ones count) against the fall
of the mean loss over the run. Or, still in the second half, against the level itself: the loss of one sample is about
as uncertain as it is large, the mean over n of them by one over the root of n, so that a fifth of the level and more
is what batches of a few samples have. Or a tenth of the level, where there is no trend that ranks could tell from none.

Why it matters
--------------
Nobody can see by eye what the run is doing, and each update goes to a good part in a random direction.

When it is not this
-------------------
Single batches are always noisy: a third of the total fall is usual and healthy. Noise within each epoch that comes
back the same is data order (ND301). A loss that never falls is not learning (ND101). Diffusion models draw the noise
that they are to find: where the names of their trainers tell of them (``step_loss``, ``avr_loss``), nothing is said.

Fixes
-----
A larger batch, or gradients accumulated over several; a smaller learning rate; plot a running mean.

References
----------
CS231n, "Babysitting the learning process". McCandlish et al., "An Empirical Model of Large-Batch Training" (2018).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.batch_noise import batch_noise
from nn_doctor.analyzers.noise import noise
from nn_doctor.analyzers.scaling import ratio
from nn_doctor.catalogue.base import LARGEST, Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import larger_batch, try_rate
from nn_doctor.catalogue.common.phrases import demand_whole_run, span_of, within_epochs
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series.task import is_diffusion

if TYPE_CHECKING:
    from nn_doctor.analyzers.batch_noise import BatchNoise
    from nn_doctor.catalogue.base import Context

TO_FALL = Threshold(
    "nd109.to_fall",
    0.6,
    "of the fall",
    0.05,
    10.0,
    "small real trainings: batches of 1 or 2 above 0.63, healthy to 0.3",
)
TO_LEVEL = Threshold("nd109.to_level", 0.085, "of the level", 0.0, 1.0, "fine noise on a small fall is no batch noise")
TO_WHOLE = Threshold("nd109.to_whole", 0.33, "of the fall", 0.05, 10.0, "from the first five points, wherever they lie")
TO_LEVELS = Threshold(
    "nd109.to_levels", 0.22, "of the first and the last level", 0.0, 2.0, "geometric mean; batches of 16: at most 0.18"
)
TO_START = Threshold("nd109.to_start", 0.1, "of the level at first", 0.0, 2.0, "near zero a jitter is small beside it")
RISE = Threshold("nd109.rise", 1.15, "times the first third", 1.0, 10.0, "a loss that rises has another trouble")
FEW = Threshold("nd109.few", 100, "points", 50, 100_000, "enough to know the noise, and what its trend is")
CHANCE = Threshold("nd109.chance", 0.01, "probability", 1e-9, 0.5, "a trend this likely by chance is none that shows")
MEMORY = Threshold("nd109.memory", 2.0, "standard errors", 0.0, 100.0, "points of noise know nothing of the next")
STEEP = Threshold("nd109.steep", 6.0, "sigma", 2.0, 100.0, "so far above the next points the first is no noise")
TWICE, THIRDS = 2, 3
SURE_FROM, SURE, LIKELY = 0.6, 0.8, 0.65


def check(ctx: Context) -> Finding | Clear:
    """Noise against the total fall, on logs of single batches only."""
    train = ctx.train
    demand_whole_run(ctx, train)
    if train.averaged_over is not None or not (train.axis in {"step", "row"} or within_epochs(train)):
        raise InsufficientData("the loss is logged by epochs; noise of batches needs it by steps")
    if is_diffusion(ctx.run):
        raise InsufficientData("a denoiser's loss hops with the noise that is drawn, be the batches large or small")
    usual = ctx.of(noise, train)
    least = int(ctx.limit(FEW))
    if usual.points < least:
        raise InsufficientData(f"{usual.points} points; noise of batches needs {least}", least)
    found = ctx.of(batch_noise, train)
    measured = {"to_fall": min(found.to_fall, LARGEST), "to_level": min(usual.to_level, LARGEST), "p": found.p}
    measured |= {"late_to_start": ratio(found.late, found.start), "late_to_end": ratio(found.late, found.end)}
    if _drowns_the_level(ctx, found, usual.points):
        return _finding(ctx, found, measured)
    if ratio(found.spread, usual.level) < ctx.limit(TO_LEVEL):
        return Clear("the trend stands out of the noise", measured)
    if float(train.finite[1][0]) - usual.start > ctx.limit(STEEP) * usual.step:
        return Clear("most of the fall came with the first few points", measured)
    if found.p >= ctx.limit(CHANCE) and found.memory < ctx.limit(MEMORY):
        return _finding(ctx, found, measured)
    if found.start <= found.end or found.tau >= 0 or found.p >= ctx.limit(CHANCE):
        return Clear("no fall to hold the noise against", measured)
    if not _hides_the_fall(ctx, found, max(usual.start, found.start)):
        return Clear("the trend stands out of the noise", measured)
    return _finding(ctx, found, measured)


def _hides_the_fall(ctx: Context, found: BatchNoise, start: float) -> bool:
    """Whether the noise, of all points or of the later ones, is most of the fall of the means, and much of any fall."""
    noise_to_fall = max(found.to_fall, ratio(found.late, found.start - found.end))
    return noise_to_fall >= ctx.limit(TO_FALL) and found.spread >= ctx.limit(TO_WHOLE) * (start - found.end)


def _drowns_the_level(ctx: Context, found: BatchNoise, points: int) -> bool:
    """Whether the noise, to the end of the run, is a good part of the level itself, at whatever level that is."""
    ends = math.sqrt(max(found.start * found.end, 0.0))
    wide = found.late > ctx.limit(TO_LEVELS) * ends > 0 and found.late > ctx.limit(TO_START) * found.start
    luck = TWICE * found.late / ends * math.sqrt(2 * THIRDS / points) if wide else 0.0
    return wide and found.positive and found.rise < max(ctx.limit(RISE), 1 + luck)


def _finding(ctx: Context, found: BatchNoise, measured: dict[str, float]) -> Finding:
    train = ctx.train
    level = found.to_fall > 1 or found.start <= found.end
    share = found.late / found.end if level and found.end > 0 else found.to_fall
    text = (
        f"{train.name} jumps by ±{found.spread:.3g} from point to point and "
        + (f"fell by {found.start - found.end:.3g} in all" if found.start > found.end else "did not fall")
        + f" ({found.start:.4g} to {found.end:.4g}, means)"
    )
    what = "the level of the train loss" if level else "all the train loss has fallen"
    return Finding(
        score=SURE if share >= SURE_FROM else LIKELY,
        summary=f"noise from step to step is {share:.0%} of {what}",
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
    needs="a train loss by steps, of 100 points or more",
    check=check,
    thresholds=(TO_FALL, TO_WHOLE, TO_LEVEL, TO_LEVELS, TO_START, RISE, FEW, CHANCE, MEMORY, STEEP),
    yields_to=("ND101", "ND102", "ND103", "ND105", "ND108", "ND111", "ND301"),
    by_degree=True,
)
