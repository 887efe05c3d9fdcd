"""A figure as a stand-alone SVG file: presentation attributes only, which every converter understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.drawing import paths
from nn_doctor.reporters.drawing.shapes import Area, Box, Line, Mark, Stroke, Text
from nn_doctor.reporters.drawing.theme import Ink, inks
from nn_doctor.reporters.markup import Raw, tag

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.figure import Figure, Placed
    from nn_doctor.reporters.drawing.shapes import Shape

FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"
CROSS = 3.5


def render(figure: Figure, theme: str = "light") -> str:
    """The figure as an SVG document."""
    ink = inks(theme)
    body = [tag("title", figure.title), tag("desc", figure.description)]
    body.append(tag("rect", width=figure.width, height=figure.height, **_paint(ink["paper"])))
    for placed in figure.placed:
        body += [_shape(s, placed, ink) for s in placed.drawing.under]
        body += [_shape(s, placed, ink) for trace in placed.drawing.data for s in trace.shapes]
        body += [_shape(s, placed, ink) for s in placed.drawing.over]
    body += [_text(t, t.x, t.y, ink[t.ink]) for t in figure.texts]
    root = tag(
        "svg",
        *(Raw(part + "\n") for part in body),
        xmlns="http://www.w3.org/2000/svg",
        width=figure.width,
        height=figure.height,
        viewbox=f"0 0 {figure.width:g} {figure.height:g}",
        role="img",
        font_family=FONT,
    )
    return f"{root}\n"


def _shape(shape: Shape, at: Placed, inks: dict[str, Ink]) -> Raw:
    """One shape in pixels of the figure."""
    ink = inks[shape.ink]
    if isinstance(shape, Line):
        d = paths.line(at.left + shape.x * at.width, at.top + shape.y)
        return tag("path", d=d, fill="none", stroke_linejoin="round", **_paint(ink))
    if isinstance(shape, Area):
        return tag("path", d=paths.area(shape, at.width, at.left, at.top), **_paint(ink))
    if isinstance(shape, Text):
        return _text(shape, at.left + shape.x * at.width + shape.dx, at.top + shape.y, ink)
    if isinstance(shape, Box):
        x, width = at.left + shape.x0 * at.width, (shape.x1 - shape.x0) * at.width
        return tag("rect", x=x, y=at.top + shape.y, width=width, height=shape.height, **_paint(ink))
    if isinstance(shape, Stroke):
        ends = {"x1": at.left + shape.x0 * at.width, "x2": at.left + shape.x1 * at.width}
        return tag("line", **ends, y1=at.top + shape.y0, y2=at.top + shape.y1, **_paint(ink))
    return _mark(shape, at.left + shape.x * at.width, at.top + shape.y, ink)


def _mark(mark: Mark, x: float, y: float, ink: Ink) -> Raw:
    if mark.shape == "cross":
        d = f"M{x - CROSS:.1f} {y - CROSS:.1f}l7 7m0 -7l-7 7"
        return tag("path", d=d, fill="none", stroke=ink.stroke, stroke_width=1.5)
    return tag("circle", cx=x, cy=y, r=4 if mark.shape == "dot" else 1.8, fill=ink.stroke)


def _text(text: Text, x: float, y: float, ink: Ink) -> Raw:
    anchor = None if text.anchor == "start" else text.anchor
    weight = "bold" if text.bold else None
    return tag("text", text.text, x=x, y=y, font_size=text.size, text_anchor=anchor, font_weight=weight, fill=ink.fill)


def _paint(ink: Ink) -> dict[str, str | float | None]:
    """An ink as presentation attributes."""
    opacity = f"{ink.opacity:g}" if ink.opacity < 1 else None
    if ink.fill is not None:
        return {"fill": ink.fill, "fill_opacity": opacity}
    dash = ink.dash or None
    return {"stroke": ink.stroke, "stroke_width": ink.width, "stroke_dasharray": dash, "stroke_opacity": opacity}
