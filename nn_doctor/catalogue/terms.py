"""The terms of a train loss: which series they are, with which weights they add up, what their names say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.mixture import mixture
from nn_doctor.catalogue.internals import FEW, level, level_z
from nn_doctor.catalogue.nd405_regularisation_dominates import BOXES, DATA, HEADS, MAYBE, PENALTIES

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

LEAST = 20
PARTS = 8
DIVERGENCE = frozenset({"kl", "kld", "kldiv", "divergence"})
BY_DESIGN = PENALTIES | MAYBE | DIVERGENCE | {
    "sparse", "sparsity", "entropy", "commit", "commitment", "balance", "balancing", "router", "moe", "expert", "gate",
    "z", "ema", "vb", "vlb", "tv", "smooth", "smoothness", "eikonal", "distortion", "ortho", "orthogonal", "diversity",
}  # fmt: skip
"""Words of terms that are small, or rise, by design: penalties under other names."""
KINDS = frozenset({"bce", "ce", "nll", "mse", "focal", "dice", "iou", "giou", "lovasz", "huber", "ssim", "edge"})
"""Words for what is measured on an output: two of these share it; tasks have their own."""
OF_DATA = (DATA | HEADS | BOXES | KINDS | {
    "ic", "bc", "pde", "ode", "residual", "physics", "boundary", "initial", "seg", "mask", "depth", "rgb", "flow",
}) - PENALTIES  # fmt: skip
"""Words of terms that are no penalty, be they ever so smooth."""
HALF, QUARTER = 0.5, 0.25
FIRST = 0.02


@dataclass(frozen=True, slots=True)
class Part:
    """A term: its weight (1 where the total gives none away), its weighted level, and how far it fell in all.

    ``first`` is the weighted level at the start, ``course`` that of each eighth of the run.
    """

    series: Series
    weight: float
    size: float
    fall: float
    z: float
    first: float
    course: FloatArray


def counts(series: Series, total: Series | None) -> bool:
    """Whether a series is a part of the train loss: a term, or a loss of its own name beside the total."""
    part = series.role == "term" or (series.role == "objective" and series.metric == "loss" and series is not total)
    return part and series.split == "train" and series.finite[1].size >= LEAST


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
    return Part(series, weight, weight * level(series, HALF), fall, z, first, course)


def lopsided(series: Series) -> float:
    """How much further the later values reach up from their median than down: 1 for normal noise, 2.3 for misses.

    Between the 5 % that are largest and the 5 % that are smallest.
    """
    y = series.finite[1]
    low, middle, high = np.quantile(y[y.size // 2 :], (0.05, 0.5, 0.95))
    return float((high - middle) / (middle - low)) if middle > low else float("inf")


def words_of(series: Series) -> set[str]:
    """The words of a term's name, in lower case."""
    return set((series.term or series.name.lower()).split("_"))
