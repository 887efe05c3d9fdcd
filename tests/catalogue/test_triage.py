"""Ranking, covering and explaining, with made outcomes of real rules."""

from __future__ import annotations

import pytest

from nn_doctor.catalogue import triage
from nn_doctor.catalogue.base import Clear, Rule
from nn_doctor.report.model import Diagnosis, Outcome, Severity


def outcome(code: str, severity: Severity, confidence: float) -> Outcome:
    diagnosis = Diagnosis(code, f"slug-{code}", severity, severity, confidence, f"summary of {code}")
    return Outcome(code, f"slug-{code}", "fired", diagnosis=diagnosis)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(code: str, yields_to: tuple[str, ...] = (), explained_by: tuple[str, ...] = ()) -> Rule:
        return Rule(
            code, f"slug-{code}", ("note",), "", lambda _: Clear(""), yields_to=yields_to, explained_by=explained_by
        )

    made = (rule("A"), rule("B", yields_to=("A",)), rule("C", explained_by=("D",)), rule("D"), rule("E"))
    monkeypatch.setattr(triage, "all_rules", lambda: made)


@pytest.mark.usefixtures("rules")
def test_yielded_diagnosis_is_cleared_with_the_reason() -> None:
    outcomes, diagnoses = triage.settle([outcome("A", "note", 0.9), outcome("B", "critical", 0.9)], 0.5)
    assert [d.code for d in diagnoses] == ["A"]
    assert (outcomes[1].status, outcomes[1].reason) == ("clear", "covered by A")


@pytest.mark.usefixtures("rules")
def test_unsure_diagnosis_neither_stands_nor_covers() -> None:
    outcomes, diagnoses = triage.settle([outcome("A", "note", 0.4), outcome("B", "critical", 0.9)], 0.5)
    assert [d.code for d in diagnoses] == ["B"]
    assert outcomes[0].status == "clear"


@pytest.mark.usefixtures("rules")
def test_root_stands_before_its_graver_consequence_and_the_group_ranks_by_it() -> None:
    given = [outcome("C", "critical", 0.6), outcome("D", "note", 0.7), outcome("E", "warning", 0.99)]
    _, diagnoses = triage.settle(given, 0.5)
    assert [(d.code, d.because_of) for d in diagnoses] == [("D", None), ("C", "D"), ("E", None)]


@pytest.mark.usefixtures("rules")
def test_severity_then_confidence_then_code() -> None:
    given = [outcome("E", "warning", 0.7), outcome("A", "warning", 0.7), outcome("D", "warning", 0.9)]
    _, diagnoses = triage.settle(given, 0.5)
    assert [d.code for d in diagnoses] == ["D", "A", "E"]


def test_the_length_of_the_run_is_said_last_of_its_severity() -> None:
    better = outcome("ND205", "note", 0.6)
    for code in ("ND107", "ND112"):
        _, diagnoses = triage.settle([outcome(code, "note", 0.9), better], 0.5)
        assert [d.code for d in diagnoses] == ["ND205", code]
    _, diagnoses = triage.settle([outcome("ND107", "warning", 0.6), better], 0.5)
    assert [d.code for d in diagnoses] == ["ND107", "ND205"]


def test_verdicts() -> None:
    clear = Outcome("ND101", "x", "clear")
    apart = Outcome("ND101", "x", "not_applicable")
    note = outcome("ND112", "note", 0.9).diagnosis
    critical = outcome("ND103", "critical", 0.9).diagnosis
    assert note is not None
    assert critical is not None
    assert triage.verdict_of([clear], []) == "healthy"
    assert triage.verdict_of([apart], []) == "unjudged"
    assert triage.verdict_of([clear], [note]) == "note"
    assert triage.verdict_of([apart], [critical]) == "critical"
