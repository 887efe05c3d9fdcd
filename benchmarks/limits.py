"""Which limits are too narrow: ``python -m benchmarks.limits [CODE …] [--logs FOLDER]``.

Sets every limit of the rules named (all by default) to a third and to three times its value, one at a time, and tells
what the rule would then say of the tuning logs: how many true findings more or less, how many false ones more, on
healthy logs and on others. A limit that could be three times wider without a single false alarm guards nothing there;
half way to the first harm is where it belongs, as the border between two classes does. Such limits were set so in
November 2026, on all tuning families but the last, and carried over to those: 198 to 215 of 282 first right in
docs_tags, 532 to 548 of 657 in keras_style and lightning_style, without a false alarm on a healthy log more. Nine
more were on 22 families of new authors, none of them harmful on the older ones: 29 findings more there, 4 more on three
families that came later, none of them false.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import nn_doctor
from benchmarks.scoring import cases as corpora
from benchmarks.scoring.cases import Case
from nn_doctor.api import read
from nn_doctor.catalogue.base import Clear, Context, Expectation, Rule, Threshold
from nn_doctor.catalogue.registry import all_rules, matches
from nn_doctor.errors import InsufficientData
from nn_doctor.series.task import UNJUDGED, guess_task

FACTORS = (1 / 3, 3.0)
COLUMNS = ("true", "other", "healthy", "false", "lost")


class Watched(Context):
    """A context that notes which limits were asked for."""

    def limit(self, threshold: Threshold) -> float:
        self._memo.setdefault("asked", set()).add(threshold.name)
        return super().limit(threshold)


@dataclass
class Patient:
    """A run of a labelled log, and what every rule says of it as the limits stand."""

    case: Case
    context: Context
    said: dict[str, bool]
    asked: dict[str, set[str]]


def main() -> None:
    """A line a limit and value whose change would be heard."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="*", help="codes or slugs of rules; all by default")
    parser.add_argument("--logs", type=Path, help="folder with wild and overfitguard: their tuning halves too")
    options = parser.parse_args()
    rules = [rule for rule in all_rules() if not options.codes or matches(rule, tuple(options.codes))]
    with tempfile.TemporaryDirectory() as folder:
        patients = [p for case in _cases(Path(folder), options.logs) for p in _patients(case, rules)]
    print(f"{'limit':32} {'default':>10} {'value':>10}  " + " ".join(f"{name:>8}" for name in COLUMNS))
    for rule in rules:
        for threshold in rule.thresholds:
            for value in _values(threshold):
                heard = _heard(rule, threshold, value, patients)
                numbers = " ".join(f"{heard[name]:8d}" for name in COLUMNS)
                print(f"{threshold.name:32} {threshold.default:10.4g} {value:10.4g}  {numbers}", flush=True)


def _cases(folder: Path, logs: Path | None) -> Iterator[Case]:
    found = [*corpora.laboratory(folder)]
    for name in ("overfitguard", "wild") if logs else ():
        found += getattr(corpora, name)(logs / name)
    yield from (case for case in found if case.part == "tuning")


def _patients(case: Case, rules: list[Rule]) -> Iterator[Patient]:
    said = {k: v for k, v in case.options.items() if k in Expectation.__dataclass_fields__}
    try:
        runs = read(case.path)
    except nn_doctor.ReadError:
        return
    for run in runs:
        expectation = Expectation(**said)  # type: ignore[arg-type]
        task = guess_task(run) if expectation.task == "auto" else expectation.task
        context = Watched(run, replace(expectation, task=task), {})
        judged = [rule for rule in rules if not (task in UNJUDGED and rule.judges == "objective")]
        patient = Patient(case, context, {}, {})
        for rule in judged:
            context._memo["asked"] = set()
            patient.said[rule.code] = _fires(rule, context)
            patient.asked[rule.code] = context._memo["asked"]
        yield patient


def _fires(rule: Rule, context: Context, limits: Mapping[str, float] | None = None) -> bool:
    try:
        with np.errstate(all="ignore"):
            return not isinstance(rule.check(replace(context, limits=limits or {})), Clear)
    except InsufficientData:
        return False


def _values(threshold: Threshold) -> list[float]:
    wide = (min(max(threshold.default * factor, threshold.low), threshold.high) for factor in FACTORS)
    return [value for value in wide if value != threshold.default]


def _heard(rule: Rule, threshold: Threshold, value: float, patients: list[Patient]) -> Counter[str]:
    """How many findings more, by what they are, and how many true ones less."""
    heard: Counter[str] = Counter()
    for p in patients:
        if threshold.name not in p.asked.get(rule.code, ()):
            continue
        before, after = p.said[rule.code], _fires(rule, p.context, {threshold.name: value})
        if after and not before:
            heard[_kind(rule.slug, p.case)] += 1
        elif before and not after:
            heard["lost"] += rule.slug in p.case.accepted
    return heard


def _kind(slug: str, case: Case) -> str:
    if slug in case.accepted:
        return "true" if slug in case.first else "other"
    return "healthy" if case.healthy else "false"


if __name__ == "__main__":
    main()
