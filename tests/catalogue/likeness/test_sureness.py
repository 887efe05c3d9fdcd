"""How sure the second opinion may be, counted on a few runs by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.scoring.cases import Case
from benchmarks.scoring.sureness import SCORES, SUREST, Sitter, Told, confidences, told
from nn_doctor.catalogue.likeness.forest import HEALTHY
from nn_doctor.report.model import Outcome

CLASSES = [HEALTHY, "noisy-loss", "overfitting"]
SILENT = [Outcome("ND109", "noisy-loss", "clear", ""), Outcome("ND201", "overfitting", "clear", "")]


def sitter(name, label, outcomes=SILENT):
    case = Case(f"family/{name}/0", Path(name), "laboratory", "tuning", name, frozenset({label}), frozenset({label}),
                frozenset(), label)  # fmt: skip
    return Sitter(case, outcomes, {})


def test_what_the_trees_would_tell_of_whom():
    group = [
        sitter("ill", "noisy-loss"),
        sitter("other", "overfitting"),
        sitter("well", HEALTHY),
        sitter("met", HEALTHY),
    ]
    shares = np.array([[0.2, 0.6, 0.2], [0.1, 0.5, 0.4], [0.6, 0.3, 0.1], [np.nan] * 3])
    first, second, third = told(shares, group, CLASSES)
    assert (first.share, first.right) == (pytest.approx(0.75), True)
    assert (second.share, second.right) == (pytest.approx(5 / 6), False)
    assert (third.share, third.right) == (pytest.approx(1 / 3), False)
    assert third.weight == pytest.approx(4 * (first.weight + second.weight))  # four of five runs are healthy


def test_nothing_of_runs_whose_rule_cannot_be_asked():
    gone = [Outcome("ND109", "noisy-loss", "error", ""), SILENT[1]]
    assert told(np.array([[0.2, 0.6, 0.2]]), [sitter("ill", "noisy-loss", gone)], CLASSES) == []


def test_of_one_fault_alone_the_weighted_share_of_right_ones():
    said = [Told("noisy-loss", 0.9, True, 3.0), Told("noisy-loss", 0.9, False, 1.0)]
    sure = confidences(said, CLASSES)
    assert sure.shape == (len(CLASSES), len(SCORES))
    assert sure == pytest.approx(np.full(sure.shape, 0.75), abs=1e-3)  # the others borrow all of it


def test_a_fault_with_tellings_of_its_own_goes_its_own_way():
    said = [
        *(Told("noisy-loss", 0.9, True, 1.0) for _ in range(30)),
        *(Told("overfitting", 0.9, False, 1.0) for _ in range(30)),
    ]
    at = SCORES.index(0.9)
    _, noisy, over = confidences(said, CLASSES)[:, at]
    assert noisy == SUREST
    assert over < 0.15  # none of thirty were right; half of all were, with the weight of two


def test_confidence_never_falls_and_stays_below_the_gate():
    said = [
        Told("noisy-loss", 0.5, True, 1.0),
        *(Told("noisy-loss", 0.8, False, 1.0) for _ in range(3)),
        *(Told("noisy-loss", 0.995, True, 1.0) for _ in range(9)),
    ]
    sure = confidences(said, CLASSES)
    assert (np.diff(sure, axis=1) >= 0).all()
    assert sure.max() == SUREST
