"""A picture in words, for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.numbers import reading, short

if TYPE_CHECKING:
    from nn_doctor.reporters.drawing.curves import Curve
    from nn_doctor.reporters.drawing.panels import Panel


def describe(panel: Panel) -> str:
    """One sentence a curve, and what is marked."""
    scale = ", logarithmic" if panel.y.log else ""
    parts = [f"{panel.title}{scale}, by {panel.axis}, {short(panel.x.low)} to {short(panel.x.high)}."]
    parts += [_curve(curve) for curve in panel.curves]
    parts += [f"{b.code} {b.slug}: {short(b.start)} to {short(b.end)}." for b in panel.bands]
    if panel.beyond:
        parts.append(f"{panel.beyond} value{'' if panel.beyond == 1 else 's'} beyond the axis.")
    return " ".join(parts)


def _curve(curve: Curve) -> str:
    finite = curve.mid[curve.mid == curve.mid]
    bad = f", {curve.bad_count} not finite" if curve.bad_count else ""
    if not finite.size:
        return f"{curve.label}: no finite value{bad}."
    ends = f"from {reading(float(finite[0]))} to {reading(curve.last)}"
    best = f", best {reading(curve.best[1])} at {short(curve.best[0])}" if curve.best else ""
    return f"{curve.label}: {ends}{best}{bad}."
