"""A diagnosis is told once, when it has lasted, and looking never takes much of the time."""

from __future__ import annotations

import math

import numpy as np
import pytest

import nn_doctor
from nn_doctor import LiveDoctor
from nn_doctor.live.confirm import Confirmer
from nn_doctor.live.pace import Pace


def overfitted(n: int) -> nn_doctor.Report:
    e = np.arange(n, dtype=float)
    val = np.where(e < 20, 1 + np.exp(-e / 5), 1.02 + 0.03 * (e - 20))
    return nn_doctor.diagnose({"epoch": e, "loss": 2 * np.exp(-e / 15), "val_loss": val}, live=True)


def codes(told) -> list[str]:
    return [t.diagnosis.code for t in told]


def test_three_looks_over_a_tenth_more_points() -> None:
    confirmer = Confirmer()
    assert codes(confirmer.look(overfitted(60))) == []
    assert codes(confirmer.look(overfitted(61))) == []
    assert codes(confirmer.look(overfitted(61))) == []  # nothing new: no look
    assert codes(confirmer.look(overfitted(62))) == []  # the third look, but too few points more
    assert codes(confirmer.look(overfitted(66))) == ["ND202"]
    assert codes(confirmer.look(overfitted(80))) == []  # once


def test_what_goes_away_must_last_anew() -> None:
    confirmer = Confirmer()
    for n in (60, 64):
        confirmer.look(overfitted(n))
    healthy = nn_doctor.diagnose({"epoch": range(68), "loss": np.geomspace(1, 0.1, 68)}, live=True)
    assert codes(confirmer.look(healthy)) == []
    assert codes(confirmer.look(overfitted(72))) == []
    assert codes(confirmer.look(overfitted(76))) == []
    assert codes(confirmer.look(overfitted(80))) == ["ND202"]


def test_a_shorter_log_is_another_run() -> None:
    confirmer = Confirmer()
    told = [codes(confirmer.look(overfitted(n))) for n in (60, 65, 70, 10, 60, 65, 70)]
    assert told == [[], [], ["ND202"], [], [], [], ["ND202"]]


def test_told_again_only_where_it_has_become_graver() -> None:
    confirmer = Confirmer(looks=1, growth=1.0)
    e = np.arange(60, dtype=float)
    for n, expected in ((40, ["ND201"]), (44, []), (60, ["ND202"])):
        val = np.where(e < 20, 1 + np.exp(-e / 5), 1.02 + 0.006 * (e - 20))
        val = np.where(e < 44, val, val + 0.2 * (e - 44))
        report = nn_doctor.diagnose({"epoch": e[:n], "loss": 2 * np.exp(-e / 15)[:n], "val_loss": val[:n]}, live=True)
        assert codes(confirmer.look(report)) == expected


def test_pace_is_ten_times_the_cost() -> None:
    now = 0.0
    pace = Pace(least=0.5, clock=lambda: now)
    assert pace.wait == 0
    with pace:
        now += 0.2
    assert pace.wait == pytest.approx(2.0)
    now += 2.0
    assert pace.wait == pytest.approx(0.0)
    with pace:
        now += 0.001
    assert pace.wait == pytest.approx(0.5)


def test_live_doctor_stops_a_bad_training() -> None:
    doctor = LiveDoctor(stop_on="critical")
    stopped = 0
    for epoch in range(200):
        val = 1 + math.exp(-epoch / 5) if epoch < 20 else 1.02 + 0.03 * (epoch - 20)
        doctor.add({"epoch": epoch, "loss": np.float32(2 * math.exp(-epoch / 15)), "val_loss": val, "note": "text"})
        doctor.look(now=True)
        if doctor.should_stop:
            stopped = epoch
            break
    assert 20 < stopped < 60
    assert codes(doctor.told) == ["ND201", "ND202"]  # first a warning, then worse


def test_live_doctor_is_quiet_on_a_good_training_and_spares_the_time() -> None:
    doctor = LiveDoctor(stop_on="warning")
    for step in range(300):
        doctor.add({"step": step, "loss": 2 * math.exp(-step / 60) + 0.05 * math.sin(9.7 * step), "lr": 0.1})
        doctor.look()
    assert doctor.told == []
    assert not doctor.should_stop
    assert doctor.look(now=True) == []


def test_only_rules_for_unfinished_runs_are_asked() -> None:
    finished = nn_doctor.diagnose({"epoch": range(25), "loss": np.linspace(2, 1, 25)})
    assert "ND107" in [d.code for d in finished.runs[0].diagnoses]
    live = nn_doctor.diagnose({"epoch": range(25), "loss": np.linspace(2, 1, 25)}, live=True)
    assert [o.code for o in live.runs[0].outcomes if o.code == "ND107"] == []
