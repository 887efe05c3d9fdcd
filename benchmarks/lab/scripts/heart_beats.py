"""Heart beats sorted by small convolutional nets: phases, weights of rare kinds, callbacks, as notebooks do it."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.heart_beats_parts import KINDS, SHARES, BeatNet, area_under_curve, beats, f1_macro

torch.set_num_threads(1)
Record = dict[str, float]
KNOBS: dict[str, Any] = {
    # data
    "n_train": 768, "n_val": 384, "shares": SHARES, "hum": 0.1, "flip": 0.0, "volts": 1.0, "two": False, "by": "", "growing": 0, "mixup": 0.0,
    # model and loss
    "net": {}, "loss": "ce", "gamma": 2.0, "weights": "", "smooth": 0.0, "pause": 0.0, "pause_unit": 100.0, "kind_weight": 1.0, "l2": 0.0, "l1": 0.0,
    "head": 1.0, "bias": (), "times": 1.0,
    # training
    "optimizer": "adam", "lr": 2e-3, "momentum": 0.9, "wd": 0.0, "batch": 64, "epochs": 20, "schedule": "", "plateau": 0, "stop": 0, "clip": 0.0,
    "pretrain": 0, "average": 0.0,
    # what goes wrong, from when to when, how much
    "bug": "", "when": (0.0, 1.0), "amount": 1.0,
    # the log
    "steps": 0, "running": True, "val_every": 1, "columns": ("loss", "acc", "val_loss", "val_acc"), "rename": {}, "watch": {},
}  # fmt: skip


def schedules(text: str) -> Callable[[int, int, int], float]:
    """From (update, all updates, updates an epoch) to a factor of the learning rate."""
    name, *numbers = text.split() or [""]
    a = float(numbers[0]) if numbers else 0.0

    def cosine(t: int, total: int, per: int) -> float:
        ramp = a * per
        return (t + 1) / (ramp + 1) if t < ramp else 0.5 + 0.5 * math.cos(math.pi * (t - ramp) / (total - ramp))

    return {
        "": lambda t, total, per: 1.0,
        "cosine": cosine,
        "staircase": lambda t, total, per: 0.2 ** (t // (a * per)),
        "exp": lambda t, total, per: a ** (t / per),
        "at": lambda t, total, per: 1.0 if t < a * total else float(numbers[1]),
        "cycle": lambda t, total, per: 0.02 + 0.98 * abs(1 - (t / (a * per)) % 2),
        "sgdr": lambda t, total, per: 0.01 + 0.99 * (0.5 + 0.5 * math.cos(math.pi * (t % (a * per)) / (a * per))),
        "one_cycle": lambda t, total, per: (t + 1) / (a * total) if t < a * total - 1 else (total - t) / (total - a * total),
        "gone": lambda t, total, per: max(0.0, 1 - t / (a * total)),
        "ramp": lambda t, total, per: min(1.0, t / (a * total)),
    }[name]  # fmt: skip


def spoilt(x: Tensor, y: Tensor, k: SimpleNamespace, on: bool, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """A batch after the bug of the pipeline."""
    if k.mixup:
        x = x + k.mixup * torch.randn(x.shape, generator=g)
    if not on:
        return x, y
    rarely = float(torch.rand((), generator=g)) < 0.025
    if k.bug == "lead_reversed":
        x = -k.amount * x
    elif k.bug == "new_scale":
        x = x * k.amount
    elif k.bug == "muscle_noise":
        x = x + k.amount * torch.randn(x.shape, generator=g)
    elif k.bug == "other_annotator":
        mixed = torch.rand(len(y), generator=g) < k.amount
        y = torch.where(mixed, (y + 1) % (2 if k.two else KINDS), y)
    elif k.bug == "saturated" and rarely:
        x = x * k.amount
    elif k.bug == "swapped_batch" and rarely:
        y = y.roll(1)
    elif k.bug == "crop":
        x = x.roll(int(k.amount), 2)
    return x, y


def objective(net: BeatNet, x: Tensor, y: Tensor, pause: Tensor, k: SimpleNamespace, weight: Tensor | None) -> tuple[Tensor, Record, Tensor]:  # fmt: skip
    """The loss, the figures of the batch and the scores."""
    scores, guess = net(x)
    if k.bug == "softmax_in_model":
        scores = torch.softmax(scores, 1)
    smooth = k.smooth if net.training else 0.0
    if k.loss == "focal":
        logs = F.log_softmax(scores, 1).gather(1, y[:, None])[:, 0]
        main = (-((1 - logs.exp()) ** k.gamma) * logs * (1 if weight is None else weight[y])).mean()
    elif k.loss == "raw_log":
        shares = torch.softmax(scores * k.amount, 1).half().float()
        main = -torch.log(shares.gather(1, y[:, None])).mean()
    elif k.loss == "bce":
        main = F.binary_cross_entropy_with_logits(scores, F.one_hot(y, scores.shape[1]).float(), weight=weight)
    elif k.loss == "weighted_mean":
        main = (F.cross_entropy(scores, y, reduction="none") * (1 if weight is None else weight[y])).mean()
    else:
        main = F.cross_entropy(scores, y, weight=weight, label_smoothing=smooth)
    main = k.times * k.kind_weight * main
    told = {"kind": float(main.detach()), "loss": 0.0}
    loss = main
    if k.pause:
        miss = k.pause * F.mse_loss(guess, (pause - 700) / k.pause_unit)
        loss, told["pause"] = loss + miss, float(miss.detach())
    if net.training and (k.l1 or k.l2):
        cost = sum(k.l1 * w.abs().sum() + k.l2 * w.square().sum() for w in net.parameters() if w.dim() > 1)
        loss, told["reg"] = loss + cost, float(cost.detach())
    hits = float((scores.argmax(1) == y).float().mean())
    return loss, told | {"loss": float(loss.detach()), "acc": hits, "percent": 100 * hits, "error": 1 - hits}, scores


@torch.no_grad()
def validation(net: BeatNet, part: dict[str, Tensor], k: SimpleNamespace, weight: Tensor | None) -> Record:
    """Figures of the validation beats, with F1 and the area under the curve."""
    net.eval()
    _, told, scores = objective(net, part["x"], part["y"], part["pause"], k, weight)
    net.train()
    guess, y = scores.argmax(1), part["y"]
    if k.bug == "metric_of_zeros":
        guess = torch.zeros_like(y)
        told["acc"] = float((y == 0).float().mean())
        told["percent"], told["error"] = 100 * told["acc"], 1 - told["acc"]
    shares = torch.softmax(scores, 1)
    told["f1"] = f1_macro(guess, y, scores.shape[1])
    told["auc"] = area_under_curve(1 - shares[:, 0], y != 0)
    return {f"val_{name}": value for name, value in told.items()}


def optimizer_of(net: nn.Module, k: SimpleNamespace) -> torch.optim.Optimizer:
    """By the name of the knob."""
    own = list(net.parameters())
    if k.optimizer == "sgd":
        return torch.optim.SGD(own, k.lr, k.momentum, weight_decay=k.wd, fused=True)
    if k.optimizer == "rmsprop":
        return torch.optim.RMSprop(own, k.lr, weight_decay=k.wd, foreach=True)
    return (torch.optim.AdamW if k.optimizer == "adamw" else torch.optim.Adam)(own, k.lr, weight_decay=k.wd, fused=True)


def looks_inside(net: BeatNet, watch: dict[str, str]) -> Record:
    """Figures of layers for the patterns of ``watch``."""
    found: Record = {}
    for i, (layer, out) in enumerate(zip((*net.convs, net.hidden), net.kept, strict=True)):
        grad = layer.weight.grad
        figures = {
            "grad": float(grad.norm()) if grad is not None else 0.0,
            "std": float(out.detach().std()),
            "zeros": float((out <= 0).float().mean()),
            "dead": float((out <= 0).flatten(2).all(2).all(0).float().mean()) if out.dim() > 2 else float((out <= 0).all(0).float().mean()),
        }  # fmt: skip
        found |= {pattern.format(i): figures[what] for what, pattern in watch.items() if what in figures}
    return found


def prepared(k: SimpleNamespace, g: torch.Generator) -> tuple[dict[str, Tensor], dict[str, Tensor], Tensor | None]:
    """Beats to train on, beats to validate on, and the weights of the kinds."""
    ours, held = (beats(n, g, k.shares, k.hum) for n in (k.n_train, k.n_val))
    kinds = 2 if k.two else KINDS
    for part in (ours, held):
        part["x"] = part["x"] * k.volts
        part["y"] = (part["y"] > 0).long() if k.two else part["y"]
        if k.bug == "blank":
            part["x"] = torch.zeros_like(part["x"])
        if k.bug == "tail_only":
            part["x"] = part["x"] * (torch.arange(part["x"].shape[2]) < 22)
    false = torch.rand(k.n_train, generator=g) < k.flip
    ours["y"] = torch.where(false, torch.randint(0, kinds, (k.n_train,), generator=g), ours["y"])
    if k.bug == "labels_shuffled":
        ours["y"] = ours["y"][torch.randperm(k.n_train, generator=g)]
    counts = torch.bincount(ours["y"], minlength=kinds).float().clamp(min=1)
    even = k.n_train / (kinds * counts)
    return ours, held, {"": None, "balanced": even, "extreme": even**3}[k.weights]


def network(k: SimpleNamespace) -> tuple[BeatNet, BeatNet, torch.optim.Optimizer]:
    """The net, the one that is validated (mostly the same) and the optimiser."""
    net = BeatNet(2 if k.two else KINDS, **k.net)
    with torch.no_grad():
        net.out.weight.mul_(k.head)
        for i, b in enumerate(k.bias):
            net.out.bias[i] = b
    moved = {"other_net": deepcopy(net), "frozen_body": net.out}.get(k.bug, net)
    return net, deepcopy(net) if k.average or k.bug == "stale" else net, optimizer_of(moved, k)


def update(net: BeatNet, judged: BeatNet, opt: torch.optim.Optimizer, loss: Tensor, k: SimpleNamespace, on: bool) -> Record:  # fmt: skip
    """One step of the optimiser; norms and ratios if they are asked for."""
    told: Record = {}
    opt.zero_grad()
    (-k.amount * loss if on and k.bug == "sign" else loss).backward()
    weights = list(net.parameters())
    if on and k.bug == "scaler":
        torch._foreach_mul_([w.grad for w in weights if w.grad is not None], k.amount)
    if k.clip or {"norm", "clipped"} & set(k.columns):
        told["norm"] = float(nn.utils.clip_grad_norm_(weights, k.clip or 1e9))
        told["clipped"] = min(told["norm"], k.clip or 1e9)
    old = [w.detach().clone() for w in weights] if "ratio" in k.columns else []
    if k.bug != "no_step":
        opt.step()
    if old:
        told["ratio"] = sorted(float((w.detach() - o).norm() / (o.norm() + 1e-9)) for w, o in zip(weights, old, strict=True) if w.dim() > 1)[2]  # fmt: skip
    if k.average:
        with torch.no_grad():
            for mine, new in zip(judged.parameters(), weights, strict=True):
                mine.lerp_(new, 1 - k.average)
            for mine, new in zip(judged.buffers(), net.buffers(), strict=True):
                mine.copy_(new)
    return told


class Callbacks:
    """ReduceLROnPlateau and EarlyStopping."""

    def __init__(self, k: SimpleNamespace) -> None:
        self.k, self.best, self.idle, self.waiting, self.cut = k, math.inf, 0, 0, 1.0

    def ends(self, score: float) -> bool:
        """After an epoch: cut the rate, or end the training."""
        better = score < self.best - 1e-4
        self.best, self.idle, self.waiting = (score, 0, 0) if better else (self.best, self.idle + 1, self.waiting + 1)
        if self.k.plateau and self.idle >= self.k.plateau:
            self.cut, self.idle = self.cut * 0.3, 0
        return bool(self.k.stop and self.waiting >= self.k.stop)


def batches(ours: dict[str, Tensor], epoch: int, k: SimpleNamespace, g: torch.Generator) -> list[Tensor]:
    """The full batches of an epoch."""
    n = min(k.n_train, k.batch * 6 + k.growing * epoch) if k.growing else k.n_train
    turn = torch.randperm(n, generator=g) if not k.by else ours[k.by].argsort(stable=True)
    return [pick for pick in turn.split(k.batch) if len(pick) == k.batch]


def train(seed: int, **knobs: Any) -> list[Record]:
    """Records of epochs, or of every ``steps`` updates."""
    if strange := set(knobs) - set(KNOBS):
        raise TypeError(f"no such knobs: {strange}")
    k = SimpleNamespace(**(KNOBS | knobs))
    torch.manual_seed(seed + 11)
    g = torch.Generator().manual_seed(seed * 17 + 3)
    ours, held, weight = prepared(k, g)
    net, judged, opt = network(k)
    callbacks, factor, per = Callbacks(k), schedules(k.schedule), k.n_train // k.batch
    t, total = -k.pretrain * per, k.epochs * per
    records, gathered = [], []
    for epoch in range(-k.pretrain, k.epochs):
        picks = batches(ours, epoch, k, g)
        for place, pick in enumerate(picks):
            on = k.when[0] <= t / total < k.when[1]
            rate = k.lr * callbacks.cut * (factor(t, total, per) if t >= 0 else 1.0)
            opt.param_groups[0]["lr"] = rate = rate * (k.amount if on and k.bug == "rate_times" else 1.0)
            x, y = spoilt(ours["x"][pick], ours["y"][pick], k, on, g)
            loss, told, _ = objective(net, x, y, ours["pause"][pick], k, weight)
            gathered.append(told | {"lr": rate} | update(net, judged, opt, loss, k, on))
            t += 1
            done = place == len(picks) - 1
            if not (t % k.steps == 0 if k.steps else done):
                continue
            row = {a: sum(b[a] for b in gathered) / len(gathered) for a in gathered[0]} if k.running else gathered[-1]
            gathered = []
            if (done or (k.steps and t % per < k.steps)) and epoch % k.val_every == k.val_every - 1:
                row |= validation(judged, held, k, weight)
            if epoch >= 0:
                records.append({"step": t, "epoch": epoch} | {k.rename.get(c, c): row[c] for c in k.columns if c in row} | (looks_inside(net, k.watch) if k.watch else {}))  # fmt: skip
        if epoch >= 0 and (k.plateau or k.stop) and callbacks.ends(validation(judged, held, k, weight)["val_loss"]):
            break
    return records
