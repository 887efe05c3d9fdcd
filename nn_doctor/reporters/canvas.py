"""Dots of braille characters (two by four a cell), or one ASCII sign a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.reporters.style import Style
    from nn_doctor.series.channel import FloatArray

DASH = 3
"""Dots drawn, then dots left out, of the dashed line."""
SPARSE = 3
"""Of what lies between the ends of a raw extent, every so many dots are drawn."""
SLACK = 2
"""A raw extent that reaches no further than so many dots from the line is not drawn."""
COLOURS = ("cyan", "magenta")
SIGNS = (".", "#")
EXTENT = ":"
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Canvas:
    """A picture of ``columns`` by ``rows`` cells; curves are given in shares of its width and height."""

    def __init__(self, columns: int, rows: int) -> None:
        self.wide, self.tall = 2 * columns, 4 * rows
        self._dots = [[0] * columns for _ in range(rows)]
        self._owner = [[-1] * columns for _ in range(rows)]
        self._line = [[False] * columns for _ in range(rows)]

    def _set(self, pixel: int, y: int, number: int, line: bool) -> None:
        column, row = pixel // 2, y // 4
        self._dots[row][column] |= _BRAILLE[y % 4][pixel % 2]
        if line or not self._line[row][column]:
            self._owner[row][column] = number
            self._line[row][column] = line

    def _pixel(self, at: FloatArray) -> FloatArray:
        return np.round(at * (self.wide - 1)).astype(int)

    def _height(self, level: FloatArray) -> FloatArray:
        return np.round((1 - level) * (self.tall - 1)).astype(int)

    def extent(self, number: int, at: FloatArray, low: FloatArray, high: FloatArray, line: FloatArray) -> None:
        """The raw extent around ``line``, all (n,): both ends of each column of dots, few dots between them."""
        pixels = self._pixel(at)
        for pixel in np.unique(pixels).tolist():
            here = pixels == pixel
            top, bottom = self._height(np.array([high[here].max(), low[here].min()])).tolist()
            near = self._height(np.array([line[here].max(), line[here].min()])).tolist()
            for end, close in ((top, near[0]), (bottom, near[1])):
                if abs(end - close) > SLACK:
                    self._set(pixel, end, number, False)
                    first, last = min(end, close), max(end, close)
                    for y in range(first + (-first) % SPARSE, last, SPARSE):
                        self._set(pixel, y, number, False)

    def line(self, number: int, at: FloatArray, level: FloatArray, dashed: bool) -> int:
        """A line through the medians of each column of dots; returns the row where it ends."""
        pixels = self._pixel(at)
        seen = np.unique(pixels)
        medians = np.array([float(np.median(level[pixels == pixel])) for pixel in seen])
        drawn = np.arange(int(seen[0]), int(seen[-1]) + 1)
        heights = self._height(np.interp(drawn, seen, medians)).tolist()
        previous = heights[0]
        for pixel, height in zip(drawn.tolist(), heights, strict=True):
            if not dashed or (pixel // DASH) % 2 == 0:
                step = 1 if height >= previous else -1
                for y in range(previous if previous == height else previous + step, height + step, step):
                    self._set(pixel, y, number, True)
            previous = height
        return int(heights[-1]) // 4

    def row(self, row: int, count: int, style: Style) -> str:
        """The cells of one row, each run of one curve painted at once; ``count`` curves share the picture."""
        keys = list(zip(self._owner[row], self._line[row], strict=True))
        pieces: list[str] = []
        start = 0
        for i in range(1, len(keys) + 1):
            if i == len(keys) or keys[i] != keys[start]:
                owner, line = keys[start]
                text = "".join(self._sign(row, k, count, style) for k in range(start, i))
                inks = (colour(owner, count),) if line else (colour(owner, count), "dim")
                pieces.append(style.paint(text, *inks) if owner >= 0 else text)
                start = i
        return "".join(pieces)

    def _sign(self, row: int, column: int, count: int, style: Style) -> str:
        dots = self._dots[row][column]
        if not dots:
            return " "
        if style.wide:
            return chr(0x2800 + dots)
        return sign(self._owner[row][column], count) if self._line[row][column] else EXTENT


def colour(number: int, count: int) -> str:
    """The colour of a curve; a lone one is drawn as validation is."""
    return COLOURS[number if count > 1 else -1]


def sign(number: int, count: int) -> str:
    """The ASCII sign of a curve."""
    return SIGNS[number if count > 1 else -1]
