"""Whether what is said with 80 % is right four times in five, against what a perfect forecaster shows by chance."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.scoring.scores import Pair

BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)
ROUNDS = 2000
HEALTHY_SHARE = 0.8
"""The mix of runs that confidences are meant for: four of five runs are healthy."""


@dataclass(frozen=True)
class Reliability:
    """``rows``: (from, to, diagnoses, mean confidence, share right). ``error`` is the mean distance between the two
    last, weighted by the mix; ``chance`` the 95th percentile of the same for a perfect forecaster."""

    rows: list[tuple[float, float, int, float, float]]
    error: float
    chance: float


def reliability(pairs: Sequence[Pair]) -> Reliability:
    """Over all diagnoses said, notes too. Repeats of one training count as one draw for the perfect forecaster."""
    weights = mix_weights(pairs)
    confidence, right, weight, group = [], [], [], []
    for (case, answer), w in zip(pairs, weights, strict=True):
        for said in answer.said:
            confidence.append(said.confidence)
            right.append(bool(said.slugs & case.accepted))
            weight.append(w)
            group.append(f"{case.group} {sorted(said.slugs)[0]}")
    p, hit, w = np.array(confidence), np.array(right, dtype=float), np.array(weight)
    names, member = np.unique(group, return_inverse=True)
    rng = np.random.default_rng(0)
    perfect = [_error(p, (rng.random(len(names))[member] < p).astype(float), w) for _ in range(ROUNDS)]
    return Reliability(_rows(p, hit, w), _error(p, hit, w), float(np.percentile(perfect, 95)))


def mix_weights(pairs: Sequence[Pair]) -> np.ndarray:
    """A weight a case so that healthy ones make up the stated share."""
    healthy = np.array([case.healthy for case, _ in pairs])
    share = np.where(healthy, HEALTHY_SHARE / max(healthy.sum(), 1), (1 - HEALTHY_SHARE) / max((~healthy).sum(), 1))
    return share * len(pairs)


def isotonic(y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The nearest rising sequence (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for value, weight in zip(y, w, strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            v1, w1, n1 = blocks.pop()
            v0, w0, n0 = blocks.pop()
            blocks.append([(v0 * w0 + v1 * w1) / (w0 + w1), w0 + w1, n0 + n1])
    return np.concatenate([np.full(int(n), v) for v, _, n in blocks])


def _bins(p: np.ndarray) -> np.ndarray:
    return np.digitize(p, BINS) - 1


def _error(p: np.ndarray, hit: np.ndarray, w: np.ndarray) -> float:
    gaps = [abs(np.sum(w[i] * (p[i] - hit[i]))) for b in range(len(BINS) - 1) if (i := _bins(p) == b).any()]
    return float(np.sum(gaps) / np.sum(w))


def _rows(p: np.ndarray, hit: np.ndarray, w: np.ndarray) -> list[tuple[float, float, int, float, float]]:
    rows = []
    for b, (low, high) in enumerate(itertools.pairwise(BINS)):
        inside = _bins(p) == b
        if inside.any():
            mean, share = np.average(p[inside], weights=w[inside]), np.average(hit[inside], weights=w[inside])
            rows.append((low, min(high, 1.0), int(inside.sum()), float(mean), float(share)))
    return rows
