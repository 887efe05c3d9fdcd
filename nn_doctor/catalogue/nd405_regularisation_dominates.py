"""ND405 regularisation-dominates (warning): the penalty is larger than the loss on the data.

What it looks for
-----------------
A logged penalty (reg_loss, l2_penalty, …) beside a data loss, or beside the total: over the later half
of the run the penalty exceeds the data loss, while the data loss is still high against its start.

Why it matters
--------------
The optimiser then mostly shrinks the weights; the data come second.

When it is not this
-------------------
A data loss near zero: there any penalty is larger. The divergence term (KL) of a variational autoencoder is part of
its model and is not looked at.

Fixes
-----
Lower the weight of the penalty until it is a tenth of the data loss.

References
----------
CS231n, "Neural networks 3: loss function" (check the data and regularisation losses apart).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import roughness
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import BEGINNING, FEW, level
from nn_doctor.catalogue.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold("nd405.ratio", 1.0, "penalty per data loss", 0.1, 100.0, "the penalty exceeds the data loss")
HIGH = Threshold(
    "nd405.high", 0.3, "of its start", 0.0, 1.0, "below this the data loss is learnt and any penalty is larger"
)
PENALTIES = frozenset(
    {"reg", "regularization", "regularisation", "regularizer", "regulariser", "penalty", "decay", "wd"}
)
MAYBE = frozenset({"l1", "l2"})
"""As often as not the loss on the data: a penalty only where it does not know the noise of the batches."""
BOXES = frozenset({"box", "bbox", "rpn", "roi", "loc", "offset", "landmark", "keypoint", "wh", "size"})
HEADS = frozenset({"cls", "class", "classifier", "conf", "obj", "objectness", "heatmap", "hm", "centerness", "rpn"})
"""Terms beside which "reg" is the regression of boxes, not a penalty."""
CALM = 0.05
DATA = frozenset({"data", "ce", "cls", "task", "main", "mse", "recon", "reconstruction", "pred", "nll", "cross", "sup"})
HALF = 0.5
FAR = 3.0
SURE, LIKELY = 0.85, 0.75


def check(ctx: Context) -> Finding | Clear:
    """The penalty against the data loss, or against what the total leaves."""
    losses = [s for s in ctx.run.series if s.role in {"objective", "term"} and s.split == "train" and len(s) >= FEW]
    penalty = next((s for s in losses if _is_penalty(s, losses)), None)
    if penalty is None:
        raise InsufficientData("no penalty among the logged losses (--map 'NAME=loss/train/reg' names one)")
    data = _data(losses, penalty)
    reg, now, start = level(penalty, HALF), level_of(data, HALF, 1.0), level_of(data, 0.0, BEGINNING)
    ratio = reg / now if now > 0 else float("inf")
    measured = {"ratio": ratio, "data_left": now / start if start > 0 else float("nan")}
    if reg <= 0 or now <= 0 or ratio <= ctx.limit(RATIO) or now < ctx.limit(HIGH) * start:
        return Clear("the penalty does not outweigh a data loss that is still high", measured)
    return _finding(ctx, penalty, reg, now, measured)


def _is_penalty(series: Series, losses: list[Series]) -> bool:
    words = set((series.term or "").split("_"))
    if PENALTIES & words:
        return not _is_regression(words, losses)
    others = [relative_noise(s) for s in losses if s is not series]
    return bool(MAYBE & words) and bool(others) and relative_noise(series) < CALM * min(others)


def _is_regression(words: set[str], losses: list[Series]) -> bool:
    """Whether "reg" is a detector's regression of boxes: beside such a word, or beside the loss of the classes."""
    terms = {word for s in losses for word in (s.term or "").split("_")}
    return PENALTIES & words == {"reg"} and bool(words & BOXES or terms & HEADS)


def relative_noise(series: Series) -> float:
    """The noise from point to point as a share of the level; a weight penalty has next to none, data losses have."""
    y = series.finite[1]
    size = abs(median(y)) if y.size else 0.0
    return median(roughness(y)) / size if y.size >= FEW and size else 0.0


def level_of(y: np.ndarray, start: float, end: float) -> float:
    """The median of finite values between two shares of an array."""
    part = y[int(start * y.size) : max(int(end * y.size), int(start * y.size) + 1)]
    part = part[np.isfinite(part)]
    return median(part) if part.size else float("nan")


def _data(losses: list[Series], penalty: Series) -> np.ndarray:
    """The data loss: as logged, else the total less the penalty. Raises InsufficientData where neither is there."""
    named = next((s for s in losses if DATA & set((s.term or "").split("_")) and s is not penalty), None)
    if named is not None:
        return named.y
    total = next((s for s in losses if s.term is None and np.array_equal(s.x, penalty.x)), None)
    if total is None:
        raise InsufficientData("a penalty, but no data loss or total beside it")
    rest: np.ndarray = total.y - penalty.y
    if float(np.nanmedian(rest)) <= 0:  # the "total" was the data loss alone
        return total.y
    return rest


def _finding(ctx: Context, penalty: Series, reg: float, data: float, measured: dict[str, float]) -> Finding:
    ratio = measured["ratio"]
    text = f"over the later half {penalty.name} is {reg:.3g}, the data loss {data:.3g}: {ratio:.2g} times as much"
    return Finding(
        score=SURE if ratio > FAR else LIKELY,
        summary=f"the penalty is {ratio:.2g} times the data loss",
        evidence=(Evidence(text, penalty.name, span_of(penalty), ratio, ctx.limit(RATIO)),),
        causes=("weight of the penalty too large", "penalty summed over weights, data loss averaged over samples"),
        fixes=(
            f"divide the weight of the penalty by about {10 * ratio:.3g}",
            "start without it and add it when the net overfits",
        ),
        series=(penalty,),
        measured=measured,
    )


RULE = Rule(
    code="ND405",
    slug="regularisation-dominates",
    severities=("warning",),
    needs="a penalty and a data loss (or the total), 10 points or more",
    check=check,
    thresholds=(RATIO, HIGH),
)
