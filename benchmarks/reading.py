"""Whether real logs are read right. Usage: python -m benchmarks.reading FOLDER [OPTIONS] [FORMAT ...].

FOLDER holds ``manifest.csv``: one row a file (id, format, repo, file, x_axis, n_points_main_train_loss, first and
last values of the main series, from an independent reading). Prints a table by format: files, read (or refused
where there is no curve), of those with a main loss how many have a series of that many points, with those first
and last values, and with that axis. ``--wrong`` lists the files behind the differences, ``--half tuning`` (or
``judging``) reads one half only: they are split by the SHA-256 of the repository (even: tuning, odd: judging).
"""

from __future__ import annotations

import csv
import hashlib
import math
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.reading import read_source

if TYPE_CHECKING:
    from nn_doctor.series.model import Series

CLOSE = 1e-5
COLUMNS = ("files", "read", "with loss", "series", "values", "axis known", "axis")
AXES = {
    "epoch": ("epoch", "k/n"),
    "step": ("step", "iter", "round", "update", "up.", "kimg", "timesteps", "batch", "episode", "s:"),
    "row": ("row", "index", "none"),
}
"""Words of the manifest's free ``x_axis`` for each of our axes; a text with words of several allows any of them."""


@dataclass(frozen=True)
class Curve:
    """A series as found: its values in the file's order, and its axes (none where no run was built)."""

    name: str
    y: np.ndarray
    axes: frozenset[str]


def main(arguments: list[str]) -> int:
    """Read every file of the manifest and print the table."""
    options = [a for a in arguments if a.startswith("--")]
    plain = [a for a in arguments if not a.startswith("--")]
    half = plain.pop(arguments.index("--half")) if "--half" in options else ""
    folder, formats = Path(plain[0]), plain[1:]
    table: dict[str, Counter[str]] = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if (half and half_of(row["repo"]) != half) or (formats and row["format"] not in formats):
            continue
        found, why = compare(folder / row["file"], row)
        table.setdefault(row["format"], Counter()).update(found)
        if why and "--wrong" in options:
            print(f"{row['id']}: {why}")
    show(table)
    return 0


def half_of(repo: str) -> str:
    """The half of the corpus a repository belongs to."""
    return "judging" if int(hashlib.sha256(repo.encode()).hexdigest(), 16) % 2 else "tuning"


def compare(path: Path, row: dict[str, str]) -> tuple[list[str], str]:
    """The columns of the table that this file counts in, and what is wrong with it ("" for nothing)."""
    points = int(float(row["n_points_main_train_loss"] or 0))
    reading = doctor.read_runs([str(path)], doctor.Settings())
    if not reading.runs:
        told = reading.failures[0].message if reading.failures else "nothing found"
        return (["files"], f"unread: {told}") if points else (["files", "read"], "")
    counted = ["files", "read"]
    if not points:
        return counted, ""
    counted.append("with loss")
    curves = curves_of(path, reading)
    as_long = [c for c in curves if c.y.size == points]
    right = [c for c in as_long if close(row["first_train_loss"], c.y[0]) and close(row["last_train_loss"], c.y[-1])]
    counted += ["series"] * bool(as_long) + ["values"] * bool(right)
    wanted = {axis for axis, words in AXES.items() if any(w in row["x_axis"].lower() for w in words)}
    axes = {axis for c in (right or as_long or curves) for axis in c.axes}
    if wanted:
        counted += ["axis known"] + ["axis"] * bool(axes & wanted)
    return counted, _why(row, curves, right, wanted, axes)


def curves_of(path: Path, reading: doctor.Reading) -> list[Curve]:
    """The series of the runs; those of one name joined over runs; and the columns before runs were told apart."""
    found = [Curve(s.name, s.y, axes_of(s)) for run in reading.runs for s in run.series]
    axes = {c.name: c.axes for c in found}
    try:
        _, _, recordings = read_source(Source(str(path), path), None, ReadOptions())
    except (ReadError, OSError):
        return found
    parts = [Curve(c.name, c.y, axes.get(c.name, frozenset())) for r in recordings for c in r.channels if c.y.size]
    return found + parts + (joined(parts) if len(recordings) > 1 else [])


def joined(parts: list[Curve]) -> list[Curve]:
    """Curves of one name one behind the other."""
    by_name: dict[str, list[Curve]] = {}
    for part in parts:
        by_name.setdefault(part.name, []).append(part)
    return [Curve(name, np.concatenate([c.y for c in same]), same[0].axes) for name, same in by_name.items()]


def axes_of(series: Series) -> frozenset[str]:
    """The axis a series is drawn over, and those it can be looked at."""
    has = {"step": series.step is not None, "epoch": series.epoch is not None}
    return frozenset({series.axis, *(name for name, there in has.items() if there)})


def close(expected: str, value: float) -> bool:
    """Whether a value is the manifest's (which may not say any)."""
    if not expected:
        return True
    wanted = float(expected)
    if math.isnan(wanted) or math.isnan(value):
        return math.isnan(wanted) and math.isnan(value)
    return wanted == value or abs(wanted - value) <= CLOSE * max(abs(wanted), abs(value))


def _why(row: dict[str, str], curves: list[Curve], right: list[Curve], wanted: set[str], axes: set[str]) -> str:
    if right:
        return "" if not wanted or axes & wanted else f"axis {sorted(axes)} where the manifest has '{row['x_axis']}'"
    got = ", ".join(f"{c.name[:24]} ({c.y.size}: {c.y[0]:.6g} … {c.y[-1]:.6g})" for c in curves[:6])
    wish = f"{row['n_points_main_train_loss']}: {row['first_train_loss'][:9]} … {row['last_train_loss'][:9]}"
    return f"{row['main_train_series'][:30]} ({wish}) is not among {got}"


def show(table: dict[str, Counter[str]]) -> None:
    """Print the table, the sum last."""
    total: Counter[str] = Counter()
    width = max(map(len, [*table, "all"]))
    print(" " * width, *(f"{name:>10}" for name in COLUMNS))
    for name, counts in sorted(table.items()):
        total.update(counts)
        print(name.ljust(width), *(f"{counts[c]:>10}" for c in COLUMNS))
    print("all".ljust(width), *(f"{total[c]:>10}" for c in COLUMNS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
