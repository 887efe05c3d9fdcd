"""Fit the map from each rule's score to a confidence: ``python -m benchmarks.calibrate [--logs FOLDER]``.

Uses the tuning part only (laboratory and, with ``--logs``, the tuning halves of the logs of other people), weighted to
four healthy runs of five; repeats of a training share one vote. A diagnosis counts as right if the label accepts it.
Near each score of a rule the share of right ones is taken, with the rule's own belief as a prior of one run: a score
that no run has proven is taken at its word. What a rule may claim at most grows with the trainings it was right on, and
an alarm that a rule raises with hesitation stays just below the gate however often it was right here: the laboratory's
mix of faults is not that of its users. Prior, credit and hesitation were chosen by leaving out one family of the tuning
part at a time.
Writes nn_doctor/catalogue/calibration.json.
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
from benchmarks.scoring.reliability import isotonic, mix_weights
from nn_doctor.catalogue.registry import all_rules

OUT = Path(nn_doctor.__file__).parent / "catalogue" / "calibration.json"
CORPORA = ("laboratory", "overfitguard", "wild")
COLUMNS = ("score", "right", "weight")
GRID = np.round(np.linspace(0.3, 1.0, 15), 2)
KERNEL = 0.05  # scores this near speak for one another
PRIOR_WEIGHT = 1.0  # before any run was seen a score is taken at its word, with the weight of so many runs
BEFORE = (3.0, 3.2)  # right and all trainings that a rule is credited with beforehand
HESITANT = 0.6  # an alarm with a score up to here never closes the gate
BELOW_GATE = 0.79
SUREST = 0.94
"""The most that an alarm may claim. The rules grew up on the runs that this is fitted to; on four families they had not
met before they named 84 % of the faults at 2.5 % false alarms: nine of ten alarms right in the stated mix. Tried at
this value only, after the reliability of the judging part had been seen without a limit (distance 0.036)."""


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
    made = []
    for case, w, o in said:
        share = w / typical / repeats[case.group, o.code]
        made.append(Vote(o.code, o.measured["score"], o.slug in case.accepted, share, case.group))
    return made


def _fired(case: Case) -> list[nn_doctor.Outcome]:
    """What rules said; the second opinion has its own map, and no score."""
    try:
        report = nn_doctor.diagnose(str(case.path), min_confidence=0.0, **case.options)
    except nn_doctor.ReadError:
        return []
    return [o for run in report.runs for o in run.outcomes if o.status == "fired" and "score" in o.measured]


def fitted(own: list[Vote], note: bool) -> np.ndarray:
    """The share of a rule's diagnoses that are right at each score of the grid, rising, at most what is proven.

    ``note``: the rule raises no alarms, so its hesitation needs no limit.
    """
    score, right, weight = (np.array([getattr(v, name) for v in own], float) for name in COLUMNS)
    near = np.exp(-0.5 * ((GRID[:, None] - score[None]) / KERNEL) ** 2) * weight
    share = (near @ right + PRIOR_WEIGHT * GRID) / (near.sum(axis=1) + PRIOR_WEIGHT)
    limit = np.where(note, most(own), np.minimum(most(own), np.where(GRID > HESITANT, SUREST, BELOW_GATE)))
    return np.minimum(isotonic(share, near.sum(axis=1) + PRIOR_WEIGHT), limit)


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
    by_code: dict[str, list[Vote]] = defaultdict(list)
    for vote in all_votes:
        by_code[vote.code].append(vote)
    maps = {}
    for rule in all_rules():
        code = rule.code
        sure = fitted(by_code[code], note=rule.severities[0] == "note")
        maps[code] = [[float(s), round(float(c), 3)] for s, c in zip(GRID, sure, strict=True)]
        n, right = len(by_code[code]), sum(v.right for v in by_code[code])
        low, high = np.interp([0.5, 0.8], GRID, sure)
        print(f"{code} {right}/{n} right; a score of 0.5 means {low:.2f}, 0.8 {high:.2f}")
    OUT.write_text("{\n" + ",\n".join(f'"{code}": {json.dumps(points)}' for code, points in maps.items()) + "\n}\n")


if __name__ == "__main__":
    main()
