"""From outcomes to ranked diagnoses: what is covered by another, what explains what, what comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.catalogue.registry import all_rules
from nn_doctor.report.model import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nn_doctor.report.model import Diagnosis, Outcome, Verdict

OF_LENGTH = frozenset({"ND107", "ND112"})
"""Findings that only say that a run was short or long."""


def settle(outcomes: Sequence[Outcome], min_confidence: float) -> tuple[tuple[Outcome, ...], tuple[Diagnosis, ...]]:
    """The outcomes with covered findings cleared, and the diagnoses that stand, ranked.

    A finding below ``min_confidence`` is cleared (and covers nothing). A rule that ``yields_to`` one that
    stands is covered by it. Diagnoses are linked to the first standing code of their ``explained_by``.
    """
    sure = [_demand_confidence(o, min_confidence) for o in outcomes]
    standing = {o.code for o in sure if o.diagnosis is not None}
    settled = [_cover(o, standing) for o in sure]
    left = {o.code: o.diagnosis for o in settled if o.diagnosis is not None}
    linked = {code: replace(d, because_of=_root(code, left)) for code, d in left.items()}
    final = tuple(replace(o, diagnosis=linked[o.code]) if o.code in linked else o for o in settled)
    scores = {o.code: o.measured.get("score", o.diagnosis.confidence) for o in settled if o.diagnosis is not None}
    return final, _ranked(linked, scores)


def _demand_confidence(outcome: Outcome, least: float) -> Outcome:
    diagnosis = outcome.diagnosis
    if diagnosis is None or diagnosis.confidence >= least:
        return outcome
    reason = f"only {diagnosis.confidence:.0%} sure: {diagnosis.summary}"
    return replace(outcome, status="clear", reason=reason, diagnosis=None)


def _cover(outcome: Outcome, standing: set[str]) -> Outcome:
    covering = [code for code in _rule_field(outcome.code, "yields_to") if code in standing]
    if outcome.diagnosis is None or not covering:
        return outcome
    return replace(outcome, status="clear", reason=f"covered by {covering[0]}", diagnosis=None)


def _rule_field(code: str, name: str) -> tuple[str, ...]:
    value: tuple[str, ...] = next((getattr(rule, name) for rule in all_rules() if rule.code == code), ())
    return value


def _root(code: str, left: dict[str, Diagnosis]) -> str | None:
    return next((root for root in _rule_field(code, "explained_by") if root in left and root != code), None)


def _ranked(linked: dict[str, Diagnosis], scores: dict[str, float]) -> tuple[Diagnosis, ...]:
    """Groups by highest severity, then the root's score, then code; the root first in its group.

    What is said of the length of the run comes last of its severity: it is true of most runs, and tells least.
    The rules' own scores say which of two is the more telling; the calibrated confidences only how often each is right.
    """
    groups: dict[str, list[Diagnosis]] = {}
    for diagnosis in linked.values():
        groups.setdefault(_top(diagnosis.code, linked), []).append(diagnosis)

    def group_key(root: str) -> tuple[int, bool, float, str]:
        return (-max(map(_weight, groups[root])), root in OF_LENGTH, -scores[root], root)

    ordered: list[Diagnosis] = []
    for root in sorted(groups, key=group_key):
        ordered += sorted(groups[root], key=lambda d: (d.code != root, -_weight(d), -scores[d.code], d.code))
    return tuple(ordered)


def _top(code: str, linked: dict[str, Diagnosis]) -> str:
    """The root of roots; a circle of explanations ends where it began."""
    seen = {code}
    while (parent := linked[code].because_of) is not None and parent not in seen:
        seen.add(parent)
        code = parent
    return code


def _weight(diagnosis: Diagnosis) -> int:
    return SEVERITIES.index(diagnosis.severity)


def verdict_of(outcomes: Iterable[Outcome], diagnoses: Sequence[Diagnosis]) -> Verdict:
    """The worst severity, "healthy", or "unjudged" where no rule about the training could say anything."""
    worst = max(map(_weight, diagnoses), default=-1)
    judged = any(o.status in {"fired", "clear"} for o in outcomes if not o.code.startswith("ND0") and o.code != "ND103")
    if worst > 0 or (judged and worst == 0):
        return SEVERITIES[worst]
    return "healthy" if judged else "unjudged"
