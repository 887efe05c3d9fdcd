"""Evaluation sets that are only numbered: which of them is the one that was trained on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.series.roles import MEASURED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nn_doctor.series.channel import Channel
    from nn_doctor.series.roles import Meaning

_NUMBERED = re.compile(r"validation_([01])(?!\d)(.*)", re.DOTALL)
"""What XGBoost's scikit-learn classes call the pairs of ``eval_set``."""
_LAST = 0.1


def trained_on(channels: Sequence[Channel], known: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """``known`` with one of "validation_0" and "validation_1" as train, where no other curve is train's.

    ``eval_set=[(x, y), (x_val, y_val)]`` is how it is documented and done, so that "validation_0" is the training set
    unless it ends worse than the other: samples that were trained on never do.
    """
    found = dict(known)
    sets: dict[str, dict[int, Channel]] = {}
    for channel in channels:
        match = _NUMBERED.fullmatch(channel.name)
        if match is not None and known[channel.name].role in MEASURED:
            sets.setdefault(match[2], {})[int(match[1])] = channel
    pairs = [(pair[0], pair[1]) for pair in sets.values() if len(pair) > 1]
    if not pairs or any(m.split == "train" and m.role in MEASURED for m in known.values()):
        return found
    train = 1 if _ends_worse(*pairs[0], known) else 0
    for pair in pairs:
        meaning = known[pair[train].name]
        why = f"{meaning.why}; of two numbered sets the one trained on: train"
        found[pair[train].name] = replace(meaning, split="train", why=why)
    return found


def _ends_worse(first: Channel, second: Channel, known: Mapping[str, Meaning]) -> bool:
    """Whether the last tenth of ``first`` is worse than that of ``second``."""
    a, b = (c.y[-max(1, int(_LAST * c.y.size)) :] for c in (first, second))
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool(np.median(a) < np.median(b)) if known[first.name].goal == "max" else bool(np.median(a) > np.median(b))
