"""A drawing inside an HTML page: as wide as its place, letters always of the same size, without a script.

Lines stand in a nested picture that is stretched; everything else is placed by percentages of the width.
Inks are CSS classes (``i-train``). The page's style sheet gives the outer picture its margins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.drawing import paths
from nn_doctor.reporters.drawing.shapes import Area, Box, Line, Mark, Stroke, Text
from nn_doctor.reporters.markup import Raw, tag

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.chart import Drawing, Trace
    from nn_doctor.reporters.drawing.shapes import Shape
    from nn_doctor.reporters.markup import Attribute

WIDTH = 1000
"""Units of the stretched picture from left to right."""


def render(drawing: Drawing, label: str) -> Raw:
    """The drawing as an ``<svg>`` element with a text alternative."""
    panel = drawing.panel
    return tag(
        "svg",
        tag("g", *map(_shape, drawing.under), class_="grid"),
        tag(
            "svg",
            *map(_trace, drawing.data),
            class_="plot",
            width="100%",
            height=drawing.box,
            viewbox=f"0 0 {WIDTH} {drawing.box:g}",
            preserveaspectratio="none",
        ),
        tag("g", *map(_shape, drawing.over), class_="over"),
        class_="drawing",
        height=drawing.height,
        role="img",
        aria_label=label,
        data_x=f"{panel.x.low!r} {panel.x.high!r}",
        data_y=f"{panel.y.low!r} {panel.y.high!r}",
        data_log=panel.y.log,
        data_whole=panel.whole,
        data_axis=panel.axis,
        data_box=f"{drawing.box:g}",
    )


def _trace(trace: Trace) -> Raw:
    shapes = [_stretched(s) for s in trace.shapes if isinstance(s, Line | Area)]
    return tag("g", *shapes, data_name=trace.curve.label, class_="trace")


def _stretched(shape: Line | Area) -> Raw:
    if isinstance(shape, Area):
        return tag("path", class_=f"i-{shape.ink}", d=paths.area(shape, WIDTH))
    return tag("path", class_=f"i-{shape.ink}", d=paths.line(shape.x * WIDTH, shape.y))


def _shape(shape: Shape) -> Raw:
    """What is not stretched."""
    ink = f"i-{shape.ink}"
    if isinstance(shape, Text):
        return _text(shape, ink)
    if isinstance(shape, Box):
        width = _percent(shape.x1 - shape.x0)
        hint = tag("title", shape.title) if shape.title else Raw("")
        body = tag("rect", x=_percent(shape.x0), y=shape.y, width=width, height=shape.height, class_=ink)
        return tag("g", hint, body) if hint else body
    if isinstance(shape, Stroke):
        ends = {"x1": _percent(shape.x0), "x2": _percent(shape.x1)}
        return tag("line", **ends, y1=shape.y0, y2=shape.y1, class_=ink)
    if isinstance(shape, Mark) and shape.shape == "cross":
        return tag("text", "×", x=_percent(shape.x), y=shape.y + 5, text_anchor="middle", class_=f"{ink}-text cross")
    if isinstance(shape, Mark):
        return tag("circle", cx=_percent(shape.x), cy=shape.y, r=4, class_=f"{ink}-text")
    return Raw("")


def _text(text: Text, ink: str) -> Raw:
    anchor = None if text.anchor == "start" else text.anchor
    place: dict[str, Attribute] = {"x": _percent(text.x), "y": text.y, "dx": text.dx or None, "text_anchor": anchor}
    return tag("text", text.text, **place, class_=f"{ink} bold" if text.bold else ink)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
