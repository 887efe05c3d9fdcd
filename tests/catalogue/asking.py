"""What a rule says of columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import nn_doctor
from nn_doctor.report.model import Outcome

DRAWS = 20


def outcome(columns: dict, code: str, select: Sequence[str] | None = None, **options: Any) -> Outcome:
    """What the rule says, asked alone or among those of ``select`` (an empty one: among all)."""
    report = nn_doctor.diagnose(columns, select=(code,) if select is None else select, **options)
    return next(o for o in report.runs[0].outcomes if o.code == code)


def codes(columns: dict, select: Sequence[str] = (), **options: Any) -> list[str]:
    """What all rules, or those of ``select``, diagnose, the first first."""
    return [d.code for d in nn_doctor.diagnose(columns, select=select, **options).runs[0].diagnoses]


def said(columns: dict, *codes: str) -> list[str]:
    """What these rules diagnose, however unsure."""
    return [d.code for d in nn_doctor.diagnose(columns, select=codes, min_confidence=0.0).runs[0].diagnoses]


def share(code: str, make: Callable[[], dict], draws: int = DRAWS) -> float:
    """Of so many draws of a run, the share of which the code is said."""
    return sum(said(make(), code) == [code] for _ in range(draws)) / draws
