"""A Keras callback (Keras 3, any backend): ``model.fit(..., callbacks=[DoctorCallback(stop_on="critical")])``."""

from __future__ import annotations

from typing import Any

import keras

from nn_doctor.callbacks.telling import Teller


class DoctorCallback(keras.callbacks.Callback):  # type: ignore[misc,unused-ignore]
    """Looks at the epochs' logs; with ``stop_on`` ("critical", "warning") it sets ``model.stop_training``."""

    def __init__(self, stop_on: str | None = None, **options: Any) -> None:
        super().__init__()
        self._teller = Teller(stop_on, options)
        self.doctor = self._teller.doctor

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Take the epoch's record."""
        if self._teller.record({"epoch": epoch, **(logs or {})}):
            self.model.stop_training = True
