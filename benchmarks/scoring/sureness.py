"""How sure the second opinion may be: how often it is right where the rules are silent, in the stated mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer
from benchmarks.scoring.reliability import isotonic, mix_weights
from nn_doctor.catalogue.likeness.forest import HEALTHY
from nn_doctor.catalogue.second_opinion import against_health, doubted, fault_to_tell
from nn_doctor.report.model import Outcome

SCORES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
KERNEL = 0.5  # in logits: shares this near speak for one another
BEFORE = 1.0  # weight, in healthy runs, that all faults together lend to each: of four tried on families left out
SUREST = 0.79  # below the gate
TINY = 1e-9


@dataclass(frozen=True)
class Sitter:
    """A labelled run: what its rules say, and all in numbers."""

    case: Case
    outcomes: list[Outcome]
    numbers: dict[str, float]

    @property
    def family(self) -> str:
        return self.case.id.split("/")[0]


@dataclass(frozen=True)
class Told:
    """What the trees would tell of a run, its share against health, whether that is right, and the weight of the run.

    Weights are those of the stated mix, in healthy runs. On a healthy run nothing told is right, be it true by degree.
    """

    fault: str
    share: float
    right: bool
    weight: float


def told(shares: np.ndarray, group: list[Sitter], classes: list[str]) -> list[Told]:
    """Of each run of which shares are known and where the trees may speak."""
    known = [(sitter, row) for sitter, row in zip(group, shares, strict=True) if not np.isnan(row[0])]
    weights = mix_weights([(sitter.case, Answer(())) for sitter, _ in known])
    healthy = max((w for w, (sitter, _) in zip(weights, known, strict=True) if sitter.case.healthy), default=1.0)
    made = []
    for weight, (sitter, row) in zip(weights / healthy, known, strict=True):
        named = dict(zip(classes, row.tolist(), strict=True))
        if fault := fault_to_tell(doubted(sitter.outcomes, named[HEALTHY]), named):
            right = fault in sitter.case.accepted and not sitter.case.healthy
            made.append(Told(fault, against_health(named, fault), right, float(weight)))
    return made


def confidences(said: list[Told], classes: Sequence[str]) -> np.ndarray:
    """How many of the tellings of each class are right at each of SCORES, rising, shape (classes, scores).

    A class borrows from all: they differ (an honest floor looks like underfitting, no healthy run like a penalty that
    dominates), but most have few tellings of their own.
    """
    right, whole = _near(said)
    usual = isotonic(right / np.maximum(whole, TINY), whole + TINY)
    found = []
    for name in classes:
        right, whole = _near([one for one in said if one.fault == name])
        found.append(isotonic((right + BEFORE * usual) / (whole + BEFORE), whole + BEFORE))
    return np.round(np.minimum(found, SUREST), 3)


def _near(said: list[Told]) -> tuple[np.ndarray, np.ndarray]:
    """The weight of the right tellings near each of SCORES, and of all."""
    if not said:
        return np.zeros(len(SCORES)), np.zeros(len(SCORES))
    share, right, weight = np.array([(one.share, one.right, one.weight) for one in said]).T
    near = weight * np.exp(-0.5 * ((_logit(share)[None] - _logit(np.array(SCORES))[:, None]) / KERNEL) ** 2)
    return near @ right, near.sum(axis=1)


def _logit(share: np.ndarray) -> np.ndarray:
    bounded = np.clip(share, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(bounded / (1 - bounded)))
