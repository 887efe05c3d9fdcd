"""Whether the fitted trees still get the numbers that they learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.examine import Selection, rules_alone
from nn_doctor.catalogue.likeness.forest import forest
from nn_doctor.catalogue.likeness.heard import heard
from nn_doctor.catalogue.likeness.portrait import portrait

SAMPLES = Path(__file__).parents[3] / "sample_logs"
ENDS = (": least ", ": most ")
"""Numbers over all curves of one quantity, which may be one that no sample logs."""


def numbers_of(run) -> set[str]:
    return portrait(run).keys() | heard(rules_alone(run, Selection())).keys()


def asked() -> set[str]:
    trees = forest()
    return {trees.names[i] for i in np.unique(trees.feature)}


@pytest.fixture(scope="module")
def measured() -> set[str]:
    """The names of all numbers that the samples and a few drawn runs bring about."""
    quantities = sorted({name.split(end)[0] for name in asked() for end in ENDS if end in name})
    drawn = (
        {"loss": [1.0]},
        {"loss": [4.0, 3.0, 2.0, 1.5, 1.2]} | {name: [0.1, 0.2, 0.3, 0.4, 0.5] for name in quantities},
    )
    runs = [*nn_doctor.read(SAMPLES), *(nn_doctor.diagnose(columns).runs[0].run for columns in drawn)]
    return set().union(*(numbers_of(run) for run in runs))


def test_every_number_that_the_trees_ask_for_is_measured(measured):
    gone = sorted(asked() - measured)
    assert not gone, f"refit: python -m benchmarks.likeness (the trees ask for {gone}, which no longer come up)"
