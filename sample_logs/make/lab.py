"""Every configuration with several seeds as JSON, to tune and judge rules: ``python lab.py FOLDER [SEEDS [PART]]``."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import inside
import others
from faulty import FAULTY
from faulty_more import FAULTY_MORE
from healthy import HEALTHY, NOTES
from training import Setup, train

OTHERS = {
    "healthy_boosting": (others.boosting, "boosting"),
    "healthy_boosting_classes": (lambda seed: others.boosting(seed, 80, "cancer"), "boosting"),
    "healthy_bandit": (others.bandit, "rl"),
    "healthy_adversarial": (others.adversarial, "gan"),
    "healthy_batch_norm": (others.batch_norm, "classification"),
}
BROKEN = {
    "not-learning", "diverging", "non-finite-loss", "severe-overfitting", "underfitting", "loss-jump", "frozen-metric",
    "learning-rate-too-high", "learning-rate-too-low", "unshuffled-data", "slow-start", "wrong-initial-loss",
}  # fmt: skip
"""To say one of these of a run that has it neither first nor also would be a blunder."""

EXCUSED = {
    "noisy_regression_floor": ["underfitting"],
    "fine_tuning": ["noisy-loss"],
    "boosting": ["overfitting"],
    "one_epoch_pretraining": ["noisy-loss"],
}
"""Healthy trainings of which an expert might also say this, seeing the curve alone."""


def jobs() -> dict[str, tuple]:
    """Name → (Setup or function of the seed, accepted first, also true, kind, task)."""
    faulty = FAULTY | FAULTY_MORE
    table = {name: (setup, first, also, "fault", task(setup)) for name, (setup, first, also) in faulty.items()}
    for name, setup in HEALTHY.items():
        table[f"healthy_{name}"] = (setup, ["healthy"], NOTES + EXCUSED.get(name, []), "healthy", task(setup))
    for name, (setup, first, also) in inside.FAULTS.items():
        table[name] = (partial(inside.inside, setup), first, also, "fault", "classification")
    for name, setup in inside.HEALTHY.items():
        table[f"healthy_{name}"] = (partial(inside.inside, setup), ["healthy"], NOTES, "healthy", "classification")
    for name, (make, kind) in OTHERS.items():
        table[name] = (make, ["healthy"], NOTES + EXCUSED.get(name.removeprefix("healthy_"), []), "healthy", kind)
    return table


def task(setup: Setup) -> str:
    """What is learnt: lm, regression or classification."""
    if setup.data.startswith("text"):
        return "lm"
    return "regression" if setup.loss in {"squared", "gaussian"} else "classification"


def record_of(name: str, seed: int) -> dict:
    """One training and what an expert would say of it."""
    work, first, also, kind, what = jobs()[name]
    records = train(work, seed) if isinstance(work, Setup) else work(seed)
    by_step = isinstance(work, partial) or (isinstance(work, Setup) and work.log_every > 0)
    label = {"first": first, "also": also, "blunder": sorted(BROKEN - set(first) - set(also))}
    known = params(work) if isinstance(work, Setup) else {}
    options = work.args if isinstance(work, Setup) else {}
    return {"series": series(records, "step" if by_step else "epoch"), "params": known, "options": options,
            "label": label, "task": what, "kind": kind}  # fmt: skip


def params(setup: Setup) -> dict:
    """The hyper-parameters a user would have written down."""
    known = {"batch_size": setup.batch, "optimizer": setup.optimiser, "epochs": setup.epochs}
    return (
        known
        | ({} if callable(setup.lr) else {"lr": setup.lr})
        | ({"weight_decay": setup.decay} if setup.decay else {})
    )


def series(records: list[dict[str, float]], axis: str) -> dict[str, dict]:
    """Columns with their x: the cells that a record does not have are no points."""
    table = {}
    for column in dict.fromkeys(k for r in records for k in r if k not in {"epoch", "step"}):
        points = [r for r in records if column in r]
        table[column] = {"axis": axis, "x": [r[axis] for r in points], "epoch": [r["epoch"] for r in points],
                         "y": [float(r[column]) for r in points]}  # fmt: skip
    return table


def main(folder: Path, seeds: int = 4, part: str = "") -> None:
    """Write FOLDER/<configuration>/<seed>.json."""
    for name in jobs():
        for seed in range(seeds if part in name else 0):
            path = folder / name / f"{seed}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(record_of(name, seed)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4, "".join(sys.argv[3:4]))
