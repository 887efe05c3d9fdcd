"""A training loop with the mishaps of real users; what is learnt comes from a task module.

A task has ``DEFAULTS``, ``draw(k, rows, held)`` → x and y, ``Net(k)`` with ``blocks`` (name → layer and unit),
``terms(k, net, x, y, done)`` → the weighted terms of the loss and the output, and ``measures(k, out, y)``.
"""

from __future__ import annotations

import copy
import math
import time
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

Record = dict[str, float]
DEFAULTS: dict[str, Any] = {
    "epochs": 20, "batch": 32, "rows": 320, "held": 200, "opt": "adam", "lr": 1e-3, "momentum": 0.9, "decay": 0.0,
    "beta2": 0.999, "schedule": "constant", "at": 0.5, "much": 10.0, "cycles": 3, "clip": 0.0, "clip_value": 0.0,
    "log_clipped": False, "every": 0, "mean": True, "evaluate": 1, "log": ("loss",), "names": {}, "digits": 0,
    "accumulate": 1, "keep_grads": False, "order": "shuffled", "scale": 1.0, "fault": "", "when": 0.5, "size": 1.0,
    "period": 50, "resume": (), "forget": False, "inside": (), "form": "{what}/{layer}", "redraw": 0,
    "eval_mode": "eval", "ema": 0.0, "pretrain": 0, "pretrain_lr": 3e-3, "first_line": False, "half_after": False,
    "running": False, "log_ratio": False, "percent": False, "smooth_log": 0.0, "stop_nan": False,
}  # fmt: skip


def knobs(task: Any, args: dict[str, Any]) -> SimpleNamespace:
    """The settings of a run. Raises ValueError for an unknown one."""
    known = DEFAULTS | task.DEFAULTS
    if unknown := args.keys() - known.keys():
        raise ValueError(f"unknown settings {sorted(unknown)}")
    return SimpleNamespace(**known | args)


def factor(k: SimpleNamespace, done: float) -> float:
    """What the rate is multiplied with after the share ``done`` of the run."""
    past = max(0.0, done - k.at) / max(1e-9, 1 - k.at)
    shapes = {
        "constant": lambda: 1.0,
        "cosine": lambda: 0.5 + 0.5 * math.cos(math.pi * done),
        "warmup": lambda: done / k.at if done < k.at else 0.5 + 0.5 * math.cos(math.pi * past),
        "inverse_root": lambda: min(done / k.at, math.sqrt(k.at / max(done, 1e-9))),
        "linear": lambda: 1 - done * (1 - 1e-3),
        "steps": lambda: 1.0 if done < k.at else 0.1 if past < 0.5 else 0.01,
        "restarts": lambda: 0.5 + 0.5 * math.cos(math.pi * (done * k.cycles % 1)),
        "triangles": lambda: 0.05 + 0.95 * abs(1 - 2 * (done * k.cycles % 1)),
        "ramp": lambda: math.exp(k.much * done),
        "raised": lambda: k.much if done >= k.at else 1.0,
        "dip": lambda: k.much if k.at <= done < k.at + 0.12 else 1.0,
        "too_soon": lambda: max(0.0, 1 - done / k.at) ** 2,
        "zero_first": lambda: 0.0 if done < k.at else 1.0,
        "per_step": lambda: 0.9 ** (done * k.much),
    }
    return shapes[k.schedule]()


def train(task: Any, seed: int, args: dict[str, Any]) -> list[Record]:
    """Records of one training."""
    torch.set_num_threads(1)
    torch.manual_seed(1000 + seed)
    k = knobs(task, args)
    run = _Run(task, k)
    epoch, saved = 0, None
    while epoch < k.epochs:
        if k.resume and saved is None and epoch == k.resume[1]:
            saved = copy.deepcopy((run.net.state_dict(), run.optimiser.state_dict(), run.step))
        if k.resume and saved is not None and epoch == k.resume[0]:
            run.restore(*saved)
            epoch, k.resume = k.resume[1], ()
        run.epoch(epoch)
        epoch += 1
        if k.stop_nan and not math.isfinite(run.records[-1].get("loss", 0.0)):
            break
    return [{k.names.get(name, name): v for name, v in record.items()} for record in run.records]


class _Run:
    """The net, its optimiser and the records so far."""

    def __init__(self, task: Any, k: SimpleNamespace) -> None:
        self.task, self.k, self.step = task, k, 0
        self.window: list[Record] = []
        self.records: list[Record] = []
        self.x, self.y = task.draw(k, k.rows, False)
        self.hx, self.hy = task.draw(k, k.held, True)
        self.net = task.Net(k)
        self.clock = time.perf_counter()
        self.tail: Record = {}
        if k.fault == "permuted":
            self.y = self.y[torch.randperm(k.rows)]
        if k.pretrain:
            self._pretrain()
        self.frozen, self.average = copy.deepcopy(self.net), copy.deepcopy(self.net)
        owner = copy.deepcopy(self.net) if k.fault == "other_model" else self.net
        self.optimiser = optimiser(k, owner)
        self.batches = math.ceil(k.rows / k.batch)
        self.seen: dict[str, Tensor] = {}
        for name, (_, unit) in self.net.blocks.items():
            unit.register_forward_hook(lambda _m, _i, out, name=name: self.seen.__setitem__(name, out.detach()))

    def restore(self, weights: dict[str, Tensor], state: dict[str, Any], step: int) -> None:
        """Back to a checkpoint, with or without the state of the optimiser."""
        self.net.load_state_dict(weights)
        self.step, self.window = step, []
        self.optimiser = optimiser(self.k, self.net)
        if not self.k.forget:
            self.optimiser.load_state_dict(state)

    def _pretrain(self) -> None:
        adam = torch.optim.Adam(self.net.parameters(), self.k.pretrain_lr)
        x, y = self.task.draw(self.k, 320, False)
        for _ in range(self.k.pretrain):
            rows = torch.randint(320, (32,))
            adam.zero_grad()
            sum(self.task.terms(self.k, self.net, x[rows], y[rows], 0.0)[0].values()).backward()
            adam.step()

    def _rows(self) -> Tensor:
        k = self.k
        if k.order == "fixed":
            return torch.arange(k.rows)
        if k.order == "sorted":
            key = self.y if self.y.dim() == 1 else self.y[:, 0]
            return torch.argsort(key, stable=True)
        return torch.randperm(k.rows)

    def epoch(self, epoch: int) -> None:
        """One pass over the data; a record an epoch unless the log is step by step."""
        k = self.k
        if k.first_line and not self.records:
            self.records.append(self._named(self._measure(self.x, self.y) | self._validate()) | {"step": 0, "epoch": 0})
        for rows in self._rows().split(k.batch):
            self._one(rows, epoch)
        if not k.every:
            self._log(epoch)
        if any(name.startswith("val_") for name in k.log) and epoch % k.evaluate == k.evaluate - 1 and self.records:
            self.records[-1] |= self._named(self._validate())

    def _one(self, rows: Tensor, epoch: int) -> None:
        k, self.step = self.k, self.step + 1
        done = (self.step - 1) / (k.epochs * self.batches)
        rate = k.lr * factor(k, done)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        x, y = self._spoilt(self.x[rows], self.y[rows], done)
        self._mishap(done)
        terms, out = self.task.terms(k, self.net, x, y, done)
        loss = k.scale * sum(terms.values())
        ((-1 if k.fault == "ascent" and done >= k.when else 1) * loss / k.accumulate).backward()
        values = {"loss": float(loss.detach()), "lr": rate}
        values |= {name: k.scale * float(term.detach()) for name, term in terms.items()}
        values |= self.task.measures(k, out.detach(), y)
        if self.step % k.accumulate == 0:
            values |= self._update()
        self.tail |= values
        if self.step % k.accumulate == 0 or "grad_norm" not in k.log:
            self.window.append(values)
        if k.every and self.step % k.every == 0:
            self._log(epoch)

    def _spoilt(self, x: Tensor, y: Tensor, done: float) -> tuple[Tensor, Tensor]:
        k = self.k
        if k.fault == "bad_batch" and self.step % k.period == k.period - 1:
            x = x * k.size if x.is_floating_point() else x
            y = y[torch.randperm(len(y))]
        if k.fault == "nan_sample" and done >= k.when and self.step % 5 == 0:
            x = x.clone()
            x[0] = math.nan
        if k.fault == "shift_labels" and done >= k.when:
            y = y.roll(1, 0)
        if k.fault == "gain" and done >= k.when:
            x = x * k.size
        if k.fault == "random_labels":
            y = y[torch.randperm(len(y))]
        return x, y

    @torch.no_grad()
    def _mishap(self, done: float) -> None:
        """Things that happen once, when the share ``when`` of the run is reached."""
        k = self.k
        if done < k.when or getattr(self, "happened", False):
            return
        self.happened = True
        if k.fault == "kill":
            for layer, _ in self.net.blocks.values():
                layer.bias -= k.size
        if k.fault == "new_head":
            self.net.head.reset_parameters()
        if k.fault == "noise_weights":
            for p in self.net.parameters():
                p.add_(torch.randn_like(p) * k.size * p.std().nan_to_num(0.0))

    def _update(self) -> Record:
        """Clip, look inside, step."""
        k, seen = self.k, {}
        watched = {n: layer for n, (layer, _) in self.net.blocks.items()}
        before = {n: m.weight.detach().clone() for n, m in watched.items()} if "update" in k.inside else {}
        if "grad" in k.inside:
            seen |= {self._inside("grad", n): float(m.weight.grad.norm()) for n, m in watched.items() if m.weight.grad is not None}  # fmt: skip
        if k.clip_value:
            nn.utils.clip_grad_value_(self.net.parameters(), k.clip_value)
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), k.clip or math.inf))
        seen["grad_norm"] = min(norm, k.clip) if k.clip and k.log_clipped else norm
        if k.fault != "no_step":
            self.optimiser.step()
        if not k.keep_grads:
            self.optimiser.zero_grad()
            self.net.zero_grad()
        for n, old in before.items():
            ratio = float((watched[n].weight.detach() - old).norm() / old.norm())
            seen[self._inside("update", n)] = math.log10(max(ratio, 1e-30)) if k.log_ratio else ratio
        seen |= self._outputs()
        if k.ema:
            with torch.no_grad():
                for mean, p in zip(self.average.state_dict().values(), self.net.state_dict().values(), strict=True):
                    mean.copy_(mean + (p - mean) * (1 - k.ema) if p.is_floating_point() else p)
        return seen

    def _outputs(self) -> Record:
        """What the units gave in this step: dead ones, zeros, spread, saturation."""
        k, seen = self.k, {}
        for n, out in self.seen.items():
            units = out.transpose(0, 1).flatten(1) if out.dim() > 1 else out[None]
            units = out.flatten(0, -2).T if getattr(self.net, "last_axis", False) else units
            if "dead" in k.inside:
                seen[self._inside("dead", n)] = (100 if k.percent else 1) * float((units == 0).all(1).float().mean())
            if "zero" in k.inside:
                seen[self._inside("zero", n)] = (100 if k.percent else 1) * float((out == 0).float().mean())
            if "std" in k.inside:
                seen[self._inside("std", n)] = float(out.std())
            if "saturated" in k.inside:
                seen[self._inside("saturated", n)] = float((out.abs() > 0.97).float().mean())
        return seen

    def _inside(self, what: str, layer: str) -> str:
        name = self.k.names.get(what, what)
        return "inside:" + self.k.form.format(what=name, layer=layer)

    @torch.no_grad()
    def _measure(self, x: Tensor, y: Tensor, net: nn.Module | None = None) -> Record:
        net = self.net if net is None else net
        net.eval()
        if self.k.eval_mode == "train":
            net.train()
        with torch.enable_grad() if getattr(self.task, "NEEDS_GRAD", False) else torch.no_grad():
            terms, out = self.task.terms(self.k, net, x, y, 1.0)
        net.train()
        values = {"loss": self.k.scale * float(sum(terms.values()))}
        values |= {name: self.k.scale * float(term) for name, term in terms.items()}
        return values | self.task.measures(self.k, out.detach(), y)

    def _validate(self) -> Record:
        k = self.k
        rows = torch.randperm(k.held)[: k.redraw or k.held]
        net = self.frozen if k.fault == "stale" else self.average if k.ema else self.net
        if k.fault == "stale_later" and self.step > k.when * k.epochs * self.batches:
            rows = torch.arange(k.held)
            self.kept = getattr(self, "kept", None) or copy.deepcopy(self.net)
            net = self.kept
        return {f"val_{name}": v for name, v in self._measure(self.hx[rows], self.hy[rows], net).items()}

    def _log(self, epoch: int) -> None:
        """The mean of the window, or its last step; the inside is never averaged."""
        k, values = self.k, dict(self.tail)
        if k.mean and self.window:
            for name in [n for n in self.window[-1] if not n.startswith("inside:") and n != "lr"]:
                found = [v[name] for v in self.window if name in v]
                values[name] = sum(found) / len(found)
        if "time_ms" in k.log:
            values["time_ms"] = 1e3 * (time.perf_counter() - self.clock) / max(1, len(self.window))
            self.clock = time.perf_counter()
        if k.smooth_log and self.records:  # a running mean, as progress bars show
            values["loss"] = k.smooth_log * self.records[-1]["loss"] + (1 - k.smooth_log) * values["loss"]
        if not k.running:
            self.window = []
        elif self.step % self.batches == 0:
            self.window = []  # the mean since the start of the epoch, as Keras prints it
        self.records.append({"step": self.step, "epoch": epoch} | self._named(values))

    def _named(self, values: Record) -> Record:
        k = self.k
        kept = {n.removeprefix("inside:"): v for n, v in values.items() if n in k.log or n.startswith("inside:")}
        if k.digits:
            kept = {n: float(f"{v:.{k.digits}g}") for n, v in kept.items()}
        return kept


def optimiser(k: SimpleNamespace, net: nn.Module) -> torch.optim.Optimizer:
    """The optimiser by name."""
    parameters = [p for p in net.parameters() if p.requires_grad]
    made: dict[str, Any] = {
        "sgd": lambda: torch.optim.SGD(parameters, k.lr, weight_decay=k.decay),
        "momentum": lambda: torch.optim.SGD(parameters, k.lr, k.momentum, weight_decay=k.decay),
        "nesterov": lambda: torch.optim.SGD(parameters, k.lr, k.momentum, weight_decay=k.decay, nesterov=True),
        "adam": lambda: torch.optim.Adam(parameters, k.lr, (0.9, k.beta2), weight_decay=k.decay),
        "adamw": lambda: torch.optim.AdamW(parameters, k.lr, (0.9, k.beta2), weight_decay=k.decay),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, k.lr),
        "adagrad": lambda: torch.optim.Adagrad(parameters, k.lr),
    }
    return made[k.opt]()
