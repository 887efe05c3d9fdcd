"""ND108 loss-spikes on real trainings of a second."""

from __future__ import annotations

from tests.catalogue.asking import outcome
from tests.catalogue.steps import steps_run


def test_bad_batches_are_spikes() -> None:
    bad = (100, 180, 260, 340)
    found = outcome(steps_run(bad=bad), "ND108")
    assert found.status == "fired"
    assert found.diagnosis is not None
    assert found.diagnosis.severity == "warning"
    assert found.measured["large"] == len(bad)


def test_one_bad_batch_is_a_note() -> None:
    found = outcome(steps_run(bad=(200,)), "ND108")
    assert found.diagnosis is not None
    assert found.diagnosis.severity == "note"


def test_drops_are_no_spikes() -> None:
    run = steps_run()
    run["loss"] = [v - 2.0 if i in {100, 200, 300} else v for i, v in enumerate(run["loss"])]
    assert outcome(run, "ND108").status == "clear"
