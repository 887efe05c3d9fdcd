"""Pieces that several loops share: optimisers by name, and going back to a checkpoint."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import nn


def optimiser(kind: str, learnt: Iterable[nn.Parameter], lr: float, decay: float = 0.01) -> torch.optim.Optimizer:
    """adam, adamw, rmsprop, sgd or momentum (0.9); only adamw decays weights."""
    if kind == "adamw":
        return torch.optim.AdamW(learnt, lr, weight_decay=decay)
    if kind in {"adam", "rmsprop"}:
        return {"adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}[kind](learnt, lr)
    return torch.optim.SGD(learnt, lr, 0.9 if kind == "momentum" else 0.0)


class Checkpoint:
    """Saved after epoch ``saved``, gone back to once, after epoch ``back``: as if the machine had failed there."""

    def __init__(self, saved: int, back: int) -> None:
        self.saved, self.back, self.state = saved, back, ()

    def __call__(self, epoch: int, step: int, net: nn.Module, optimiser: torch.optim.Optimizer) -> tuple[int, int]:
        """Epoch and step to go on from when this many epochs and steps are done."""
        if epoch == self.saved and not self.state:
            self.state: tuple[Any, ...] = copy.deepcopy((epoch, step, net.state_dict(), optimiser.state_dict()))
        if epoch != self.back:
            return epoch, step
        self.back = -1
        net.load_state_dict(self.state[2])
        optimiser.load_state_dict(self.state[3])
        return self.state[0], self.state[1]
