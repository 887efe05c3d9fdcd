"""Tables: how columns were understood, hyper-parameters, what every check said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.reporters.html import words
from nn_doctor.reporters.json import sanitised
from nn_doctor.reporters.markup import Raw, joined, tag
from nn_doctor.reporters.numbers import reading, short
from nn_doctor.series.explain import explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Outcome
    from nn_doctor.series.channel import Note
    from nn_doctor.series.explain import Understood
    from nn_doctor.series.model import Run, Series

ROWS = 300
"""At most so many rows of a table; the rest is counted."""
LONG = 200
"""Characters of a hyper-parameter's value."""
GOALS = {"min": "lower", "max": "higher", "none": "–"}
HEADS = tuple("Name in the log,Quantity,Split,Better is,Role,By,Points,First,Best,Last,Not finite,Why".split(","))
SPLITS = {"val": "validation", "none": "–"}


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()
) -> Raw:
    """A table in a frame that scrolls sideways (by keyboard too); the first cell of a row is its header."""
    head = tag("tr", *(tag("th", h, scope="col", class_="n" if i in numeric else None) for i, h in enumerate(heads)))
    body = [tag("tr", *(_cell(i, cell, numeric) for i, cell in enumerate(row))) for row in rows[:ROWS]]
    left = len(rows) - ROWS
    more = tag("p", f"and {left} more", class_="quiet small") if left > 0 else Raw("")
    inner = tag("table", tag("caption", caption, class_="unseen"), tag("thead", head), tag("tbody", *body))
    return Raw(tag("div", inner, class_="scroll", tabindex="0", role="group", aria_label=caption) + more)


def _cell(i: int, cell: str, numeric: frozenset[int]) -> Raw:
    if i == 0:
        return tag("th", words.name(cell), scope="row")
    return tag("td", cell, class_="n" if i in numeric else None)


def columns(run: Run) -> Raw:
    """Every series: what it was taken for, the numbers that matter, why, and the option for what was not understood."""
    told = explained(run)
    rows = [(*_series(curve.series), _why(curve)) for curve in told.curves]
    axes = ", ".join(f"{kind} by {name}" for kind, name in told.axes.items()) or "no column"
    said = [tag("p", f"Judged by {told.judged_by}. Counted: {axes}.", class_="small")]
    said += [tag("p", f"{missing}: ", tag("code", option), class_="small") for missing, option in told.advice]
    return joined([*said, table("How the columns were understood", HEADS, rows, frozenset(range(6, 11)))])


def _why(curve: Understood) -> str:
    return f"{curve.missing}: {curve.option}" if curve.missing else curve.why


def _series(series: Series) -> tuple[str, ...]:
    x, y = series.finite
    best = "–"
    if series.goal != "none" and y.size:
        at = int(np.argmin(y) if series.goal == "min" else np.argmax(y))
        best = f"{reading(float(y[at]))} at {short(float(x[at]))}"
    ends = (reading(float(series.y[0])), best, reading(float(series.y[-1]))) if len(series) else ("–", "–", "–")
    metric = f"{series.metric} ({series.term})" if series.term else series.metric
    split = SPLITS.get(series.split, series.split)
    bad = str(len(series) - y.size)
    return (series.name, metric, split, GOALS[series.goal], series.role, series.axis, str(len(series)), *ends, bad)


def params(found: dict[str, object]) -> Raw:
    """Hyper-parameters as read."""
    rows = [(str(name), _value(value)) for name, value in sorted(found.items(), key=lambda item: str(item[0]))]
    return table("Hyper-parameters", ("Name", "Value"), rows)


def _value(value: object) -> str:
    text = str(sanitised(value))
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def outcomes(found: Sequence[Outcome]) -> Raw:
    """How each rule ended, with its numbers."""
    rows = [
        (f"{o.code} {o.slug}", o.status.replace("_", " "), o.reason, _measured(o.measured))
        for o in found
    ]  # fmt: skip
    return table("What every check said", ("Check", "Outcome", "Why", "Measured"), rows)


def _measured(measured: dict[str, float]) -> str:
    return ", ".join(f"{name} {short(value)}" for name, value in measured.items())


def notes(found: Sequence[Note]) -> Raw:
    """Guesses, skips and repairs made while reading."""
    items = [tag("li", f"line {n.line}: {n.text}" if n.line is not None else n.text) for n in found[:ROWS]]
    more = [tag("li", f"and {len(found) - ROWS} more")] if len(found) > ROWS else []
    return tag("ul", *items, *more)
