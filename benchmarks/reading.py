"""Whether real logs are read right. Usage: python -m benchmarks.reading FOLDER [OPTIONS] [FORMAT ...].

FOLDER holds ``manifest.csv``: one row a file (id, format, repo, file, x_axis, number of points, first and last values
of the main training and validation series, and what each name means, from an independent reading). Prints a table by
format:

    files, read       read, or refused where the manifest has no curve
    loss, series      files with a main series; those where a series has that many points
    values            … with those first and last values (as logged: neither percentages nor units change them)
    names             … and the series with the values is called what it is: quantity and split
    val, val right    files with a validation series; those where values, quantity and split of it are right
    axis known, axis  files where the manifest names an axis; those where the series has it
    full              files right in everything that the manifest says
    doubted           files whose row the raw file does not bear out (``reading_doubts``): counted in no other column
    silent            files read otherwise than the manifest has it without a note, or a word of what was not understood

``--wrong`` lists the files behind the differences, ``--doubted`` counts the doubted rows like the others, ``--names``
lists every further name the manifest explains otherwise, ``--half tuning`` (or ``judging``) reads one half only: they
are split by the SHA-256 of the repository (even: tuning, odd: judging).
"""

from __future__ import annotations

import csv
import hashlib
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.reading_doubts import DOUBTED, DOUBTED_VALIDATION
from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.reading import read_source
from nn_doctor.series.explain import explained
from nn_doctor.series.objective import LOSS_METRICS

if TYPE_CHECKING:
    from nn_doctor.series.model import Run, Series

CLOSE = 1e-5
COLUMNS = (
    "files", "read", "loss", "series", "values", "names", "val", "val right", "axis known", "axis", "full",
    "doubted", "silent",
)  # fmt: skip
AXES = {
    "epoch": ("epoch", "k/n"),
    "step": ("step", "iter", "round", "update", "up.", "kimg", "timesteps", "batch", "episode", "s:"),
    "row": ("row", "index", "none"),
}
"""Words of the manifest's free ``x_axis`` for each of our axes; a text with words of several allows any of them."""
QUANTITIES = {
    "loss": LOSS_METRICS | {"mse", "mae", "rmse", "l1", "l2", "error", "huber"},
    "lr": {"learning_rate"},
    "acc": {"accuracy"},
    "error": {"error", "wer", "cer", "top_error"},
}
"""The manifest's words for quantities, where they are not ours."""


@dataclass(frozen=True)
class Curve:
    """A series as found: its values in the file's order, its axes and meaning (none where no run was built)."""

    name: str
    y: np.ndarray
    axes: frozenset[str]
    metric: str = ""
    split: str = ""


@dataclass
class Result:
    """The columns of the table that a file counts in, and what is wrong with it."""

    columns: list[str]
    why: list[str] = field(default_factory=list)
    told: bool = True
    other_names: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Read every file of the manifest and print the table."""
    options = [a for a in arguments if a.startswith("--")]
    plain = [a for a in arguments if not a.startswith("--")]
    half = plain.pop(plain.index(arguments[arguments.index("--half") + 1])) if "--half" in options else ""
    folder, formats = Path(plain[0]), plain[1:]
    table: dict[str, Counter[str]] = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if (half and half_of(row["repo"]) != half) or (formats and row["format"] not in formats):
            continue
        counts = table.setdefault(row["format"], Counter())
        if row["id"] in DOUBTED and "--doubted" not in options:
            counts.update(["files", "doubted"])
            continue
        result = compare(folder / row["file"], row)
        counts.update(result.columns)
        if result.why and "--wrong" in options:
            print(f"{row['id']}: {'; '.join(result.why)}{'' if result.told else ' (in silence)'}")
        if "--names" in options:
            print("".join(f"{row['id']}: {text}\n" for text in result.other_names), end="")
    show(table)
    return 0


def half_of(repo: str) -> str:
    """The half of the corpus a repository belongs to."""
    return "judging" if int(hashlib.sha256(repo.encode()).hexdigest(), 16) % 2 else "tuning"


def compare(path: Path, row: dict[str, str]) -> Result:
    """What was read of a file against its row."""
    points = int(float(row["n_points_main_train_loss"] or 0))
    reading = doctor.read_runs([str(path)], doctor.Settings())
    if not reading.runs:
        told = reading.failures[0].message if reading.failures else "nothing found"
        return Result(["files"], [f"unread: {told}"]) if points else Result(["files", "read", "full"])
    result = Result(["files", "read"], told=any(run.notes or _not_understood(run) for run in reading.runs))
    result.other_names = other_names(reading.runs, row)
    if points:
        curves = curves_of(path, reading)
        _main_series(result, curves, row, points)
        _validation(result, curves, row)
    result.columns += ["silent" for _ in [0] if result.why and not result.told] + ["full"] * (not result.why)
    return result


def _not_understood(run: Run) -> bool:
    """Whether ``series --explain`` lists something as not understood."""
    told = explained(run)
    return bool(told.advice or any(curve.missing for curve in told.curves))


def _main_series(result: Result, curves: list[Curve], row: dict[str, str], points: int) -> None:
    """The main series of training: points, values, meaning, axis."""
    as_long, right = matching(curves, points, row["first_train_loss"], row["last_train_loss"])
    meant = meant_of(row, row["main_train_series"])
    result.columns += ["loss"] + ["series"] * bool(as_long) + ["values"] * bool(right)
    named = [c for c in right if is_meant(c, meant, {"train"})]
    result.columns += ["names"] * bool(named)
    if not right:
        got = ", ".join(f"{c.name[:24]} ({c.y.size}: {c.y[0]:.6g} … {c.y[-1]:.6g})" for c in curves[:6])
        wish = f"{points}: {row['first_train_loss'][:9]} … {row['last_train_loss'][:9]}"
        result.why.append(f"{row['main_train_series'][:30]} ({wish}) is not among {got}")
    elif not named:
        result.why.append(f"{meant}/train is taken for {', '.join(f'{c.metric}/{c.split}' for c in right if c.metric)}")
    wanted = {axis for axis, words in AXES.items() if any(w in row["x_axis"].lower() for w in words)}
    axes = {axis for c in (right or as_long or curves) for axis in c.axes}
    if wanted:
        result.columns += ["axis known"] + ["axis"] * bool(axes & wanted)
        if not axes & wanted:
            result.why.append(f"axis {sorted(axes)} where the manifest has '{row['x_axis']}'")


def _validation(result: Result, curves: list[Curve], row: dict[str, str]) -> None:
    """The main series of validation, where the manifest has its length."""
    points = int(float(row["n_points_main_val_loss"] or 0))
    if not points:
        return
    if row["id"] in DOUBTED_VALIDATION:
        return
    _, right = matching(curves, points, row["first_val_loss"], row["last_val_loss"])
    meant = meant_of(row, row["main_val_series"])
    named = [c for c in right if is_meant(c, meant, {"val", "test"})]
    result.columns += ["val"] + ["val right"] * bool(named)
    if not named:
        found = ", ".join(f"{c.name}: {c.metric}/{c.split}" for c in right if c.metric) or "no series"
        result.why.append(
            f"validation {row['main_val_series']} ({meant}, {points}: {row['first_val_loss'][:9]} … "
            f"{row['last_val_loss'][:9]}) is {found}"
        )


def matching(curves: list[Curve], points: int, first: str, last: str) -> tuple[list[Curve], list[Curve]]:
    """The curves of that many points, and of them those with these first and last values."""
    as_long = [c for c in curves if c.y.size == points]
    return as_long, [c for c in as_long if close(first, c.y[0]) and close(last, c.y[-1])]


def meant_of(row: dict[str, str], name: str) -> str:
    """The quantity the manifest gives a main series: written behind its name, or in the list of all; else a loss."""
    for text in (name, *row["series"].split(";")):
        own, arrow, meant = text.partition("→")
        if arrow and (text == name or own.strip() == name.strip()):
            quantity = meant.partition("/")[0].partition("(")[0].strip()
            return "loss" if quantity in ("?", "") or "loss" in quantity else quantity
    return "loss"


def is_meant(curve: Curve, quantity: str, splits: set[str]) -> bool:
    """Whether a series was taken for that quantity of one of the splits."""
    return curve.metric in QUANTITIES.get(quantity, {quantity}) and curve.split in splits


def other_names(runs: list[Run] | tuple[Run, ...], row: dict[str, str]) -> list[str]:
    """The names whose quantity or split differs from what the manifest says of them."""
    found = []
    series = {s.name: s for run in runs for s in run.series}
    for text in row["series"].split(";"):
        name, _, meant = text.partition("→")
        quantity, _, split = meant.partition("/")
        ours = series.get(name.strip())
        if ours is None or quantity in ("", "?"):
            continue
        if quantity == "x" or not is_meant(Curve("", ours.y, frozenset(), ours.metric), quantity, {""}):
            found.append(f"{name} is {ours.metric} ({ours.role}) for {quantity}")
        elif split in ("train", "val", "test") and ours.role in ("objective", "term", "metric") and ours.split != split:
            found.append(f"{name} is {ours.split}'s for {split}'s")
    return found


def curves_of(path: Path, reading: doctor.Reading) -> list[Curve]:
    """The series of the runs; those of one name joined over runs; and the columns before runs were told apart."""
    found = [Curve(s.name, s.y, axes_of(s), s.metric, s.split) for run in reading.runs for s in run.series]
    known = {c.name: c for c in found}
    try:
        _, _, recordings = read_source(Source(str(path), path), None, ReadOptions())
    except (ReadError, OSError):
        return found
    parts = [_part(c.name, c.y, known.get(c.name)) for r in recordings for c in r.channels if c.y.size]
    return found + parts + (joined(parts) if len(recordings) > 1 else [])


def _part(name: str, y: np.ndarray, run: Curve | None) -> Curve:
    return Curve(name, y, run.axes, run.metric, run.split) if run else Curve(name, y, frozenset())


def joined(parts: list[Curve]) -> list[Curve]:
    """Curves of one name one behind the other."""
    by_name: dict[str, list[Curve]] = {}
    for part in parts:
        by_name.setdefault(part.name, []).append(part)
    return [_part(name, np.concatenate([c.y for c in same]), same[0]) for name, same in by_name.items()]


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
