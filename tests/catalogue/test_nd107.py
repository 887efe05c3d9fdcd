"""ND107 still-improving in noise."""

from __future__ import annotations

import numpy as np

from tests.catalogue.asking import share
from tests.catalogue.draws import noise


def test_a_last_half_that_falls_in_noise_is_still_improving() -> None:
    """As much noise as here hides the fall in some of the draws, and never makes one."""
    t, steps = np.arange(1, 121) / 120, np.arange(120)
    assert share("ND107", lambda: {"step": steps, "loss": 1 / np.sqrt(0.1 + t) + 0.04 * noise(120)}) > 1 / 3
    assert share("ND107", lambda: {"step": steps, "loss": 1 + np.exp(-t * 12) + 0.04 * noise(120)}) == 0
