"""A deep plain net on Gaussian clusters that logs its inside every few steps: norms, updates, dead units, spreads."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
UNITS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "gelu": nn.GELU, "none": nn.Identity}
ALL = ("grad_norm", "layers", "updates", "dead", "spread", "lr", "accuracy")


def _data() -> tuple[torch.Tensor, torch.Tensor]:
    rng = np.random.default_rng(int(torch.initial_seed()) % 2**31)
    centres = rng.normal(size=(24, 24))
    pick = rng.integers(0, 24, 960)
    x = centres[pick] + 0.7 * rng.normal(size=(960, 24))
    return torch.tensor(x, dtype=torch.float32), torch.tensor(pick % 8)


def train(
    seed: int, depth: int = 6, width: int = 32, unit: str = "relu", gain: float = 1.0, bias: float = 0.0,
    optimiser: str = "adam", lr: float = 1e-3, schedule: str = "constant", grow: float = 0.0, clip: float = 0.0,
    clip_logged: bool = False, norm: bool = False, penalty: float = 0.0, weight: float = 1.0, terms: bool = False,
    steps: int = 600, every: int = 5, logs: tuple[str, ...] = ALL,
) -> list[dict[str, float]]:  # fmt: skip
    """Records with loss and what ``logs`` names; ``terms`` adds a second head (the mean of the inputs) of a weight."""
    torch.manual_seed(2000 + seed)
    x, y = _data()
    blocks, size = [], 24
    for _ in range(depth):
        linear = nn.Linear(size, width)
        nn.init.kaiming_normal_(linear.weight)
        with torch.no_grad():
            linear.weight.mul_(gain)
            linear.bias.fill_(bias)
        blocks.append(nn.Sequential(linear, nn.LayerNorm(width) if norm else nn.Identity(), UNITS[unit]()))
        size = width
    net, head, side = nn.ModuleList(blocks), nn.Linear(width, 8), nn.Linear(width, 1)
    parameters = [*net.parameters(), *head.parameters(), *side.parameters()]
    make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[optimiser]
    update, records = make(parameters, lr), []
    for step in range(1, steps + 1):
        rate = lr * _factor(schedule, step / steps) * math.exp(grow * step / steps)
        for group in update.param_groups:
            group["lr"] = rate
        rows = torch.randint(0, 960, (48,))
        h, kept = x[rows], []
        for block in net:
            h = block(h)
            kept.append(h.detach())
        out = head(h)
        data = nn.functional.cross_entropy(out, y[rows])
        extra = weight * ((side(h)[:, 0] - x[rows].mean(1) * 5) ** 2).mean() if terms else torch.zeros(())
        decay = penalty * sum((b[0].weight ** 2).sum() for b in net) / 2
        update.zero_grad()
        (data + extra + decay).backward()
        norms = [float(b[0].weight.grad.norm()) for b in net]
        total = float(nn.utils.clip_grad_norm_(parameters, clip or float("inf")))
        before = [b[0].weight.detach().clone() for b in net]
        update.step()
        if step % every == 0:
            record = {"step": step, "epoch": step // 20, "loss": float((data + extra + decay).detach())}
            if terms:
                record |= {"class_loss": float(data.detach()), "mean_loss": float(extra.detach())}
            if penalty:
                record |= {"ce_loss": float(data.detach()), "l2_loss": float(decay.detach())}
            records.append(record | _inside(net, norms, kept, before, logs))
            shown = min(total, clip) if clip_logged and math.isfinite(total) else total
            records[-1] |= {"grad_norm": shown} if "grad_norm" in logs else {}
            records[-1] |= {"lr": rate} if "lr" in logs else {}
            records[-1] |= {"accuracy": float((out.argmax(1) == y[rows]).float().mean())} if "accuracy" in logs else {}
    return records


def _inside(net, norms, kept, before, logs):
    record = {}
    for i, (block, value, h, old) in enumerate(zip(net, norms, kept, before, strict=True)):
        if "layers" in logs:
            record[f"gradients/layers.{i}.weight"] = value
        if "updates" in logs:
            record[f"update_ratio/layers.{i}"] = float((block[0].weight.detach() - old).norm() / old.norm())
        if "dead" in logs:
            record[f"dead_relu/layers.{i}"] = float((h <= 0).all(0).float().mean())
        if "zeros" in logs:
            record[f"zero_fraction/layers.{i}"] = float((h <= 0).float().mean())
        if "spread" in logs:
            record[f"activations/layers.{i}/std"] = float(h.std())
    return record


def _factor(schedule: str, done: float) -> float:
    if schedule == "cosine":
        return 0.5 * (1 + math.cos(math.pi * done))
    if schedule == "short":
        return max(0.0, 1 - done / 0.5)
    if schedule == "warmup":
        return min(done / 0.3, (1 - done) / 0.7)
    if schedule == "restart":
        return max(0.02, 1 - done / 0.5) if done < 0.6 else 4.0
    return 1.0
