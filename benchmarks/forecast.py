"""Forecasts held against what followed: ``python -m benchmarks.forecast [--logs FOLDER] [--part judging]``.

Runs of the laboratory (stored logs) and, with ``--logs`` (a folder holding wild, overfitguard, algoperf), of other
people are cut at 1/2 and 2/3 of their length while they fall, forecast to their full length, and compared with the
level they reached. Beside it: "the last value stays", and one power law fitted by least squares. Errors are shares of
the fall of the cut run; intervals are bootstrapped over repositories, models and trainings.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

import nn_doctor
from benchmarks.scoring import cases as corpora
from nn_doctor.analyzers.forecast import EXPONENTS, _fitted, forecast
from nn_doctor.analyzers.shape import shape
from nn_doctor.errors import InsufficientData

CUTS = (1 / 2, 2 / 3)
LEAST = 32
STEADY = 4.0
TAIL = 0.03
ROUNDS = 2000
CORPORA = ("laboratory", "wild", "overfitguard", "algoperf")


def curves(cases: list) -> list[tuple[str, str, np.ndarray, np.ndarray]]:
    """(corpus, group, x, y) of the train loss of each run long enough."""
    found = []
    for case in cases:
        try:
            runs = nn_doctor.read(str(case.path))
        except nn_doctor.ReadError:
            continue
        for run in runs:
            train = run.objective.train
            if train is not None and train.goal == "min" and train.finite[1].size >= LEAST:
                found.append((case.corpus, case.group, *train.finite))
    return found


def outcomes(x: np.ndarray, y: np.ndarray) -> list[tuple[float, ...]]:
    """For each cut of a curve that is falling there: errors of the three forecasts, and whether the interval held."""
    rows = []
    for cut in CUTS:
        end = x[0] + cut * (x[-1] - x[0])
        n = int(np.searchsorted(x, end, side="right"))
        if n < LEAST or y.size - n < LEAST // 4:
            continue
        try:
            seen = shape(x[:n], y[:n])
            said = forecast(x[:n], y[:n], 1 / cut)
        except InsufficientData:
            continue
        if seen.fall <= 0 or seen.tail_z < STEADY or seen.tail_fall < TAIL * seen.fall:
            continue
        truth = float(np.median(y[-max(3, (y.size - n) // 20) :]))
        power = _power(x[:n] - x[0], y[:n], (x[-1] - x[0]) / max(x[n - 1] - x[0], 1e-300))
        errors = [abs(value - truth) / seen.fall for value in (said.value, said.now, power)]
        rows.append((cut, *errors, float(said.low <= truth <= said.high), (said.high - said.low) / seen.fall))
    return rows


def _power(t: np.ndarray, y: np.ndarray, ahead: float) -> float:
    """The plain rival: one power law with a floor through all points."""
    t = (t + t[-1] / (2 * t.size)) / t[-1]
    step = max(1, t.size // 2000)
    basis = t[::step] ** -EXPONENTS[:, None]
    return float(_fitted(basis, y[::step], np.array([ahead]) ** -EXPONENTS[:, None])[0])


def main() -> None:
    """A line a corpus and cut."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=Path)
    parser.add_argument("--part", default="judging")
    options = parser.parse_args()
    table: dict[tuple[str, float], dict[str, list]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        cases = list(corpora.laboratory(Path(folder)))
        for name in CORPORA[1:] if options.logs else ():
            cases += getattr(corpora, name)(options.logs / name)
        for corpus, group, x, y in curves([c for c in cases if c.part == options.part]):
            for cut, *row in outcomes(x, y):
                table[corpus, cut][group].append(row)
                table["all", cut][group].append(row)
    print(
        f"{'corpus':14} {'cut':>5} {'runs':>5}  median error: ours, last value, power law   inside 80 % [95 %]   width"
    )
    for (corpus, cut), groups in sorted(table.items()):
        print(_line(corpus, cut, list(groups.values())))


def _line(corpus: str, cut: float, groups: list[list]) -> str:
    rows = np.array([row for group in groups for row in group])
    rng = np.random.default_rng(0)
    shares = [(sum(row[3] for row in group), len(group)) for group in groups]
    drawn = np.array(shares)[rng.integers(0, len(shares), (ROUNDS, len(shares)))].sum(axis=1)
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    ours, last, power = np.median(rows[:, :3], axis=0)
    inside = f"{rows[:, 3].mean():.2f} [{low:.2f}, {high:.2f}]"
    errors = f"{ours:22.3f} {last:11.3f} {power:10.3f}"
    return f"{corpus:14} {cut:5.2f} {len(rows):5d}  {errors} {inside:>22} {np.median(rows[:, 4]):10.2f}"


if __name__ == "__main__":
    main()
