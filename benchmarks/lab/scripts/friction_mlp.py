"""Regression on the friction of pipes, scikit-learn's diabetes or tables of numbers, with a look inside the net."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.lab.scripts.friction_mlp_parts import Net, tables
from benchmarks.lab.scripts.parts import Checkpoint, optimiser

torch.set_num_threads(1)
STYLES = {
    "wandb": ("gradients/{}.weight", "update_ratio/{}.weight", "dead_units/{}", "activations/{}_std"),
    "lightning": ("grad_2.0_norm/{}.weight", "update_ratio/{}.weight", "dead_neurons/{}", "activation_std/{}"),
    "plain": ("grad_norm/{}", "update_to_weight/{}", "dead_relu/{}", "act_std/{}"),
    "zeros": ("grad_norm/{}", "update_to_weight/{}", "zero_fraction/{}", "act_std/{}"),
}
"""How gradient norms, updates against weights, dead units and spreads are named."""
DIGITS = 4


def _loss(kind: str, out: Tensor, y: Tensor) -> Tensor:
    if kind == "modular":
        return functional.cross_entropy(out, y.long())
    if kind == "nll":
        return (0.5 * ((out[:, 0] - y) ** 2) * (-2 * out[:, 1]).exp() + out[:, 1]).mean()
    if kind == "bce":
        return functional.binary_cross_entropy_with_logits(out[:, 0], y)
    if kind == "log":
        return (torch.log(out[:, 0] + 1.5) - torch.log(y + 4.0)).pow(2).mean()
    return {"mse": functional.mse_loss, "mae": functional.l1_loss, "huber": functional.huber_loss}[kind](out[:, 0], y)


def _metrics(kind: str, out: Tensor, y: Tensor, names: set[str]) -> dict[str, float]:
    if not names:
        return {}
    if kind in {"bce", "modular"}:
        said = out.argmax(1) if kind == "modular" else out[:, 0] > 0
        hits = ((said == 1) & (y == 1)).sum()
        found = {
            "accuracy": float((said == y).float().mean()),
            "f1": float(2 * hits / max(1, int((said == 1).sum() + y.sum()))),
        }
    else:
        miss = out[:, 0] - y
        square = float((miss**2).mean())
        found = {"mae": float(miss.abs().mean()), "rmse": math.sqrt(square), "mse": square,
                 "r2": 1 - square / max(1e-9, float(y.var(unbiased=False)))}  # fmt: skip
    return {k: v for k, v in found.items() if k in names}


def _rate(rule: str, done: float, at: float, much: float) -> float:
    rules = {
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "one_cycle": lambda: done / at if done < at else 0.5 * (1 + math.cos(math.pi * (done - at) / (1 - at))),
        "warmup": lambda: min(1.0, done / at),
        "dies": lambda: done / at if done < at else 0.0,
        "early": lambda: max(0.0, 1 - done / at),
        "exponential": lambda: 0.5 ** (done / at),
        "hot": lambda: 0.02 + 0.49 * (1 + math.cos(math.pi * done / at)) if done < at else much,
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 4 % 1))),
        "triangles": lambda: 0.05 + 0.95 * (1 - abs(2 * (done * 5 % 1) - 1)),
        "steps": lambda: 0.1 ** int(done / at),
        "growing": lambda: math.exp(much * done),
        "raised": lambda: much if done >= at else 1.0,
    }
    return rules.get(rule, lambda: 1.0)()


@dataclass(frozen=True)
class Setting:
    """One training, logged ``every`` few steps (of the last batch), or for each epoch (means).

    ``stretch`` and ``shift`` change the units of the target, ``wrong`` is noise on the targets of training. ``log`` may
    name layers, updates, dead and spread beside numbers. ``terms``: l2, l1, slope (a term of the derivative) → weight.
    """

    data: str = "friction"
    loss: str = "mse"
    rows: int = 1000
    held: int = 300
    depth: int = 2
    width: int = 32
    unit: str = "relu"
    gain: float = 1.0
    bias: float = 0.0
    norm: bool = False
    dropout: float = 0.0
    opt: str = "adam"
    lr: float = 2e-3
    decay: float = 0.0
    schedule: str = ""
    at: float = 0.5
    much: float = 1.0
    clip: float = 0.0
    batch: int = 40
    epochs: int = 40
    every: int = 0
    order: str = "shuffled"
    fault: str = ""
    scale: float = 1.0
    shift: float = 0.0
    stretch: float = 1.0
    wrong: float = 0.0
    terms: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    style: str = "plain"
    log: tuple[str, ...] = ("loss",)
    digits: int = DIGITS


def train(seed: int, **setting: object) -> list[dict[str, float]]:
    """Records by steps or epochs."""
    torch.manual_seed(90 + seed)
    training = Training(Setting(**setting), seed)
    while training.epochs < training.s.epochs:
        training.epoch()
    digits = training.s.digits
    return [{k: v if k == "step" else float(f"{v:.{digits}g}") for k, v in r.items()} for r in training.records]


class Training:
    """A net, its optimiser and its rows, an epoch at a time; ``records`` grow."""

    def __init__(self, s: Setting, seed: int) -> None:
        self.s, self.wanted, self.kind = s, set(s.log), "modular" if s.data == "modular" else s.loss
        self.x, self.y, *self.held = _split(s, seed)
        self.net = Net(s.data, s.depth, s.width, s.unit, s.gain, s.bias, s.norm, s.dropout)
        owner = copy.deepcopy(self.net) if s.fault == "other_parameters" else self.net
        self.optimiser = optimiser(s.opt, owner.parameters(), s.lr, s.decay)
        self.per_epoch, self.steps, self.epochs = s.rows // s.batch, 0, 0
        self.records: list[dict[str, float]] = []
        self.window: list[dict[str, float]] = []  # the steps since the last record
        saved, back = (int(share * s.epochs) for share in (s.at, s.at + 0.2 * s.much))
        self.checkpoint = Checkpoint(*((saved, back) if s.fault == "resume" else (-1, -1)))

    def epoch(self) -> None:
        """One pass over the rows."""
        s = self.s
        order = torch.randperm(s.rows) if s.order == "shuffled" else torch.arange(s.rows)
        for pick in order.split(s.batch)[: self.per_epoch]:
            self.steps += 1
            self.window.append(self._step(self.x[pick], self.y[pick]))
            if self._due():
                row = _shown(self.window, self.wanted, s.names, not s.every)
                self.records.append({"step": self.steps, "epoch": self.epochs} | row)
                self.window = []
        if any(k.startswith("val_") for k in self.wanted) and self.steps % (s.every or 1) == 0:
            found = _validate(self.net, self.kind, *self.held, self.wanted, s.scale)
            self.records[-1] |= {f"val_{s.names.get(k, k)}": v for k, v in found.items() if f"val_{k}" in self.wanted}
        self.epochs, self.steps = self.checkpoint(self.epochs + 1, self.steps, self.net, self.optimiser)

    def _due(self) -> bool:
        return self.steps % (self.s.every or self.per_epoch) == 0

    def _step(self, x: Tensor, y: Tensor) -> dict[str, float]:
        """Descend once; everything that may be logged of it."""
        s, wanted, done = self.s, self.wanted, self.steps / (self.s.epochs * self.per_epoch)
        y = _spoilt(y, s.fault, self.steps, done, s.at, s.much)
        rate = s.lr * _rate(s.schedule, done, s.at, s.much)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        out = self.net(x)
        parts = {"data": _loss(self.kind, out, y)} | _terms(self.net, x, s.terms)
        whole = s.scale * sum(parts.values())
        self.optimiser.zero_grad()
        (-whole if s.fault == "ascent" and done >= s.at else whole).backward()
        row = {"loss": float(whole.detach()), "lr": rate}
        row |= {k: float(v.detach()) for k, v in parts.items() if k in wanted}
        row |= _metrics(self.kind, out.detach(), y, wanted)
        if s.clip or {"grad_norm", "total_norm"} & wanted:
            row |= _clipped(self.net, s.clip)
        if self._due() and wanted & {"layers", "updates", "dead", "spread"}:
            return row | _inside(self.net, self.optimiser, wanted, STYLES[s.style])
        self.optimiser.step()
        return row


def _clipped(net: Net, clip: float) -> dict[str, float]:
    norm = float(nn.utils.clip_grad_norm_(net.parameters(), clip or float("inf")))
    return {"grad_norm": norm, "total_norm": norm, "clipped_norm": min(norm, clip), "clip_frac": float(norm > clip > 0)}


def _split(s: Setting, seed: int) -> tuple[Tensor, ...]:
    """Rows and targets for training, then for validation."""
    x, y = tables(s.data, seed)
    y = y * s.stretch + s.shift
    x, y, val, val_y = x[: s.rows], y[: s.rows].clone(), x[s.rows :][: s.held], y[s.rows :][: s.held]
    y += s.wrong * torch.randn(len(y))
    if s.fault == "unrelated":
        y = y[torch.randperm(len(y))]
    by = torch.argsort(y) if s.order == "sorted" else torch.arange(s.rows)
    return x[by], y[by], val, val_y


def _spoilt(y: Tensor, fault: str, step: int, done: float, at: float, much: float) -> Tensor:
    if (fault == "bad_batches" and step % int(at) == int(at) // 2) or (fault == "units" and done >= at):
        return y * much
    return y + much * torch.randn_like(y) if fault == "noisier" and done >= at else y


def _shown(window: list[dict[str, float]], wanted: set[str], names: dict[str, str], mean: bool) -> dict[str, float]:
    seen = {k: v for k, v in window[-1].items() if k in wanted or "/" in k}
    averaged = {k for k in seen if "/" not in k and k != "lr"} if mean else {"clip_frac"} & wanted
    seen |= {k: sum(w[k] for w in window) / len(window) for k in averaged}
    if "clipped_norm" in seen:
        seen["grad_norm"] = seen.pop("clipped_norm")
    return {names.get(k, k): v for k, v in seen.items()}


def _terms(net: Net, x: Tensor, weights: dict[str, float]) -> dict[str, Tensor]:
    found = {}
    if "l2" in weights:
        found["l2"] = weights["l2"] * sum((layer.weight**2).sum() for layer in [*net.fc, net.head])
    if "l1" in weights:
        found["l1"] = weights["l1"] * sum(layer.weight.abs().sum() for layer in [*net.fc, net.head])
    if "slope" in weights:
        moved = x.clone()
        moved[:, 1] += 0.1
        found["slope"] = weights["slope"] * ((net(moved)[:, 0] - net(x)[:, 0]) * 10 - 0.7).pow(2).mean()
    return found


def _inside(net: Net, optimiser: torch.optim.Optimizer, wanted: set[str], style: tuple[str, ...]) -> dict[str, float]:
    row, gradient, update, dead, spread = {}, *style
    old = [layer.weight.detach().clone() for layer in net.fc]
    if "layers" in wanted:
        row |= {gradient.format(f"fc{i + 1}"): float(layer.weight.grad.norm()) for i, layer in enumerate(net.fc)}
    optimiser.step()
    for i, (layer, before, h) in enumerate(zip(net.fc, old, net.seen, strict=True)):
        if "updates" in wanted:
            row[update.format(f"fc{i + 1}")] = float((layer.weight.detach() - before).norm() / before.norm())
        if "dead" in wanted:
            share = (h <= 0).float().mean() if "zero" in dead else (h <= 0).all(0).float().mean()
            row[dead.format(f"fc{i + 1}")] = float(share)
        if "spread" in wanted:
            row[spread.format(f"fc{i + 1}")] = float(h.std())
    return row


@torch.no_grad()
def _validate(net: Net, kind: str, x: Tensor, y: Tensor, wanted: set[str], scale: float) -> dict[str, float]:
    net.eval()
    out = net(x)
    net.train()
    return {"loss": scale * float(_loss(kind, out, y))} | _metrics(
        kind, out, y, {k[4:] for k in wanted if k.startswith("val_")}
    )
