"""Cutting channels, joining them and putting them in order, with all their axes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import BoolArray, Channel, FloatArray, IntArray


def take(channel: Channel, keep: BoolArray | IntArray) -> Channel:
    """The points of a channel that a mask (n,) keeps, or in the order of indices (k,), with all their axes."""

    def pick(array: FloatArray | None) -> FloatArray | None:
        return None if array is None else array[keep]

    line = None if channel.line is None else channel.line[keep]
    return replace(
        channel,
        y=channel.y[keep],
        step=pick(channel.step),
        epoch=pick(channel.epoch),
        time=pick(channel.time),
        line=line,
    )


def concatenate(a: Channel, b: Channel) -> Channel:
    """One channel holding the points of ``a``, then those of ``b``; an axis only one of them has is dropped."""

    def both(x: FloatArray | None, y: FloatArray | None) -> FloatArray | None:
        return None if x is None or y is None else np.concatenate([x, y])

    line = None if a.line is None or b.line is None else np.concatenate([a.line, b.line])
    return replace(
        a,
        y=np.concatenate([a.y, b.y]),
        step=both(a.step, b.step),
        epoch=both(a.epoch, b.epoch),
        time=both(a.time, b.time),
        line=line,
    )


def in_order(channel: Channel) -> Channel:
    """The channel with x never going back; small disorder that is no restart (several writers) is sorted."""
    x = channel.step if channel.step is not None else channel.epoch
    if x is None or x.size < 2 or np.all(x[1:] >= x[:-1]):
        return channel
    return take(channel, np.argsort(x, kind="stable"))
