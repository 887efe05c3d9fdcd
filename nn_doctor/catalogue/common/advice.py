"""Fixes in the run's own numbers: the learning rate to try next, where to stop, the batch, the regularisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.patience import patience
from nn_doctor.catalogue.common.phrases import at, schedule_of
from nn_doctor.errors import InsufficientData
from nn_doctor.series import hyperparameters

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

FOURFOLD = 4
USUAL_RATES = {"adam": (1e-6, 1e-2), "lion": (1e-7, 1e-3), "sgd": (1e-5, 1.0)}
"""Learning rates an optimiser is used with: around its published default (Adam 1e-3, Lion 1e-4, SGD 0.1)."""
ANY_RATE = (1e-7, 1.0)
FIRST_DECAY, MOST_DROPOUT, FIRST_DROPOUT = 1e-4, 0.5, 0.1
FIRST_CLIP = 1.0
LEAST_PATIENCE = 3
WORTH_SAVING = 0.05
"""Stopping early is named where it saves this share of the run."""


def learning_rate(ctx: Context) -> float | None:
    """The peak learning rate: as the user said (--param), else as logged, else from the hyper-parameters."""
    said = hyperparameters.number(ctx.expectation.params, "learning_rate")
    if said is not None:
        return said
    found = schedule_of(ctx)
    if found is not None and found.peak > 0:
        return found.peak
    return hyperparameters.number(ctx.run.params, "learning_rate")


def try_rate(ctx: Context, factor: float, otherwise: str) -> str:
    """A fix that names the learning rate to try: the run's own times ``factor``, or ``otherwise`` in words.

    The rate stays within what the run's optimiser is usually given; where it is already beyond, that is said.
    """
    rate = learning_rate(ctx)
    if rate is None:
        return otherwise
    optimiser = _optimiser(ctx)
    low, high = USUAL_RATES.get(optimiser or "", ANY_RATE)
    wanted = rate * factor
    if (factor > 1 and rate >= high) or (factor < 1 and rate <= low):
        used = {"adam": "Adam", "lion": "Lion", "sgd": "SGD"}.get(optimiser or "", "any optimiser")
        side = "high" if factor > 1 else "low"
        return f"the learning rate is {rate:.3g}, already {side} for {used}: look at the other causes first"
    return f"the learning rate is {rate:.3g}: try {min(max(wanted, low), high):.2g}"


def _optimiser(ctx: Context) -> str | None:
    """The family of the run's optimiser, a key of USUAL_RATES, or None."""
    name = hyperparameters.word(ctx.run.params, "optimizer") or ""
    return next((family for family in USUAL_RATES if family in name), None)


def larger_batch(ctx: Context) -> str:
    """A fix that names the batch size to try, and the learning rate that goes with it (linear scaling rule)."""
    batch, rate = hyperparameters.number(ctx.run.params, "batch_size"), learning_rate(ctx)
    if batch is None:
        return "a larger batch, or gradients accumulated over several batches"
    lead = f"the batch size is {batch:g}: try {FOURFOLD * batch:g}"
    if rate is None:
        return lead
    adam = _optimiser(ctx) == "adam"
    factor = FOURFOLD**0.5 if adam else FOURFOLD
    why = "square-root" if adam else "linear"
    return f"{lead}, with the learning rate then at up to {factor * rate:.2g} ({why} scaling rule)"


def more_regularisation(ctx: Context) -> str:
    """Weight decay and dropout to try, from the run's own."""
    params = ctx.run.params
    decay, dropout = (hyperparameters.number(params, name) for name in ("weight_decay", "dropout"))
    weights = "weight decay (0.01 to 0.1 with AdamW)"
    if decay or hyperparameters.switched_off(params, "weight_decay"):
        weights = f"weight decay (now {decay or 0:g}: try {3 * decay if decay else FIRST_DECAY:.2g})"
    units = "dropout"
    if dropout is not None and dropout >= MOST_DROPOUT:
        units = f"dropout is high already ({dropout:g})"
    elif dropout or hyperparameters.switched_off(params, "dropout"):
        more = min(2 * dropout, MOST_DROPOUT) if dropout else FIRST_DROPOUT
        units = f"dropout (now {dropout or 0:g}: try {more:.2g})"
    return f"{weights}, {units}, augmentation"


def less_regularisation(ctx: Context) -> str:
    """Weight decay and dropout to try where the model is held back."""
    params = ctx.run.params
    decay, dropout = (hyperparameters.number(params, name) for name in ("weight_decay", "dropout"))
    parts = [f"weight decay (now {decay:g}: try {decay / 10:.2g})"] if decay else []
    parts += [f"dropout (now {dropout:g}: try {dropout / 3:.1g})"] if dropout else []
    if parts:
        return f"less {', less '.join(parts)}"
    off = all(hyperparameters.switched_off(params, name) for name in ("weight_decay", "dropout"))
    return "nothing regularises it: better features, or labels checked" if off else "less weight decay or dropout"


def clipping(ctx: Context) -> str:
    """Clip the gradient norm: at a lower value than now, where that is known."""
    value = hyperparameters.number(ctx.run.params, "clip_norm")
    if value is None:
        return f"clip the gradient norm ({FIRST_CLIP} is a common start)"
    return f"the gradient norm is clipped at {value:g}: try {value / FOURFOLD:.2g}"


def stop_early(ctx: Context, val: Series, best_x: float, saved: float, maximise: bool) -> str:
    """The checkpoint to keep, and what early stopping would have saved, with the patience that this run asks for."""
    keep = f"keep the checkpoint of {at(val, best_x)}"
    try:
        found = ctx.of(patience, val, maximise=maximise, least=LEAST_PATIENCE)
    except InsufficientData:
        return f"{keep}; stopping there would have saved about {saved:.0%} of the run"
    if found.saved < WORTH_SAVING:
        return f"{keep}; stopping there would have saved about {saved:.0%} of the run"
    many = f"early stopping with a patience of {found.checks} evaluations"
    return f"{keep}; {many} would have ended the run at {at(val, found.x)} and saved {found.saved:.0%} of it"
