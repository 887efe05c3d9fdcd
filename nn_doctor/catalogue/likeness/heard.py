"""What the rules said of a run, in numbers: their limits may stay unmet, and what they measured still tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.report.model import Outcome

ASKED = frozenset({"fired", "clear"})


def heard(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Of each rule that could judge: whether it fired, and the numbers it held against its limits, by name."""
    found: dict[str, float] = {}
    for outcome in outcomes:
        if outcome.status in ASKED:
            found[f"{outcome.code} fired"] = float(outcome.status == "fired")
            found |= {f"{outcome.code} {name}": float(value) for name, value in outcome.measured.items()}
    return found
