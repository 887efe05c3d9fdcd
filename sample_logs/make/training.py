"""The training loop: one Setup in, the log it would have written out. Faults are injected here, never in the log."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
from data import split
from net import Net, Optimiser, cross_entropy, gaussian_nll, squared_error


@dataclass
class Setup:
    """Everything about one training; ``each`` is called before every step with (state) and may break things."""

    data: str = "digits"
    train: int = 1000
    val: int = 400
    label_noise: float = 0.0
    hidden: tuple[int, ...] = (64,)
    activation: str = "relu"
    gain: float = 1.0
    last_gain: float = 1.0
    bias: float = 0.0
    features: int = 0  # only the first so many columns of the inputs
    target_scale: float = 1.0
    half: bool = False  # the forward pass in half precision
    dropout: float = 0.0
    loss: str = "cross entropy"
    smoothing: float = 0.0
    scale: float = 1.0
    optimiser: str = "sgd"
    momentum: float = 0.9
    decay: float = 0.0
    clip: float | None = None
    beta2: float = 0.999
    eps: float = 1e-8
    lr: float | Callable[[float], float] = 0.05
    batch: int = 32
    epochs: int = 30
    log_every: int = 0  # 0: once an epoch, else every so many steps
    val_every: int = 0  # 0: once an epoch
    fresh_val: int = 0  # draw that many validation samples anew at each evaluation
    shuffle: bool = True
    sort: bool = False
    pretrain: Setup | None = None  # weights come from this training
    resume: tuple[int, int] | None = None  # (a, b): killed before epoch a, started again from the checkpoint of epoch b
    skip_non_finite: bool = False  # as gradient scalers do: log the loss, make no step
    each: Callable[[SimpleNamespace], None] | None = None
    columns: tuple[str, ...] = ("loss", "accuracy", "val_loss", "val_accuracy")
    system: bool = False  # time and memory of this machine beside the losses: not the same twice
    args: dict = field(default_factory=dict)


def train(setup: Setup, seed: int) -> list[dict[str, float]]:
    """The records of the log: epoch, step, lr, and what of loss, accuracy, val_loss, val_accuracy was logged."""
    keep = {"epoch", "step", *setup.columns}
    return [{k: v for k, v in r.items() if k in keep} for r in trained(setup, seed).records]


def trained(setup: Setup, seed: int) -> SimpleNamespace:
    """The state after the training: net, records and all."""
    s, steps = _start(setup, seed)
    sums: list = []
    again = list(range(setup.resume[1], setup.epochs)) if setup.resume else []
    for s.epoch in [*range(setup.resume[0] if setup.resume else setup.epochs), *again]:
        _checkpoint(s)
        _epoch(s, steps, sums)
    return s


def _checkpoint(s: SimpleNamespace) -> None:
    """Keep, or go back to, the weights before the epoch that a resume starts from."""
    if s.setup.resume and s.epoch == s.setup.resume[1]:
        if s.checkpoint is None:
            s.checkpoint = (s.step, copy.deepcopy(s.net), copy.deepcopy(s.optimiser.state))
            return
        s.step, s.net, state = s.checkpoint
        s.optimiser = new_optimiser(s)
        s.optimiser.state = state


def _start(setup: Setup, seed: int) -> tuple[SimpleNamespace, int]:
    rng = np.random.default_rng(seed)
    s = SimpleNamespace(setup=setup, rng=rng, step=0, epoch=0, sign=1.0, records=[], lr=0.0)
    s.clock = time.perf_counter()
    s.frozen = s.checkpoint = s.stale = None
    s.x, s.y, s.x_val, s.y_val, classes = split(setup.data, setup.train, setup.val, rng, setup.label_noise)
    outputs = classes or (2 if setup.loss == "gaussian" else s.y.shape[1])
    if setup.features:
        s.x, s.x_val = s.x[:, : setup.features], s.x_val[:, : setup.features]
    if setup.target_scale != 1.0:
        s.y, s.y_val = s.y * setup.target_scale, s.y_val * setup.target_scale
    if setup.sort:
        order = np.argsort(s.y.ravel(), kind="stable")
        s.x, s.y = s.x[order], s.y[order]
    sizes = (s.x.shape[1], *setup.hidden, outputs)
    c = setup
    s.net = Net(sizes, rng, c.activation, c.gain, c.last_gain, c.dropout, c.bias, c.half)
    if setup.pretrain:
        s.net.take(trained(setup.pretrain, seed).net)
    s.optimiser = new_optimiser(s)
    return s, max(1, len(s.x) // setup.batch)


def _epoch(s: SimpleNamespace, steps: int, sums: list) -> None:
    setup = s.setup
    order = s.rng.permutation(len(s.x)) if setup.shuffle else np.arange(len(s.x))
    for i in range(steps):
        s.rows = order[i * setup.batch : (i + 1) * setup.batch]
        sums.append(_step(s, (s.step + 1) / (steps * setup.epochs)))
        s.step += 1
        if setup.log_every and s.step % setup.log_every == 0:
            _log_train(s, sums)
        if setup.val_every and s.step % setup.val_every == 0:
            s.records[-1].update(evaluate(s))
    if not setup.log_every:
        _log_train(s, sums)
    if not setup.val_every and any(c.startswith("val_") for c in setup.columns):
        s.records[-1].update(evaluate(s))


def new_optimiser(s: SimpleNamespace) -> Optimiser:
    """An optimiser without any memory of the steps before."""
    c = s.setup
    return Optimiser(s.net.parameters, c.optimiser, c.momentum, c.decay, c.clip, c.beta2, c.eps)


def _step(s: SimpleNamespace, done: float) -> tuple[float, float, float]:
    lr = s.setup.lr(done) if callable(s.setup.lr) else s.setup.lr
    s.lr, s.batch_x, s.batch_y = lr, s.x[s.rows], s.y[s.rows]
    if s.setup.each:
        s.setup.each(s)
    with np.errstate(all="ignore"):
        loss, grad, accuracy = objective(s, s.net.forward(s.batch_x, True), s.batch_y)
        grads = [s.sign * g for g in s.net.backward(grad)]
        if s.setup.skip_non_finite and not np.isfinite(loss):
            return loss, accuracy, float("nan")
        norm = s.optimiser.step(grads, s.lr)
    return loss, accuracy, norm


def objective(s: SimpleNamespace, out: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray, float]:
    """Loss, gradient and metric of outputs."""
    c = s.setup
    if c.loss == "squared":
        return squared_error(out, y, c.scale)
    if c.loss == "gaussian":
        return gaussian_nll(out, y)
    loss, grad, accuracy = cross_entropy(out, y, c.smoothing, naive=c.loss == "naive")
    return loss * c.scale, grad * c.scale, accuracy


def _log_train(s: SimpleNamespace, sums: list) -> None:
    loss, accuracy, norm = np.mean(sums, axis=0) if s.setup.log_every != 1 else sums[-1]
    sums.clear()
    s.records.append(
        {"epoch": s.epoch, "step": s.step, "loss": loss, "accuracy": accuracy, "lr": s.lr, "grad_norm": norm}
    )

    if s.setup.system:
        import resource

        seconds, s.clock = time.perf_counter() - s.clock, time.perf_counter()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        s.records[-1].update({"step_time_ms": 1e3 * seconds, "memory_mb": memory})


def evaluate(s: SimpleNamespace) -> dict[str, float]:
    """Validation loss and metric; ``frozen`` weights (never loaded again) may stand in for the net's."""
    x, y = s.x_val, s.y_val
    if s.stale:
        return s.stale
    if s.setup.fresh_val:
        rows = s.rng.integers(0, len(x), s.setup.fresh_val)
        x, y = x[rows], y[rows]
    with np.errstate(all="ignore"):
        loss, _, accuracy = objective(s, (s.frozen or s.net).forward(x, False), y)
    return {"val_loss": loss, "val_accuracy": accuracy}
