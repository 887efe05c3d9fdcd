"""Every configuration with several seeds as JSON, for tuning and judging rules: ``python lab.py FOLDER [SEEDS]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from faulty import FAULTY
from healthy import HEALTHY, NOTES
from training import Setup, train


def main(folder: Path, seeds: int) -> None:
    """Write FOLDER/<configuration>/<seed>.json."""
    jobs = {name: (setup, first, also) for name, (setup, first, also) in FAULTY.items()}
    jobs |= {f"healthy_{name}": (setup, ["healthy", *NOTES], []) for name, setup in HEALTHY.items()}
    for name, (setup, first, also) in jobs.items():
        for seed in range(seeds):
            record = run(setup, seed) | {"label": {"first": first, "also": also}}
            path = folder / name / f"{seed}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(record))


def run(setup: Setup, seed: int) -> dict:
    """The series of one training, each with its x, and the options its log needs."""
    records = train(setup, seed)
    series = {}
    for column in dict.fromkeys(k for r in records for k in r if k not in {"epoch", "step"}):
        if column == "lr" and "lr" not in setup.columns:
            continue
        if column == "grad_norm" and "grad_norm" not in setup.columns:
            continue
        points = [(r["step"], r["epoch"], float(r[column])) for r in records if column in r]
        axis = "step" if setup.log_every else "epoch"
        series[column] = {"axis": axis, "x": [p[0 if setup.log_every else 1] for p in points],
                          "epoch": [p[1] for p in points], "y": [p[2] for p in points]}  # fmt: skip
    return {"series": series, "options": setup.args, "task": setup.loss}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4)
