"""The names of columns that say where a row stands: what counts steps, epochs, batches and time, and its split."""

from __future__ import annotations

STEP_NAMES = (
    "step", "steps", "global_step", "globalstep", "current_steps", "_step", "trainer/global_step", "iter",
    "iteration", "iterations", "iters", "it", "iter_num", "niter", "num_updates", "update", "updates", "round",
    "n_iter", "total_timesteps", "timesteps_total", "timesteps", "totalenvinteracts", "env_step", "env_steps",
    "frame", "frames", "episode", "training_iteration", "kimg", "tick", "nimg", "minibatch", "trial", "batch_num",
    "num_env_steps", "serial_timesteps", "total_steps_done", "game", "episodes", "nupdates", "time_step", "ep_num",
    "counter", "schritt", "schritte", "paso", "iteración", "iteracion", "étape", "步", "步数", "迭代", "迭代次数",
    "ステップ", "шаг", "스텝",
)  # fmt: skip
"""Names of step columns, best first, as ``plain_name`` gives them."""
EPOCH_NAMES = (
    "epoch", "epochs", "epoch#", "epoch_num", "epoch_id", "epoch_number", "ep", "nepoch", "no_epoch", "epoch_no",
    "epoche", "época", "epoca", "époque", "epoque", "轮", "轮次", "轮数", "エポック", "эпоха", "에폭",
)  # fmt: skip
TIME_NAMES = (
    "wall_time", "wall time", "walltime", "_timestamp", "timestamp", "time", "elapsed_time", "elapsed", "_runtime",
    "runtime", "hours", "time_elapsed", "time_total_s", "relative_time", "train_time", "total_time",
)  # fmt: skip
BATCH_NAMES = ("batch", "batch_idx", "minibatch_idx", "batch_index", "batch_id")
BATCHES_NAME = "batches"
INDEX_NAMES = ("", "unnamed: 0", "index", "unnamed:_0", "#", "no", "id", "row")
SPLIT_NAMES = ("split", "phase", "mode", "subset", "stage", "partition", "dataset", "set", "type", "data")
"""Columns that say which split a row is of, where their words are those of splits; the surest first."""
_COUNTERS = frozenset((*STEP_NAMES, *EPOCH_NAMES))
_AXIS_NAMES = _COUNTERS | frozenset(TIME_NAMES)


def plain_name(name: str) -> str:
    """A name as it stands in the lists above."""
    return name.strip().strip("'\"").lower().replace(" ", "_").replace("-", "_").rstrip(":.")


def is_counter(name: str) -> bool:
    """Whether a column of this name counts steps or epochs."""
    return plain_name(name) in _COUNTERS


def is_place(name: str) -> bool:
    """Whether a column of this name says where a row stands in the training, whatever split the row is of."""
    return is_axis(name) or plain_name(name) in BATCH_NAMES


def is_axis(name: str) -> bool:
    """Whether a column of this name counts steps, epochs or time."""
    return plain_name(name) in _AXIS_NAMES
