"""A figure as PNG, through matplotlib as a canvas: the same shapes at the same places as in the SVG."""

from __future__ import annotations

import io
import logging
import warnings
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ConfigError
from nn_doctor.reporters.drawing import paths
from nn_doctor.reporters.drawing.shapes import Area, Box, Line, Mark, Stroke, Text
from nn_doctor.reporters.drawing.theme import Ink, inks

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.figure import Figure, Placed
    from nn_doctor.reporters.drawing.shapes import Shape

DPI = 100
POINT = 0.72
"""Points in a pixel at that resolution."""
FONTS = ["DejaVu Sans"]


def render(figure: Figure, theme: str = "light", zoom: float = 2.0) -> bytes:
    """The figure as a PNG of ``zoom`` times its size in pixels; raises ConfigError without matplotlib."""
    try:
        logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it logs where it keeps its font cache
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Canvas
    except ImportError as error:
        raise ConfigError("PNG needs matplotlib (pip install 'nn-doctor[plot]', or write .svg)") from error
    ink = inks(theme)
    canvas = Canvas(figsize=(figure.width / DPI, figure.height / DPI), dpi=DPI * zoom, facecolor=ink["paper"].fill)
    FigureCanvasAgg(canvas)
    axes = canvas.add_axes((0, 0, 1, 1), xlim=(0, figure.width), ylim=(figure.height, 0))
    axes.set_axis_off()
    for placed in figure.placed:
        drawing = placed.drawing
        for shape in (*drawing.under, *(s for trace in drawing.data for s in trace.shapes), *drawing.over):
            _shape(axes, shape, placed, ink[shape.ink])
    for text in figure.texts:
        _text(axes, text, text.x, text.y, ink[text.ink])
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks
        canvas.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _shape(axes: Any, shape: Shape, at: Placed, ink: Ink) -> None:
    if isinstance(shape, Line):
        for part in paths.pieces(shape.y):
            _stroke(axes, at.left + shape.x[part] * at.width, at.top + shape.y[part], ink)
    elif isinstance(shape, Area):
        for part in paths.pieces(shape.top):
            ends = at.top + shape.top[part], at.top + shape.bottom[part]
            axes.fill_between(at.left + shape.x[part] * at.width, *ends, color=ink.fill, alpha=ink.opacity, linewidth=0)
    elif isinstance(shape, Box):
        edges = [at.left + shape.x0 * at.width, at.left + shape.x1 * at.width]
        top = at.top + shape.y
        axes.fill_between(edges, top, top + shape.height, color=ink.fill, alpha=ink.opacity, linewidth=0)
    elif isinstance(shape, Stroke):
        edges = [at.left + shape.x0 * at.width, at.left + shape.x1 * at.width]
        _stroke(axes, edges, [at.top + shape.y0, at.top + shape.y1], ink)
    elif isinstance(shape, Mark):
        _mark(axes, shape, at.left + shape.x * at.width, at.top + shape.y, ink)
    else:
        _text(axes, shape, at.left + shape.x * at.width + shape.dx, at.top + shape.y, ink)


def _mark(axes: Any, mark: Mark, x: float, y: float, ink: Ink) -> None:
    size = {"dot": 8.0, "cross": 7.0, "point": 3.6}[mark.shape] * POINT
    sign, edge = ("x", 1.5 * POINT) if mark.shape == "cross" else ("o", 0.0)
    axes.plot([x], [y], sign, color=ink.stroke, markersize=size, markeredgewidth=edge)


def _stroke(axes: Any, x: Any, y: Any, ink: Ink) -> None:
    # matplotlib's dashes are multiples of the line's width
    style = (0, [float(n) / ink.width for n in ink.dash.split()]) if ink.dash else "-"
    axes.plot(x, y, color=ink.stroke, linewidth=ink.width * POINT, linestyle=style, alpha=ink.opacity)


def _text(axes: Any, text: Text, x: float, y: float, ink: Ink) -> None:
    align = {"start": "left", "middle": "center", "end": "right"}[text.anchor]
    weight = "bold" if text.bold else "normal"
    axes.text(
        x,
        y,
        text.text,
        ha=align,
        va="baseline",
        fontsize=text.size * POINT,
        fontweight=weight,
        color=ink.fill,
        fontfamily=FONTS,
        parse_math=False,
    )
