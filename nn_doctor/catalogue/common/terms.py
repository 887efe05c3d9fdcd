"""The terms of a train loss: which series they are, with which weights they add up, what their names say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.mixture import mixture, parts
from nn_doctor.analyzers.noise import roughness
from nn_doctor.catalogue.common.internals import FEW, level, level_z
from nn_doctor.catalogue.common.term_words import BY_DESIGN, OF_LANGUAGE, is_regression
from nn_doctor.errors import InsufficientData
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

LEAST = 12
MOST = 12
PARTS = 8
HALF, QUARTER = 0.5, 0.25
FIRST = 0.02


@dataclass(frozen=True, slots=True)
class Part:
    """A term: its weight (1 where the total gives none away), its weighted level, and how far it fell in all.

    ``first`` is the weighted level at the start, ``drop`` the share of it that was lost, ``course`` the level of each
    eighth of the run.
    """

    series: Series
    weight: float
    size: float
    fall: float
    z: float
    first: float
    drop: float
    course: FloatArray


def counts(series: Series, total: Series | None) -> bool:
    """Whether a series is a part of the train loss: a term, or a loss of its own name beside the total."""
    part = series.role == "term" or (series.role == "objective" and series.metric == "loss" and series is not total)
    return part and series.split == "train" and series.finite[1].size >= LEAST


def terms_of(ctx: Context) -> tuple[list[Series], list[float] | None]:
    """The terms of the train loss, and the weights by which they add up to the logged total (None where they do not).

    Where no terms by name add up to it, curves of other names are tried ("recon", "kl"): arithmetic tells them.
    """
    total = ctx.objective.train
    named = [s for s in ctx.run.series if counts(s, total)]
    weights = weights_of(ctx, named) if len(named) > 1 else None
    if weights is not None or total is None:
        return named, weights
    others = [s for s in ctx.run.series if _may_be_term(s, total)]
    if not 1 < len(others) <= MOST:
        return named, None
    try:
        found = parts(total.y, np.array([s.y for s in others]))
    except InsufficientData:
        return named, None
    if found is None or not {id(s) for s in named} <= {id(others[i]) for i in found.which}:
        return named, None
    return [others[i] for i in found.which], [float(w) for w in found.weights]


def _may_be_term(series: Series, total: Series) -> bool:
    """Whether a curve of whatever name is logged with the total, point by point."""
    if series is total or series.split not in {"train", "none"} or series.role == "schedule":
        return False
    return series.y.size >= LEAST and np.array_equal(series.x, total.x)


def weights_of(ctx: Context, terms: list[Series]) -> list[float] | None:
    """The weights by which the terms add up to the logged total; None where they do not."""
    total = ctx.objective.train
    if total is None or any(s.y.size != total.y.size or not np.array_equal(s.x, total.x) for s in terms):
        return None
    found = mixture(total.y, np.array([s.y for s in terms]))
    return None if found is None else [float(w) for w in found.weights]


def part_of(series: Series, weight: float) -> Part:
    """A term of LEAST finite points or more, with its weight in the total."""
    start = level(series, 0.0, 1 / FEW)
    end = level(series, 1 - QUARTER)
    fall = (start - end) / start if start > 0 else 0.0
    course = weight * np.array([median(part) for part in np.array_split(series.finite[1], PARTS)])
    z = level_z(series, 1 / FEW, 1 - QUARTER)
    first = weight * level(series, 0.0, FIRST)
    drop = 1 - float(course[-1]) / first if first > 0 else 0.0
    return Part(series, weight, weight * level(series, HALF), fall, z, first, drop, course)


def lopsided(series: Series) -> float:
    """How much further the later values reach up from their median than down: 1 for normal noise, 2.3 for misses.

    Between the 5 % that are largest and the 5 % that are smallest.
    """
    y = series.finite[1]
    low, middle, high = np.quantile(y[y.size // 2 :], (0.05, 0.5, 0.95))
    return float((high - middle) / (middle - low)) if middle > low else float("inf")


def words_of(series: Series) -> set[str]:
    """The words of a term's name, in lower case."""
    return set(series.term.split("_")) if series.term else set(tokens_of(series.name))


def small_by_design(series: Series, terms: list[Series]) -> bool:
    """Whether a term is a penalty by its name, or small for other reasons; the regression of boxes is not."""
    words = words_of(series)
    balances = "aux" in words and any(words_of(s) & OF_LANGUAGE for s in terms)
    return balances or (bool(words & BY_DESIGN) and not is_regression(words, terms))


def relative_noise(series: Series) -> float:
    """The noise from point to point as a share of the level; a weight penalty has next to none, data losses have."""
    y = series.finite[1]
    size = abs(median(y)) if y.size else 0.0
    return median(roughness(y)) / size if y.size >= FEW and size else 0.0
