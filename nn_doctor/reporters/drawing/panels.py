"""Which curves of a run share a picture, on which axes, and which stretches of it are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import thinned
from nn_doctor.reporters.drawing.curves import Curve, converted, curve_of, x_on
from nn_doctor.reporters.drawing.scale import Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nn_doctor.report.model import Diagnosis, RunReport, Span
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Run, Series

LOG_RATIO = 12.0
"""Curves that span more than this factor are drawn on a logarithmic axis (as in the terminal)."""
CLIP = 10.0
"""A linear axis that is this many times as long as what holds 98 % of the points is cut short."""
FENCE = 0.75
SPANS = 4
"""At most so many diagnoses are marked in a picture."""
ABSOLUTE = 1e8
"""Times beyond this are dates, not durations: they are counted from the first."""
CLOCKS = ((7200.0, 3600.0, "hours"), (300.0, 60.0, "minutes"), (0.0, 1.0, "seconds"))
ROLES = ("objective", "metric", "term", "schedule", "internal", "unknown", "system")
INK = {"train": "train", "val": "val", "test": "test", "none": "other"}


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of x that a diagnosis is about."""

    code: str
    slug: str
    severity: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One picture: curves over one pair of axes. ``beyond`` counts values outside the y axis."""

    title: str
    axis: str
    curves: tuple[Curve, ...]
    x: Scale
    y: Scale
    whole: bool
    bands: tuple[Band, ...]
    beyond: int
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """A series that shall be drawn: under which name and in which ink."""

    run: Run
    series: Series
    label: str
    ink: str


def members_of(run: Run, group: Iterable[Series]) -> list[Member]:
    """The series of one run, told apart by their split."""
    return [Member(run, series, series.name, INK[series.split]) for series in group]


def main_group(run: Run) -> list[Series]:
    """The curves that judge the run; without them the first loss or metric; empty if there is none."""
    pair = [s for s in (run.objective.train, run.objective.val) if s is not None]
    if pair:
        return pair + _tested(run, pair)
    groups = [g for g in _grouped(run.series) if g[0].role in ROLES[:3]]
    return groups[0] if groups else list(run.series[:1])


def _tested(run: Run, pair: Sequence[Series]) -> list[Series]:
    """The test curve of the same quantity, where none stands in for validation."""
    if any(s.split == "test" for s in pair):
        return []
    first = pair[0]
    return [s for s in run.series if s.split == "test" and (s.metric, s.term) == (first.metric, first.term)][:1]


def groups_of(run: Run) -> list[list[Series]]:
    """All series of a run in groups that share a picture, the judging one first."""
    main = main_group(run)
    taken = {id(s) for s in main}
    rest = [s for s in run.series if id(s) not in taken]
    return ([main] if main else []) + _grouped(rest)


def _grouped(series: Iterable[Series]) -> list[list[Series]]:
    """One group a quantity, its splits together; a second series of one split opens a group of its own."""
    groups: dict[tuple[str, str, str | None, int], list[Series]] = {}
    counts: dict[tuple[str, str, str | None, str], int] = {}
    for one in sorted(series, key=lambda s: ROLES.index(s.role)):
        metric = one.name if one.metric in ("", "unknown") else one.metric
        key = (one.role, metric, one.term, one.split)
        nth = counts.get(key, 0)
        counts[key] = nth + 1
        groups.setdefault((one.role, metric, one.term, nth), []).append(one)
    return list(groups.values())


def panel_of(
    title: str,
    members: Sequence[Member],
    diagnoses: Sequence[Diagnosis] = (),
    points: int = 512,
    scale: str = "auto",
    marked: bool = True,
) -> Panel | None:
    """The picture of some series; those that cannot be placed on the first one's axis are left out.

    ``scale`` is "auto", "linear" or "log" (where the values allow it). None if nothing finite can be placed.
    """
    if not members:
        return None
    axis = members[0].series.axis
    placed = [(m, x) for m in members if (x := x_on(m.series, axis, m.run)) is not None and np.isfinite(x).any()]
    ends = [(float(np.nanmin(f)), float(np.nanmax(f))) for _, x in placed if (f := x[np.isfinite(x)]).size]
    values = [v for m, _ in placed if (v := m.series.finite[1]).size]
    if not ends:
        return None
    left, right = min(a for a, _ in ends), max(b for _, b in ends)
    log = _is_log(values, [m.series.goal for m, _ in placed], scale)
    offset, unit, name = _clock(axis, left, right)
    made = [curve_of(m.series, (x - offset) / unit, m.label, m.ink, log, points) for m, x in placed]
    curves = tuple(c for c in made if c is not None)
    y, beyond = _y_scale(values, log)
    bands = bands_of(diagnoses, axis, members[0].run, left, right, offset, unit)
    whole = axis != "time" and all(bool((x[np.isfinite(x)] % 1 == 0).all()) for _, x in placed)
    x_scale = scale_of((left - offset) / unit, (right - offset) / unit, pad=0.0)
    return Panel(title, name, curves, x_scale, y, whole, bands, beyond, marked)


def _is_log(values: Sequence[FloatArray], goals: Sequence[str], scale: str) -> bool:
    """Whether the data asks for a logarithmic axis: positive, over more than a decade, and no score."""
    if not values or scale == "linear":
        return False
    low, high = min(float(v.min()) for v in values), max(float(v.max()) for v in values)
    if low <= 0 or not high > low:
        return False
    return scale == "log" or ("max" not in goals and high / LOG_RATIO > low)


def _clock(axis: str, left: float, right: float) -> tuple[float, float, str]:
    """What to subtract from x, what to divide it by, and what the axis is called then."""
    if axis != "time":
        return 0.0, 1.0, axis
    unit, name = next((unit, name) for least, unit, name in CLOCKS if right - left >= least)
    return (left if left > ABSOLUTE else 0.0), unit, f"time ({name})"


def _y_scale(values: Sequence[FloatArray], log: bool) -> tuple[Scale, int]:
    """The y axis, and how many values lie outside it (a spike must not flatten everything else)."""
    if not values:
        return Scale(0.0, 1.0), 0
    low, high = min(float(v.min()) for v in values), max(float(v.max()) for v in values)
    if log:
        return scale_of(low, high, log=True), 0
    some = np.concatenate([thinned(v) for v in values])
    bottom = float(np.quantile(some / 4, 0.01, method="higher"))
    top = float(np.quantile(some / 4, 0.99, method="lower"))
    length = 4 * min(top - bottom, 1e307)
    if length > 0 and high / 4 - low / 4 > CLIP * length / 4:
        room = FENCE * length
        cut = max(low, 4 * bottom - room), min(high, 4 * top + room)
        beyond = sum(int(((v < cut[0]) | (v > cut[1])).sum()) for v in values)
        return scale_of(*cut), beyond
    return scale_of(low, high), 0


def bands_of(
    diagnoses: Sequence[Diagnosis],
    axis: str,
    run: Run,
    left: float,
    right: float,
    offset: float = 0.0,
    unit: float = 1.0,
) -> tuple[Band, ...]:
    """The stretches the diagnoses are about, on ``axis``, cut to what is drawn."""
    bands: list[Band] = []
    for diagnosis in diagnoses:
        ends = _ends(diagnosis.span, axis, run)
        if ends is None or len(bands) == SPANS:
            continue
        start, end = (min(max(e, left), right) for e in ends)
        if start <= end:
            place = ((start - offset) / unit, (end - offset) / unit)
            bands.append(Band(diagnosis.code, diagnosis.slug, diagnosis.severity, *place))
    return tuple(bands)


def _ends(span: Span | None, axis: str, run: Run) -> tuple[float, float] | None:
    if span is None or not np.isfinite([span.start, span.end]).all():
        return None
    ends = converted(np.array([span.start, span.end]), span.axis, axis, run)
    return None if ends is None else (float(ends[0]), float(ends[1]))


def run_panels(report: RunReport, points: int, rest: int, limit: int) -> tuple[Panel | None, list[Panel], int]:
    """The judging picture of a run, the smaller ones of its other series, and how many were left out."""
    run = report.run
    groups = groups_of(run)
    if not groups:
        return None, [], 0
    main = panel_of(title_of(groups[0]), members_of(run, groups[0]), report.diagnoses, points)
    others = [panel_of(title_of(g), members_of(run, g), (), rest, marked=False) for g in groups[1 : limit + 1]]
    return main, [p for p in others if p is not None], max(0, len(groups) - 1 - limit)


def title_of(group: Sequence[Series]) -> str:
    """What a group of series shows."""
    first = group[0]
    if len(group) == 1 and first.metric in ("", "unknown"):
        return first.name
    name = first.metric.replace("_", " ")
    return f"{name}: {first.term}" if first.term else name
