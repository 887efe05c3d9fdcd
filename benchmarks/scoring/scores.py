"""Rates with their intervals: right, found, false alarms, blunders; and who was taken for what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.lab.base import HEALTHY
from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer

ROUNDS = 2000
Pair = tuple[Case, Answer]


def alarms(answer: Answer) -> list[frozenset[str]]:
    """What was said at warning or above."""
    return [said.slugs for said in answer.said if said.alarm]


def first_right(case: Case, answer: Answer) -> bool:
    """The first thing said is one that the label accepts as first; of a healthy run, that nothing is alarming."""
    if HEALTHY in case.first and not [a for a in alarms(answer) if not a & case.accepted]:
        return True
    return bool(answer.said) and bool(answer.said[0].slugs & case.first)


def found(case: Case, answer: Answer) -> bool:
    """Something that the label accepts as first was said at all."""
    if HEALTHY in case.first and not alarms(answer):
        return True
    return any(said.slugs & case.first for said in answer.said)


def false_alarm(case: Case, answer: Answer) -> bool:
    """Something at warning or above is not among what the label accepts."""
    return any(not slugs & case.accepted for slugs in alarms(answer))


def blunder(case: Case, answer: Answer) -> bool:
    """Something at warning or above is what the label forbids."""
    return any(slugs <= case.blunders for slugs in alarms(answer))


@dataclass(frozen=True)
class Rate:
    """A share with its 95 % interval over groups drawn anew."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        if not self.n:
            return "–"
        return f"{100 * self.value:.1f} [{100 * self.low:.0f}–{100 * self.high:.0f}]"


def rate(pairs: Sequence[Pair], what: Callable[[Case, Answer], bool]) -> Rate:
    """The share of pairs for which ``what`` holds, bootstrapped over the cases' groups."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for case, answer in pairs:
        groups[case.group].append(what(case, answer))
    if not groups:
        return Rate(float("nan"), float("nan"), float("nan"), 0)
    table = np.array([(sum(hits), len(hits)) for hits in groups.values()], dtype=float)
    rng = np.random.default_rng(0)
    drawn = table[rng.integers(0, len(table), (ROUNDS, len(table)))].sum(axis=1)
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    return Rate(float(table[:, 0].sum() / table[:, 1].sum()), float(low), float(high), len(pairs))


def macro(pairs: Sequence[Pair], what: Callable[[Case, Answer], bool]) -> float:
    """The mean over labels of the share."""
    by_label: dict[str, list[bool]] = defaultdict(list)
    for case, answer in pairs:
        by_label[case.label].append(what(case, answer))
    return float(np.mean([np.mean(hits) for hits in by_label.values()])) if by_label else float("nan")


def confusion(pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """(label, first thing said) where that was wrong."""
    wrong: Counter[tuple[str, str]] = Counter()
    for case, answer in pairs:
        if not first_right(case, answer):
            said = sorted(answer.said[0].slugs)[0] if answer.said else "nothing"
            wrong[case.label, said] += 1
    return wrong
