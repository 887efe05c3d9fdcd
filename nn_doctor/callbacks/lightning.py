"""A PyTorch Lightning callback: ``Trainer(callbacks=[DoctorCallback(stop_on="critical")])``."""

from __future__ import annotations

from typing import Any

try:
    from lightning.pytorch import Callback
except ImportError:  # the older name of the same package
    from pytorch_lightning import Callback  # type: ignore[assignment,unused-ignore]

from nn_doctor.callbacks.telling import Teller


class DoctorCallback(Callback):  # type: ignore[misc,unused-ignore]
    """Looks at ``trainer.callback_metrics`` after each epoch; with ``stop_on`` it sets ``trainer.should_stop``."""

    def __init__(self, stop_on: str | None = None, **options: Any) -> None:
        super().__init__()
        self._teller = Teller(stop_on, options)
        self.doctor = self._teller.doctor

    def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        """Take the epoch's record; validation of the same epoch has run before."""
        if trainer.sanity_checking:
            return
        if self._teller.record({"epoch": trainer.current_epoch, **trainer.callback_metrics}):
            trainer.should_stop = True
