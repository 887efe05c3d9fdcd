"""A doctor for training loops: give it each record, and it says what has gone wrong as soon as that is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nn_doctor.live.confirm import Confirmer
from nn_doctor.live.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.doctor import Settings
    from nn_doctor.live.confirm import Told
    from nn_doctor.report.model import Report

LEAST_POINTS = 8
STEP = 1.02
"""A look needs this many times the records of the look before: on less, nothing can have changed."""


class LiveDoctor:
    """Collects the records of a running training and looks at them now and then.

    ``stop_on``: "critical", "warning" or None; once a diagnosis at least so severe, with the gate's confidence, has
    proved to last, ``should_stop`` is true. ``options`` are those of ``nn_doctor.diagnose`` (``classes=10``,
    ``params={"lr": 0.1}`` …). Only rules that make sense on an unfinished run are asked.
    """

    def __init__(self, stop_on: str | None = None, settings: Settings | None = None, **options: Any) -> None:
        from nn_doctor.api import settings_from

        self._settings = settings_from(settings, {**options, "live": True, "fail_on": stop_on or "never"})
        self._records: list[dict[str, float]] = []
        self._names: dict[str, None] = {}
        self._confirmer, self._pace = Confirmer(), Pace()
        self._looked_at = 0
        self.told: list[Told] = []
        self.report: Report | None = None

    @property
    def should_stop(self) -> bool:
        """Whether something was told that is grave enough to stop for."""
        return any(told.diagnosis.gates for told in self.told)

    def add(self, record: Mapping[str, object]) -> None:
        """One record of the training: numbers by name, among them ``step`` or ``epoch``; other values are left out."""
        numbers = {name: _number(value) for name, value in record.items()}
        kept = {name: value for name, value in numbers.items() if value is not None}
        if kept:
            self._records.append(kept)
            self._names.update(dict.fromkeys(kept))

    def look(self, now: bool = False) -> list[Told]:
        """What has been confirmed since the last look; [] where it is too soon to look again, unless ``now``."""
        count = len(self._records)
        too_soon = count < max(LEAST_POINTS, STEP * self._looked_at) or self._pace.wait > 0
        if count == self._looked_at or (too_soon and not now):
            return []
        from nn_doctor.api import diagnose

        with self._pace:
            self._looked_at = count
            self.report = diagnose(self._columns(), self._settings)
        new = self._confirmer.look(self.report)
        self.told += new
        return new

    def _columns(self) -> dict[str, list[float | None]]:
        return {name: [record.get(name) for record in self._records] for name in self._names}


def _number(value: object) -> float | None:
    """A Python, numpy or tensor scalar as a number; None for anything else."""
    if isinstance(value, bool | str | bytes):
        return None
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, RuntimeError):
        return None
