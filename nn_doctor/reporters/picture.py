"""The picture in a terminal report: the train and validation curves in braille dots, or in ASCII.

The curves are told apart without colour: validation is a solid line, train a dashed one, and each is named at its
right end. Where a curve is noisy its line is smoothed, and sparse dots show how far the raw values reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.canvas import Canvas, colour, sign
from nn_doctor.reporters.drawing.curves import converted, curve_of, x_on
from nn_doctor.reporters.numbers import reading, short
from nn_doctor.reporters.style import COLOURS, NARROW, Style, cells, clip

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, RunReport
    from nn_doctor.reporters.drawing.curves import Curve
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

    BoolArray = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

ROWS = 7
LOG_RATIO = 12.0
"""Curves that span more than this factor are drawn on a logarithmic axis."""
SPANS = 3
"""At most so many diagnoses have their span marked under the picture."""
NARROWEST = 36
"""No picture below this many columns."""
POINTS = 1024
"""Stretches a long curve is cut into: several for each column of dots."""
FEWEST = 3


def draw(report: RunReport, style: Style) -> list[str]:
    """The lines of the picture; empty where there is nothing to draw."""
    objective = report.run.objective
    main = objective.train or objective.val
    if main is None or style.width < NARROWEST:
        return []
    pair = [s for s in (objective.train, objective.val) if s is not None]
    placed = [(s, x) for s in pair if (x := x_on(s, main.axis, report.run)) is not None]
    values = [s.y[np.isfinite(x) & np.isfinite(s.y)] for s, x in placed]
    if sum(y.size for y in values) < FEWEST:
        return []
    low = min(float(y.min()) for y in values if y.size)
    high = max(float(y.max()) for y in values if y.size)
    if not np.isfinite(high - low):
        return []
    log = main.goal != "max" and low > 0 and high / low > LOG_RATIO
    named = [(s, curve_of(s, x, s.name, "", log, POINTS)) for s, x in placed]
    curves = [(s, curve) for s, curve in named if curve is not None and np.isfinite(curve.mid).any()]
    ends = [x[np.isfinite(x)] for _, x in placed]
    left, right = min(float(x.min()) for x in ends if x.size), max(float(x.max()) for x in ends if x.size)
    return _Picture(report, style, main.axis, curves, (left, right), (low, high), log).lines() if right > left else []


class _Picture:
    """One picture: its frame, laid out for the screen's width, and what goes into it."""

    def __init__(
        self, report: RunReport, style: Style, axis: str, curves: list[tuple[Series, Curve]],
        x: tuple[float, float], y: tuple[float, float], log: bool,
    ) -> None:  # fmt: skip
        self.report, self.style, self.axis, self.curves, self.log = report, style, axis, curves, log
        self.left, self.right = x
        self.low, self.high = y
        middle = float(np.sqrt(self.low) * np.sqrt(self.high)) if log else self.low / 2 + self.high / 2
        self.edges = {0: reading(self.high), ROWS // 2: reading(middle), ROWS - 1: reading(self.low)}
        if self.low == self.high:
            self.edges = {ROWS // 2: reading(middle)}
        self.margin = max(7, *(len(edge) + 2 for edge in self.edges.values()), 0)
        self.names = [style.clean(curve.label) for _, curve in curves]
        longest = max(8, style.width // 5) if style.width >= NARROW else style.width - self.margin - 12
        self.label = min(max(map(cells, self.names)), longest)
        taken = self.label + (11 if len(curves) > 1 else 9)
        self.beside = style.width >= NARROW
        right = max(taken if self.beside else 0, len(self._unit()))
        self.columns = max(8, style.width - self.margin - 2 - right)

    def _unit(self) -> str:
        return f" {self.axis}{' (log)' if self.log else ''}"

    def lines(self) -> list[str]:
        """The rows, the axis with its labels, the spans."""
        canvas = Canvas(self.columns, ROWS)
        parts = [(number, curve, self._finite(curve)) for number, (_, curve) in enumerate(self.curves)]
        for number, curve, keep in parts:
            at, line = self._across(curve.x[keep]), self._level(curve.line[keep])
            canvas.extent(number, at, self._level(curve.low[keep]), self._level(curve.high[keep]), line)
        tails: dict[int, str] = {}
        for number, curve, keep in parts:
            dashed = len(parts) > 1 and self.curves[number][0] is self.report.run.objective.train
            end = canvas.line(number, self._across(curve.x[keep]), self._level(curve.line[keep]), dashed)
            while end in tails:
                end = end - 1 if end > 0 else end + 1
            tails[end] = self._tail(number, curve, dashed)
        if self.beside:
            return [*(self._row(canvas, row, tails) for row in range(ROWS)), *self._below()]
        legend = [" " * self.margin + tails[row] for row in sorted(tails)]
        return [*(self._row(canvas, row, {}) for row in range(ROWS)), *self._below(), *legend]

    def _finite(self, curve: Curve) -> BoolArray:
        return np.asarray(np.isfinite(curve.x) & np.isfinite(curve.mid))

    def _across(self, x: FloatArray) -> FloatArray:
        return np.clip((x - self.left) / (self.right - self.left), 0, 1)

    def _level(self, y: FloatArray) -> FloatArray:
        """Values (n,) as shares of the height; smoothing may leave the raw values' range by a rounding error."""
        if self.low == self.high:
            return np.full(y.shape, 0.5)
        if self.log:
            share = (np.log(y) - np.log(self.low)) / (np.log(self.high) - np.log(self.low))
        else:
            share = (y - self.low) / (self.high - self.low)
        return np.asarray(np.clip(share, 0, 1))

    def _tail(self, number: int, curve: Curve, dashed: bool) -> str:
        """The curve's sign, name and last value as logged, as the sentences of the diagnoses quote it."""
        many = len(self.curves) > 1
        key = f"{self.style.mark('┄' if dashed else '─', sign(number, 2))} " if many else ""
        text = f" {key}{clip(self.names[number], self.label)} {reading(curve.last)}"
        return self.style.paint(text, colour(number, len(self.curves)))

    def _row(self, canvas: Canvas, row: int, tails: dict[int, str]) -> str:
        edge = self.edges.get(row, "")
        bar = self.style.mark("┤" if edge else "│", "+" if edge else "|")
        return f"{edge:>{self.margin - 1}} {bar}{canvas.row(row, len(self.curves), self.style)}{tails.get(row, '')}"

    def _below(self) -> list[str]:
        """The x axis with the best point of validation and the values that are no numbers, labels, spans."""
        base = [self.style.mark("─", "-")] * self.columns
        for x in {float(x) for _, curve in self.curves for x in curve.bad}:
            base[self._column(x)] = self.style.mark("×", "x")
        best = next((c.best for s, c in self.curves if s is self.report.run.objective.val), None)
        if best is not None:
            base[self._column(best[0])] = self.style.mark("┴", "^")
        pad = " " * self.margin
        lines = [pad + self.style.mark("└", "+") + "".join(base), pad + " " + self._ticks(best) + self._unit()]
        for diagnosis in [d for d in self.report.diagnoses if d.span is not None][:SPANS]:
            bar = self._bar(diagnosis)
            if bar:
                ink = COLOURS[diagnosis.severity]
                lines.append(f"{diagnosis.code:>{self.margin}} {self.style.paint(bar, ink)}")
        return lines

    def _column(self, x: float) -> int:
        return round(float(self._across(np.array([x]))[0]) * (self.columns - 1))

    def _ticks(self, best: tuple[float, float] | None) -> str:
        """The labels under the axis: both ends, and the best point where there is room."""
        first, last = short(self.left), short(self.right)
        line = [" "] * self.columns
        line[: len(first)] = first
        line[self.columns - len(last) :] = last
        if best is not None:
            middle = f"best {short(best[0])}"
            latest = self.columns - len(last) - len(middle) - 1
            start = min(max(self._column(best[0]) - len(middle) // 2, len(first) + 1), latest)
            if start > len(first):
                line[start : start + len(middle)] = middle
        return "".join(line)

    def _bar(self, diagnosis: Diagnosis) -> str:
        """The span of a diagnosis as a bar; nothing where the log does not place it on the axis."""
        span = diagnosis.span
        if span is None:
            return ""
        ends = converted(np.array([span.start, span.end]), span.axis, self.axis, self.report.run)
        if ends is None or not np.isfinite(ends).all():
            return ""
        start, end = self._column(float(ends[0])), self._column(float(ends[1]))
        return " " * start + self.style.mark("━", "=") * max(1, end - start + 1)
