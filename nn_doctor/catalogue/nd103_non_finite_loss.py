"""ND103 non-finite-loss (critical): a loss is NaN, infinite, or of the size of an overflow.

What it looks for
-----------------
NaN, infinity, magnitudes of 1e30 and more, and Caffe's 87.3365 in a loss; whether they come at the first
point, after a run-up or out of the blue, and whether the loss recovers. No minimum length.

Why it matters
--------------
After one NaN in the weights, each later step is lost: nothing after that point is worth keeping.

When it is not this
-------------------
A blank cell is a missing point, unless all losses go blank for good after a run-up while the metrics beside them are
still written. A metric can be undefined by nature. A single NaN that the loss recovers from
was skipped or scaled away (half precision does that on purpose) and is a warning only. Some trainers replace NaN
by a mean, so its absence proves little.

Fixes
-----
Lower the learning rate, clip the gradient norm, guard log and division by an epsilon, use bfloat16 or loss
scaling, and look at the batch of that step.

References
----------
Micikevicius et al., "Mixed Precision Training" (2018). PyTorch, torch.autograd.detect_anomaly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import clipping, try_rate
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence, Span

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.report.model import Severity
    from nn_doctor.series.channel import BoolArray
    from nn_doctor.series.model import Series

OVERFLOW = Threshold(
    "nd103.overflow", 1e30, "loss", 1e15, 1e300, "set by judgement: near the largest single-precision number"
)
RUN_UP = Threshold(
    "nd103.run_up", 3.0, "times the median before", 1.5, 100.0, "from published monitors: a loss tripled"
)
LASTING = Threshold(
    "nd103.lasting", 0.01, "of the points", 0.0, 1.0, "set by judgement: fewer are skipped steps of loss scaling"
)
CAFFE_OVERFLOW = (87.33645, 87.33655)  # −ln of the smallest single-precision number: softmax loss saturated
BOTH = 2
NEAR = 5  # points before the first bad value that a run-up shows in
LOSSES = frozenset({"loss", "nll", "perplexity"})
SCORES = {"ends": 0.95, "val": 0.85, "many": 0.85, "other": 0.6, "isolated": 0.55}


@dataclass(frozen=True, slots=True)
class Bad:
    """The bad values of one loss: which, whether they last to the end, and how much that says."""

    series: Series
    mask: BoolArray
    kind: str

    @property
    def first(self) -> int:
        """Index of the first bad value."""
        return int(np.flatnonzero(self.mask)[0])

    @property
    def count(self) -> int:
        """How many values are bad."""
        return int(self.mask.sum())


def check(ctx: Context) -> Finding | Clear:
    """Looks at every loss; the objective counts most, other terms only where they end bad."""
    judged = {id(ctx.objective.train): "train", id(ctx.objective.val): "val"}
    losses = [s for s in ctx.run.series if len(s) and (id(s) in judged or _is_loss(s))]
    if not losses:
        raise InsufficientData("no loss in the log (--map 'NAME=loss/train' names one)")
    found = [bad for s in losses if (bad := _bad(ctx, s, judged.get(id(s), "other"))) is not None]
    if not found and (gone := _gone_blank(ctx)) is not None:
        return gone
    if not found:
        return Clear("every loss is finite", {"losses": len(losses), "bad": 0})
    found.sort(key=lambda bad: (-SCORES[bad.kind], bad.first))
    return _finding(ctx, found)


def _gone_blank(ctx: Context) -> Finding | None:
    """A run-up of every loss, after which none is written though the metrics beside go on: tables leave NaN blank."""
    losses = [s for s in (ctx.objective.train, ctx.objective.val) if s is not None and s.goal == "min"]
    if len(losses) < BOTH or not all(_ends_before_metrics(ctx, s) for s in losses):
        return None
    for series in losses:
        y = series.y
        if y.size < NEAR or not y[-1] >= ctx.limit(RUN_UP) * float(np.median(y[: y.size // 2])) > 0:
            return None
    series = losses[0]
    place = f"{series.axis} {series.x[-1]:g}"
    text = f"{series.name} had risen to {series.y[-1]:.4g} at {place} and is blank from there on; its metrics are not"
    span = Span(series.axis, float(series.x[-1]), float(series.x[-1]))
    return Finding(
        score=SCORES["val"],
        summary=f"{series.name} goes blank after {place}, after a run-up",
        evidence=(Evidence(text, series.name, span),),
        causes=_causes("after a run-up", half=False),
        fixes=(
            try_rate(ctx, 1 / 3, "lower the learning rate by a factor of 3 to 10"),
            clipping(ctx),
            f"go on from a checkpoint before {place}",
        ),
        series=tuple(losses),
        span=span,
        measured={"points": len(series), "first": float(series.x[-1])},
    )


def _ends_before_metrics(ctx: Context, loss: Series) -> bool:
    """Whether a metric of the same split was logged with the loss at each of its points, and goes on for long after."""
    beside = (s for s in ctx.run.series if s.role == "metric" and s.split == loss.split and s.axis == loss.axis)
    return any(s.x.size >= 2 * loss.x.size and np.array_equal(s.x[: loss.x.size], loss.x) for s in beside)


def _is_loss(series: Series) -> bool:
    return series.role in {"objective", "term"} and (series.metric in LOSSES or series.metric.endswith("loss"))


def _bad(ctx: Context, series: Series, place: str) -> Bad | None:
    """The bad values of a loss, or None where there are none worth a word."""
    y = series.y
    (low, high), most = CAFFE_OVERFLOW, ctx.limit(OVERFLOW)
    saturated = low < y[-1] < high
    if not saturated and -most < y.min() and y.max() < most:  # false where there is a NaN
        return None
    mask = ~((y > -most) & (y < most))
    if saturated:
        mask |= (y > low) & (y < high)
    ends, everything = bool(mask[-1]), bool(mask.all())
    if place == "other" and (not ends or everything):
        return None  # a term without values by nature, or NaN where no sample had that term
    if place == "val" and everything:
        return Bad(series, mask, "val" if _train_is_zero(ctx) else "other")
    if ends and place != "other":
        return Bad(series, mask, "ends" if place == "train" else "val")
    if place == "other":
        return Bad(series, mask, "other")
    return Bad(series, mask, "many" if _is_many(ctx, mask) else "isolated")


def _is_many(ctx: Context, mask: BoolArray) -> bool:
    return bool(mask.sum() > 2 and mask.mean() >= ctx.limit(LASTING))


def _train_is_zero(ctx: Context) -> bool:
    """Half-precision overflow as some trainers write it: train loss exactly 0 from some point on."""
    train = ctx.objective.train
    return train is not None and len(train) > 1 and bool((train.y[-2:] == 0.0).all())


def _story(ctx: Context, bad: Bad) -> tuple[str, str]:
    """(how the bad values began, a sentence with numbers)."""
    first, y = bad.first, bad.series.y
    before = y[:first][np.isfinite(y[:first])]
    if not before.size:
        return "from the first point on", "there is no sound value before it"
    median, last = float(np.median(before)), float(before[-NEAR:].max())
    if before.size >= 2 * NEAR and median > 0 and last >= ctx.limit(RUN_UP) * median:
        return "after a run-up", f"it had risen to {last:.4g} just before, from a median of {median:.4g}"
    return "out of the blue", f"the last sound value was {before[-1]:.4g}, the median before {median:.4g}"


def _finding(ctx: Context, found: list[Bad]) -> Finding:
    worst = found[0]
    story, numbers = _story(ctx, worst)
    evidence = [_evidence(bad) for bad in found]
    evidence.append(Evidence(f"{worst.series.name}: {numbers}", worst.series.name))
    if _train_is_zero(ctx):
        evidence.append(Evidence("the train loss is exactly 0 at the end: typical of half-precision overflow"))
    severity: Severity = "warning" if worst.kind in {"isolated", "other"} else "critical"
    back = " and comes back" if worst.kind == "isolated" else ""
    at = f"{worst.series.axis} {worst.series.x[worst.first]:g}"
    return Finding(
        score=SCORES[worst.kind],
        summary=f"{worst.series.name} is not finite at {at}, {story}{back}",
        evidence=tuple(evidence),
        causes=_causes(story, _train_is_zero(ctx)),
        fixes=_fixes(ctx, worst, story),
        series=tuple(bad.series for bad in found),
        span=evidence[0].span,
        severity=severity,
        measured={"bad": worst.count, "points": len(worst.series), "first": float(worst.series.x[worst.first])},
    )


def _evidence(bad: Bad) -> Evidence:
    series, x = bad.series, bad.series.x
    value = series.y[bad.first]
    text = f"{series.name} is {value:g} at {series.axis} {x[bad.first]:g}; {bad.count} of {len(series)} values bad"
    end = float(x[np.flatnonzero(bad.mask)[-1]])
    return Evidence(text, series.name, Span(series.axis, float(x[bad.first]), end), bad.count, 0)


def _causes(story: str, half: bool) -> tuple[str, ...]:
    if half:
        return ("half-precision overflow", "learning rate too high")
    if story == "after a run-up":
        return ("learning rate too high, or no clipping", "half-precision overflow")
    if story == "from the first point on":
        return ("bad input or labels (NaN in the data)", "log(0) or 0/0 in the loss", "broken initial weights")
    return ("log(0) or 0/0 in the loss", "a bad sample", "half-precision overflow")


def _fixes(ctx: Context, bad: Bad, story: str) -> tuple[str, ...]:
    fixes = []
    if story == "after a run-up":
        fixes.append(try_rate(ctx, 1 / 3, "lower the learning rate by a factor of 3 to 10"))
    at = f"{bad.series.axis} {bad.series.x[bad.first]:g}"
    fixes += [
        f"look at the batch and the activations at {at} (torch.autograd.set_detect_anomaly)",
        clipping(ctx),
        "use bfloat16 or loss scaling; add an epsilon in log and division",
    ]
    if bad.first > 0:
        fixes.append(f"go on from a checkpoint before {at}")
    return tuple(fixes)


RULE = Rule(
    code="ND103",
    slug="non-finite-loss",
    severities=("critical", "warning"),
    needs="a loss; any length",
    check=check,
    thresholds=(OVERFLOW, RUN_UP, LASTING),
    explained_by=("ND401",),
    judges="log",
    live=True,
)
