"""What every rule must fulfil, whoever wrote it."""

from __future__ import annotations

import json
import math
import warnings

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue import pages
from nn_doctor.catalogue.base import Rule
from nn_doctor.catalogue.registry import all_rules

SLUGS = {
    "ND001": ("too-short", "note"),
    "ND002": ("resumed-log", "note"),
    "ND003": ("frozen-metric", "warning"),
    "ND101": ("not-learning", "critical"),
    "ND102": ("diverging", "critical"),
    "ND103": ("non-finite-loss", "critical"),
    "ND104": ("learning-rate-too-high", "warning"),
    "ND105": ("learning-rate-too-low", "warning"),
    "ND106": ("slow-start", "warning"),
    "ND107": ("still-improving", "note"),
    "ND108": ("loss-spikes", "warning"),
    "ND109": ("noisy-loss", "warning"),
    "ND110": ("wrong-initial-loss", "warning"),
    "ND111": ("loss-jump", "warning"),
    "ND112": ("saturated-early", "note"),
    "ND201": ("overfitting", "warning"),
    "ND202": ("severe-overfitting", "critical"),
    "ND203": ("small-validation-set", "warning"),
    "ND204": ("underfitting", "warning"),
    "ND205": ("validation-better-than-training", "note"),
    "ND206": ("loss-metric-disagreement", "warning"),
    "ND301": ("unshuffled-data", "warning"),
    "ND302": ("epoch-steps", "note"),
    "ND401": ("exploding-gradients", "critical"),
    "ND402": ("vanishing-gradients", "critical"),
    "ND403": ("update-ratio", "warning"),
    "ND404": ("dead-units", "warning"),
    "ND405": ("regularisation-dominates", "warning"),
    "ND406": ("loss-term-imbalance", "warning"),
    "ND407": ("learning-rate-schedule", "warning"),
    "ND408": ("clipping-saturated", "warning"),
    "ND409": ("activation-collapse", "warning"),
}
HEADINGS = ("What it looks for", "Why it matters", "When it is not this", "Fixes", "References")
RULES = {rule.code: rule for rule in all_rules()}


def test_the_catalogue_is_complete() -> None:
    assert {code: (rule.slug, rule.severities[0]) for code, rule in RULES.items()} == SLUGS


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_page_and_thresholds(rule: Rule) -> None:
    page = pages.page(rule.code)
    assert (page.slug, page.code) == (rule.slug, rule.code)
    assert rule.severities[0] in page.severity
    assert page.title.endswith(".")
    places = [page.text.find(f"\n{heading}\n{'-' * len(heading)}\n") for heading in HEADINGS]
    assert places == sorted(places)
    assert places[0] > 0
    for threshold in rule.thresholds:
        assert threshold.name.startswith(f"{rule.code.lower()}.")
        assert threshold.low <= threshold.default <= threshold.high
        assert threshold.unit
        assert len(threshold.reason) > 10
    assert {*rule.yields_to, *rule.explained_by} <= set(SLUGS) - {rule.code}


def test_threshold_names_are_unique() -> None:
    names = [t.name for rule in RULES.values() for t in rule.thresholds]
    assert len(names) == len(set(names))


N = np.arange(60.0)
CURVES = {
    "constant": np.full(60, 2.3),
    "two points": np.array([2.0, 1.0]),
    "all nan": np.full(60, np.nan),
    "all inf": np.full(60, np.inf),
    "one finite": np.where(N == 30, 1.0, np.nan),
    "huge": np.where(N % 2, 1e308, -1e308),
    "denormal": np.full(60, 1e-320) * (60 - N),
    "one spike": np.where(N == 30, 1e300, 1 / (1 + N)),
    "alternating": np.where(N % 2, 1.0, 2.0),
    "step function": np.where(N < 30, 2.0, 1.0),
    "integers": 60 - N,
    "zeros": np.zeros(60),
    "negative": -N,
    "rising": np.exp(N),
    "empty": np.zeros(0),
}


@pytest.mark.parametrize("name", CURVES)
def test_odd_curves_break_no_rule(name: str) -> None:
    y = CURVES[name]
    partners = (y, y[::-1], 1 / (1 + np.arange(y.size)), y[:1])
    for val in partners:
        columns = {
            "loss": y.tolist(),
            "val_loss": [*val.tolist(), *[None] * (y.size - val.size)],
            "accuracy": y.tolist(),
        }
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                report = nn_doctor.diagnose(columns)
            except nn_doctor.ReadError:
                assert y.size == 0
                continue
        for run in report.runs:
            assert [o for o in run.outcomes if o.status == "error"] == []
            for diagnosis in run.diagnoses:
                assert 0 <= diagnosis.confidence <= 1
                assert all(e.measured is None or not math.isnan(e.measured) for e in diagnosis.evidence)
                assert json.dumps(diagnosis.summary)


def test_every_million_equal_points_then_a_change() -> None:
    y = np.full(200_000, 2.3)
    y[-100:] = 1.0
    report = nn_doctor.diagnose({"loss": y})
    assert [o for o in report.runs[0].outcomes if o.status == "error"] == []
