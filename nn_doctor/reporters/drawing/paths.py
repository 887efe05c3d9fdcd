"""Curves as the path data of SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.markup import Raw, number

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.shapes import Area
    from nn_doctor.series.channel import FloatArray


def line(x: FloatArray, y: FloatArray) -> Raw:
    """A path through the points (n,) in pixels, broken where y is NaN."""
    return Raw("".join(_piece(x[part], y[part]) for part in pieces(y)))


def area(shape: Area, width: float, left: float = 0.0, top: float = 0.0) -> Raw:
    """The outline of each unbroken part of an area, x stretched to ``width``."""
    found = []
    for part in pieces(shape.top):
        x = left + shape.x[part] * width
        there = _piece(x, top + shape.top[part])
        back = _piece(x[::-1], top + shape.bottom[part][::-1])
        found.append(f"{there}L{back[1:]}Z")
    return Raw("".join(found))


def pieces(y: FloatArray) -> list[slice]:
    """The unbroken stretches of y (n,)."""
    there = np.concatenate([[False], np.isfinite(y), [False]])
    edges = np.flatnonzero(there[1:] != there[:-1])
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _piece(x: FloatArray, y: FloatArray) -> str:
    points = [f"{number(a)} {number(b)}" for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    head, *rest = points
    return f"M{head}" + (f"L{' '.join(rest)}" if rest else "")
