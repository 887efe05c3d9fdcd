"""Anonymous pictures of stored runs, for readers who do not know what was injected.

A label is only worth scoring where the log shows it. So one run of every configuration of a part is drawn as the log
tells it (read back from its dialect, under the log's own names), numbered in a random order. Readers who know neither
the key nor the rules name what they see; ``readings.csv`` keeps their words, and what two readers both miss counts as
without a visible trace (``benchmarks.scoring.readings``).
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nn_doctor
from benchmarks.lab.base import Configuration, all_families
from benchmarks.lab.dialects import write
from benchmarks.lab.store import Stored, load
from nn_doctor.series.model import Run, Series

PER_SHEET = 5
SCALES = {"loss": "linear", "loss, log": "log", "metrics": "linear", "others": "others"}


def sheets(folder: Path, wanted: Callable[[str], bool], seed: int = 0) -> None:
    """FOLDER/sheet_NNN.png with PER_SHEET runs each, and FOLDER/key.csv: number,family/configuration/seed.

    ``wanted`` is asked for each family/configuration; one of its runs is drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = _chosen(wanted, random.Random(seed))
    (folder / "key.csv").write_text("".join(f"{n},{name}\n" for n, (name, *_) in enumerate(chosen)))
    for start in range(0, len(chosen), PER_SHEET):
        rows = [(start + i, c, run) for i, (_, c, run) in enumerate(chosen[start : start + PER_SHEET])]
        _sheet(rows, folder / f"sheet_{start // PER_SHEET:03}.png")


def _chosen(wanted: Callable[[str], bool], rng: random.Random) -> list[tuple[str, Configuration, Stored]]:
    found = []
    for family in all_families().values():
        configurations = [c for c in family.configurations if wanted(f"{family.name}/{c.name}")]
        stored = load(family.name) if configurations else ()
        for c in configurations:
            if runs := [run for run in stored if run.configuration == c.name]:
                run = rng.choice(runs)
                found.append((f"{family.name}/{c.name}/{run.seed}", c, run))
    rng.shuffle(found)
    return found


def _sheet(rows: list[tuple[int, Configuration, Stored]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(len(rows), 4, figsize=(17, 2.9 * len(rows)), squeeze=False)
    for row, (number, c, stored) in zip(axes, rows, strict=True):
        run = _as_read(c, stored)
        for axis, title in zip(row, SCALES, strict=True):
            _draw(axis, run, title)
        row[0].set_title(f"No. {number}   {_facts(run, c)}", fontsize=8, loc="left")
    figure.tight_layout()
    figure.savefig(path, dpi=58)
    plt.close(figure)


def _as_read(c: Configuration, stored: Stored) -> Run:
    """The run as its log tells it, or as a plain table would where the log cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return nn_doctor.read(str(write(c, stored.seed, stored.records, Path(folder))))[0]
        except nn_doctor.ReadError:
            plain = replace(c, dialect="step_or_epoch_csv")
            return nn_doctor.read(str(write(plain, stored.seed, stored.records, Path(folder))))[0]


def _draw(axis: Any, run: Run, title: str) -> None:
    for series in run.series:
        if _place(series) == title.split(",")[0] and len(series):
            axis.plot(series.x, series.y, label=series.name, lw=0.8, marker="." if len(series) < 40 else None, ms=3)
    lines = [line.get_ydata() for line in axis.lines]
    if SCALES[title] == "log" or (SCALES[title] == "others" and all((y > 0).all() for y in lines)):
        axis.set_yscale("log")
    axis.tick_params(which="both", labelsize=6)
    axis.legend(fontsize=6, loc="best") if lines else axis.set_axis_off()


def _place(series: Series) -> str:
    if series.role in {"objective", "term"}:
        return "loss"
    return "metrics" if series.role == "metric" else "others"


def _facts(run: Run, c: Configuration) -> str:
    """What a reader of the log also knows: first and last loss, points, settings."""
    train = run.objective.train or run.objective.val
    told = [f"{train.name} {train.y[0]:.4g} → {train.y[-1]:.4g}, {len(train)} points by {train.axis}"] if train else []
    told += [f"{r.axis} goes back from {r.x_before:g} to {r.x_after:g}" for r in run.restarts[:2]]
    told += [f"{n} of {s.name} not finite" for s in run.series if (n := len(s) - len(s.finite[1]))][:2]
    settings = dict(run.params) | c.params | {k: v for k, v in c.options.items() if k != "params"}
    return "; ".join(told + [f"{name}={value}" for name, value in list(settings.items())[:6]])
