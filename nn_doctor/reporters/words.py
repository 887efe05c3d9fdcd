"""Phrases that several reporters share: counts, how sure, the text of a diagnosis in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.report.model import SEVERITIES
from nn_doctor.series import hyperparameters

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report


SETTINGS = {
    "learning_rate": "learning rate",
    "batch_size": "batch size",
    "weight_decay": "weight decay",
    "dropout": "dropout",
    "clip_norm": "clipped at",
}


def counted(number: int, noun: str) -> str:
    """``1 run``, ``2 runs``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def tally(report: Report) -> str:
    """``3 runs: 1 critical, 2 warnings, 1 known; 1 not read; exit 1`` in one line."""
    found = [d for run in report.runs for d in run.diagnoses]
    new = [d for d in found if not d.known]
    counts = [(sum(d.severity == severity for d in new), severity) for severity in reversed(SEVERITIES)]
    said = [counted(n, s) if s != "critical" else f"{n} critical" for n, s in counts if n]
    said += [f"{len(found) - len(new)} known"] if len(new) < len(found) else []
    nothing = "nothing to report" if report.runs else "nothing read"
    parts = [f"{counted(len(report.runs), 'run')}: {', '.join(said) or nothing}"]
    parts += [f"{len(report.errors)} not read"] if report.errors else []
    return "; ".join([*parts, f"exit {report.exit_code}"])


def sure(diagnosis: Diagnosis) -> str:
    """``97 % sure``, with what it follows from, and whether it is known."""
    parts = [f"{round(100 * diagnosis.confidence)} % sure"]
    parts += [f"follows from {diagnosis.because_of}"] if diagnosis.because_of else []
    parts += ["known"] if diagnosis.known else []
    return ", ".join(parts)


def body(diagnosis: Diagnosis) -> list[str]:
    """What shows it, why it is likely, what to try first: one line each."""
    lines = [f"what shows it: {evidence.text}" for evidence in diagnosis.evidence]
    lines += [f"likely because: {cause}" for cause in diagnosis.causes]
    return lines + [f"try {number}: {fix}" for number, fix in enumerate(diagnosis.fixes, start=1)]


def settings_of(params: dict[str, object]) -> str:
    """The hyper-parameters that fixes speak of, as far as they were found: "learning rate 0.1 · batch size 64"."""
    off = {name for name in SETTINGS if hyperparameters.switched_off(params, name)}
    said = [(name, 0.0 if name in off else hyperparameters.number(params, name)) for name in SETTINGS]
    found = [f"{SETTINGS[name]} {value:g}" for name, value in said if value is not None]
    optimiser = hyperparameters.word(params, "optimizer")
    return " · ".join([*found, *([f"optimizer {optimiser}"] if optimiser else [])])
