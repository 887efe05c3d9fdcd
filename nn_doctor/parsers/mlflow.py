"""One metric of MLflow's file store: ``mlruns/<experiment>/<run>/metrics/<name>``, ``timestamp value step`` a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source

_LINE = re.compile(r"(\d{13}) ([-+\w.]+) (-?\d{1,19})(?: \S+ \S+)?\r?")
"""Milliseconds, value, step; newer versions add a data set's name and digest."""
_SNIFFED = 50
_MOST_NOTED = 5


def sniff(head: Head) -> Match:
    """SHAPE where every line has a time in milliseconds, a value and a whole step, and nothing else."""
    if head.text is None:
        return Match.NO
    lines = head.text.split("\n")[:_SNIFFED]
    whole = lines[:-1] if len(lines) > 1 else lines
    return Match.SHAPE if all(_point(line) for line in whole) else Match.NO


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The points of one metric, named after its file; a last line without its end is left out."""
    from nn_doctor.parsers.common.points import channel_of_points

    notes: list[Note] = []
    *lines, last = source.text().split("\n")
    if last:
        notes.append(Note("the last line is cut off: left out", len(lines) + 1))
    found = [(number, _point(line)) for number, line in enumerate(lines, start=1) if line.strip()]
    bad = [number for number, point in found if point is None]
    notes.extend(Note("not a line of MLflow's: skipped", number) for number in bad[:_MOST_NOTED])
    points = [(number, *point) for number, point in found if point is not None]
    if not points:
        raise ReadError(source.where, "holds no whole line of a metric")
    return [Recording((channel_of_points(source.name, points, notes),), notes=tuple(notes))]


def _point(line: str) -> tuple[float, float, float] | None:
    """``(seconds, value, step)`` of a line, or None."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        return int(match[1]) / 1000, float(match[2]), float(match[3])
    except ValueError:
        return None


PARSER = Parser(
    name="mlflow",
    title="MLflow metric file (mlruns/…/metrics/…)",
    sniff=sniff,
    read=read,
    specialises=("delimited", "text"),
    example="1691410834738 0.8554 12",
)
