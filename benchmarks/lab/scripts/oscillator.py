"""A damped oscillator: its movement fitted, its equation solved by a net, its traces told apart by a distance."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts.oscillator_parts import Knobs, Net, Sample, factor, measures, sample, terms

torch.set_num_threads(1)


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records an epoch (``every`` 0) or every so many steps, validation at the end of an epoch; see ``Knobs``."""
    k = Knobs(**args)  # type: ignore[arg-type]
    torch.manual_seed(9900 + seed)
    learn, held = sample(k, k.rows, k.noise), sample(k, k.held, k.noise if k.held_noise < 0 else k.held_noise)
    net = Net(k)
    loop = _Loop(k, net, learn)
    records: list[dict[str, float]] = []
    epoch, saved, back = 0, None, k.resume
    while epoch < k.epochs:
        if back and epoch == back[1] and saved is None:
            saved = loop.state()
        if back and epoch == back[0]:
            loop.restore(saved)
            epoch, back = back[1], ()
        for values in loop.pass_over(epoch):
            records.append({"step": loop.step, "epoch": epoch} | values)
        if any(n.startswith("val_") for n in k.log):
            records[-1] |= _validate(k, loop.first if k.fault == "stale" else net, held)
        epoch += 1
    return records


class _Loop:
    """The optimiser and its steps."""

    def __init__(self, k: Knobs, net: Net, learn: Sample) -> None:
        self.k, self.net, self.learn, self.step = k, net, learn, 0
        self.first = copy.deepcopy(net)
        self.owner = copy.deepcopy(net) if k.fault == "other_parameters" else net
        if k.pretrain:
            self._pretrain()
        self.optimiser = _optimiser(k, self.owner)
        self.batches = max(1, k.rows // k.batch)
        self.smooth: dict[str, float] = {}

    def pass_over(self, epoch: int) -> Iterator[dict[str, float]]:
        """One epoch: what is to be logged of it."""
        k, window = self.k, []
        order = torch.argsort(self.learn.y.flatten(1)[:, 0]) if k.sort else torch.randperm(k.rows)
        for i in range(self.batches):
            rows = order[i * k.batch : (i + 1) * k.batch]
            window.append(self._update(rows))
            if k.every and self.step % k.every == 0:
                yield self._row(window)
                window = []
        if not k.every:
            yield self._row(window)

    def _update(self, rows: Tensor) -> dict[str, float]:
        k, net = self.k, self.net
        self.step += 1
        done = self.step / (k.epochs * self.batches)
        rate = k.lr * factor(k, done)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        batch = _spoilt(k, Sample(*(part[rows] for part in self.learn)), done, self.step)
        net.watch = bool(k.inside) and (not k.every or self.step % k.every == 0)
        parts, guess = terms(k, net, batch, done)
        loss = k.loss_scale * sum(parts.values())
        self.optimiser.zero_grad()
        ((-1 if k.fault == "ascent" and done >= k.at else 1) * loss).backward()
        values = {
            "loss": float(loss.detach()),
            "lr": rate,
            **{n: k.loss_scale * float(p.detach()) for n, p in parts.items()},
        }
        values |= measures(k, guess.detach(), batch)
        return values | self._step_of_optimiser(done)

    def _step_of_optimiser(self, done: float) -> dict[str, float]:
        """Clip, step, and the gradients, updates and units if they are watched."""
        k, net = self.k, self.net
        layers, watch = net.named_weights(), net.watch
        seen = (
            {k.prefix["grad"] + n: float(w.grad.norm()) for n, w in layers.items()}
            if watch and "grad" in k.inside
            else {}
        )
        norm = float(nn.utils.clip_grad_norm_(net.parameters(), k.clip or math.inf))
        seen["grad_norm"] = min(norm, k.clip) if k.clip and k.log_clipped else norm
        before = {n: w.detach().clone() for n, w in layers.items()} if watch and "update" in k.inside else {}
        self.optimiser.step()
        seen |= {k.prefix["update"] + n: float((layers[n].detach() - w).norm() / w.norm()) for n, w in before.items()}
        for what in ("dead", "std"):
            seen |= {k.prefix[what] + n: v for n, v in net.seen[what].items()} if watch and what in k.inside else {}
        if k.fault == "kick" and self.step == int(k.at):
            with torch.no_grad():
                for w in net.parameters():
                    w += k.much * torch.randn_like(w)
        return seen

    def _row(self, window: list[dict[str, float]]) -> dict[str, float]:
        """Means of the window (its last step where ``mean`` is false), or the running mean of ``smooth``."""
        k, row = self.k, {}
        for name in window[-1]:
            if name in k.log or "/" in name:
                kept = [w[name] for w in window] if k.mean and "/" not in name else [window[-1][name]]
                value = sum(kept) / len(kept)
                if k.smooth and name == "loss":
                    value = self.smooth[name] = k.smooth * self.smooth.get(name, value) + (1 - k.smooth) * value
                row[k.names.get(name, name)] = _short(value)
        return row

    def _pretrain(self) -> None:
        k, adam = self.k, torch.optim.Adam(self.net.parameters(), 5e-3)
        other = sample(k, 400, k.noise)
        for _ in range(k.pretrain):
            rows = torch.randint(400, (64,))
            adam.zero_grad()
            sum(terms(k, self.net, Sample(*(part[rows] for part in other)), 0.0)[0].values()).backward()
            adam.step()

    def state(self) -> tuple[dict, dict, int]:
        return copy.deepcopy(self.net.state_dict()), copy.deepcopy(self.optimiser.state_dict()), self.step

    def restore(self, saved: tuple[dict, dict, int]) -> None:
        self.net.load_state_dict(saved[0])
        self.optimiser = _optimiser(self.k, self.owner)
        if not self.k.forget:
            self.optimiser.load_state_dict(saved[1])
        self.step = saved[2]


def _spoilt(k: Knobs, batch: Sample, done: float, step: int) -> Sample:
    x, y, kind = batch
    if k.fault == "shuffled" and done >= k.at:
        y = y[torch.randperm(len(y))]
    if k.fault == "units" and done >= k.at:
        y = y * k.much
    if k.fault == "nan" and done >= k.at:
        y = y.clone()
        y[0] = math.nan
    if k.fault == "bad_rows" and step % int(k.at) == int(k.at) - 1:
        y = y * k.much
    return Sample(x, y, kind)


def _validate(k: Knobs, net: Net, held: Sample) -> dict[str, float]:
    data = sample(k, k.redraw, k.noise) if k.redraw else held
    net.eval()
    net.watch = False
    pieces = range(0, len(data.y), k.batch if k.task == "embed" else len(data.y))
    values: dict[str, float] = {}
    for at in pieces:  # a contrast needs as many others as in training
        piece = Sample(*(part[at : at + pieces.step] for part in data))
        parts, guess = terms(k, net, piece, 1.0)
        seen = {
            "loss": k.loss_scale * float(sum(parts.values()).detach()),
            **{n: k.loss_scale * float(p.detach()) for n, p in parts.items()},
        }
        for n, v in (seen | measures(k, guess.detach(), piece)).items():
            values[n] = values.get(n, 0.0) + v / len(pieces)
    net.train()
    return {f"val_{k.names.get(n, n)}": _short(v) for n, v in values.items() if f"val_{n}" in k.log}


def _optimiser(k: Knobs, net: nn.Module) -> torch.optim.Optimizer:
    kinds = {
        "adam": lambda: torch.optim.Adam(net.parameters(), k.lr, (0.9, k.beta)),
        "adamw": lambda: torch.optim.AdamW(net.parameters(), k.lr, (0.9, k.beta), weight_decay=k.decay),
        "rmsprop": lambda: torch.optim.RMSprop(net.parameters(), k.lr),
        "sgd": lambda: torch.optim.SGD(net.parameters(), k.lr),
        "momentum": lambda: torch.optim.SGD(net.parameters(), k.lr, 0.9),
    }
    return kinds[k.opt]()


def _short(value: float) -> float:
    return float(f"{value:.6g}")
