"""Doctors that answer: nn-doctor in this process, the rivals in theirs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nn_doctor
from benchmarks.scoring.cases import Case

PATIENCE = 1800
CHUNK = 50

MEANT = {
    "runmedic": {
        "non_finite": ("non-finite-loss", "exploding-gradients", "diverging"),
        "divergence": ("diverging", "loss-jump", "learning-rate-too-high", "exploding-gradients"),
        "loss_spikes": ("loss-spikes", "noisy-loss", "learning-rate-too-high"),
        "no_learning": (
            "not-learning", "learning-rate-too-low", "underfitting", "slow-start", "vanishing-gradients", "dead-units",
        ),
        "overfitting": ("overfitting", "severe-overfitting", "loss-metric-disagreement"),
        "val_below_train": ("validation-better-than-training",),
        "grad_spikes": ("exploding-gradients", "loss-spikes", "clipping-saturated"),
        "constant_lr_plateau": ("learning-rate-schedule", "saturated-early", "learning-rate-too-high", "underfitting"),
    },
    "trainspotter": {
        "divergence": ("diverging", "non-finite-loss", "loss-jump", "exploding-gradients", "learning-rate-too-high"),
        "spikes": ("loss-spikes", "noisy-loss", "learning-rate-too-high"),
        "plateau": (
            "saturated-early", "not-learning", "slow-start", "underfitting", "learning-rate-too-high", "dead-units",
        ),
        "overfitting": ("overfitting", "severe-overfitting", "loss-metric-disagreement"),
        "eval_noise": ("small-validation-set", "noisy-loss"),
        "grad_norm": ("exploding-gradients", "vanishing-gradients", "clipping-saturated"),
        "loss_floor": ("saturated-early", "frozen-metric", "underfitting"),
        "lr_schedule": ("learning-rate-schedule",),
    },
}  # fmt: skip
"""What a rival's finding may mean, generously: it is right if any of these is. Findings about the speed or the
memory of a run, which this catalogue does not judge, are left out."""


@dataclass(frozen=True)
class Said:
    """One thing said of a log. ``slugs`` has more than one where a rival's finding covers several of ours."""

    slugs: frozenset[str]
    alarm: bool
    confidence: float = 1.0


@dataclass(frozen=True)
class Answer:
    """All that was said of a log, ranked, or why it could not be read."""

    said: tuple[Said, ...]
    failure: str = ""


def ours(cases: Iterable[Case]) -> list[Answer]:
    """nn-doctor's answers, at its defaults, from as many processes as there are cores."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_ours, cases, chunksize=CHUNK))


def _ours(case: Case) -> Answer:
    try:
        report = nn_doctor.diagnose(str(case.path), **case.options)
    except nn_doctor.ReadError as error:
        return Answer((), str(error))
    found = [d for run in report.runs for d in run.diagnoses]
    failed = [o.reason for run in report.runs for o in run.outcomes if o.status == "error"]
    said = tuple(Said(frozenset({d.slug}), d.severity != "note", d.confidence) for d in found)
    return Answer(said, "; ".join(failed))


def rival(name: str, python: str, cases: Sequence[Case]) -> list[Answer]:
    """A rival's answers, from an interpreter that has it installed."""
    worker = Path(__file__).with_name("rivals_worker.py")
    paths = json.dumps([str(case.path) for case in cases])
    done = subprocess.run(
        [python, str(worker), name], input=paths, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    return [_meant(name, entry) for entry in json.loads(done.stdout)]


def _meant(name: str, entry: dict) -> Answer:
    known = MEANT[name]
    said = [Said(frozenset(known[f["id"]]), f["severity"] != "info") for f in entry["findings"] if f["id"] in known]
    return Answer(tuple(said), entry["failure"])
