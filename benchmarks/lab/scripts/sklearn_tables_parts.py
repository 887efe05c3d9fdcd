"""Tables, schedules and scores of ``sklearn_tables``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from sklearn import datasets
from torch import Tensor

if TYPE_CHECKING:
    from benchmarks.lab.scripts.sklearn_tables import Knobs

CLASSES = {"iris": 3, "wine": 3, "cancer": 2, "digits": 10}
LOADERS = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "cancer": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "diabetes": datasets.load_diabetes,
    "linnerud": datasets.load_linnerud,
}


def regression(k: Knobs) -> bool:
    """Whether the targets are numbers."""
    return k.data not in CLASSES


def table(k: Knobs, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Inputs and targets to train on, and the held-out ones."""
    raw, target = LOADERS[k.data](return_X_y=True)
    x = torch.tensor(raw, dtype=torch.float32)
    y = torch.tensor(target, dtype=torch.float32 if regression(k) else torch.long)
    y = y[:, None] if regression(k) and y.dim() == 1 else y
    if k.scaled:
        x = (x - x.mean(0)) / (x.std(0) + 1e-6)
    if regression(k) and k.scaled_target:
        y = (y - y.mean(0)) / y.std(0)
    mixed = torch.randperm(len(x), generator=torch.Generator().manual_seed(40 + seed))
    held = k.held_rows or int(k.held * len(x))
    if not k.in_order or k.fault == "fair_split":
        late, early = mixed[:held], mixed[held:]
        early = early.sort().values if k.in_order else early
    else:
        early, late = torch.arange(len(x) - held), torch.arange(len(x) - held, len(x))
    early = early[: k.rows] if k.rows else early
    return x[early], y[early].clone(), x[late], y[late]


def corrupt(k: Knobs, x: Tensor, y: Tensor) -> None:
    """What went wrong with the table, in place."""
    if k.wrong and not regression(k):
        spoilt = torch.rand(len(y)) < k.wrong
        y[spoilt] = torch.randint(0, CLASSES[k.data], (int(spoilt.sum()),))
    if k.fault == "permuted":
        y.copy_(y[torch.randperm(len(y))])
    if k.fault == "bad_row":
        x[len(x) // 3] *= k.much
        if regression(k):
            y[len(y) // 3] += k.much
    if k.fault == "missing":
        x[len(x) // 2, 0] = math.nan


def rate(k: Knobs, step: int, epoch: int, steps: int) -> float:
    """The share of the rate."""
    done = step / (k.epochs * steps)
    table_ = {
        "constant": lambda: 1.0,
        "plateau": lambda: 1.0,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "warm_cosine": lambda: min(1.0, done / 0.1) * 0.5 * (1 + math.cos(math.pi * done)),
        "one_cycle": lambda: (
            done / 0.3 + 0.04 if done < 0.3 else max(1e-4, 0.5 * (1 + math.cos(math.pi * (done - 0.3) / 0.7)))
        ),
        "steps": lambda: 1.0 if done < k.at else 1 / k.much if done < (1 + k.at) / 2 else 1 / k.much**2,
        "restarts": lambda: 0.02 + 0.49 * (1 + math.cos(math.pi * (4 * done % 1))),
        "gamma": lambda: k.much**step,
        "raised": lambda: k.much if done >= k.at else 1.0,
        "growing": lambda: math.exp(k.much * done),
        "sleeping": lambda: 1e-3 if done < k.at else 1.0,
    }
    return table_[k.schedule]()


def score(k: Knobs, out: Tensor, y: Tensor) -> dict[str, float]:
    """Accuracy and F1, or MAE, RMSE and R²."""
    if not regression(k):
        said = out.argmax(1)
        f1 = []
        for c in range(CLASSES[k.data]):
            hit = float(((said == c) & (y == c)).sum())
            f1.append(2 * hit / max(1.0, float((said == c).sum() + (y == c).sum())))
        return {"accuracy": float((said == y).float().mean()), "f1": sum(f1) / len(f1)}
    said = out[:, : y.shape[1]]
    error = said - y
    spread = (y - y.mean(0)).pow(2).mean()
    r2 = 1 - float(error.pow(2).mean() / spread) if float(spread) > 0 else 0.0
    return {"mae": float(error.abs().mean()), "rmse": float(error.pow(2).mean().sqrt()), "r2": r2}
