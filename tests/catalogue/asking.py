"""What a rule says of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nn_doctor
from nn_doctor.catalogue.base import Expectation
from nn_doctor.report.model import Outcome

DRAWS = 20


def outcome(columns: dict, code: str, **options: Any) -> Outcome:
    report = nn_doctor.diagnose(columns, select=(code,), expectation=Expectation(**options))
    return next(o for o in report.runs[0].outcomes if o.code == code)


def said(columns: dict, *codes: str) -> list[str]:
    report = nn_doctor.diagnose(columns, select=codes, min_confidence=0.0)
    return [d.code for d in report.runs[0].diagnoses]


def share(code: str, make: Callable[[], dict], draws: int = DRAWS) -> float:
    """Of so many draws of a run, the share of which the code is said."""
    return sum(said(make(), code) == [code] for _ in range(draws)) / draws
