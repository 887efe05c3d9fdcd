"""What the rules said of a run, in numbers: their limits may stay unmet, and what they measured still tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.report.model import Outcome

ASKED = frozenset({"fired", "clear"})
OF_SCALE = frozenset({
    "bad", "best_at", "early", "end", "epochs", "first", "forecast_1.5", "forecast_2", "gain", "gap", "guessing",
    "last", "length", "losses", "low_at", "points", "start", "x",
})  # fmt: skip
"""Numbers in the units of the loss or of the axis, which no two logs share; of some codes only, those below."""
OF_SCALE_THERE = frozenset({"ND102 rise", "ND111 rise", "ND203 progress", "ND203 val_noise", "ND204 tail"})


def heard(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Of each rule that could judge: whether it fired, and the numbers it held against its limits, by name."""
    found: dict[str, float] = {}
    for outcome in outcomes:
        if outcome.status in ASKED:
            found[f"{outcome.code} fired"] = float(outcome.status == "fired")
            told = {f"{outcome.code} {n}": float(v) for n, v in outcome.measured.items() if n not in OF_SCALE}
            found |= {name: value for name, value in told.items() if name not in OF_SCALE_THERE}
    return found
