"""Points of one epoch that no step tells apart: "Epoch 3" on a line of its own, then a loss every hundred batches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.series.roles import MEASURED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nn_doctor.series.channel import Channel, FloatArray
    from nn_doctor.series.roles import Meaning

FEWEST_EPOCHS = 2


def parted(channels: Sequence[Channel], known: Mapping[str, Meaning]) -> list[Channel]:
    """The channels with points of the same epoch spread over it, where nothing else says where they stand.

    As with batches, the last one of an epoch stands at its end, so that what was evaluated then stands beside it; an
    epoch 0 ends at 1.
    """
    judged = [c for c in channels if known[c.name].role in MEASURED]
    if not judged or not all(c.step is None and _only_grows(c.epoch) for c in judged):
        return list(channels)
    longest = max(judged, key=lambda c: (known[c.name].split == "train", c.y.size))
    if not _is_crowded(longest.epoch):
        return list(channels)
    first = min(float(c.epoch[0]) for c in judged if c.epoch is not None)
    return [c if c.epoch is None else replace(c, epoch=_spread(c.epoch) + (first == 0)) for c in channels]


def _is_crowded(epoch: FloatArray | None) -> bool:
    """Whether most points share their epoch (n,) with another."""
    if epoch is None or epoch.size < 2:
        return False
    moves = int(np.sum(epoch[1:] > epoch[:-1]))
    return FEWEST_EPOCHS <= moves + 1 <= (epoch.size + 1) // 2


def _only_grows(epoch: FloatArray | None) -> bool:
    """Whether a channel's epochs (n,) are whole numbers that never go back."""
    return epoch is not None and bool(np.all(epoch[1:] >= epoch[:-1]) and np.array_equal(epoch, np.round(epoch)))


def _spread(epoch: FloatArray) -> FloatArray:
    """Epochs (n,) with the points of each in even steps, the last at its end; a last epoch cut short ends early."""
    if not _only_grows(epoch):
        return epoch
    _, starts, counts = np.unique(epoch, return_index=True, return_counts=True)
    usual = float(np.median(counts))
    place = np.arange(epoch.size) - np.repeat(starts, counts) + 1.0
    share = np.repeat(np.maximum(counts, np.where(np.arange(counts.size) == counts.size - 1, usual, 0)), counts)
    return np.asarray(epoch - 1 + place / share)
