"""ND407 on schedules that people choose, none of which is odd, and on those that nobody would.

The losses are those of a bowl walked down by the rate: they fall by what it allows, and it sets how high they stay.
"""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

N = 240
T = np.arange(N)
DONE = T / N


def cosine(done: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.cos(np.pi * done))


def walked(
    rate: np.ndarray,
    seed: int,
    start: float = 2.3,
    floor: float = 0.2,
    noise: float = 0.08,
    heat: float = 0.3,
    folds: float = 8.0,
) -> np.ndarray:
    """The loss at every step: ``heat`` is how high the highest rate keeps it, as a share of all there is to win.

    ``folds`` is how far all steps together bring it, in logarithms.
    """
    above, losses = start - floor, []
    for r in rate:
        held = heat * (start - floor) * r / rate.max()
        above += (held - above) * (1 - np.exp(-folds * r / (rate.mean() * rate.size)))
        losses.append(floor + above)
    return np.array(losses) * (1 + noise * np.random.default_rng(seed).normal(size=rate.size))


def oddities(loss: np.ndarray, **rates: np.ndarray) -> list[str]:
    (run,) = nn_doctor.diagnose(
        {"step": np.arange(loss.size), "loss": loss, **rates}, select=("ND407",), min_confidence=0.0
    ).runs
    assert not [o for o in run.outcomes if o.status == "error"]
    return [d.summary for d in run.diagnoses]


CHOSEN = {
    "constant": np.full(N, 1e-3),
    "constant after warm-up": 1e-3 * np.minimum(1, (T + 1) / 24),
    "warm-up over a fifth": 1e-3 * np.minimum(1, (T + 1) / 48),
    "warm-up and linear": 5e-5 * np.minimum((T + 1) / 14, (1 - DONE) / 0.94),
    "warm-up and cosine": 1e-3 * np.where(DONE < 0.1, DONE / 0.1, cosine((DONE - 0.1) / 0.9)),
    "one warm restart": 0.1 * cosine(2 * DONE % 1),
    "a longer second cycle": 0.1 * np.where(DONE < 1 / 3, cosine(3 * DONE % 1), cosine((DONE - 1 / 3) * 1.5)),
    "stopped in its second cycle": 0.1 * np.where(DONE < 0.5, cosine(2 * DONE % 1), cosine(DONE - 0.5)),
    "three cycles": 0.1 * cosine(3 * DONE % 1),
    "one cycle": 0.01 * np.where(DONE < 0.3, 0.04 + 0.96 * (1 - cosine(DONE / 0.3)), cosine((DONE - 0.3) / 0.7) + 1e-5),
    "steps at 30, 60, 90": 0.1 * 0.1 ** np.floor(DONE / 0.3),
    "steps at 50, 75": 0.1 * 0.1 ** ((DONE >= 0.5) * 1 + (DONE >= 0.75)),
    "steps at 25, 50": 0.1 * 0.1 ** ((DONE >= 0.25) * 1 + (DONE >= 0.5)),
    "steps at 20, 40, 60": 0.1 * 0.1 ** ((DONE >= 0.2) * 1 + (DONE >= 0.4) + (DONE >= 0.6)),
    "exponential": 1e-3 * 0.95 ** (100 * DONE),
    "polynomial": 1e-2 * (1 - DONE) ** 2,
    "inverse square root": 1e-3 * np.minimum((T + 1) / 12, np.sqrt(12 / (T + 1))),
    "warm-up, stable, decay": 1e-3 * np.minimum(np.minimum(1, (T + 1) / 12), (1 - DONE) / 0.2),
    "triangles": 1e-3 + 1e-2 * np.abs((3 * DONE + 0.5) % 1 * 2 - 1),
    "triangles from the top": 1e-3 + 1e-2 * np.abs(3 * DONE % 1 * 2 - 1),
    "warmed up again": np.where(
        DONE < 0.6,
        1e-3 * cosine(DONE / 0.6) + 1e-5,
        np.where(DONE < 0.63, 5e-4 * (DONE - 0.6) / 0.03, 5e-4 * cosine((DONE - 0.63) / 0.37)),
    ),
}
LOSSES: dict[str, dict[str, float]] = {
    "from scratch": {},
    "small batches": {"noise": 0.3},
    "fine-tuning": {"start": 0.35, "floor": 0.3, "noise": 0.15},
    "nothing left to learn": {"start": 0.31, "floor": 0.3, "noise": 0.2, "heat": 0.0},
}


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("kind", LOSSES)
def test_no_schedule_that_people_choose_is_odd(name: str, kind: str) -> None:
    rate = CHOSEN[name]
    for seed in range(3):
        loss = walked(rate, seed, **LOSSES[kind])
        assert oddities(loss, lr=rate) == []
        assert oddities(loss, lr=np.round(rate, 4)) == []  # as logs print it


@pytest.mark.parametrize("factor", [0.1, 0.2, 0.5])
def test_a_scheduler_that_waits_for_plateaus_of_the_train_loss(factor: float) -> None:
    """With no lowest rate set it goes down until nothing is left, on a loss that has long been at rest."""
    for seed in range(4):
        rng = np.random.default_rng(seed)
        rate, above, best, bad, rates, losses = 0.1, 2.1, np.inf, 0, [], []
        for _ in range(100):
            above += (2.5 * rate - above) * (1 - np.exp(-4 * rate)) if rate > 1e-3 else 0.0
            loss = (0.2 + above) * (1 + 0.03 * rng.normal())
            rates.append(rate)
            losses.append(loss)
            best, bad = (loss, 0) if loss < 0.999 * best else (best, bad + 1)
            if bad > 4:
                rate, bad = max(rate * factor, 1e-9), 0
        assert oddities(np.array(losses), lr=np.array(rates)) == []


def test_a_frozen_group_and_columns_that_tell_the_peak() -> None:
    head = 1e-3 * cosine(DONE)
    loss = walked(head, 0)
    backbone = np.where(DONE < 0.4, 0.0, 0.1 * head)
    assert oddities(loss, **{"lr/backbone": backbone, "lr/head": head}) == []
    assert oddities(loss, **{"lr-AdamW/pg1": np.where(DONE < 0.4, 0.0, head), "lr-AdamW/pg2": head}) == []
    dies = np.where(DONE < 0.3, 1.234567e-3, 0.0)
    assert oddities(walked(dies, 0), base_lr=np.full(N, 1.234567e-3), lr=dies) != []


def test_a_rise_by_magnitudes_though_the_train_loss_does_not_mind() -> None:
    rate = np.where(DONE < 0.6, 1e-3, 0.1)
    loss = 1.4 * np.exp(-T / 20)
    assert "raised 100-fold" in oddities(loss, lr=rate)[0]
    assert oddities(loss, lr=np.where(DONE < 0.6, 1e-3, 0.02)) == []
    assert oddities(loss, lr=np.where(DONE < 0.1, 1e-3, 0.1)) == []  # a warm-up in one step


@pytest.mark.parametrize("seed", range(3))
def test_schedules_that_nobody_would_choose(seed: int) -> None:
    per_batch = 0.1 * 0.1 ** np.floor(DONE / 0.02)
    assert "practically zero" in oddities(walked(per_batch, seed), lr=per_batch)[0]
    fast = 1e-3 * 0.85 ** (100 * DONE)
    assert "below" in oddities(walked(fast, seed, noise=0.01, folds=1.0), lr=fast)[0]
    mirrored = 1e-3 * cosine(2 * DONE)
    assert "climbs again" in oddities(walked(mirrored, seed), lr=mirrored)[0]
    too_high = 1e-1 * np.minimum(1, (T + 1) / 60)
    loss = np.where(T < 60, 2.3 - 1.5 * T / 60, 2.3) * (1 + 0.05 * np.random.default_rng(seed).normal(size=N))
    assert "lost at the end of warm-up" in oddities(loss, lr=too_high)[0]
