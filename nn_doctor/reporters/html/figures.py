"""Charts in the page: the judging one large, the others small, sparklines in the table of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.drawing import fluid, paths
from nn_doctor.reporters.drawing.chart import draw, levels
from nn_doctor.reporters.drawing.words import describe
from nn_doctor.reporters.html import words
from nn_doctor.reporters.markup import Raw, joined, tag
from nn_doctor.reporters.numbers import reading, short

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.curves import Curve
    from nn_doctor.reporters.drawing.panels import Panel

LARGE, SMALL = 300.0, 130.0
SPARK = (120, 26)
SPLITS = {"train": "train", "val": "validation", "test": "test"}


def large(panel: Panel) -> Raw:
    """The judging picture of a run."""
    return _figure(panel, LARGE, 6, 5, "chart")


def small(panel: Panel) -> Raw:
    """The picture of one of the other quantities."""
    return _figure(panel, SMALL, 4, 4, "chart small")


def _figure(panel: Panel, box: float, x_count: int, y_count: int, kind: str) -> Raw:
    drawing = draw(panel, box, x_count, y_count)
    keys = tag("ul", *(_key(curve) for curve in panel.curves), class_="legend")
    caption = tag("figcaption", tag("span", _heading(panel), class_="name"), keys)
    axis = tag("p", panel.axis, class_="axisname quiet")
    return tag("figure", caption, fluid.render(drawing, describe(panel)), axis, class_=kind)


def _heading(panel: Panel) -> Raw:
    more = []
    if panel.y.log:
        more.append("log scale")
    if panel.beyond:
        more.append(f"{panel.beyond} value{'' if panel.beyond == 1 else 's'} beyond the axis")
    return joined(
        [words.name(panel.title), tag("span", f" · {' · '.join(more)}", class_="quiet small") if more else None]
    )


def _key(curve: Curve) -> Raw:
    """A legend's line: sample of the stroke, name, last value, best."""
    sample = tag("svg", tag("path", d="M0 5h30", class_=f"i-{curve.ink}"), class_="key", aria_hidden="true")
    split = SPLITS.get(curve.ink, "")
    said = f" {split}" if split and split not in curve.label.lower() and curve.ink not in curve.label.lower() else ""
    best = f"best {reading(curve.best[1])} at {short(curve.best[0])}" if curve.best else ""
    bad = f"{curve.bad_count} not finite ×" if curve.bad_count else ""
    rest = ", ".join(part for part in (best, bad) if part)
    tail = tag("span", f"{said} ({rest})" if rest else said, class_="quiet")
    return tag("li", sample, words.name(curve.label), " ", tag("b", reading(curve.last)), tail)


def spark(panel: Panel | None) -> Raw | None:
    """A small picture of the judging curves, for a row of the table; None where there is nothing to draw."""
    if panel is None:
        return None
    width, height = SPARK
    lines = []
    for curve in panel.curves:
        every = max(1, curve.x.size // 48)
        x = np.clip(panel.x.share(curve.x[::every]), 0, 1) * (width - 4) + 2
        y = levels(curve.line[::every], panel, height - 4) + 2
        lines.append(tag("path", d=paths.line(x, y), class_=f"i-{curve.ink}"))
    inner = tag("svg", *lines, class_="plot", width=width, height=height)
    return tag("svg", inner, class_="spark", aria_hidden="true")
