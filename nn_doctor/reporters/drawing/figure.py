"""A whole figure of fixed size: panels under each other, titles, names at the right end of the curves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.drawing.chart import Drawing, draw
from nn_doctor.reporters.drawing.shapes import Text
from nn_doctor.reporters.numbers import reading
from nn_doctor.reporters.style import cells, clip

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.curves import Curve
    from nn_doctor.reporters.drawing.panels import Panel

LETTER = 0.6
"""Width of a letter as a share of the font size: somewhat wider than the usual sans-serif."""
SIZE = 12.0
GAP = 22.0
EDGE = 14.0
MOST_LABEL = 24
"""Characters of a curve's name at its end."""
ROW = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A drawing whose box has its upper left corner at (``left``, ``top``) and is ``width`` pixels wide."""

    drawing: Drawing
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Everything a backend needs: size in pixels, placed drawings, texts (their x in pixels), alternative text."""

    width: float
    height: float
    title: str
    description: str
    placed: tuple[Placed, ...]
    texts: tuple[Text, ...] = field(default_factory=tuple)


def figure_of(
    panels: list[Panel], width: float, title: str, subtitle: tuple[str, str], description: str, bare: bool = False
) -> Figure:
    """The panels under each other, ``width`` pixels wide; ``subtitle`` is (ink, text). ``bare`` leaves titles out."""
    texts: list[Text] = []
    top = EDGE
    room = int((width - 2 * EDGE) / (SIZE * LETTER))
    for ink, text, size in (("title", title, 15.0), (subtitle[0], subtitle[1], SIZE)):
        if text and not bare:
            top += size
            fitting = clip(safe.printable(text), int(room * SIZE / size))
            texts.append(Text(ink, EDGE, top, fitting, size=size, bold=True))
            top += 7
    drawings = [draw(p, _box(width, len(panels)), x_count=_count(width), y_count=5, text=SIZE) for p in panels]
    left = EDGE + 10 + LETTER * SIZE * max((d.margin for d in drawings), default=4)
    right = EDGE + max((_label_width(p) for p in panels), default=0)
    inner = max(40.0, width - left - right)
    placed = []
    for drawing in drawings:
        top += SIZE + 6
        texts.append(Text("tick", EDGE, top - 2, clip(safe.printable(_heading(drawing.panel)), room), size=SIZE))
        top += 6
        placed.append(Placed(drawing, left, top, inner))
        texts += _axis_name(drawing, left, top, inner) + _ends(drawing, left + inner, top)
        top += drawing.height + SIZE + GAP - 6
    return Figure(width, round(top + EDGE - GAP + 6), title, description, tuple(placed), tuple(texts))


def _box(width: float, panels: int) -> float:
    return round(width * (0.4 if panels == 1 else 0.26))


def _count(width: float) -> int:
    return max(2, min(10, int(width / 90)))


def _heading(panel: Panel) -> str:
    parts = [panel.title, "log scale" if panel.y.log else ""]
    if panel.beyond:
        parts.append(f"{panel.beyond} value{'' if panel.beyond == 1 else 's'} beyond the axis")
    bad = sum(c.bad_count for c in panel.curves)
    if bad:
        parts.append(f"{bad} not finite (×)")
    return ", ".join(part for part in parts if part)


def _axis_name(drawing: Drawing, left: float, top: float, width: float) -> list[Text]:
    y = top + drawing.height + SIZE - 4 if drawing.panel.bands else top + drawing.box + 2 * SIZE + 8
    return [Text("tick", left + width, y, drawing.panel.axis, "end", size=SIZE)]


def _label_width(panel: Panel) -> float:
    longest = max((cells(text) for c in panel.curves for text in _label(c)), default=0)
    return 8 + LETTER * SIZE * longest


def _label(curve: Curve) -> tuple[str, str]:
    return clip(safe.printable(curve.label), MOST_LABEL), reading(curve.last)


def _ends(drawing: Drawing, x: float, top: float) -> list[Text]:
    """The name and last value of each curve beside its end, moved apart where they would touch."""
    traces = sorted(drawing.data, key=lambda trace: trace.end)
    both = len(traces) * 2 * ROW <= drawing.box
    row = 2 * ROW if both else ROW
    fit = max(1, int(drawing.box // row))
    shown, left_out = (traces, 0) if len(traces) <= fit else (traces[: fit - 1], len(traces) - fit + 1)
    heights = apart([t.end for t in shown], row, drawing.box - (ROW if left_out else 0))
    texts = []
    for trace, y in zip(shown, heights, strict=True):
        name, last = _label(trace.curve)
        ink = f"{trace.curve.ink}-text"
        texts.append(Text(ink, x + 8, top + y + (0 if both else SIZE * 0.35), name, size=SIZE, bold=True))
        texts += [Text(ink, x + 8, top + y + SIZE + 1, last, size=SIZE)] if both else []
    if left_out:
        texts.append(Text("tick", x + 8, top + drawing.box, f"and {left_out} more", size=SIZE))
    return texts


def apart(wanted: list[float], row: float, room: float) -> list[float]:
    """Heights near the ``wanted`` ones (ascending), ``row`` apart and between 0 and ``room`` where that can be."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + row) if placed else max(0.0, y))
    floor = room - row / 2
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], floor)
        floor = placed[i] - row
    return placed
