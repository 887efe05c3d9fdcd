"""Running every rule on a run, each ending in one of four outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Clear, Context, Expectation, Finding
from nn_doctor.catalogue.calibration import confidence
from nn_doctor.catalogue.registry import all_rules, matches
from nn_doctor.catalogue.second_opinion import with_second_opinion
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Diagnosis, Outcome
from nn_doctor.series.channel import Note
from nn_doctor.series.task import UNJUDGED, guess_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.catalogue.base import Rule
    from nn_doctor.report.model import Severity
    from nn_doctor.series.model import Run

TOO_SHORT = "ND001"
"""Stands only if no rule that judges the objective could say anything."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run, and with what: --select, --ignore, thresholds by name, the user's expectation.

    ``severities`` by code take the place of what the rule itself says.
    ``live``: the run is not over yet, so that only rules that make sense then are asked.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    expectation: Expectation = field(default_factory=Expectation)
    limits: Mapping[str, float] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    live: bool = False

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is to be run."""
        if self.live and not rule.live:
            return False
        return (not self.select or matches(rule, self.select)) and not matches(rule, self.ignore)


def examine_run(run: Run, selection: Selection) -> tuple[list[Outcome], tuple[Note, ...]]:
    """The outcome of every selected rule on a run, in the order of the codes, and what went wrong beside them."""
    outcomes = rules_alone(run, selection)
    notes: tuple[Note, ...] = ()
    expected = _expected(run, selection)
    if not selection.live and expected.task not in UNJUDGED and expected.expect == "normal":
        outcomes, notes = _asked_again(run, outcomes, selection)
    wanted = {rule.code for rule in all_rules() if selection.wants(rule)}
    return _settle_too_short([outcome for outcome in outcomes if outcome.code in wanted]), notes


def rules_alone(run: Run, selection: Selection) -> list[Outcome]:
    """What each rule says by itself: of a run that is over also those not selected, which the second opinion hears."""
    context = Context(run, _expected(run, selection), selection.limits)
    asked = [rule for rule in all_rules() if selection.wants(rule) or not selection.live]
    return [_outcome(rule, context, selection) for rule in asked]


def _expected(run: Run, selection: Selection) -> Expectation:
    """What the user says of the run, and where he says nothing, what the log does."""
    said = selection.expectation
    task = guess_task(run) if said.task == "auto" else said.task
    expect = "finetune" if run.goes_on and said.expect == "normal" else said.expect
    return replace(said, task=task, expect=expect)


def _asked_again(run: Run, outcomes: list[Outcome], selection: Selection) -> tuple[list[Outcome], tuple[Note, ...]]:
    """With the second opinion; a Note where it fails."""
    try:
        decided = {name.split(".")[0].upper() for name in selection.limits}
        return with_second_opinion(run, outcomes, decided), ()
    except Exception as error:  # as with a rule that fails: a bug, which must not take the rules' answers with it
        why = f"{type(error).__name__}: {error}"
        return outcomes, (Note(f"the second opinion failed: {why} (a bug in nn-doctor; the rules have answered)"),)


def _outcome(rule: Rule, context: Context, selection: Selection) -> Outcome:
    task = context.expectation.task
    if task in UNJUDGED and rule.judges == "objective":
        reason = f"{UNJUDGED[task]} (--task says otherwise)"
        return Outcome(rule.code, rule.slug, "not_applicable", reason)
    try:
        with np.errstate(all="ignore"):
            result = rule.check(context)
    except InsufficientData as error:
        return Outcome(rule.code, rule.slug, "not_applicable", str(error))
    except Exception as error:  # a rule that fails is a bug, and must not take the others' answers with it
        return Outcome(rule.code, rule.slug, "error", f"{type(error).__name__}: {error}")
    if isinstance(result, Clear):
        return Outcome(rule.code, rule.slug, "clear", result.reason, dict(result.measured))
    return _fired(rule, result, selection.severities.get(rule.code))


def _fired(rule: Rule, finding: Finding, wanted: Severity | None) -> Outcome:
    default = rule.severities[0]
    score = float(np.clip(np.nan_to_num(finding.score), 0.0, 1.0))
    sure, calibrated = confidence(rule.code, score)
    diagnosis = Diagnosis(
        code=rule.code,
        slug=rule.slug,
        severity=wanted or finding.severity or default,
        default_severity=default,
        confidence=sure,
        calibrated=calibrated,
        summary=finding.summary,
        evidence=tuple(finding.evidence),
        causes=tuple(finding.causes),
        fixes=tuple(finding.fixes),
        series=tuple(dict.fromkeys(series.name for series in finding.series)),
        span=finding.span,
    )
    measured = dict(finding.measured) | {"score": score}
    return Outcome(rule.code, rule.slug, "fired", finding.summary, measured, diagnosis)


def _settle_too_short(outcomes: list[Outcome]) -> list[Outcome]:
    """Clear ND001 where some other rule could judge after all (ND0 rules look at the log, not the training).

    A note is no judgement: that a log of six points still falls is no bill of health.
    """
    judged = any(_judges(o) for o in outcomes if not o.code.startswith("ND0") and o.code != "ND103")
    return [
        replace(o, status="clear", reason="other rules could judge", diagnosis=None)
        if o.code == TOO_SHORT and o.status == "fired" and judged
        else o
        for o in outcomes
    ]


def _judges(outcome: Outcome) -> bool:
    told = outcome.diagnosis is not None and outcome.diagnosis.severity != "note"
    return told or outcome.status == "clear"
