"""ND408 clipping-saturated (warning): most updates sit at the clip value.

What it looks for
-----------------
In the later part of the run: a logged share of clipped updates (fairseq's ``clip``) above a half; a logged factor by
which clipping scales the gradients that is below one more often than not; a gradient norm logged after clipping of
which more than half of the values lie within half a per cent of the largest (the norm of all layers together is worked
out where only theirs are logged); a norm after clipping mostly below the one before it; or a norm logged before
clipping that is usually six times the clip value known from the settings.

Why it matters
--------------
Clipping was meant for rare wild batches. When it acts at nearly every step it sets the size of every update: the
learning rate no longer means what it says, and directions of rare large gradients are all that is left of them.

When it is not this
-------------------
Clipping that acts in the first steps only. Norms a few times above the clip value, as large models are tuned on
purpose. Values printed with so few digits that they look alike. The clipping of a policy's ratios (PPO).

Fixes
-----
Raise the clip value to a little above the usual norm, or lower the learning rate and drop the clipping.

References
----------
J. Zhang et al., "Why gradient clipping accelerates training" (2020). fairseq's documentation of its log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.floors import resolution
from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.internals import alike, is_total, layers, level, level_z, logged
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series import hyperparameters
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

SHARE = Threshold("nd408.share", 0.5, "of the later updates", 0.1, 1.0, "published monitors: half of the steps")
NEAR = Threshold("nd408.near", 0.005, "of the largest", 1e-6, 0.1, "published monitors: half a per cent of the maximum")
ABOVE = Threshold(
    "nd408.above",
    6,
    "times the clip value",
    1.0,
    1e6,
    "the usual norm before clipping; twice to five times is common",
)
LEAST = 10
"""Norms that are equal to half a per cent come by no chance, be they few."""
EQUAL = 6
LATER = 0.25
SEVERAL = 3
SMALL = 0.01
"""What rounds to so little lies between a half and one and a half of it: no norm is as calm for a whole run."""
FELL = 3.0
"""Standard errors."""
PERCENT = 1.5
SCALED = 0.95
"""A factor below this cuts off more than what rounding or a single step of a mean does."""
CUT = frozenset({"clipped", "after", "postclip", "post"})
SURE, LIKELY = 0.85, 0.75
FINER = 10.0
"""How much finer the digits of a loss must be than a norm that never changes, for that norm to be no rounded one."""


@dataclass(frozen=True)
class _Seen:
    """How large a share of the later updates a series says to be clipped, in words too, and the clip value."""

    series: Series
    share: float
    text: str = ""
    value: float | None = None
    doubtful: bool = False


def check(ctx: Context) -> Finding | Clear:
    """What is logged of the clipping itself, and the norms."""
    found = [*_shares(ctx), *_factors(ctx)]
    if not found:
        norms = [*_totals(ctx), *_sums(ctx)]
        if not norms:
            raise InsufficientData("no total gradient norm in the log (--map 'NAME=grad_norm' names one)")
        ways = (_far_above(ctx, s) for s in norms)
        found = [*(_at_top(ctx, s) for s in norms), *_pairs(norms), *(seen for seen in ways if seen is not None)]
    worst = max(found, key=lambda seen: seen.share)
    measured = {"share": worst.share}
    if worst.share <= ctx.limit(SHARE):
        return Clear(f"{worst.share:.0%} of the updates sit at the clip value", measured)
    return _finding(ctx, worst, measured)


def _totals(ctx: Context) -> list[Series]:
    """Norms of the whole gradient; raises InsufficientData where no norm is logged at all."""
    found = [s for s in logged(ctx, "grad_norm", points=LEAST) if is_total(s)]
    return [s for s in found if not _is_setting(s)]


def _sums(ctx: Context) -> list[Series]:
    """The norm of the whole gradient from those of its layers: clipping leaves it at one value, whatever they do."""
    found = []
    for group in alike([s for s in logged(ctx, "grad_norm", points=LEAST) if not is_total(s)]):
        stack = layers(group)
        if len(stack) >= SEVERAL and all(np.array_equal(s.x, stack[0].x) and s.y.min() >= 0 for s in stack):
            whole = np.sqrt(np.sum([s.y**2 for s in stack], axis=0))
            found.append(replace(stack[0], name="the norm of all layers", term=None, y=whole))
    return found


def _pairs(norms: list[Series]) -> list[_Seen]:
    """Norms after clipping against those before, where both are logged."""
    found = []
    for cut in norms:
        for raw in norms:
            words = set(tokens_of(cut.name)), set(tokens_of(raw.name))
            if not words[0] & CUT or words[1] & CUT or not np.array_equal(cut.x, raw.x):
                continue
            share = (
                float(np.mean(_later(cut) < SCALED * _later(raw))) if len(cut.finite[1]) == len(raw.finite[1]) else 0.0
            )
            text = f"{cut.name} is smaller than {raw.name} at {share:.0%} of the later points"
            found.append(_Seen(cut, share, text))
    return found


def _is_setting(series: Series) -> bool:
    """Whether "clip_norm", never changing, may be the clip value itself."""
    words = set(tokens_of(series.name))
    return "clip" in words and not words & (CUT | {"before"}) and float(np.ptp(series.finite[1])) == 0.0


def _later(series: Series) -> FloatArray:
    y = series.finite[1]
    return y[int(LATER * y.size) :]


def _shares(ctx: Context) -> list[_Seen]:
    """Shares of clipped updates, in per cent or as fractions; a "ratio" only where a factor would say the same."""
    found = []
    for s in ctx.run.series:
        if s.metric not in {"clip_share", "clip_ratio"} or s.finite[1].size < LEAST:
            continue
        share = float(np.mean(_later(s))) / (100.0 if float(s.finite[1].max()) > PERCENT else 1.0)
        if s.metric == "clip_ratio" and level(s, LATER) >= 1.0:
            share = 0.0
        if 0.0 <= share <= 1.0:
            found.append(_Seen(s, share, f"{s.name} says that {share:.0%} of the later updates were clipped"))
    return found


def _factors(ctx: Context) -> list[_Seen]:
    """Factors by which gradients were scaled."""
    found = []
    for s in ctx.run.series:
        if s.metric == "clip_coefficient" and s.finite[1].size >= LEAST and float(s.finite[1].min()) >= 0.0:
            later = _later(s)
            share, usual = float(np.mean(later < SCALED)), median(later)
            found.append(_Seen(s, share, f"{s.name} is {usual:.2g} as a rule: gradients are scaled down to that share"))
    return found


def _far_above(ctx: Context, series: Series) -> _Seen | None:
    """A norm before clipping against the clip value where that is known."""
    value = _clip_value(ctx)
    if value is None or CUT & set(tokens_of(series.name)):
        return None
    later = _later(series)
    usual, share = median(later), float(np.mean(later > value))
    if usual < ctx.limit(ABOVE) * value:
        return None
    return _Seen(
        series, share, f"{series.name} is {usual:.3g} as a rule, {usual / value:.2g} times the clip value", value
    )


def _clip_value(ctx: Context) -> float | None:
    """The clip value of the settings, or as logged beside the norms."""
    said = hyperparameters.number(ctx.run.params, "clip_norm")
    if said is not None:
        return said
    values = [s for s in ctx.run.series if s.metric == "clip_value" or (s.metric == "grad_norm" and _is_setting(s))]
    return next((level(s) for s in values if level(s) > 0), None)


def _at_top(ctx: Context, series: Series) -> _Seen:
    """The share of the later norms that equal the largest of them; 0 where digits are too few to tell."""
    y = thinned(_later(series))
    top = float(y.max()) if y.size >= EQUAL else 0.0
    steps = np.diff(np.unique(y))
    coarse = steps.size and float(steps.min()) > ctx.limit(NEAR) * top  # equal as printed is not equal
    one = not steps.size
    known = not one or _is_clip_value(top) or not CUT.isdisjoint(tokens_of(series.name))
    if top <= 0 or coarse or not (known or _is_exact(ctx, top)):
        return _Seen(series, 0.0)
    share = float(np.mean(y >= (1 - ctx.limit(NEAR)) * top))
    text = f"{share:.0%} of the later values of {series.name} lie within 0.5 % of {top:.4g}"
    return _Seen(series, share, text, top, doubtful=not known)


def _is_exact(ctx: Context, top: float) -> bool:
    """Whether a norm of one value is no rounded one: the loss has finer digits, and falls as by no such gradient."""
    train = ctx.objective.train
    if train is None or not train.finite[1].size or not FINER * resolution(train.finite[1]) <= top <= SMALL:
        return False
    return level_z(train, LATER, 1 - LATER) >= FELL


def _is_clip_value(top: float) -> bool:
    """Whether one value throughout may be a clip value: two digits, and not the smallest that its decimals can show."""
    smallest = 0 < top < 1 and float(np.log10(top)) == round(float(np.log10(top)))
    return f"{top:.6g}" == f"{top:.2g}" and not smallest


def _finding(ctx: Context, worst: _Seen, measured: dict[str, float]) -> Finding:
    series, share = worst.series, worst.share
    known = "" if worst.value is None else f" (now about {worst.value:.3g})"
    return Finding(
        score=SURE if share > (1 + ctx.limit(SHARE)) / 2 and not worst.doubtful else LIKELY,
        summary=f"{share:.0%} of the updates are clipped",
        evidence=(Evidence(worst.text, series.name, span_of(series), share, ctx.limit(SHARE)),),
        causes=(
            "clip value far below the usual gradient norm",
            "loss summed instead of averaged",
            "learning rate tuned around the clipping",
        ),
        fixes=(
            f"raise the clip value{known} to a little above the usual norm before clipping",
            "log the norm before clipping to see what is cut off",
        ),
        series=(series,),
        measured=measured,
    )


RULE = Rule(
    code="ND408",
    slug="clipping-saturated",
    severities=("warning",),
    needs="a total gradient norm of 10 points or more, or a share of clipped updates",
    check=check,
    thresholds=(SHARE, NEAR, ABOVE),
    yields_to=("ND401",),
)
