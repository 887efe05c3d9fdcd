"""A panel as shapes: grid, spans, raw extent, lines, best point, crosses, labels."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.drawing.scale import ticks
from nn_doctor.reporters.drawing.shapes import Area, Box, Line, Mark, Shape, Stroke, Text
from nn_doctor.reporters.numbers import short

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.curves import Curve
    from nn_doctor.reporters.drawing.panels import Panel
    from nn_doctor.series.channel import FloatArray

TICK_ROOM = 20
"""Pixels under the box for the numbers of the x axis."""
STRIP = 15
"""Pixels for each marked stretch under the axis."""
THINNEST = 0.004
"""A marked stretch is at least this share of the width."""
EDGE = 5
"""Crosses of non-finite values stand this far below the upper edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A curve and its shapes; ``end`` is the height at which it ends."""

    curve: Curve
    shapes: tuple[Shape, ...]
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A picture: ``box`` is the height of the plot, ``height`` with ticks and marked stretches below.

    ``under`` is drawn first, then ``data`` (which never leaves the box), then ``over``. ``margin`` is the
    number of characters of the widest label left of the box.
    """

    panel: Panel
    box: float
    height: float
    under: tuple[Shape, ...]
    data: tuple[Trace, ...]
    over: tuple[Shape, ...]
    margin: int


def draw(panel: Panel, box: float, x_count: int = 5, y_count: int = 4, text: float = 12) -> Drawing:
    """The shapes of a panel in a box of that height."""
    over: list[Shape] = []
    for curve in panel.curves:
        over += _bad(curve, panel, box)
    if panel.marked:
        over += _best(panel, box, text)
    grid, labels = _grid(panel, box, x_count, y_count, text)
    strips = _strips(panel, box, text)
    data = tuple(_trace(curve, panel, box) for curve in panel.curves)
    height = box + TICK_ROOM + STRIP * len(panel.bands) + (4 if panel.bands else 0)
    widest = max([len(t.text) for t in labels if isinstance(t, Text) and t.dx < 0] + [5 if panel.bands else 1])
    return Drawing(panel, box, height, (*_shades(panel, box), *grid), data, (*over, *labels, *strips), widest)


def levels(values: FloatArray, panel: Panel, box: float) -> FloatArray:
    """Values (n,) as pixels below the top of the box, kept inside it; NaN stays."""
    return np.asarray((1.0 - np.clip(panel.y.share(values), 0.0, 1.0)) * box)


def _trace(curve: Curve, panel: Panel, box: float) -> Trace:
    x = np.clip(panel.x.share(curve.x), 0.0, 1.0)
    shapes: list[Shape] = []
    if curve.banded:
        top, bottom = levels(curve.high, panel, box), levels(curve.low, panel, box)
        shapes.append(Area(f"{curve.ink}-extent", x, top, bottom))
    elif curve.smoothed:
        shapes.append(Line(f"{curve.ink}-raw", x, levels(curve.mid, panel, box)))
    y = levels(curve.line, panel, box)
    shapes.append(Line(curve.ink, x, y))
    shapes += [Mark(curve.ink, float(x[i]), float(y[i]), "point") for i in _alone(y)]
    finite = y[np.isfinite(y)]
    return Trace(curve, tuple(shapes), float(finite[-1]) if finite.size else box / 2)


def _alone(y: FloatArray) -> list[int]:
    """Points without a neighbour, which no line would show."""
    there = np.concatenate([[False], np.isfinite(y), [False]])
    return [int(i) for i in np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:])]


def _bad(curve: Curve, panel: Panel, box: float) -> list[Shape]:
    return [Mark(curve.ink, min(max(panel.x.at(float(x)), 0.0), 1.0), EDGE, "cross") for x in curve.bad]


def judging(panel: Panel) -> Curve | None:
    """The curve whose best point is marked, validation before train.

    None where nothing has a direction, or only noise would be marked: the lowest of many noisy train losses.
    """
    order = {"val": 0, "test": 1, "train": 2}
    able = [c for c in panel.curves if c.best is not None and (c.ink == "val" or not (c.smoothed or c.banded))]
    return min(able, key=lambda c: order.get(c.ink, 3), default=None)


def _best(panel: Panel, box: float, size: float) -> list[Shape]:
    curve = judging(panel)
    if curve is None or curve.best is None or curve.x.size < 3:
        return []
    x = panel.x.at(curve.best[0])
    y = float(levels(np.array([curve.best[1]]), panel, box)[0])
    below = size + (2 * EDGE if any(c.bad_count for c in panel.curves) else 0)
    text = f"best {short(curve.best[0])}"
    label = Text("label", x, below, text, *(("end", -6) if x > 0.75 else ("start", 6)), size)
    return [Stroke("best", x, 0, x, box), Mark(curve.ink, x, y), label]


def _shades(panel: Panel, box: float) -> list[Shape]:
    return [Box(f"shade-{b.severity}", *_ends(panel, b.start, b.end), 0, box) for b in panel.bands]


def _ends(panel: Panel, start: float, end: float) -> tuple[float, float]:
    left, right = panel.x.at(start), panel.x.at(end)
    if right - left < THINNEST:
        left = min(max(0.0, (left + right - THINNEST) / 2), 1 - THINNEST)
        right = left + THINNEST
    return left, right


def _strips(panel: Panel, box: float, size: float) -> list[Shape]:
    shapes: list[Shape] = []
    for row, band in enumerate(panel.bands):
        y = box + TICK_ROOM + 6 + row * STRIP
        title = f"{band.code} {band.slug}: {short(band.start)} to {short(band.end)}"
        shapes.append(Box(f"span-{band.severity}", *_ends(panel, band.start, band.end), y, 6, title))
        shapes.append(Text(f"text-{band.severity}", 0, y + 7, band.code, "end", -8, size - 1, bold=True))
    return shapes


def _grid(panel: Panel, box: float, x_count: int, y_count: int, size: float) -> tuple[list[Shape], list[Shape]]:
    """Grid lines, and their numbers: left of the box and under it."""
    lines: list[Shape] = []
    labels: list[Shape] = []
    for value, text in ticks(panel.y, y_count):
        y = float(levels(np.array([value]), panel, box)[0])
        lines.append(Stroke("grid", 0, y, 1, y))
        labels.append(Text("tick", 0, y + size * 0.35, text, "end", -8, size))
    for value, text in _x_ticks(panel, x_count):
        x = panel.x.at(value)
        lines.append(Stroke("grid", x, 0, x, box))
        labels.append(Text("tick", x, box + size + 4, text, "middle", 0, size))
    return [*lines, Stroke("axis", 0, box, 1, box)], labels


def _x_ticks(panel: Panel, count: int) -> list[tuple[float, str]]:
    """Ticks far enough apart that their labels cannot touch."""
    found = ticks(panel.x, count, panel.whole)
    widest = max((len(text) for _, text in found), default=1)
    if widest * len(found) > 7 * count and len(found) > 2:
        found = list(itertools.islice(found, 0, None, 2))
    return found
