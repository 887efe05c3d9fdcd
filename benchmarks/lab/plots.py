"""Sheets of pictures to label from: every series of every stored run of a configuration."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.lab.base import Family
from benchmarks.lab.store import Stored, load

PER_SHEET = 6


def sheets(family: Family, folder: Path, only: str = "") -> None:
    """FOLDER/<configuration>.png, a row a seed: losses, losses on a log scale, the other series."""
    by_name: dict[str, list[Stored]] = defaultdict(list)
    for run in load(family.name):
        by_name[run.configuration].append(run)
    folder.mkdir(parents=True, exist_ok=True)
    for configuration in family.configurations:
        if only in configuration.name and by_name[configuration.name]:
            _sheet(by_name[configuration.name][:PER_SHEET], folder / f"{configuration.name}.png", configuration.first)


def _sheet(runs: list[Stored], path: Path, first: tuple[str, ...]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(len(runs), 3, figsize=(13, 2.6 * len(runs)), squeeze=False)
    for row, run in zip(axes, runs, strict=True):
        for axis, (wanted, scale) in zip(row, ((True, "linear"), (True, "log"), (False, "symlog")), strict=True):
            _draw(axis, run.records, losses=wanted, scale=scale)
        row[0].set_title(f"{run.configuration} seed {run.seed}: {', '.join(first)}", fontsize=8, loc="left")
    figure.tight_layout()
    figure.savefig(path, dpi=55)
    plt.close(figure)


def _draw(axis: object, records: list[dict[str, float]], losses: bool, scale: str) -> None:
    names = dict.fromkeys(name for record in records for name in record)
    x = "step" if "step" in names else "epoch"
    for name in names:
        if name in {"step", "epoch"} or ("loss" in name) is not losses:
            continue
        points = [(r[x], r[name]) for r in records if name in r and x in r]
        axis.plot(*zip(*points, strict=True), label=name, lw=0.8, marker="." if len(points) < 40 else None)
    axis.set_yscale(scale if scale != "symlog" else "linear")
    axis.legend(fontsize=5)
