"""What the callbacks share: a live doctor that logs what it tells."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from nn_doctor.live.doctor import LiveDoctor

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGGER = logging.getLogger("nn_doctor")
LEVELS = {"note": logging.INFO, "warning": logging.WARNING, "critical": logging.ERROR}


class Teller:
    """Feeds records to a LiveDoctor and logs each diagnosis once, under the logger ``nn_doctor``."""

    def __init__(self, stop_on: str | None, options: dict[str, Any]) -> None:
        self.doctor = LiveDoctor(stop_on, **options)

    def record(self, values: Mapping[str, object]) -> bool:
        """Take a record; True once the training should stop."""
        self.doctor.add(values)
        for told in self.doctor.look():
            said = told.diagnosis
            first = f" (try first: {said.fixes[0]})" if said.fixes else ""
            LOGGER.log(
                LEVELS[said.severity], "%s %s %s: %s%s", said.severity, said.code, said.slug, said.summary, first
            )
        return self.doctor.should_stop
