"""Overfitting told from its absence on labelled histories. Usage: overfitguard.py CORPUS [-v].

CORPUS holds the folders ``overfit`` and ``non_overfit`` of Li et al. 2024 (JSON histories with train_loss and
val_loss). A history counts as told "overfit" when ND201 or ND202 stands. The models are split in two halves by
the SHA-256 of their name (even: tuning, odd: judging), so that repeats of a model stay together. Prints
precision, recall and F1 of each half with a 95 % bootstrap interval over models; ``-v`` names the mistakes.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import nn_doctor

CODES = {"ND201", "ND202"}
ROUNDS = 2000
GATE = 0.8


@dataclass(frozen=True)
class History:
    file: str
    model: str
    overfit: bool
    confidence: float  # of the diagnosis, 0 without one

    @property
    def half(self) -> str:
        return "judging" if int(hashlib.sha256(self.model.encode()).hexdigest(), 16) % 2 else "tuning"


def model_of(path: Path) -> str:
    """``training_log_gene_model3_1.json`` is the first repeat of ``gene_model3``."""
    found = re.fullmatch(r"(.+)_\d+", path.stem)
    return found[1] if found else path.stem


def histories(corpus: Path) -> list[History]:
    out = []
    for folder, overfit in (("overfit", True), ("non_overfit", False)):
        for path in sorted((corpus / folder).glob("*.json")):
            (run,) = nn_doctor.diagnose(str(path)).runs
            confidence = max((d.confidence for d in run.diagnoses if d.code in CODES), default=0.0)
            out.append(History(path.name, model_of(path), overfit, confidence))
    return out


def counts(rows: list[History], gate: float) -> np.ndarray:
    """Found, false alarms, missed."""
    told = [(r.overfit, r.confidence > 0 and r.confidence >= gate) for r in rows]
    pairs = ((True, True), (False, True), (True, False))
    return np.array([sum(t == pair for t in told) for pair in pairs], dtype=float)


def f1(count: np.ndarray) -> float:
    found, false, missed = count
    whole = 2 * found + false + missed
    return float(2 * found / whole) if whole else float("nan")


def interval(rows: list[History], gate: float) -> tuple[float, float]:
    """The 95 % interval of F1 when the models, with all their repeats, are drawn anew."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.model].append(row)
    table = np.array([counts(group, gate) for group in groups.values()])
    rng = np.random.default_rng(0)
    drawn = [f1(table[rng.integers(0, len(table), len(table))].sum(axis=0)) for _ in range(ROUNDS)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "overfit").is_dir():
        sys.exit(__doc__)
    rows = histories(Path(sys.argv[1]))
    for half in ("tuning", "judging"):
        part = [r for r in rows if r.half == half]
        for gate, title in ((0.0, "reported"), (GATE, f"gate {GATE}")):
            found, false, missed = counts(part, gate)
            low, high = interval(part, gate)
            print(
                f"{half:8s} {title:9s} {len(part)} histories, {sum(r.overfit for r in part)} overfit: "
                f"found {found:.0f}, false {false:.0f}, missed {missed:.0f}, "
                f"F1 {f1(counts(part, gate)):.3f} [{low:.3f}, {high:.3f}]"
            )
        for row in part if "-v" in sys.argv else []:
            if row.overfit != (row.confidence > 0):
                print(f"    {row.file}: labelled {row.overfit}, confidence {row.confidence:.2f}")


if __name__ == "__main__":
    main()
