"""Reports every machine format must stay valid on, and the strings a stranger may put into a log."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from nn_doctor.report.model import Outcome, ReadFailure, RunReport
from tests.reporters import made
from tests.reporters.test_reports import HOSTILE, hostile_report


def gating(**more):
    return made.diagnosis(gates=True, **more)


def of(*diagnoses, source="run.csv", **more):
    outcomes = tuple(Outcome(d.code, d.slug, "fired", d.summary, {}, d) for d in diagnoses)
    outcomes += (Outcome("ND203", "small-validation-set", "not_applicable", "needs 10 points"),
                 Outcome("ND101", "not-learning", "clear", "it learnt"))  # fmt: skip
    run = RunReport(made.run(source, **more), diagnoses[0].severity if diagnoses else "healthy", diagnoses, outcomes)
    return made.report((run,))


def rule_failed():
    run = RunReport(made.run(), "unjudged", (), (Outcome("ND101", "not-learning", "error", "ZeroDivisionError: x"),))
    return made.report((run,), exit_code=2)


def known():
    report = of(made.diagnosis(known=True), gating(code="ND108", slug="loss-spikes", severity="warning"))
    return replace(report, settings={"known": True})


REPORTS = {
    "gating": of(gating()),
    "healthy": made.report((made.healthy(),), exit_code=0),
    "unreadable": made.failed(),
    "nothing": made.report((), exit_code=0),
    "rule failed": rule_failed(),
    "known": known(),
    "several": made.report((*of(gating()).runs, made.healthy(), *of(gating(), source="b.csv", name="b").runs)),
    "no span": of(gating(span=None, evidence=(), causes=(), fixes=(), series=())),
    **{f"hostile {text!r}": hostile_report(text) for text in HOSTILE},
}
anything = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(HOSTILE)


def hostile(text):
    """A report with ``text`` in every place, what could not be read included."""
    return replace(hostile_report(text), errors=(ReadFailure(text, text),))
