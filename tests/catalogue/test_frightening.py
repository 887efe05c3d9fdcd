"""Sound trainings that look ill, each many times: no alarm of an event, of validation or of the data's order."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nn_doctor

if TYPE_CHECKING:
    from collections.abc import Callable

N = 240
T = np.arange(N)
SEEDS = range(6)


def noisy(rng: np.random.Generator, level: np.ndarray, size: float) -> np.ndarray:
    return level * np.exp(size * rng.standard_normal(level.size))


def warm_restarts(rng: np.random.Generator) -> dict[str, Any]:
    """Cosine restarts every 60 steps, the rate logged: the loss leaps up with the rate and comes back."""
    phase = T % 60 / 60
    rate = 0.05 * (1 + np.cos(np.pi * phase))
    return {"step": T, "loss": noisy(rng, 0.2 + np.exp(-T / 40) + 3 * rate, 0.05), "lr": rate}


def unlogged_restarts(rng: np.random.Generator) -> dict[str, Any]:
    """The same where nobody logged the rate."""
    found = warm_restarts(rng)
    return {name: found[name] for name in ("step", "loss")}


def few_restarts(rng: np.random.Generator, ends: tuple[int, ...] = (0, 120, 240)) -> dict[str, Any]:
    """One or two restarts of a cosine that nobody logged: noise and level rise and die away with the rate."""
    phase = np.concatenate([np.arange(b - a) / (b - a) for a, b in itertools.pairwise(ends)])
    rate = 0.5 * (1 + np.cos(np.pi * phase))
    fall = 0.2 + np.exp(-np.cumsum(rate) / rng.uniform(15, 40))
    level = fall + rng.uniform(0.1, 0.6) * rate * (1 - np.exp(-T / 5))
    return {"step": T, "loss": level * np.exp((0.02 + 0.1 * rate) * rng.standard_normal(N))}


def two_restarts(rng: np.random.Generator) -> dict[str, Any]:
    """The same with three cycles of one length."""
    return few_restarts(rng, (0, 80, 160, 240))


def longer_restarts(rng: np.random.Generator) -> dict[str, Any]:
    """The same with each cycle twice as long as the one before."""
    return few_restarts(rng, (0, 34, 103, 240))


def step_decay(rng: np.random.Generator) -> dict[str, Any]:
    """Two cuts of the rate by ten: the loss falls at each, train below validation afterwards."""
    rate = 0.1 * 0.1 ** np.searchsorted([100, 180], T)
    fall = 0.9 * np.exp(-T / 30) + np.select([T < 100, T < 180], [0.5, 0.25], 0.2)
    return {"epoch": T, "loss": noisy(rng, fall, 0.04), "val_loss": noisy(rng, fall + 0.1, 0.04), "lr": rate}


def fine_tuning(rng: np.random.Generator) -> dict[str, Any]:
    """A pretrained net: low from the start, a fall of a quarter in batches of sixteen."""
    return {"step": 10 * T, "loss": noisy(rng, 0.3 + 0.1 * np.exp(-T / 60), 0.12)}


def small_batches(rng: np.random.Generator) -> dict[str, Any]:
    """Means of sixteen skewed losses: their noise is a fifth of a level that falls to a fifth."""
    level = 0.25 + np.exp(-T / 50)
    return {"step": T, "loss": level * rng.gamma(16, 1 / 16, N)}


def dropout(rng: np.random.Generator) -> dict[str, Any]:
    """Train with dropout lies above validation all the time, and jitters more."""
    level = 0.4 + np.exp(-T / 40)
    return {"epoch": T, "loss": noisy(rng, 1.4 * level, 0.05), "val_loss": noisy(rng, level, 0.02)}


def curriculum(rng: np.random.Generator) -> dict[str, Any]:
    """Four stages, each a little harder than the one before: rises of a tenth, soon won back."""
    level = 0.4 + np.exp(-T / 40) + 0.08 * np.exp(-(T % 60) / 8)
    return {"step": T, "loss": noisy(rng, level, 0.04)}


def double_descent(rng: np.random.Generator) -> dict[str, Any]:
    """Validation rises for a third of the run and ends lower than ever before."""
    bump = 0.3 * np.exp(-(((T - 90) / 25) ** 2))
    val = 0.3 + np.exp(-T / 25) - 0.1 * T / N + bump
    return {"epoch": T, "loss": noisy(rng, 0.05 + np.exp(-T / 30), 0.03), "val_loss": noisy(rng, val, 0.01)}


def new_data(rng: np.random.Generator) -> dict[str, Any]:
    """From two thirds on other samples come in: the loss rises by a twentieth and goes on falling."""
    return {"step": T, "loss": noisy(rng, 0.3 + np.exp(-T / 60) + 0.04 * (T > 160), 0.03)}


def resumed(rng: np.random.Generator) -> dict[str, Any]:
    """Steps 120 to 139 are there twice: the run was resumed from a checkpoint."""
    steps = np.concatenate((T[:140], T[120:]))
    return {"step": steps, "loss": noisy(rng, 0.3 + np.exp(-steps / 50), 0.04)}


def solved(rng: np.random.Generator) -> dict[str, Any]:
    """Train goes to zero by magnitudes while validation stands at a twentieth of where it began."""
    return {"epoch": T, "loss": noisy(rng, 2 * np.exp(-T / 25) + 1e-4, 0.05),
            "val_loss": noisy(rng, 0.1 + 2 * np.exp(-T / 25), 0.01)}  # fmt: skip


def stopped_in_time(rng: np.random.Generator) -> dict[str, Any]:
    """Ended by patience: validation was best four fifths through."""
    val = 0.4 + np.exp(-T / 35) + 0.00003 * np.maximum(T - 190, 0)
    return {"epoch": T, "loss": noisy(rng, 0.15 + np.exp(-T / 50), 0.02), "val_loss": noisy(rng, val, 0.005)}


def steady_gap(rng: np.random.Generator) -> dict[str, Any]:
    """Half of the loss is a gap that was there early; validation still gains."""
    level = np.exp(-T / 60)
    return {"epoch": T, "loss": noisy(rng, 0.3 + level, 0.02), "val_loss": noisy(rng, 0.6 + 0.9 * level, 0.02)}


def one_bad_batch(rng: np.random.Generator) -> dict[str, Any]:
    """Two batches in a run are ten times as bad as the others, and cost one step each."""
    loss = noisy(rng, 0.3 + np.exp(-T / 40), 0.05)
    loss[[90, 170]] *= 4
    return {"step": T, "loss": loss}


def converged(rng: np.random.Generator) -> dict[str, Any]:
    """Near zero a loss jitters by factors."""
    return {"step": T, "loss": noisy(rng, 1e-3 + 2 * np.exp(-T / 20), 0.5)}


SOUND = [
    warm_restarts, unlogged_restarts, few_restarts, two_restarts, longer_restarts, step_decay, fine_tuning,
    small_batches, dropout, curriculum, double_descent, new_data, resumed, solved, stopped_in_time, steady_gap,
    one_bad_batch, converged,
]  # fmt: skip


@pytest.mark.parametrize("training", SOUND, ids=lambda f: f.__name__)
def test_no_alarm(training: Callable[[np.random.Generator], dict[str, Any]]) -> None:
    said = {}
    for seed in SEEDS:
        columns = training(np.random.default_rng(seed))
        report = nn_doctor.diagnose(columns)
        alarms = [d.code for d in report.runs[0].diagnoses if d.severity != "note" and d.code != "ND107"]
        if alarms:
            said[seed] = alarms
    assert not said
