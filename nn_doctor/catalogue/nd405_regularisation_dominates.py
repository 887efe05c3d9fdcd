"""ND405 regularisation-dominates (warning): the penalty is larger than the loss on the data.

What it looks for
-----------------
A logged penalty (reg_loss, l2_penalty, weight_penalty …) beside a data loss, or beside the total; or a term of any name
that adds up to the total with the others and does not know the noise of the batches. Over the later half
of the run it exceeds the data loss, while the data loss is still high against its start. Or it is the larger of the
two for most of the run and is what the optimiser works at: it falls to 60 % and less, from twice the data loss
at the start, or with the data loss not learnt.

Why it matters
--------------
The optimiser then mostly shrinks the weights; the data come second.

When it is not this
-------------------
A data loss near zero: there any penalty is larger. A sum over weights that is logged but not minimised, which the
total does not hold, grows while the net learns; only one that falls counts. The divergence term (KL) of a variational
autoencoder is part of its model and is not looked at.

Fixes
-----
Lower the weight of the penalty until it is a tenth of the data loss.

References
----------
CS231n, "Neural networks 3: loss function" (check the data and regularisation losses apart).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.internals import BEGINNING, FEW, level
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.catalogue.common.term_words import (
    BY_DESIGN,
    DATA,
    DIVERGENCE,
    MAYBE,
    OF_DATA,
    PENALTIES,
    SAME,
    is_regression,
)
from nn_doctor.catalogue.common.terms import relative_noise, terms_of, words_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold("nd405.ratio", 1.0, "penalty per data loss", 0.1, 100.0, "the penalty exceeds the data loss")
HIGH = Threshold(
    "nd405.high", 0.3, "of its start", 0.0, 1.0, "below this the data loss is learnt and any penalty is larger"
)
WORKED = Threshold("nd405.worked", 0.6, "of its start", 0.0, 1.0, "a penalty without weight grows 1.0- to 1.8-fold")
MOSTLY = Threshold("nd405.mostly", 0.5, "of the run", 0.1, 1.0, "in which the penalty is the larger part of the total")
FIRST = Threshold(
    "nd405.first", 1.4, "penalty per data loss", 1.0, 1000.0, "at the start; healthy trainings: below 0.1"
)
CALM = 0.05
OF_BATCHES = 0.01
"""Noise of this share of its level and more comes from the batches."""
HALF = 0.5
FAR = 3.0
SURE, LIKELY, HESITANT = 0.85, 0.75, 0.65
ALONE = 0.95
"""Of its start; a penalty that the total does not hold must have fallen below it."""
UNLEARNT = 0.15
"""Of its start; a data loss above it is not learnt yet where the penalty has been the larger one nearly always."""
NEARLY_ALWAYS = 0.8
NOTHING_LEARNT = 0.9
"""Of its start; with such a data loss nearly all that the total lost was the penalty's, however long it took."""


def check(ctx: Context) -> Finding | Clear:
    """The penalty against the data loss, or against what the total leaves."""
    summed = _summed(ctx)
    known = {s.id for s in summed}
    losses = [s for s in ctx.run.series if _is_part(s) and s.split == "train" and len(s) >= FEW and s.id not in known]
    losses += summed
    penalty = next((s for s in losses if _is_penalty(s, losses)), None) or _calm_one(summed)
    if penalty is None:
        raise InsufficientData("no penalty among the logged losses (--map 'NAME=loss/train/reg' names one)")
    data, inside = _data(losses, penalty)
    reg, now, start = level(penalty, HALF), level_of(data, HALF, 1.0), level_of(data, 0.0, BEGINNING)
    if not (reg > 0 and now > 0):
        return Clear("the penalty or the data loss is not above zero", {"penalty": reg, "data": now})
    measured = {"ratio": reg / now, "data_left": now / start if start > 0 else float("nan")} | _course(penalty, data)
    if _outweighs(ctx, measured) and (inside or measured["left"] < ALONE):
        return _finding(ctx, penalty, reg, now, measured, inside)
    if inside and _is_what_is_minimised(ctx, measured):
        return _finding(
            ctx, penalty, level(penalty), level_of(data, 0.0, 1.0), measured, inside=measured["first"] > FAR
        )
    return Clear("the penalty does not outweigh a data loss that is still high", measured)


def _is_part(series: Series) -> bool:
    """Whether it is or may be a part of the loss; a bare "l2" may be a metric as well."""
    return series.role in {"objective", "term"} or (series.role == "metric" and series.metric in MAYBE)


def _summed(ctx: Context) -> list[Series]:
    """The terms that add up to the logged total, whatever their names, each as it counts; none where they do not."""
    try:
        terms, weights = terms_of(ctx)
    except InsufficientData:
        return []
    return [replace(s, y=w * s.y) for s, w in zip(terms, weights or [], strict=False) if w > 0]


def _calm_one(summed: list[Series]) -> Series | None:
    """The term of a sum that does not know the noise of the batches: it is a function of the weights alone."""
    for s in summed:
        others = [relative_noise(o) for o in summed if o is not s]
        task = s.metric == "loss" and not words_of(s) & BY_DESIGN  # what is called the loss of something
        named = task or words_of(s) & (OF_DATA | DIVERGENCE)
        if others and not named and min(others) >= OF_BATCHES and relative_noise(s) < CALM * min(others):
            return s
    return None


def _course(penalty: Series, data: np.ndarray) -> dict[str, float]:
    """What is left of the penalty, its ratio to the data loss at the start, and how long it is the larger one."""
    start = level(penalty, 0.0, BEGINNING)
    both = penalty.y.size == data.size
    return {
        "left": level(penalty, HALF) / start if start > 0 else float("inf"),
        "first": start / level_of(data, 0.0, BEGINNING),
        "larger": float(np.mean(penalty.y > data)) if both else float("nan"),
    }


def _outweighs(ctx: Context, measured: dict[str, float]) -> bool:
    return measured["ratio"] > ctx.limit(RATIO) and not measured["data_left"] < ctx.limit(HIGH)


def _is_what_is_minimised(ctx: Context, measured: dict[str, float]) -> bool:
    """Whether the total is mostly the penalty, and its fall the penalty's."""
    if measured["left"] > ctx.limit(WORKED):
        return False
    from_the_start = measured["first"] >= ctx.limit(FIRST) and measured["larger"] >= ctx.limit(MOSTLY)
    alone = measured["first"] >= ctx.limit(FIRST) and measured["data_left"] >= NOTHING_LEARNT
    return alone or from_the_start or (measured["larger"] >= NEARLY_ALWAYS and measured["data_left"] >= UNLEARNT)


def _is_penalty(series: Series, losses: list[Series]) -> bool:
    words = set((series.term or series.metric).split("_"))
    if series.metric == "penalty" or PENALTIES & words:
        return not is_regression(words, losses)
    others = [s for s in losses if s is not series]
    told = {word for s in others for word in (s.term or s.metric).split("_")}
    if any(word in words and SAME[word] & told for word in MAYBE):
        return True
    noise = [relative_noise(s) for s in others]
    return bool(MAYBE & words) and bool(noise) and relative_noise(series) < CALM * min(noise)


def level_of(y: np.ndarray, start: float, end: float) -> float:
    """The median of finite values between two shares of an array."""
    part = y[int(start * y.size) : max(int(end * y.size), int(start * y.size) + 1)]
    part = part[np.isfinite(part)]
    return median(part) if part.size else float("nan")


def _data(losses: list[Series], penalty: Series) -> tuple[np.ndarray, bool]:
    """The data loss, as logged or the total less the penalty, and whether the penalty is known to be minimised.

    Raises InsufficientData where neither is there.
    """
    named = next((s for s in losses if s.term and DATA & words_of(s) and s is not penalty), None)
    plain = [s for s in losses if s.term is None and s is not penalty and s.role == "objective"]
    total = next((s for s in plain if np.array_equal(s.x, penalty.x)), None)
    if named is None and total is None:
        raise InsufficientData("a penalty, but no data loss or total beside it")
    if total is None:
        assert named is not None  # noqa: S101 - one of the two is there
        return named.y, penalty.metric != "penalty"  # what is called a loss is minimised as it stands
    rest: np.ndarray = total.y - penalty.y
    inside = float(np.nanmedian(rest)) > 0
    if named is not None:
        return named.y, inside
    return (rest if inside else total.y), inside  # else the "total" was the data loss alone


def _finding(
    ctx: Context, penalty: Series, reg: float, data: float, measured: dict[str, float], inside: bool
) -> Finding:
    ratio = reg / data
    text = f"{penalty.name} is {reg:.3g} as a rule, the data loss {data:.3g}: {ratio:.2g} times as much"
    return Finding(
        score=HESITANT if not inside else SURE if max(ratio, measured["first"]) > FAR else LIKELY,
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
    thresholds=(RATIO, HIGH, WORKED, MOSTLY, FIRST),
)
