"""The picture in a terminal report: the train and validation curves in braille dots, or in ASCII.

The curves are told apart without colour: validation is a solid line, train a dashed one, and each is named
at its right end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.curve import reduced
from nn_doctor.reporters.numbers import reading, short
from nn_doctor.reporters.style import Style, cells, clip

if TYPE_CHECKING:
    from nn_doctor.report.model import RunReport, Span
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

ROWS = 7
LOG_RATIO = 12.0
"""Curves that span more than this factor are drawn on a logarithmic axis."""
SPANS = 3
"""At most so many diagnoses have their span marked under the picture."""
DASH = 3
"""Dots drawn, then dots left out, of the dashed line."""
NARROWEST = 36
"""No picture below this many columns."""
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def draw(report: RunReport, style: Style) -> list[str]:
    """The lines of the picture; empty where there is nothing to draw."""
    objective = report.run.objective
    main = objective.train or objective.val
    if main is None or style.width < NARROWEST:
        return []
    pair = [s for s in (objective.train, objective.val) if s is not None]
    curves = [(s, *points) for s in pair if (points := _points(s, main.axis)) is not None]
    if not curves or sum(x.size for _, x, _ in curves) < 3:
        return []
    return _chart(curves, main.axis, report, style)


def _points(series: Series, axis: str) -> tuple[FloatArray, FloatArray] | None:
    """Finite ``(x, y)`` on the axis, reduced; None if the log does not place the series on it."""
    x = series.x if series.axis == axis else getattr(series, axis, None)
    if x is None:
        return None
    x, _, y, _ = reduced(x, series.y)
    keep = np.isfinite(x) & np.isfinite(y)
    return (x[keep], y[keep]) if keep.any() else None


def _chart(
    curves: list[tuple[Series, FloatArray, FloatArray]], axis: str, report: RunReport, style: Style
) -> list[str]:
    left = min(float(x.min()) for _, x, _ in curves)
    right = max(float(x.max()) for _, x, _ in curves)
    low = min(float(y.min()) for _, _, y in curves)
    high = max(float(y.max()) for _, _, y in curves)
    if not (right > left and np.isfinite(high - low)):
        return []
    log = low > 0 and high / low > LOG_RATIO
    ends = (reading(high), reading(low))
    margin = max(7, *(len(end) + 2 for end in ends))
    names = [style.clean(s.name) for s, _, _ in curves]
    label = min(max(map(cells, names)), max(8, style.width // 5)) + 8
    columns = max(8, style.width - margin - 2 - label)
    canvas = [[0] * columns for _ in range(ROWS)]
    owner = [[-1] * columns for _ in range(ROWS)]
    tails: dict[int, str] = {}
    for number, (series, x, y) in enumerate(curves):
        scaled = np.log(y) if log else y
        bottom, top = (np.log(low), np.log(high)) if log else (low, high)
        level = (scaled - bottom) / (top - bottom) if top > bottom else np.full(y.shape, 0.5)
        dashed = len(curves) > 1 and series is report.run.objective.train
        end = _trace(canvas, owner, number, (x - left) / (right - left), level, dashed)
        while end in tails:
            end = end - 1 if end > 0 else end + 1
        # the raw last value, as the sentences of the diagnoses quote it
        text = f" {clip(names[number], label - 8)} {reading(float(series.finite[1][-1]))}"
        tails[end] = style.paint(text, _colour(number, len(curves)))
    lines = []
    for row in range(ROWS):
        edge = ends[0] if row == 0 else ends[1] if row == ROWS - 1 else ""
        bar = style.mark("┤" if edge else "│", "+" if edge else "|")
        body = _row(canvas[row], owner[row], len(curves), style)
        lines.append(f"{edge:>{margin - 1}} {bar}{body}{tails.get(row, '')}".rstrip())
    return [*lines, *_below(report, axis, left, right, margin, columns, log, style)]


def _colour(number: int, count: int) -> str:
    return "cyan" if number == 0 and count > 1 else "magenta"


def _trace(
    canvas: list[list[int]], owner: list[list[int]], number: int, at: FloatArray, level: FloatArray, dashed: bool
) -> int:
    """Set the dots of a curve given in shares of the picture; returns the row where it ends."""
    wide, tall = 2 * len(canvas[0]), 4 * len(canvas)
    first, last = int(at[0] * (wide - 1)), int(at[-1] * (wide - 1))
    pixels = np.arange(first, last + 1)
    column = np.round(at * (wide - 1)).astype(int)
    seen = np.unique(column)
    medians = np.array([float(np.median(level[column == c])) for c in seen])
    heights = np.round((1 - np.interp(pixels, seen, medians)) * (tall - 1)).astype(int)
    previous = int(heights[0])
    for pixel, height in zip(pixels.tolist(), heights.tolist(), strict=True):
        if not dashed or (pixel // DASH) % 2 == 0:
            step = 1 if height >= previous else -1
            for y in range(previous if previous == height else previous + step, height + step, step):
                canvas[y // 4][pixel // 2] |= _BRAILLE[y % 4][pixel % 2]
                owner[y // 4][pixel // 2] = number
        previous = height
    return int(heights[-1]) // 4


def _row(dots: list[int], owners: list[int], count: int, style: Style) -> str:
    """One row of cells, each run of one owner painted at once."""
    pieces: list[str] = []
    start = 0
    for i in range(1, len(dots) + 1):
        if i == len(dots) or owners[i] != owners[start]:
            text = "".join(_sign(dots[k], owners[k], count, style) for k in range(start, i))
            owned = owners[start] >= 0
            pieces.append(style.paint(text, _colour(owners[start], count)) if owned else text)
            start = i
    return "".join(pieces)


def _sign(dots: int, owner: int, count: int, style: Style) -> str:
    if not dots:
        return " "
    if style.wide:
        return chr(0x2800 + dots)
    return "." if owner == 0 and count > 1 else "#"


def _below(
    report: RunReport, axis: str, left: float, right: float, margin: int, columns: int, log: bool, style: Style
) -> list[str]:
    """The x axis with the best point of validation, its labels, and the spans in question."""
    base = [style.mark("─", "-")] * columns
    best, text = _best(report, axis)
    spot = None
    if best is not None and left <= best <= right:
        spot = round((best - left) / (right - left) * (columns - 1))
        base[spot] = style.mark("┴", "^")
    pad = " " * margin
    lines = [pad + style.mark("└", "+") + "".join(base)]
    lines.append(pad + " " + _ticks(short(left), text if spot is not None else "", short(right), spot, columns, axis))
    if log:
        lines[-1] += " (log)"
    shown = [d for d in report.diagnoses if d.span is not None][:SPANS]
    for diagnosis in shown:
        bar = _bar(diagnosis.span, axis, left, right, columns, style)
        if bar:
            lines.append(f"{diagnosis.code:>{margin}} {style.paint(bar, 'yellow')}".rstrip())
    return lines


def _best(report: RunReport, axis: str) -> tuple[float | None, str]:
    series = report.run.objective.val
    if series is None:
        return None, ""
    x = series.x if series.axis == axis else getattr(series, axis, None)
    keep = np.isfinite(series.y)
    if x is None or not keep.any() or series.goal == "none":
        return None, ""
    y = series.y[keep]
    at = float(x[keep][int(np.argmin(y) if series.goal == "min" else np.argmax(y))])
    return at, f"best {short(at)}"


def _ticks(first: str, middle: str, last: str, spot: int | None, columns: int, axis: str) -> str:
    """The labels under the axis: both ends, and the best point where there is room."""
    line = [" "] * columns
    line[: len(first)] = first
    line[columns - len(last) :] = last
    if middle and spot is not None:
        start = min(max(spot - len(middle) // 2, len(first) + 1), columns - len(last) - len(middle) - 1)
        if start > len(first):
            line[start : start + len(middle)] = middle
    return "".join(line) + f" {axis}"


def _bar(span: Span | None, axis: str, left: float, right: float, columns: int, style: Style) -> str:
    if span is None or span.axis != axis or not (np.isfinite(span.start) and np.isfinite(span.end)):
        return ""
    start = round((max(span.start, left) - left) / (right - left) * (columns - 1))
    end = round((min(span.end, right) - left) / (right - left) * (columns - 1))
    return " " * start + style.mark("━", "=") * max(1, end - start + 1)
