"""Boosted trees as arrays: what ``benchmarks/likeness.py`` fitted, asked without the library that grew them.

J. Friedman, "Greedy function approximation: a gradient boosting machine" (2001): one sum of trees a class, turned into
shares by softmax.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.series.channel import BoolArray, FloatArray, IntArray

FILE = Path(__file__).with_name("trees.bin")
HEALTHY = "healthy"
KINDS = {
    "feature": "<i2", "threshold": "<f4", "left": "<i4", "right": "<i4", "missing": "i1", "leaf": "<f4",
    "roots": "<i4", "of_class": "i1", "low": "<f4", "high": "<f4", "scores": "<f8", "sure": "<f8",
}  # fmt: skip
FAR = 1e9
"""Numbers beyond this are all alike."""


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees of one depth-first array each: ``left`` and ``right`` hold the next node, or ``~leaf`` where it ends.

    A node looks whether number ``feature`` of the portrait is at most ``threshold``; ``missing`` says whether one that
    is not there goes left. ``roots`` are the first nodes (or ``~leaf``) of the trees, ``of_class`` what each is for.
    ``low`` and ``high`` bound each number in nine of ten healthy runs; ``scores`` and ``sure``, shape (classes,
    scores), map the share of a class to a confidence.
    """

    names: tuple[str, ...]
    classes: tuple[str, ...]
    feature: IntArray
    threshold: FloatArray
    left: IntArray
    right: IntArray
    missing: IntArray
    leaf: FloatArray
    roots: IntArray
    of_class: IntArray
    low: FloatArray
    high: FloatArray
    scores: FloatArray
    sure: FloatArray

    def shares(self, portrait: Mapping[str, float]) -> dict[str, float]:
        """The share of each class among runs that look like this one; they sum to 1."""
        return dict(zip(self.classes, self._shares(self._row(portrait)[None])[0].tolist(), strict=True))

    def telling(self, portrait: Mapping[str, float], name: str) -> list[tuple[str, float, float]]:
        """The numbers that speak for a class, the strongest first, each with the range of nine healthy runs in ten.

        A number speaks for a class if without it the class is less far ahead of health.
        """
        row, for_it = self._row(portrait), self.of_class == self.classes.index(name)
        against = self.of_class == self.classes.index(HEALTHY)
        known = np.unique(self._walk(row[None], self.roots[for_it | against])[1])
        known = known[~np.isnan(row[known])]
        without = np.repeat(row[None], known.size + 1, axis=0)
        without[np.arange(known.size), known] = np.nan
        ahead = self._sums(without, for_it) - self._sums(without, against)
        lost = ahead[-1] - ahead[:-1]
        strongest = [i for i in np.argsort(-lost, kind="stable") if lost[i] > 0]
        return [(self.names[k], float(self.low[k]), float(self.high[k])) for k in known[strongest]]

    def confidence(self, name: str, share: float) -> float:
        """How often a fault with this share against health is right where no rule speaks."""
        return float(np.interp(share, self.scores, self.sure[self.classes.index(name)]))

    def _row(self, portrait: Mapping[str, float]) -> FloatArray:
        row: FloatArray = np.array([portrait.get(name, np.nan) for name in self.names], dtype=float)
        with np.errstate(invalid="ignore"):
            return np.where(np.isfinite(row), np.clip(row, -FAR, FAR), np.nan).astype(np.float32).astype(float)

    def _shares(self, rows: FloatArray) -> FloatArray:
        """Shape (runs, classes) of rows (runs, names)."""
        sums = np.stack([self._sums(rows, self.of_class == place) for place in range(len(self.classes))], axis=1)
        raised = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares: FloatArray = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def _sums(self, rows: FloatArray, trees: BoolArray) -> FloatArray:
        sums: FloatArray = self.leaf[self._walk(rows, self.roots[trees])[0]].sum(axis=1)
        return sums

    def _walk(self, rows: FloatArray, roots: IntArray) -> tuple[IntArray, IntArray]:
        """The leaf of each row in each tree, all walked at once; and which numbers were looked at."""
        at, looked = np.tile(roots, (len(rows), 1)), [np.zeros(0, dtype=np.int64)]
        while (inside := at >= 0).any():
            run, node = np.nonzero(inside)[0], at[inside]
            value = rows[run, self.feature[node]]
            goes_left = np.where(np.isnan(value), self.missing[node] > 0, value <= self.threshold[node])
            at[inside] = np.where(goes_left, self.left[node], self.right[node])
            looked.append(self.feature[node])
        return ~at, np.concatenate(looked)


@cache
def forest() -> Forest:
    """The trees that come with the package."""
    return unpacked(FILE.read_bytes())


def packed(trees: Forest) -> bytes:
    """One compressed piece: a line of JSON with the words and the arrays' names, types and lengths, then the arrays."""
    told: dict[str, Any] = {"names": trees.names, "classes": trees.classes, "arrays": []}
    pieces = []
    for name, kind in KINDS.items():
        array = getattr(trees, name).astype(kind)
        told["arrays"].append((name, kind, array.size))
        pieces.append(array.tobytes())
    return zlib.compress(json.dumps(told).encode() + b"\n" + b"".join(pieces), 9)


def unpacked(data: bytes) -> Forest:
    """What ``packed`` packed."""
    head, _, body = zlib.decompress(data).partition(b"\n")
    told, arrays, at = json.loads(head), {}, 0
    for name, kind, size in told["arrays"]:
        array = np.frombuffer(body, kind, size, at)
        at += array.nbytes
        arrays[name] = array.astype(float if array.dtype.kind == "f" else np.int64)
    arrays["sure"] = arrays["sure"].reshape(len(told["classes"]), -1)
    return Forest(names=tuple(told["names"]), classes=tuple(told["classes"]), **arrays)
