"""What the trees may change in the rules' answers, and what not."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nn_doctor
from nn_doctor.catalogue import examine, pages, second_opinion
from nn_doctor.catalogue.likeness import words
from nn_doctor.catalogue.likeness.forest import HEALTHY, forest
from nn_doctor.catalogue.likeness.heard import heard
from nn_doctor.catalogue.likeness.portrait import portrait

NOISE = np.random.default_rng(1).normal(0, 0.01, 60)
FALLING = (0.3 + 2 * np.exp(-np.arange(60) / 8) + NOISE).tolist()
GROWING = [*FALLING[:25], *(FALLING[25] * 1.3**i for i in range(35))]


def run_of(columns):
    return nn_doctor.diagnose(columns).runs[0].run


class Trees:
    """Trees that always say the same."""

    def __init__(self, sure=0.7, speak=(), **shares):
        self.speak = speak
        self.given, self.sure = {name.replace("_", "-"): share for name, share in shares.items()}, sure

    def shares(self, _):
        return dict.fromkeys(pages.names().values(), 0.0) | {HEALTHY: 0.0} | self.given

    def confidence(self, _, share):
        return self.sure if share > 0.5 else 0.0

    def telling(self, numbers, name):
        return [(found, 0.0, 1.0) for found in self.speak or sorted(numbers)[-5:]]


def said(monkeypatch, trees, curve=FALLING, **options):
    monkeypatch.setattr(second_opinion, "forest", lambda: trees)
    report = nn_doctor.diagnose({"loss": curve}, **options)
    return {d.slug: d for run in report.runs for d in run.diagnoses}


def test_a_fault_that_no_rule_names_is_a_note(monkeypatch):
    told = said(monkeypatch, Trees(healthy=0.1, noisy_loss=0.6, overfitting=0.2))["noisy-loss"]
    assert (told.severity, told.default_severity, told.confidence, told.gates) == ("note", "warning", 0.7, False)
    assert "no rule is sure" in told.summary
    assert len(told.evidence) == 3
    assert all("nine of ten healthy runs: " in evidence.text for evidence in told.evidence)
    assert told.fixes[0]
    assert " ".join(told.fixes[0].split()) in " ".join(pages.page("ND109").text.split())


def test_what_rules_measured_is_evidence_and_what_they_concluded_is_not(monkeypatch):
    trees = Trees(healthy=0.1, noisy_loss=0.6, speak=("ND101 fired", "ND101 relative_fall", "train: below zero"))
    evidence = said(monkeypatch, trees)["noisy-loss"].evidence
    fall = "fall of the loss from its start to its lowest level, of its start"
    assert [found.text.split(":")[0] for found in evidence] == [fall, "whether the train loss goes below zero"]


def test_two_numbers_of_one_phrase_are_evidence_once(monkeypatch):
    starts = ("train: start (shape)", "train: start (noise)", "train: below zero")
    evidence = said(monkeypatch, Trees(healthy=0.1, noisy_loss=0.6, speak=starts))["noisy-loss"].evidence
    assert [found.text.split(" of ")[0] for found in evidence] == [
        "level",
        "whether the train loss goes below zero: no (nine",
    ]


def test_below_an_even_chance_nothing_is_said(monkeypatch):
    assert "noisy-loss" not in said(monkeypatch, Trees(sure=0.49, healthy=0.1, noisy_loss=0.6))
    assert "noisy-loss" not in said(monkeypatch, Trees(healthy=0.5, noisy_loss=0.4))


def test_what_the_user_left_out_stays_out(monkeypatch):
    assert "noisy-loss" not in said(monkeypatch, Trees(healthy=0.1, noisy_loss=0.6), ignore=["ND109"])


def test_where_the_user_has_set_limits_the_rule_alone_decides(monkeypatch):
    assert "noisy-loss" not in said(monkeypatch, Trees(healthy=0.1, noisy_loss=0.6), limits={"nd109.to_level": 0.2})


def test_runs_that_nobody_can_judge_are_not_asked(monkeypatch):
    assert said(monkeypatch, Trees(healthy=0.1, noisy_loss=0.6), task="gan") == {}


def test_notes_are_left_to_their_rules(monkeypatch):
    assert said(monkeypatch, Trees(healthy=0.1, resumed_log=0.8)) == said(monkeypatch, Trees(healthy=1.0))


def test_what_a_rule_says_stands(monkeypatch):
    told = said(monkeypatch, Trees(healthy=1.0), GROWING)
    assert told["diverging"].severity == "critical"


def noisy():
    return (0.3 + np.exp(-np.arange(400) / 60) * 0.3 + np.random.default_rng(3).gamma(2, 0.15, 400)).tolist()


def test_noise_on_a_run_that_looks_healthy_is_no_alarm(monkeypatch):
    assert said(monkeypatch, Trees(healthy=0.39), noisy())["noisy-loss"].severity == "warning"
    assert "noisy-loss" not in said(monkeypatch, Trees(healthy=0.4), noisy())
    asked = said(monkeypatch, Trees(healthy=0.4), noisy(), min_confidence=0.2)["noisy-loss"]
    assert (asked.severity, asked.confidence) == ("warning", 0.3)
    assert asked.evidence[-1].text == "the curves as a whole look like those of healthy runs (40%)"


def test_unless_the_user_has_set_its_limits(monkeypatch):
    assert "noisy-loss" in said(monkeypatch, Trees(healthy=0.9), noisy(), limits={"nd109.to_level": 0.11})


def test_a_second_fault_needs_more(monkeypatch):
    assert "wrong-initial-loss" not in said(monkeypatch, Trees(diverging=0.4, wrong_initial_loss=0.49), GROWING)
    both = said(monkeypatch, Trees(diverging=0.4, wrong_initial_loss=0.51), GROWING)
    assert (both["diverging"].severity, both["wrong-initial-loss"].severity) == ("critical", "note")


def test_what_a_note_explains_is_left_to_it(monkeypatch):
    short = {"loss": [3.0 - 0.05 * i for i in range(40)]}
    assert [d.code for d in nn_doctor.diagnose(short).runs[0].diagnoses] == ["ND107"]
    monkeypatch.setattr(second_opinion, "forest", lambda: Trees(healthy=0.1, learning_rate_too_low=0.9))
    assert [d.code for d in nn_doctor.diagnose(short).runs[0].diagnoses] == ["ND107"]


def test_trees_that_fail_leave_the_rules_their_say(monkeypatch):
    def broken():
        raise OSError("no such file")

    monkeypatch.setattr(second_opinion, "forest", broken)
    found = nn_doctor.diagnose({"loss": GROWING}).runs[0]
    assert [d.slug for d in found.diagnoses] == ["diverging"]
    why = "the second opinion failed: OSError: no such file (a bug in nn-doctor; the rules have answered)"
    assert [note.text for note in found.run.notes][-1:] == [why]


def test_a_run_that_is_not_over_is_not_asked(monkeypatch):
    run = run_of({"loss": FALLING})
    monkeypatch.setattr(examine, "with_second_opinion", lambda *_: pytest.fail("asked"))
    assert examine.examine_run(run, examine.Selection(live=True))[0]


VALUES = st.floats(allow_nan=True, allow_infinity=True) | st.floats(0.01, 10)


@settings(deadline=None, max_examples=60)
@given(st.lists(VALUES, min_size=1, max_size=40), st.lists(VALUES, min_size=1, max_size=40))
def test_any_columns_have_a_portrait(train, val):
    columns = {"loss": train, "val_loss": [*val, *[None] * 40][: len(train)], "accuracy": train[::-1]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all(isinstance(value, float) for value in portrait(run_of(columns)).values())


@settings(deadline=None, max_examples=40)
@given(st.lists(VALUES, min_size=1, max_size=40), st.lists(VALUES, min_size=1, max_size=40))
def test_any_columns_have_an_opinion(train, val):
    run = run_of({"loss": train, "val_loss": [*val, *[None] * 40][: len(train)], "lr": train[::-1]})
    outcomes = examine.rules_alone(run, examine.Selection())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = second_opinion.with_second_opinion(run, outcomes)
    assert [outcome.code for outcome in told] == [outcome.code for outcome in outcomes]


@settings(deadline=None, max_examples=40)
@given(st.lists(VALUES, min_size=4, max_size=40), st.sampled_from(sorted(forest().classes)))
def test_whatever_the_trees_look_at_can_be_said(train, fault):
    run = run_of({"loss": train, "val_loss": train[::-1]})
    numbers = portrait(run) | heard(examine.rules_alone(run, examine.Selection()))
    for name, low, high in forest().telling(numbers, fault) if fault != HEALTHY else ():
        assert ": " in words.sentence(name, numbers[name], low, high)


def test_the_opinion_does_not_depend_on_the_unit_of_the_loss():
    run, scaled = (run_of({"loss": [v * c for v in FALLING], "val_loss": [v * c for v in GROWING]}) for c in (1, 4096))
    one, other = portrait(run), portrait(scaled)
    assert one.keys() == other.keys()
    for name in one:
        assert other[name] == pytest.approx(one[name], rel=1e-6, abs=1e-9, nan_ok=True), name


def test_what_few_healthy_runs_show_is_told_first(monkeypatch):
    class Two(Trees):
        def telling(self, numbers, name):
            point = "train: place of the lowest point"
            return [(point, 0.0, 1.0), ("train: noise of the level", 0.9, 1.0)]

    told = said(monkeypatch, Two(healthy=0.1, noisy_loss=0.6))["noisy-loss"]
    assert [e.text.split(" of ")[0] for e in told.evidence] == ["noise", "place"]


def test_sections_of_every_page():
    for code in pages.names():
        assert pages.section(code, "Fixes") in pages.page(code).text
        assert pages.section(code, "Fixes")
        assert "---" not in pages.section(code, "Fixes")
    assert pages.section("ND101", "No such heading") == ""
