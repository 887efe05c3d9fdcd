"""How sure the second opinion may be: how often it is right where the rules are silent, in the stated mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer
from benchmarks.scoring.reliability import mix_weights
from nn_doctor.catalogue.likeness.forest import HEALTHY
from nn_doctor.catalogue.second_opinion import against_health, doubted, fault_to_tell
from nn_doctor.report.model import Outcome

SCORES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
KERNEL = 0.5  # in logits: shares this near speak for one another
SUREST = 0.79  # below the gate


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
    """What the trees would tell of a run: the share of the fault against health, whether that is right, its weight."""

    share: float
    right: bool
    weight: float


def told(shares: np.ndarray, group: list[Sitter], classes: list[str]) -> list[Told]:
    """Of each run of which shares are known and where the trees may speak, in the stated mix."""
    known = [(sitter, row) for sitter, row in zip(group, shares, strict=True) if not np.isnan(row[0])]
    made = []
    for weight, (sitter, row) in zip(mix_weights([(s.case, Answer(())) for s, _ in known]), known, strict=True):
        named = dict(zip(classes, row.tolist(), strict=True))
        if fault := fault_to_tell(doubted(sitter.outcomes, named[HEALTHY]), named):
            made.append(Told(against_health(named, fault), fault in sitter.case.accepted, float(weight)))
    return made


def confidences(said: list[Told]) -> tuple[list[float], list[float]]:
    """At each share against health, how many of the faults told there are right: a rising map."""
    share, right, weight = np.array([(one.share, one.right, one.weight) for one in said]).T
    near = [weight * np.exp(-0.5 * ((_logit(share) - _logit(at)) / KERNEL) ** 2) for at in SCORES]
    found = [float((w * right).sum() / w.sum()) for w in near]
    return list(SCORES), [round(c, 3) for c in np.minimum(np.maximum.accumulate(found), SUREST)]


def _logit(share: np.ndarray | float) -> np.ndarray:
    bounded = np.clip(share, 1e-6, 1 - 1e-6)
    return np.log(bounded / (1 - bounded))
