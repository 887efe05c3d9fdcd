"""What a parser hands over: columns of numbers with the x values logged beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]
    IntArray = npt.NDArray[np.int64]
    BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Note:
    """A guess, a skip or a repair made while reading, with the line of the file where it applies."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One logged quantity, named as in the log, in the order of the log.

    ``y`` has shape (n,), float64; a NaN in it was *logged* as NaN (a missing cell is an absent point).
    ``step``, ``epoch`` and ``time`` (seconds) have the same shape, or are None where the log gives none;
    ``line`` is the line (or record) number of each point in the file, from 1. ``averaged_over`` is "epoch"
    where the format is known to log a mean over the epoch so far.
    """

    name: str
    y: FloatArray
    step: FloatArray | None = None
    epoch: FloatArray | None = None
    time: FloatArray | None = None
    line: IntArray | None = None
    averaged_over: str | None = None
    counted_by: tuple[tuple[str, str], ...] = ()
    """Which columns of the log gave the axes: pairs such as ("step", "global_step")."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """What one member of a log holds for one run: channels, hyper-parameters met on the way, notes.

    ``name`` is the run's name where the log itself gives one (several runs in one file), else "".
    """

    channels: tuple[Channel, ...]
    name: str = ""
    params: dict[str, object] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
