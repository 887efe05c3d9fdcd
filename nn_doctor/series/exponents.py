"""Perplexities whose name bears no split: they are of the split whose loss, printed beside them, they are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.series.roles import meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nn_doctor.series.channel import Channel
    from nn_doctor.series.roles import Meaning

LARGEST = 20.0
"""Beyond this loss most scripts print no exponent of it, but a limit."""
ROUNDED = 0.02
"""How far the exponent of a printed loss may be from the printed perplexity, as a share of it."""


def exponents(channels: Sequence[Channel], known: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """``known`` with the split of each perplexity: ``perplexity: 7.64 eval_loss: 2.034`` are of one evaluation."""
    found = dict(known)
    losses = [c for c in channels if known[c.name].role == "objective" and meaning_of(c.name).split != "none"]
    for channel in channels:
        meaning = known[channel.name]
        if meaning.metric != "perplexity" or meaning_of(channel.name).split != "none":
            continue
        splits = {known[loss.name].split for loss in losses if _is_exponent(channel, loss)}
        if len(splits) == 1:
            why = f"{meaning.why}; the exponent of the loss beside it"
            found[channel.name] = replace(meaning, split=splits.pop(), why=why)
    return found


def _is_exponent(perplexity: Channel, loss: Channel) -> bool:
    """Whether two curves stand on the same lines, and one is the exponent of the other."""
    if perplexity.line is None or loss.line is None or not np.array_equal(perplexity.line, loss.line):
        return False
    keep = np.isfinite(perplexity.y) & np.isfinite(loss.y) & (loss.y < LARGEST)
    return bool(keep.any() and np.allclose(np.exp(loss.y[keep]), perplexity.y[keep], rtol=ROUNDED))
