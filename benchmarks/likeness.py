"""Fit the trees of the second opinion: ``python -m benchmarks.likeness`` (twenty minutes on two cores).

Every run of the tuning part of the laboratory is put into numbers (its portrait, and what the rules measured on it),
and boosted trees learn which label goes with them; repeats of a training share one vote. How sure the second opinion
may be is counted on the families that no rule was chosen by, each told by trees that have not seen it, where the rules
are silent, in the stated mix of four healthy runs of five. Writes trees.bin beside the portrait.

G. Ke et al., "LightGBM: a highly efficient gradient boosting decision tree" (2017), grows the trees here; the package
itself needs numpy only.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.lab.base import all_families
from benchmarks.scoring import cases as corpora
from benchmarks.scoring.cases import Case
from benchmarks.scoring.logged_less import with_copies
from benchmarks.scoring.sureness import SCORES, Sitter, confidences, told
from nn_doctor.api import read, settings_from
from nn_doctor.catalogue.examine import rules_alone
from nn_doctor.catalogue.likeness.forest import FILE, Forest, packed
from nn_doctor.catalogue.likeness.heard import heard
from nn_doctor.catalogue.likeness.portrait import portrait
from nn_doctor.doctor import selection_of
from nn_doctor.errors import ReadError

WORKERS = 2
PARTS = 6
FAMILIES = 3  # a number that fewer families log tells the family, not the fault
RUNS = 60
FAR = 1e9
ROUNDS = 400
GROWN = {
    "objective": "multiclass", "num_leaves": 4, "learning_rate": 0.05, "feature_fraction": 0.1, "bagging_fraction": 0.6,
    "bagging_freq": 1, "min_data_in_leaf": 15, "lambda_l2": 1.0, "max_bin": 63, "num_threads": 1, "verbose": -1,
    "seed": 0, "deterministic": True,
}  # fmt: skip
"""Small trees, each on a tenth of the numbers: of ten settings the best on families left out."""


def sitters(cases: list[Case]) -> list[Sitter]:
    """One for each log that can be read, by its fullest run."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return [sitter for sitter in pool.map(_sitter, cases, chunksize=50) if sitter is not None]


def _sitter(case: Case) -> Sitter | None:
    settings = settings_from(None, case.options)
    try:
        runs = read(case.path, settings)
    except ReadError:
        return None
    run = max(runs, key=lambda run: sum(map(len, run.series)))
    outcomes = rules_alone(run, selection_of(settings))
    return Sitter(case, outcomes, portrait(run) | heard(outcomes))


def shared_names(group: list[Sitter]) -> list[str]:
    """Names of the numbers that enough runs of enough families have."""
    runs: Counter[str] = Counter()
    families: dict[str, set[str]] = defaultdict(set)
    for sitter in group:
        for name in (name for name, value in sitter.numbers.items() if np.isfinite(value)):
            runs[name] += 1
            families[name].add(sitter.family)
    return sorted(name for name in runs if runs[name] >= RUNS and len(families[name]) >= FAMILIES)


def table(group: list[Sitter], names: list[str]) -> np.ndarray:
    """Shape (runs, names), NaN where a number is missing."""
    rows = [[sitter.numbers.get(name, np.nan) for name in names] for sitter in group]
    numbers = np.array(rows, dtype=float)
    return np.where(np.isfinite(numbers), np.clip(numbers, -FAR, FAR), np.nan).astype(np.float32)


def grown(numbers: np.ndarray, names: list[str], group: list[Sitter], classes: list[str]) -> lightgbm.Booster:
    """Trees for these runs and their poorer copies; the repeats of a training weigh as much as one."""
    repeats = Counter(sitter.case.group for sitter in group)
    weights = [10 / repeats[sitter.case.group] for sitter in group]
    numbers, labels, shared = with_copies(numbers, [sitter.case.label for sitter in group], weights, names)
    data = lightgbm.Dataset(numbers, [classes.index(label) for label in labels], weight=shared)
    return lightgbm.train(GROWN | {"num_class": len(classes)}, data, ROUNDS)


def arrays(booster: lightgbm.Booster) -> dict[str, np.ndarray]:
    """The trees as ``Forest`` wants them: one row a node, ``~leaf`` for an end."""
    told = booster.dump_model()
    rows: list[tuple[int, float, int, int, bool]] = []
    leaves: list[float] = []
    roots = [_grafted(tree["tree_structure"], rows, leaves) for tree in told["tree_info"]]
    feature, threshold, left, right, missing = zip(*rows, strict=True)
    return {
        "feature": np.array(feature, np.int16),
        "threshold": _floor32(np.array(threshold)),
        "left": np.array(left, np.int32),
        "right": np.array(right, np.int32),
        "missing": np.array(missing, np.int8),
        "leaf": np.array(leaves, np.float32),
        "roots": np.array(roots, np.int32),
        "of_class": (np.arange(len(roots)) % told["num_class"]).astype(np.int16),
    }


def _grafted(node: dict[str, Any], rows: list[tuple[int, float, int, int, bool]], leaves: list[float]) -> int:
    """Append a node and all below; its index, or ``~leaf``."""
    if "split_feature" not in node:
        leaves.append(node["leaf_value"])
        return ~(len(leaves) - 1)
    here = len(rows)
    rows.append((0, 0.0, 0, 0, False))
    threshold = float(node["threshold"])
    missing = bool(node["default_left"]) if node["missing_type"] == "NaN" else threshold >= 0  # else taken as 0
    left, right = (_grafted(node[side], rows, leaves) for side in ("left_child", "right_child"))
    rows[here] = (node["split_feature"], threshold, left, right, missing)
    return here


def _floor32(threshold: np.ndarray) -> np.ndarray:
    """The nearest float32 not above: a float32 is at most the one exactly when it is at most the other."""
    with np.errstate(over="ignore"):  # "every number that is there": the largest of float32 then
        rounded = threshold.astype(np.float32)
    above = rounded.astype(float) > threshold
    rounded[above] = np.nextafter(rounded[above], np.float32(-np.inf))
    return rounded


def left_out(numbers: np.ndarray, names: list[str], group: list[Sitter], classes: list[str]) -> np.ndarray:
    """The shares of each run of an unmet family by trees without it, shape (runs, classes); NaN of the others."""
    unmet = sorted({sitter.family for sitter in group if all_families()[sitter.family].unmet})
    part = np.array([unmet.index(s.family) % PARTS if s.family in unmet else -1 for s in group])
    shares = np.full((len(group), len(classes)), np.nan)
    places = range(min(PARTS, len(unmet)))
    tasks = [
        (numbers[part != i], names, [s for s, where in zip(group, part, strict=True) if where != i], classes)
        for i in places
    ]
    with ProcessPoolExecutor(WORKERS) as pool:
        for i, booster in enumerate(pool.map(_grown_text, tasks)):
            shares[part == i] = lightgbm.Booster(model_str=booster).predict(numbers[part == i])
    return shares


def _grown_text(task: tuple[np.ndarray, list[str], list[Sitter], list[str]]) -> str:
    """Trees as text, which travels between processes."""
    return str(grown(*task).model_to_string())


def main() -> None:
    """Fit and write."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        group = sitters([case for case in corpora.laboratory(Path(folder)) if case.part == "tuning"])
    names, classes = shared_names(group), sorted({sitter.case.label for sitter in group})
    numbers = table(group, names)
    sure = confidences(told(left_out(numbers, names, group, classes), group, classes), classes)
    for name, row in zip(classes, sure, strict=True):
        print(f"{name:30}" + " ".join(f"{share:.2f}: {right:.2f}" for share, right in zip(SCORES, row, strict=True)))
    healthy = numbers[[sitter.case.healthy for sitter in group]]
    low, high = (np.nan_to_num(_quantile(healthy, q)).astype(np.float32) for q in (0.05, 0.95))
    maps = {"low": low, "high": high, "scores": np.array(SCORES), "sure": sure}
    trees = Forest(tuple(names), tuple(classes), **arrays(grown(numbers, names, group, classes)), **maps)
    FILE.write_bytes(packed(trees))
    print(f"{len(group)} runs, {len(names)} numbers, {FILE.stat().st_size / 1000:.0f} kB")


def _quantile(numbers: np.ndarray, q: float) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a number that no healthy run has
        return np.asarray(np.nanquantile(numbers, q, axis=0))


if __name__ == "__main__":
    main()
