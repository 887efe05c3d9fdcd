"""How the names, axes and splits of a log were understood, for people (80 columns) and as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from nn_doctor import safe
from nn_doctor.reporters import numbers
from nn_doctor.series.explain import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nn_doctor.series.explain import Explanation, Understood
    from nn_doctor.series.model import Run, Series

WIDTH = 80
NAMES = 22
"""Columns for the names of curves; a longer name gets a line of its own."""
GOALS = {"min": "low is good", "max": "high is good", "none": ""}
SPLITS = {"train": "train", "val": "validation", "test": "test", "none": ""}
WRONG = "Wrong? nn-doctor series PATH --explain --map 'NAME=METRIC:min/SPLIT/TERM' (NAME=- leaves it out)."


def text_chunks(runs: Sequence[Run], parsers: dict[str, str]) -> Iterator[str]:
    """The explanation as text; ``parsers`` gives the title of each parser by name."""
    for number, run in enumerate(runs):
        yield "\n" if number else ""
        yield "\n".join(_run_lines(explained(run), parsers.get(run.parser, ""))) + "\n"
    if runs:
        yield f"\n{_filled('', WRONG)}\n"


def _run_lines(told: Explanation, title: str) -> Iterator[str]:
    run = told.run
    yield safe.printable(f"{run.source} · {run.name}" if run.name else run.source)
    yield _filled("  read as     ", f"{run.parser}: {title}" if title else run.parser)
    counted = ", ".join(f"{kind} by '{name}'" for kind, name in told.axes.items())
    yield _filled("  counted by  ", counted or "no column: the order of the points")
    yield _filled("  judged by   ", told.judged_by)
    yield ""
    for curve in told.curves:
        if not curve.missing:
            yield from _curve_lines(curve)
    left = [curve for curve in told.curves if curve.missing]
    if left or told.advice:
        yield "\n  Not understood"
    for curve in left:
        yield from _curve_lines(curve)
    for missing, option in told.advice:
        yield _filled("  ", f"{missing}: {option}", indent=4)
    for note in run.notes:
        yield _filled("  note  ", note.text if note.line is None else f"{note.text} (line {note.line})")


def _curve_lines(curve: Understood) -> Iterator[str]:
    """Two lines a curve: what it is and where; why, or what would help."""
    name = safe.printable(curve.series.name)
    lead = f"  {name:<{NAMES}}"
    if len(name) >= NAMES:
        yield textwrap.shorten(f"  {name}", WIDTH, placeholder="…") if len(name) > WIDTH - 2 else f"  {name}"
        lead = " " * (NAMES + 2)
    yield _filled(lead, f"{_meaning(curve.series)}; {_extent(curve.series)}")
    yield _filled(" " * (NAMES + 2), f"{curve.missing}: {curve.option}" if curve.missing else curve.why)


def _meaning(series: Series) -> str:
    """Role, metric, part, split and direction in words."""
    words: list[str] = [series.role] if series.role in ("unknown", "system") else [series.metric.replace("_", " ")]
    if series.term:
        words.append(f"part {series.term}")
    words += [SPLITS[series.split], GOALS[series.goal]]
    if series.role in ("schedule", "internal"):
        words.append(series.role)
    return ", ".join(word for word in words if word)


def _extent(series: Series) -> str:
    """How many points, over which axis, between which values."""
    if not len(series):
        return "no points"
    first, last = numbers.reading(float(series.y[0])), numbers.reading(float(series.y[-1]))
    start, end = numbers.short(float(series.x[0])), numbers.short(float(series.x[-1]))
    values = first if len(series) == 1 else f"{first} … {last}"
    where = f"{series.axis} {start}" if len(series) == 1 else f"{series.axis} {start} … {end}"
    return f"{len(series)} point{'s' * (len(series) != 1)}, {values} over {where}"


def _filled(lead: str, text: str, indent: int | None = None) -> str:
    """Text behind a lead, wrapped at WIDTH under itself."""
    after = " " * (len(lead) if indent is None else indent)
    return textwrap.fill(safe.printable(text), WIDTH, initial_indent=lead, subsequent_indent=after) or lead


def json_chunks(runs: Sequence[Run], parsers: dict[str, str]) -> Iterator[str]:
    """The explanation as a JSON array, one object a run."""
    found = [_run(explained(run), parsers.get(run.parser, "")) for run in runs]
    yield safe.json_text(json.dumps(found, ensure_ascii=True, indent=1)) + "\n"


def _run(told: Explanation, title: str) -> dict[str, Any]:
    run = told.run
    return {
        "source": run.source,
        "run": run.name,
        "parser": run.parser,
        "parser_title": title,
        "axes": told.axes,
        "judged_by": told.judged_by,
        "series": [_series(curve) for curve in told.curves],
        "advice": [{"missing": missing, "option": option} for missing, option in told.advice],
        "notes": [{"text": note.text, "line": note.line} for note in run.notes],
    }


def _series(curve: Understood) -> dict[str, Any]:
    series = curve.series
    some = len(series) > 0
    texts = {key: getattr(series, key) for key in ("name", "metric", "split", "goal", "role", "term", "axis")}
    return texts | {
        "counted_by": dict(series.counted_by),
        "points": len(series),
        "first": numbers.plain(float(series.y[0])) if some else None,
        "last": numbers.plain(float(series.y[-1])) if some else None,
        "x_first": numbers.plain(float(series.x[0])) if some else None,
        "x_last": numbers.plain(float(series.x[-1])) if some else None,
        "lines": [int(series.line.min()), int(series.line.max())] if some and series.line is not None else None,
        "why": curve.why,
        "missing": curve.missing or None,
        "option": curve.option or None,
    }
