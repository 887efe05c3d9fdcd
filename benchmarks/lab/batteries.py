"""The same set of faults, and of healthy but frightening settings, for every family of the common loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.lab.base import Configuration, Family

BY_EPOCH = ("keras_csv", "json_lines", "keras_history", "tsv", "decimal_comma", "pandas_csv", "key_value", "json_array")
BY_STEP = ("step_or_epoch_csv", "json_lines", "key_value", "step_or_epoch_csv")
OVERFIT = ("overfitting", "severe-overfitting")
STEPS = ("loss", "val_loss", "lr")
DOOMED = ("diverging", "non-finite-loss", "exploding-gradients", "not-learning", "learning-rate-too-high", "loss-jump")


@dataclass
class Plan:
    """What differs between families: ``of`` are arguments of the data, the rest are Knobs."""

    classes: int = 0
    healthy: dict = field(default_factory=dict)  # knobs of a training that works
    slow: dict = field(default_factory=dict)  # a rate far too low, but not nothing
    high: dict = field(default_factory=dict)  # a rate at which the loss bounces
    few: dict = field(default_factory=dict)  # arguments for very few samples with wrong labels
    clean_few: dict = field(default_factory=dict)
    poor: dict = field(default_factory=dict)  # arguments for inputs or a net that cannot do it
    noisy: dict = field(default_factory=dict)  # arguments for an honest floor
    start: float = 0.1  # gain of weights that start too small
    relabelled: dict = field(default_factory=dict)  # name → (first, also) after the pictures were seen
    dropped: tuple[str, ...] = ()  # no visible trace


def faults(p: Plan) -> dict[str, tuple]:
    """Name → (knobs, arguments of the data, first, also, fault in words)."""
    h = p.healthy
    return {
        "tiny_lr": ({**h, "optimiser": "sgd", "lr": 1e-6}, {}, ("not-learning",), ("learning-rate-too-low", "wrong-initial-loss"), "SGD at 1e-6"),
        "wrong_parameters": ({**h, "frozen": True}, {}, ("not-learning",), ("noisy-loss",), "the optimiser holds a copy's parameters"),
        "slow_lr": ({**h, **p.slow}, {}, ("learning-rate-too-low",), ("still-improving", "underfitting", "not-learning"), "rate far too low"),
        "high_lr_cut": ({**h, **p.high, "schedule": "late_cut", "columns": ("loss", "lr", "val_loss")}, {}, ("learning-rate-too-high",), (*DOOMED, "noisy-loss", "loss-spikes", "small-validation-set", "underfitting"), "rate far too high, cut at 60 %"),
        "growing_lr": ({**h, "optimiser": "momentum", "lr": 1e-3, "grow": 12}, {}, ("diverging", "exploding-gradients", "non-finite-loss"), (*DOOMED, "loss-spikes", *OVERFIT, "noisy-loss"), "the rate grows e^12-fold"),
        "ascent": ({**h, "ascent_at": 0.6}, {}, ("diverging", "exploding-gradients", "non-finite-loss"), (*DOOMED, *OVERFIT, "loss-jump", "loss-spikes"), "sign of the loss wrong from 60 % on"),
        "nan": ({**h, "nan_at": 0.6}, {}, ("non-finite-loss",), ("exploding-gradients",), "a missing value from 60 % on"),
        "nan_steps": ({**h, "nan_at": 0.8, "every": 5, "columns": ("loss", "lr")}, {}, ("non-finite-loss",), ("exploding-gradients",), "a missing value at 80 %"),
        "huge_lr": ({**h, "optimiser": "sgd", "lr": 1e6}, {}, ("non-finite-loss", "diverging", "not-learning", "exploding-gradients"), (*DOOMED, "loss-spikes", "frozen-metric", "wrong-initial-loss", *OVERFIT), "SGD at 1e6"),
        "small_weights": ({**h, "optimiser": "momentum", "lr": 0.05, "gain": p.start, "every": 5, "columns": ("loss",)}, {}, ("slow-start",), ("not-learning", "still-improving", "noisy-loss"), "initial weights too small"),
        "stopped": ({**h, "epochs": 12, "lr": 3e-4}, {}, ("still-improving", "learning-rate-too-low"), (), "stopped after twelve epochs"),
        "spikes": ({**h, "spikes": 97, "every": 3, "columns": ("loss",), "epochs": 40}, {}, ("loss-spikes",), ("noisy-loss",), "every 97th batch 60 times too large with wrong targets"),
        "batch_of_one": ({**h, "optimiser": "sgd", "lr": 0.01, "batch": 1, "every": 3, "epochs": 4, "columns": ("loss",)}, {}, ("noisy-loss",), ("loss-spikes", "learning-rate-too-high", "still-improving"), "one sample a batch"),
        "targets_shuffled": ({**h, "noise_at": 0.5, "every": 4, "columns": ("loss",)}, {}, ("loss-jump", "diverging"), ("diverging", "noisy-loss", "loss-jump"), "targets shuffled from half way on"),
        "kicked": ({**h, "kick_at": 0.6, "gain_later": 4.0}, {}, ("loss-jump", "loss-spikes", "healthy"), ("diverging", "loss-spikes", "loss-jump", "small-validation-set"), "weights multiplied by 4 at 60 %"),
        "few_samples": ({**h, "epochs": 120}, p.few, OVERFIT, ("loss-metric-disagreement", "saturated-early"), "few samples, wrong labels"),
        "few_clean": ({**h, "epochs": 100}, p.clean_few, (*OVERFIT, "loss-metric-disagreement"), ("healthy", *OVERFIT, "loss-metric-disagreement"), "few samples"),
        "tiny_validation": ({**h, "val_size": 8, "epochs": 40}, {}, ("small-validation-set",), (*OVERFIT, "loss-metric-disagreement"), "eight validation samples drawn anew each time"),
        "poor_inputs": ({**h, "epochs": 50}, p.poor, ("underfitting",), ("saturated-early", *OVERFIT, "not-learning"), "inputs or net too poor for the task"),
        "sorted": ({**h, "sort": True, "shuffle": False, "every": 1, "epochs": 12, "columns": ("loss",)}, {}, ("unshuffled-data",), ("noisy-loss", "loss-spikes"), "sorted by target, never shuffled"),
        "stale_weights": ({**h, "stale_val": True}, {}, ("frozen-metric",), (*OVERFIT, "not-learning"), "validation looks at the initial weights"),
        "killed": ({**h, "resume": (18, 12)}, {}, ("resumed-log",), ("healthy",), "killed before epoch 18, started again from epoch 12"),
        "three_epochs": ({**h, "epochs": 3}, {}, ("too-short",), (), "three epochs"),
    }  # fmt: skip


def sound(p: Plan) -> dict[str, tuple]:
    """Name → (knobs, arguments of the data, what is frightening)."""
    h = p.healthy
    steps = {"every": 4, "columns": STEPS}
    return {
        "adam": (h, {}, "a plain fall"),
        "cosine": ({**h, "schedule": "cosine", "columns": ("loss", "val_loss", "lr", "metric", "val_metric")}, {}, "cosine decay to zero"),
        "warmup": ({**h, "schedule": "warmup", **steps}, {}, "warm-up and cosine decay by step"),
        "step_decay": ({**h, "schedule": "step", **steps, "epochs": 40}, {}, "staircase at the cuts of the rate"),
        "step_decay_unlogged": ({**h, "schedule": "step", "optimiser": "momentum", "lr": 0.05, "epochs": 40}, {}, "staircase, rate not logged"),
        "cycles": ({**h, "schedule": "cycle", **steps, "epochs": 40}, {}, "warm restarts"),
        "momentum": ({**h, "optimiser": "momentum", "lr": 0.03, "every": 2, "columns": ("loss",)}, {}, "noise of batches"),
        "long": ({**h, "epochs": 150, "schedule": "cosine"}, p.noisy, "converged for most of the log"),
        "grad_norm": ({**h, "clip": 100.0, "every": 5, "columns": ("loss", "grad_norm", "lr"), "schedule": "warmup"}, {}, "gradient norms fall"),
        "train_only": ({**h, "epochs": 60, "columns": ("loss",)}, {}, "near zero with jitter"),
        "scaled_up": ({**h, "scale": 1e8, "optimiser": "adam"}, {}, "losses of 1e8"),
        "scaled_down": ({**h, "scale": 1e-6, "optimiser": "adam", "every": 5, "columns": ("loss", "val_loss")}, {}, "losses of 1e-6"),
        "floor": ({**h, "weight_decay": 0.02, "schedule": "cosine"}, p.noisy, "an honest floor"),
        "one_epoch": ({**h, "epochs": 2, "batch": 4, "every": 5, "columns": ("loss", "lr")}, {}, "seen once or twice"),
        "rmsprop": ({**h, "optimiser": "rmsprop"}, {}, "RMSprop"),
        "big_batch": ({**h, "batch": 200, "lr": 5e-3, "epochs": 60}, {}, "large batches, few steps"),
    }  # fmt: skip


def seen(*first: str, also: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A label given from the pictures: each of ``first`` would be accepted as the first diagnosis."""
    return first, (*first, *also)


OVERFITS = (
    "loss-metric-disagreement",
    *OVERFIT,
    "saturated-early",
    "still-improving",
    "validation-better-than-training",
)


def family(name: str, part: str, data: str, model: str, plan: Plan) -> Family:
    """All trainings of a data set and model, each in one of the dialects in turn."""
    epoch, step = cycle(BY_EPOCH), cycle(BY_STEP)
    made = []
    for key, (knobs, of, first, also, fault) in faults(plan).items():
        first, also = plan.relabelled.get(key, (first, also))
        by_step = bool(knobs.get("every"))
        args = {"data": data, "of": {**of}, **knobs}
        kind = f"after {fault}" if first == ("healthy",) else ""
        made.append(
            Configuration(f"{name}_{key}", args, first, also, fault, kind, dialect=next(step if by_step else epoch))
        )
    if plan.classes:
        knobs = {**plan.healthy, "last_gain": 60.0, "every": 2, "columns": ("loss",), "epochs": 10}
        made.append(Configuration(f"{name}_last_layer", {"data": data, "of": {}, **knobs}, ("wrong-initial-loss",),
                                  ("loss-spikes", "noisy-loss"), "last layer 60 times too large", dialect=next(step),
                                  options={"classes": plan.classes}))  # fmt: skip
    for key, (knobs, of, kind) in sound(plan).items():
        first, also = plan.relabelled.get(f"sound_{key}", (("healthy",), ()))
        by_step = bool(knobs.get("every"))
        fault = "" if "healthy" in first else f"a setting meant to be sound ({kind})"
        excused = OVERFITS if "val_loss" in knobs.get("columns", ("val_loss",)) else ()
        args = {"data": data, "of": {**of}, **knobs}
        dialect = next(step if by_step else epoch)
        made.append(Configuration(f"{name}_sound_{key}", args, first, also, fault, kind, excused, dialect))
    kept = tuple(c for c in made if c.name.removeprefix(f"{name}_") not in plan.dropped)
    return Family(name, "torch_tasks", data, model, part, kept)
