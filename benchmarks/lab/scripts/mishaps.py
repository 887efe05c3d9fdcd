"""What goes wrong in a training of ``loop``: in the weights, the data, the loss, the steps or the evaluation."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from benchmarks.lab.scripts.loop import Fit, Recipe, Task


def layers(net: nn.Module) -> list[nn.Module]:
    """The layers with weights, in order."""
    return [m for m in net.modules() if isinstance(m, nn.Linear | nn.Conv2d)]


def before(task: Task, r: Recipe) -> None:
    """Faults of the initial weights and of the data."""
    found = layers(task.net)
    with torch.no_grad():
        if r.fault == "zeros":
            for layer in found:
                layer.weight.zero_()
                layer.bias.zero_()
        elif r.fault == "gain":
            for p in task.net.parameters():
                p.mul_(r.much)
        elif r.fault == "last":
            found[-1].weight.mul_(r.much)
        elif r.fault == "dead":
            for layer in found[:-1]:
                layer.bias.fill_(-r.much)
    _data(task, r)


def _data(task: Task, r: Recipe) -> None:
    n = len(task.x)
    if r.fault == "inputs":
        task.x, task.x_val = task.x * r.much, task.x_val * r.much
    elif r.fault == "targets":
        task.y, task.y_val = task.y + r.much, task.y_val + r.much
    elif r.fault == "random_labels":
        task.y, task.y_val = task.y[torch.randperm(n)], task.y_val[torch.randperm(len(task.y_val))]
    elif r.fault == "nan_row":
        task.x = task.x.clone()
        task.x[n - 7 : n - 6] = float("nan")
    elif r.fault == "outliers":
        task.x = task.x.clone()
        task.x[torch.randperm(n)[:2]] *= r.much
    elif r.fault == "sorted":
        order = torch.argsort(task.y.reshape(n, -1)[:, 0], stable=True)
        task.x, task.y = task.x[order], task.y[order]
    elif r.fault == "by_size":
        order = torch.argsort(task.x.reshape(n, -1).float().norm(dim=1))
        task.x, task.y = task.x[order], task.y[order]


def batch(fit: Fit, x: Tensor, y: Tensor, done: float) -> tuple[Tensor, Tensor]:
    """Faults of single batches, or of all from some point on."""
    r = fit.r
    if r.fault == "bad_batches" and fit.step % int(r.at) == int(r.at) - 1:
        return (x * r.much if x.is_floating_point() else x), y[torch.randperm(len(y))]
    if r.fault == "rare_batches" and torch.rand(()) < r.at:
        return (x * r.much if x.is_floating_point() else x), y.roll(1, 0)
    if done < r.at:
        return x, y
    if r.fault == "noisier":
        x = x + r.much * torch.randn_like(x)
    elif r.fault == "mislabelled":
        wrong = torch.rand(len(y)) < r.much
        y = torch.where(wrong.reshape(-1, *[1] * (y.dim() - 1)), y.roll(1, 0), y)
    elif r.fault == "other_units":
        x = x * r.much
    elif r.fault == "poisoned":
        x, y = r.much * torch.randn_like(x), y[torch.randperm(len(y))]
    return x, y


def loss(fit: Fit, out: Tensor, y: Tensor, done: float) -> Tensor:
    """The loss, also computed as one should not."""
    r = fit.r
    if r.fault == "log_zero":
        p = torch.softmax(out, -1)
        p = torch.where(p < r.much, torch.zeros_like(p), p)
        return -(p.gather(1, y[:, None]).log()).mean()
    if r.fault == "naive_softmax":
        e = torch.exp(out * (r.much if done >= r.at else 1.0))
        return -(e.gather(1, y[:, None]) / e.sum(1, keepdim=True)).log().mean()
    if r.fault == "half":
        out = (out * r.much * (1 + 20 * done)).half().float()
        return fit.task.loss(out, y)
    if r.fault == "root":
        return torch.sqrt(((out - y) ** 2).mean(-1) - r.much).mean()
    if r.fault == "sum":
        return fit.task.loss(out, y) * len(y)
    return fit.task.loss(out, y)


def meanwhile(fit: Fit, done: float) -> None:
    """Faults that strike once, at ``at``."""
    r = fit.r
    if r.fault not in {"new_head", "kick", "old_weights", "lost_state"} or getattr(fit, "struck", False):
        return
    if r.fault == "old_weights" and done >= 0.04 and not hasattr(fit, "old"):
        fit.old = copy.deepcopy(fit.task.net.state_dict())
    if done < r.at:
        return
    fit.struck = True
    with torch.no_grad():
        if r.fault == "new_head":
            layers(fit.task.net)[-1].reset_parameters()
        elif r.fault == "kick":
            for p in fit.task.net.parameters():
                p.add_(r.much * p.std() * torch.randn_like(p) if p.numel() > 1 else 0)
        elif r.fault == "old_weights":
            fit.task.net.load_state_dict(fit.old)
    fit.r.lr *= r.much if r.fault == "lost_state" else 1.0
    fit.new_optimiser()


def predicted(fit: Fit, out: Tensor) -> Tensor:
    """What the evaluation takes for the net's answer."""
    if fit.r.fault == "one_class":
        out = out.clone()
        out[:, 0] = out[:, 0] + 1e3
    if fit.r.fault == "constant_output":
        out = torch.zeros_like(out)
    return out
