"""Reports built by hand."""

from __future__ import annotations

import numpy as np

from nn_doctor.report.model import Diagnosis, Evidence, Outcome, ReadFailure, Report, RunReport, Span
from nn_doctor.series.channel import Note
from nn_doctor.series.clock import Clock
from nn_doctor.series.model import Objective, Run, Series


def series(name="loss", split="train", y=None, n=50, **more):
    x = np.arange(n if y is None else len(y), dtype=float)
    y = np.exp(-x / 10) + 0.05 if y is None else np.asarray(y, dtype=float)
    return Series(f"s-{name}", name, "loss", split, "min", "objective", x, y, more.pop("axis", "epoch"), **more)


def run(source="run.csv", name="run", **more):
    x = np.arange(50.0)
    train, val = series("loss"), series("val_loss", "val", 1.3 * np.exp(-x / 5) + 0.02 * x)
    empty = np.empty(0)
    return Run(f"{source}#{name}", source, name, "delimited", (train, val), Clock(empty, empty),
               Objective(train, val), {"lr": 0.1}, more.pop("notes", (Note("a guess", 3),)))  # fmt: skip


def diagnosis(**more):
    given = {
        "code": "ND202", "slug": "severe-overfitting", "severity": "critical", "default_severity": "critical",
        "confidence": 0.97, "summary": "validation loss has climbed since epoch 12",
        "evidence": (
            Evidence("val_loss was best at epoch 12, now 0.903", "val_loss", Span("epoch", 12, 49), 1.19, 0.2),
        ),
        "causes": ("trained 38 epochs past the best point",),
        "fixes": ("keep the checkpoint of epoch 12", "weight decay (now 0: try 1e-4)"),
        "series": ("loss", "val_loss"), "span": Span("epoch", 12, 49),
    }  # fmt: skip
    return Diagnosis(**(given | more))


def report(runs=None, **more):
    if runs is None:
        found = diagnosis()
        outcomes = (
            Outcome("ND202", "severe-overfitting", "fired", "", {"rise": 1.19}, found),
            Outcome("ND203", "small-validation-set", "not_applicable", "needs 10 points"),
        )
        runs = (RunReport(run(), "critical", (found,), outcomes),)
    return Report(tuple(runs), **({"exit_code": 1, "settings": {"fail_on": "warning"}} | more))


def healthy(source="ok.csv"):
    return RunReport(run(source, "ok"), "healthy", (), (Outcome("ND202", "severe-overfitting", "clear", "no rise"),))


def failed():
    return report((), errors=(ReadFailure("x.bin", "not a log (nn-doctor formats)"),), exit_code=2)
