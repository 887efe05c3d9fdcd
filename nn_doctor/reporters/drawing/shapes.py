"""What a picture is made of. Every backend draws the same few shapes.

x is a share of the picture's width (0 left, 1 right), so that a picture can be stretched; y is in pixels below
the top of the box. ``ink`` names a row of the theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve through points (n,); NaN in ``y`` breaks it."""

    ink: str
    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """What lies between two curves (n,) over the same x; NaN breaks it."""

    ink: str
    x: FloatArray
    top: FloatArray
    bottom: FloatArray


@dataclass(frozen=True, slots=True)
class Box:
    """A filled stretch of x; ``title`` says what it is."""

    ink: str
    x0: float
    x1: float
    y: float
    height: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    ink: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, or a cross for a value that is not finite or lies beyond the axis."""

    ink: str
    x: float
    y: float
    shape: Literal["dot", "cross", "point"] = "dot"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``dx`` pixels beside ``x``; ``y`` is the base line."""

    ink: str
    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    dx: float = 0
    size: float = 12
    bold: bool = False


Shape = Line | Area | Box | Stroke | Mark | Text
