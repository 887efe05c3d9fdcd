"""Regression on the friction of pipes, scikit-learn's diabetes or tables of numbers, with a look inside the net."""

from __future__ import annotations

import copy
import math
from functools import cache
from typing import Any

import numpy as np
import torch
from sklearn.datasets import load_diabetes
from torch import Tensor, nn
from torch.nn import functional

torch.set_num_threads(1)
UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}
STYLES = {
    "wandb": ("gradients/{}.weight", "update_ratio/{}.weight", "dead_units/{}", "activations/{}_std"),
    "lightning": ("grad_2.0_norm/{}.weight", "update_ratio/{}.weight", "dead_neurons/{}", "activation_std/{}"),
    "plain": ("grad_norm/{}", "update_to_weight/{}", "dead_relu/{}", "act_std/{}"),
    "zeros": ("grad_norm/{}", "update_to_weight/{}", "zero_fraction/{}", "act_std/{}"),
}
"""How gradient norms, updates against weights, dead units and spreads are named."""
PRIME, DIGITS = 29, 4


@cache
def _friction(seed: int, count: int = 1400) -> tuple[Tensor, Tensor]:
    """Colebrook's friction factor for Reynolds number, roughness and four columns that mean nothing; standardised."""
    rng = np.random.default_rng(seed)
    reynolds, rough = 10 ** rng.uniform(3.6, 7, count), 10 ** rng.uniform(-5, -1.3, count)
    factor = np.full(count, 0.02)
    for _ in range(30):
        factor = (-2 * np.log10(rough / 3.7 + 2.51 / (reynolds * np.sqrt(factor)))) ** -2
    x = np.column_stack([np.log10(reynolds), np.log10(rough), rng.normal(size=(count, 4))])
    y = np.log(factor) + 0.02 * rng.normal(size=count)
    return _standard(x), _standard(y)


def _standard(values: np.ndarray) -> Tensor:
    return torch.tensor((values - values.mean(0)) / values.std(0), dtype=torch.float32)


def _tables(data: str, seed: int) -> tuple[Tensor, Tensor]:
    if data == "diabetes":
        x, y = load_diabetes(return_X_y=True)
        order = np.random.default_rng(seed).permutation(len(y))
        x, y = _standard(x)[order], _standard(y)[order]
    elif data == "ids":
        y = torch.randn(1400)
        x = torch.arange(1400.0)[:, None]
    elif data == "modular":
        pairs = torch.cartesian_prod(torch.arange(PRIME), torch.arange(PRIME))[torch.randperm(PRIME**2)]
        x, y = pairs.float(), (pairs.sum(1) % PRIME).float()
    else:
        x, y = _friction(seed)
    return x, (y > 1.6).float() if data == "rare" else y


class Net(nn.Module):
    """A stack of linear layers named fc1, fc2, … and a head; ids and modular numbers are looked up first."""

    def __init__(
        self, data: str, depth: int, width: int, unit: str, gain: float, bias: float, norm: bool, dropout: float
    ) -> None:
        super().__init__()
        size = {"diabetes": 10, "ids": 24, "modular": 64}.get(data, 6)
        self.table = nn.Embedding(*{"ids": (1400, 24), "modular": (PRIME, 32)}.get(data, (1, 1)))
        self.data, self.unit, self.drop, self.seen = data, UNITS[unit](), nn.Dropout(dropout), []
        self.fc = nn.ModuleList(nn.Linear(size if i == 0 else width, width) for i in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.head = nn.Linear(width if depth else size, PRIME if data == "modular" else 2)
        for layer in self.fc:
            nn.init.kaiming_normal_(layer.weight)
            nn.init.constant_(layer.bias, bias)
            layer.weight.data.mul_(gain)

    def forward(self, x: Tensor) -> Tensor:
        h = self.table(x.long()).flatten(1) if self.data in {"ids", "modular"} else x
        self.seen = []
        for layer, norm in zip(self.fc, self.norms, strict=True):
            h = self.drop(self.unit(norm(layer(h))))
            self.seen.append(h.detach())
        return self.head(h)


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


def train(
    seed: int, data: str = "friction", loss: str = "mse", rows: int = 1000, held: int = 300, depth: int = 2, width: int = 32,
    unit: str = "relu", gain: float = 1.0, bias: float = 0.0, norm: bool = False, dropout: float = 0.0, opt: str = "adam",
    lr: float = 2e-3, decay: float = 0.0, schedule: str = "", at: float = 0.5, much: float = 1.0, clip: float = 0.0,
    batch: int = 40, epochs: int = 40, every: int = 0, order: str = "shuffled", fault: str = "", scale: float = 1.0,
    shift: float = 0.0, stretch: float = 1.0, wrong: float = 0.0, terms: dict[str, float] | None = None,
    names: dict[str, str] | None = None, style: str = "plain", log: tuple[str, ...] = ("loss",), digits: int = DIGITS,
) -> list[dict[str, float]]:  # fmt: skip
    """Records every ``every`` steps (of the last batch), or for each epoch (means).

    ``stretch`` and ``shift`` change the units of the target, ``wrong`` is noise on the targets of training. ``log`` may
    name layers, updates, dead and spread beside numbers. ``terms``: l2, l1, slope (a term of the derivative) → weight.
    """
    torch.manual_seed(90 + seed)
    x, y, val, val_y = _split(data, seed, rows, held, stretch, shift, wrong, fault, order)
    net = Net(data, depth, width, unit, gain, bias, norm, dropout)
    owner = copy.deepcopy(net) if fault == "other_parameters" else net
    make = {"adam": lambda p: torch.optim.Adam(p, lr), "adamw": lambda p: torch.optim.AdamW(p, lr, weight_decay=decay),
            "sgd": lambda p: torch.optim.SGD(p, lr), "momentum": lambda p: torch.optim.SGD(p, lr, 0.9),
            "rmsprop": lambda p: torch.optim.RMSprop(p, lr)}[opt]  # fmt: skip
    optimiser, kind = make(owner.parameters()), "modular" if data == "modular" else loss
    per_epoch, step, epoch, saved = rows // batch, 0, 0, None
    total, records, window = epochs * per_epoch, [], []
    wanted, names = set(log), names or {}
    while epoch < epochs:
        for pick in (torch.arange(rows) if order != "shuffled" else torch.randperm(rows)).split(batch)[:per_epoch]:
            step += 1
            done, bx, by = step / total, x[pick], y[pick]
            by = _spoilt(by, fault, step, done, at, much)
            for group in optimiser.param_groups:
                group["lr"] = rate = lr * _rate(schedule, done, at, much)
            out = net(bx)
            parts = {"data": _loss(kind, out, by)} | _terms(net, bx, terms or {})
            whole = scale * sum(parts.values())
            optimiser.zero_grad()
            (-whole if fault == "ascent" and done >= at else whole).backward()
            shows = step % (every or per_epoch) == 0
            row: dict[str, Any] = {"loss": float(whole.detach()), "lr": rate}
            row |= {k: float(v.detach()) for k, v in parts.items() if k in wanted}
            row |= _metrics(kind, out.detach(), by, wanted)
            if clip or {"grad_norm", "total_norm"} & wanted:
                norm_ = float(nn.utils.clip_grad_norm_(net.parameters(), clip or float("inf")))
                row |= {
                    "grad_norm": norm_,
                    "total_norm": norm_,
                    "clipped_norm": min(norm_, clip),
                    "clip_frac": float(norm_ > clip > 0),
                }
            if shows and wanted & {"layers", "updates", "dead", "spread"}:
                row |= _inside(net, optimiser, wanted, STYLES[style])
            else:
                optimiser.step()
            window.append(row)
            if shows:
                records.append({"step": step, "epoch": epoch} | _shown(window, wanted, names, not every))
                window = []
        if any(k.startswith("val_") for k in wanted) and step % (every or 1) == 0:
            found = _validate(net, kind, val, val_y, wanted, scale)
            records[-1] |= {f"val_{names.get(k, k)}": v for k, v in found.items() if f"val_{k}" in wanted}
        epoch += 1
        if fault == "resume" and epoch == int(at * epochs):
            saved = copy.deepcopy((step, epoch, net.state_dict(), optimiser.state_dict()))
        if fault == "resume" and epoch == int((at + 0.2 * much) * epochs):
            step, epoch, fault = saved[0], saved[1], ""
            net.load_state_dict(saved[2])
            optimiser.load_state_dict(saved[3])
    return [{k: v if k == "step" else float(f"{v:.{digits}g}") for k, v in r.items()} for r in records]


def _split(
    data: str, seed: int, rows: int, held: int, stretch: float, shift: float, wrong: float, fault: str, order: str
) -> tuple[Tensor, ...]:
    """Rows and targets for training, then for validation."""
    x, y = _tables(data, seed)
    y = y * stretch + shift
    x, y, val, val_y = x[:rows], y[:rows].clone(), x[rows : rows + held], y[rows : rows + held]
    y += wrong * torch.randn(len(y))
    if fault == "unrelated":
        y = y[torch.randperm(len(y))]
    by = torch.argsort(y) if order == "sorted" else torch.arange(rows)
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
