"""Hyper-parameters by their usual names, whatever the tool that wrote them called them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: dict[str, tuple[str, ...]] = {
    "learning_rate": ("learning_rate", "lr", "lr0", "base_lr", "initial_lr", "init_lr", "peak_lr", "max_lr", "eta"),
    "batch_size": (
        "total_train_batch_size", "global_batch_size", "train_batch_size", "batch_size", "per_device_train_batch_size",
        "per_gpu_train_batch_size", "micro_batch_size", "batchsize", "batch", "bs", "bsz",
    ),
    "weight_decay": ("weight_decay", "wd", "l2"),
    "dropout": ("dropout", "dropout_rate", "drop_rate", "hidden_dropout_prob", "dropout_prob", "p_dropout"),
    "epochs": ("num_train_epochs", "epochs", "num_epochs", "max_epochs", "max_epoch", "n_epochs"),
    "classes": ("num_classes", "n_classes", "nb_classes", "num_labels", "nc", "classes"),
    "clip_norm": (
        "max_grad_norm", "clip_grad_norm", "grad_clip", "clip_norm", "gradient_clip_val", "clip_grad", "grad_clip_norm",
        "grad_norm_clip", "gradient_clipping", "max_gradient_norm", "gradient_clip_norm", "clip_gradient_norm",
        "global_clipnorm", "grad_clip_val", "clip_grad_max_norm", "grad_max_norm", "gradient_clip", "clip_gradients",
        "clip_max_norm", "clipnorm", "clip_threshold", "max_norm",
    ),
    "optimizer": ("optimizer", "optimiser", "optim", "opt"),
}  # fmt: skip
"""Our name → names in use, the most telling first; compared with the last part of a nested name."""
ACCUMULATION = (
    "gradient_accumulation_steps", "grad_accumulation_steps", "accumulate_grad_batches", "grad_accum_steps",
    "accum_steps", "update_freq",
)  # fmt: skip
"""Batches whose gradients make one update, by the names of Hugging Face, Lightning, nanoGPT and fairseq."""
DEVICES = ("world_size", "num_devices", "n_gpus", "num_gpus")
PER_DEVICE = frozenset({"per_device_train_batch_size", "per_gpu_train_batch_size", "micro_batch_size"})
"""A batch of one device, of which ACCUMULATION × DEVICES make an update."""
PER_STEP = frozenset({"batch_size", "batchsize", "batch", "bs", "bsz"})
"""A batch of one forward pass, of which ACCUMULATION make an update."""
OTHERS = frozenset("val valid validation eval evaluation test discriminator critic d teacher data_test".split())
_PARTS = re.compile(r"[./]")


def plain_name(name: str) -> str:
    """``optimizer.params/LR`` → ``lr``: the last part in lower case, dashes as underscores."""
    return _PARTS.split(name)[-1].strip().lower().replace("-", "_").replace(" ", "_")


def number(params: Mapping[str, object], name: str) -> float | None:
    """A hyper-parameter by our name (a key of NAMES) as a positive number, or None."""
    own = _own(params)
    for alias in NAMES[name]:
        value = _positive(params.get(own.get(alias, "")))
        if value is not None:
            passes = _factor(params, own, ACCUMULATION) if alias in PER_DEVICE | PER_STEP else 1.0
            return value * passes * (_factor(params, own, DEVICES) if alias in PER_DEVICE else 1.0)
    return None


def switched_off(params: Mapping[str, object], name: str) -> bool:
    """Whether a hyper-parameter by our name is there and zero: a weight decay of 0, no dropout."""
    own = _own(params)
    values = [params.get(own.get(alias, "")) for alias in NAMES[name]]
    return number(params, name) is None and any(value in {"0", "0.0"} or _is_zero(value) for value in values)


def word(params: Mapping[str, object], name: str) -> str | None:
    """A hyper-parameter by our name as a word in lower case ("adamw"), or None."""
    own = _own(params)
    values = [params.get(own.get(alias, "")) for alias in NAMES[name]]
    values += [params[key] for key in params if plain_name(key) in {"name", "type"} and name in key.lower()]
    return next((value.lower() for value in values if isinstance(value, str) and value), None)


def without(params: Mapping[str, object], said: Mapping[str, object]) -> dict[str, object]:
    """``params`` but for those that mean the same as one of ``said``, whatever their names."""
    groups = [set(aliases) for aliases in NAMES.values()]
    meant = {plain_name(key) for key in said}
    meant = meant.union(*(group for group in groups if group & meant))
    return {key: value for key, value in params.items() if plain_name(key) not in meant}


def _own(params: Mapping[str, object]) -> dict[str, str]:
    """Plain name → the key that speaks of the training itself: not of its evaluation or adversary, least nested."""

    def rank(key: str) -> tuple[bool, int]:
        parts = _PARTS.split(key.lower())
        return bool(OTHERS & set(parts[:-1])), len(parts)

    return {plain_name(key): key for key in sorted(params, key=rank, reverse=True)}


def _factor(params: Mapping[str, object], own: Mapping[str, str], names: tuple[str, ...]) -> float:
    """The first of the settings that is a number, 1 where none is."""
    found = (_positive(params.get(own.get(name, ""))) for name in names)
    return next((value for value in found if value is not None), 1.0)


def _is_zero(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == 0


def _positive(value: object) -> float | None:
    """The value as a number above zero; numbers in words ("1e-3", as YAML leaves them) count."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None
