"""What the curves as a whole look like, beside what the rules say: boosted trees on the numbers of many labelled runs.

Rules name a fault where their limits are met. The trees of ``likeness`` compare a run with all of the laboratory's at
once. Where they see one fault rather than health and no rule names it, it is told as a note, which never closes a gate.
Where a rule judges by degree alone and they see health, its finding loses its confidence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.catalogue import pages
from nn_doctor.catalogue.likeness import words
from nn_doctor.catalogue.likeness.forest import HEALTHY, forest
from nn_doctor.catalogue.likeness.heard import heard
from nn_doctor.catalogue.likeness.portrait import portrait
from nn_doctor.catalogue.registry import all_rules
from nn_doctor.report.model import Diagnosis, Evidence, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nn_doctor.catalogue.likeness.forest import Forest
    from nn_doctor.series.model import Run

BESIDE_ALARMS = 0.5
"""A second fault beside the one that a rule names: of families left out, 68 of 75 such notes were right."""
HEALTH = 0.4
"""A false alarm costs more than a missed note: of findings by degree (ND105, ND109) on the tuning part 13 of 14 on
healthy runs are doubted, 21 of 630 right ones; on 14 families that the trees had not seen, one of 2, and 2 of 169."""
DOUBTED = 0.3
AS_LIKELY_AS_NOT = 0.5
WEIGHED, TOLD = 4, 3
"""Numbers looked at for evidence, and named."""
VERDICTS = (" fired", " score")
"""What a rule concluded is no evidence; what it measured is."""


def with_second_opinion(run: Run, outcomes: Sequence[Outcome], decided: Collection[str] = ()) -> list[Outcome]:
    """The outcomes: alarms by degree doubted, and a fault told as a note that the whole run looks like.

    ``decided``: codes for which the user has set limits of his own; their rules alone decide.
    """
    if run.objective.train is None and run.objective.val is None:
        return list(outcomes)
    trees, numbers = forest(), portrait(run) | heard(outcomes)
    shares = trees.shares(numbers)
    outcomes = doubted(outcomes, shares[HEALTHY], decided)
    fault = fault_to_tell(outcomes, shares, decided)
    share = against_health(shares, fault) if fault else 0.0
    if not fault or trees.confidence(fault, share) < AS_LIKELY_AS_NOT:
        return outcomes
    return [_spoken(outcome, trees, numbers, share, run) if outcome.slug == fault else outcome for outcome in outcomes]


def doubted(outcomes: Sequence[Outcome], health: float, decided: Collection[str] = ()) -> list[Outcome]:
    """The outcomes with what is found by degree doubted where the share of health is large."""
    return [outcome if outcome.code in decided else _doubted(outcome, health) for outcome in outcomes]


def fault_to_tell(outcomes: Sequence[Outcome], shares: Mapping[str, float], decided: Collection[str] = ()) -> str:
    """The fault that the trees may name beside what the rules (``outcomes``) say, "" if none."""
    fault = _likeliest(shares, {*decided, *_explained(outcomes)})
    if any(_is_alarm(outcome) for outcome in outcomes) and shares.get(fault, 0.0) < BESIDE_ALARMS:
        return ""
    silent = {outcome.slug for outcome in outcomes if outcome.status in {"clear", "not_applicable"}}
    return fault if fault in silent else ""


def against_health(shares: Mapping[str, float], fault: str) -> float:
    """The share of a fault where only it and health are held possible."""
    return shares[fault] / (shares[fault] + shares[HEALTHY])


def _doubted(outcome: Outcome, health: float) -> Outcome:
    """A finding by degree on a run that looks healthy falls below what is told by default."""
    if outcome.diagnosis is None or not _by_degree(outcome.code) or health < HEALTH:
        return outcome
    text = f"the curves as a whole look like those of healthy runs ({health:.0%})"
    told = (*outcome.diagnosis.evidence, Evidence(text, measured=health, threshold=HEALTH))
    sure = min(outcome.diagnosis.confidence, DOUBTED)
    return replace(outcome, diagnosis=replace(outcome.diagnosis, confidence=sure, evidence=told))


def _by_degree(code: str) -> bool:
    return any(rule.by_degree for rule in all_rules() if rule.code == code)


def _is_alarm(outcome: Outcome) -> bool:
    diagnosis = outcome.diagnosis
    return diagnosis is not None and diagnosis.severity != "note" and diagnosis.confidence >= AS_LIKELY_AS_NOT


def _explained(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Codes that a rule's finding would yield to: it explains the same curve, and their rules found nothing."""
    said = {outcome.code for outcome in outcomes if outcome.diagnosis is not None}
    for rule in all_rules():
        if rule.code in said:
            yield from rule.yields_to


def _spoken(outcome: Outcome, trees: Forest, numbers: dict[str, float], share: float, run: Run) -> Outcome:
    """The outcome of the fault, told as a note."""
    diagnosis = _diagnosis(outcome, trees.confidence(outcome.slug, share), _evidence(trees, numbers, outcome.slug), run)
    return replace(outcome, status="fired", reason=diagnosis.summary, measured={"share": share}, diagnosis=diagnosis)


def _likeliest(shares: Mapping[str, float], decided: Collection[str]) -> str:
    """The fault with the largest share, or nothing; notes are left to their rules."""
    own = (rule for rule in all_rules() if rule.judges == "objective" and rule.code not in decided)
    warned = {rule.slug for rule in own if rule.severities[0] != "note"}
    return max(warned & shares.keys(), key=lambda slug: shares[slug], default="")


def _diagnosis(outcome: Outcome, sure: float, evidence: tuple[Evidence, ...], run: Run) -> Diagnosis:
    judged = (run.objective.train, run.objective.val)
    default = next(rule.severities[0] for rule in all_rules() if rule.code == outcome.code)
    return Diagnosis(
        code=outcome.code,
        slug=outcome.slug,
        severity="note",
        default_severity=default,
        confidence=sure,
        calibrated=True,
        summary=f"no rule is sure, but the curves look most like {outcome.slug.replace('-', ' ')}",
        evidence=evidence,
        causes=(),
        fixes=(" ".join(pages.section(outcome.code, "Fixes").split()),),
        series=tuple(series.name for series in judged if series is not None),
    )


def _evidence(trees: Forest, numbers: dict[str, float], fault: str) -> tuple[Evidence, ...]:
    """Of the numbers without which the fault's share falls most, those first that few healthy runs show."""
    strongest = [told for told in trees.telling(numbers, fault) if not told[0].endswith(VERDICTS)][:WEIGHED]
    unusual = sorted(strongest, key=lambda told: told[1] <= numbers[told[0]] <= told[2])
    by_phrase = {words.called(told[0]): told for told in reversed(unusual)}
    once = [told for told in unusual if told in by_phrase.values()][:TOLD]
    said = ((words.sentence(name, numbers[name], low, high), numbers[name]) for name, low, high in once)
    return tuple(Evidence(text, measured=value) for text, value in said)
