"""Fit the map from each rule's score to a confidence: ``python -m benchmarks.calibrate [--logs FOLDER]``.

Uses the tuning part only (laboratory and, with ``--logs``, the tuning halves of the logs of other people), weighted to
four healthy runs of five; repeats of a training share one vote. A diagnosis counts as right if the label accepts it.
All rules together give an isotonic map; each rule shifts it in log-odds by what its own runs say, held back by a
prior, since a rule has few. Writes nn_doctor/catalogue/calibration.json.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import nn_doctor
from benchmarks.scoring import cases as corpora
from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer
from benchmarks.scoring.reliability import mix_weights
from nn_doctor.catalogue.registry import all_rules

OUT = Path(nn_doctor.__file__).parent / "catalogue" / "calibration.json"
CORPORA = ("laboratory", "overfitguard", "wild")
GRID = np.round(np.linspace(0.3, 1.0, 15), 2)
KERNEL = 0.08  # scores this near speak for one another
PRIOR_WEIGHT = 4.0  # before any run was seen a score is taken at its word, with the weight of so many runs
SHIFT_SPREAD = 0.7  # standard deviation, in log-odds, of one rule from all rules
LOWEST = 0.02
BEFORE = (6.0, 7.0)  # right and all trainings that a rule is credited with beforehand


@dataclass(frozen=True)
class Vote:
    code: str
    score: float
    right: bool
    weight: float
    group: str


def votes(cases: list[Case]) -> list[Vote]:
    """A vote for each diagnosis said, or left unsaid only for its low score."""
    weights = mix_weights([(case, Answer(())) for case in cases])
    said = [(case, w, o) for case, w in zip(cases, weights, strict=True) for o in _fired(case)]
    repeats = Counter((case.group, o.code) for case, _, o in said)
    typical = float(np.mean([w for _, w, _ in said]))
    return [Vote(o.code, o.measured["score"], o.slug in case.accepted, w / typical / repeats[case.group, o.code], case.group)
            for case, w, o in said]  # fmt: skip


def _fired(case: Case) -> list[nn_doctor.Outcome]:
    try:
        report = nn_doctor.diagnose(str(case.path), min_confidence=0.0, **case.options)
    except nn_doctor.ReadError:
        return []
    return [o for run in report.runs for o in run.outcomes if o.status == "fired"]


def pooled(all_votes: list[Vote]) -> np.ndarray:
    """Log-odds of being right at each score of the grid, rising."""
    score, right, weight = (
        np.array([getattr(v, name) for v in all_votes], float) for name in ("score", "right", "weight")
    )
    near = np.exp(-0.5 * ((GRID[:, None] - score[None]) / KERNEL) ** 2) * weight
    share = (near @ right + PRIOR_WEIGHT * GRID) / (near.sum(axis=1) + PRIOR_WEIGHT)
    return _log_odds(_isotonic(share, near.sum(axis=1) + PRIOR_WEIGHT))


def _isotonic(y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The nearest rising sequence (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for value, weight in zip(y, w, strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            v1, w1, n1 = blocks.pop()
            v0, w0, n0 = blocks.pop()
            blocks.append([(v0 * w0 + v1 * w1) / (w0 + w1), w0 + w1, n0 + n1])
    return np.concatenate([np.full(int(n), v) for v, _, n in blocks])


def _log_odds(p: np.ndarray) -> np.ndarray:
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(clipped / (1 - clipped))


def shift(own: list[Vote], base: np.ndarray) -> float:
    """The most likely shift of a rule's log-odds, with a normal prior around 0."""
    at = np.interp([v.score for v in own], GRID, base)
    right, weight = np.array([v.right for v in own], float), np.array([v.weight for v in own])
    candidates = np.linspace(-4, 4, 401)
    p = 1 / (1 + np.exp(-(at[None] + candidates[:, None])))
    likelihood = (weight * np.where(right, np.log(p), np.log1p(-p))).sum(axis=1)
    return float(candidates[np.argmax(likelihood - 0.5 * (candidates / SHIFT_SPREAD) ** 2)])


def most(own: list[Vote]) -> float:
    """The highest confidence that a rule may claim: the share of its trainings that were right, two priors included."""
    share: dict[str, list[bool]] = defaultdict(list)
    for vote in own:
        share[vote.group].append(vote.right)
    right = sum(sum(hits) / len(hits) for hits in share.values())
    return (right + BEFORE[0]) / (len(share) + BEFORE[1])


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=Path)
    logs = parser.parse_args().logs
    OUT.unlink(missing_ok=True)  # so that confidences are the scores
    with tempfile.TemporaryDirectory() as folder:
        cases = list(corpora.laboratory(Path(folder)))
        for name in CORPORA[1:] if logs else ():
            cases += getattr(corpora, name)(logs / name)
        all_votes = votes([case for case in cases if case.part == "tuning"])
    base, by_code = pooled(all_votes), defaultdict(list)
    for vote in all_votes:
        by_code[vote.code].append(vote)
    maps = {}
    for code in (rule.code for rule in all_rules()):
        moved = base + (shift(by_code[code], base) if by_code[code] else 0.0)
        sure = np.clip(1 / (1 + np.exp(-moved)), LOWEST, most(by_code[code]))
        maps[code] = [[float(s), round(float(c), 3)] for s, c in zip(GRID, sure, strict=True)]
        n, right = len(by_code[code]), sum(v.right for v in by_code[code])
        low, high = np.interp([0.5, 0.8], GRID, sure)
        print(f"{code} {right}/{n} right; a score of 0.5 means {low:.2f}, 0.8 {high:.2f}")
    OUT.write_text("{\n" + ",\n".join(f'"{code}": {json.dumps(points)}' for code, points in maps.items()) + "\n}\n")


if __name__ == "__main__":
    main()
