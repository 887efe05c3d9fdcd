"""A Hugging Face Trainer callback: ``Trainer(..., callbacks=[DoctorCallback(stop_on="critical")])``."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback

from nn_doctor.callbacks.telling import Teller


class DoctorCallback(TrainerCallback):  # type: ignore[misc,unused-ignore]
    """Looks at what the Trainer logs; with ``stop_on`` it sets ``control.should_training_stop``."""

    def __init__(self, stop_on: str | None = None, **options: Any) -> None:
        self._teller = Teller(stop_on, options)
        self.doctor = self._teller.doctor

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **unused: Any) -> None:
        """Take the record; the summary at the end of a training is none."""
        if logs and "train_runtime" not in logs:
            record = {"step": state.global_step, **logs}
            control.should_training_stop |= self._teller.record(record)
