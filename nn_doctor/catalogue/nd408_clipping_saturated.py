"""ND408 clipping-saturated (warning): most updates sit at the clip value.

What it looks for
-----------------
A gradient norm logged after clipping of which more than half of the values lie within half a per cent of the largest;
or a logged share of clipped updates (fairseq's ``clip``) above a half, in the later part of the run.

Why it matters
--------------
Clipping was meant for rare wild batches. When it acts at nearly every step it sets the size of every update: the
learning rate no longer means what it says, and directions of rare large gradients are all that is left of them.

When it is not this
-------------------
Clipping that acts in the first steps only. Values printed with so few digits that they look alike.

Fixes
-----
Raise the clip value to a little above the usual norm, or lower the learning rate and drop the clipping.

References
----------
J. Zhang et al., "Why gradient clipping accelerates training" (2020). fairseq's documentation of its log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import thinned
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import level, logged
from nn_doctor.catalogue.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

SHARE = Threshold("nd408.share", 0.5, "of the later updates", 0.1, 1.0, "published monitors: half of the steps")
NEAR = Threshold("nd408.near", 0.005, "of the largest", 1e-6, 0.1, "published monitors: half a per cent of the maximum")
LEAST = 20
LATER = 0.25
PERCENT = 1.5
SURE, LIKELY = 0.85, 0.75


def check(ctx: Context) -> Finding | Clear:
    """A logged share of clipped updates, else the norms themselves."""
    shares = _said(ctx)
    if not shares:
        norms = [
            s
            for s in logged(ctx, "grad_norm", points=LEAST)
            if s.term is None or {"clip", "total"} & set(tokens_of(s.name))
        ]
        if not norms:
            raise InsufficientData("no total gradient norm in the log (--map 'NAME=grad_norm' names one)")
        shares = [(s, _at_top(ctx, s)) for s in norms]
    series, share = max(shares, key=lambda pair: pair[1])
    measured = {"share": share}
    if share <= ctx.limit(SHARE):
        return Clear(f"{share:.0%} of the updates sit at the clip value", measured)
    return _finding(ctx, series, share, measured)


def _said(ctx: Context) -> list[tuple[Series, float]]:
    """Shares of clipped updates as fairseq logs them, in per cent or as fractions."""
    found = [s for s in ctx.run.series if s.metric == "clip_share" and len(s) >= LEAST // 2]
    scale = {s.id: 100.0 if float(np.nanmax(s.y)) > PERCENT else 1.0 for s in found}
    return [(s, level(s, LATER) / scale[s.id]) for s in found]


def _at_top(ctx: Context, series: Series) -> float:
    """The share of the later norms that equal the largest of them; 0 where digits are too few to tell."""
    y = series.finite[1]
    y = thinned(y[int(LATER * y.size) :])
    top = float(y.max()) if y.size >= LEAST // 2 else 0.0
    if top <= 0:
        return 0.0
    steps = np.diff(np.unique(y))
    if steps.size and float(steps.min()) > ctx.limit(NEAR) * top:
        return 0.0  # a coarse grid: equal as printed is not equal
    if not steps.size and not _is_clip_value(top):
        return 0.0
    return float(np.mean(y >= (1 - ctx.limit(NEAR)) * top))


def _is_clip_value(top: float) -> bool:
    """Whether one value throughout may be a clip value: two digits, and not the smallest that its decimals can show."""
    smallest = top < 1 and float(np.log10(top)) == round(float(np.log10(top)))
    return f"{top:.6g}" == f"{top:.2g}" and not smallest


def _finding(ctx: Context, series: Series, share: float, measured: dict[str, float]) -> Finding:
    value = float(series.finite[1].max())
    norms = series.metric == "grad_norm"
    text = (
        f"{share:.0%} of the later values of {series.name} lie within 0.5 % of {value:.4g}"
        if norms
        else f"{series.name} says that {share:.0%} of the later updates were clipped"
    )
    return Finding(
        score=SURE if share > (1 + ctx.limit(SHARE)) / 2 else LIKELY,
        summary=f"{share:.0%} of the updates are clipped",
        evidence=(Evidence(text, series.name, span_of(series), share, ctx.limit(SHARE)),),
        causes=(
            "clip value far below the usual gradient norm",
            "loss summed instead of averaged",
            "learning rate tuned around the clipping",
        ),
        fixes=(
            f"raise the clip value (now about {value:.3g}) to a little above the usual norm before clipping"
            if norms
            else "raise the clip value to a little above the usual norm",
            "log the norm before clipping to see what is cut off",
        ),
        series=(series,),
        measured=measured,
    )


RULE = Rule(
    code="ND408",
    slug="clipping-saturated",
    severities=("warning",),
    needs="a total gradient norm of 20 points or more, or a share of clipped updates",
    check=check,
    thresholds=(SHARE, NEAR),
    yields_to=("ND401",),
)
