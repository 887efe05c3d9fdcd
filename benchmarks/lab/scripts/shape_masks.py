"""A small U-Net on drawn shapes: their masks, their kinds pixel by pixel, or the picture without its noise."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts.shape_masks_parts import Knobs, UNet, drawn, factor, measures, terms

torch.set_num_threads(1)
DIGITS = 6


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records an epoch (``every=0``) or every so many steps; see ``Knobs`` for what can be set."""
    k = Knobs(**args)  # type: ignore[arg-type]
    torch.manual_seed(5100 + seed)
    run = _Run(k)
    epoch, saved = 0, {}
    while epoch < k.epochs:
        if k.resume and epoch == k.resume[1] and not saved:
            saved = run.state()
        if k.resume and epoch == k.resume[0] and saved:
            run.restore(saved)
            epoch, k.resume = k.resume[1], ()
        run.epoch(epoch)
        epoch += 1
    return run.records


class _Run:
    """The net, its optimiser and what was logged so far."""

    def __init__(self, k: Knobs) -> None:
        self.k, self.step, self.window, self.records = k, 0, [], []
        self.x, self.y = drawn(k, k.rows, k.noise, k.wrong)
        self.held = drawn(k, k.held, k.noise if k.held_noise < 0 else k.held_noise, 0.0, k.held_contrast)
        self.net = UNet(k)
        self.average, self.first = copy.deepcopy(self.net), copy.deepcopy(self.net)
        owner = copy.deepcopy(self.net) if k.fault == "other_parameters" else self.net
        self.optimiser = _optimiser(k, owner)
        if k.pretrain:
            self._pretrain()
        self.batches = math.ceil(k.rows / k.batch)

    def _pretrain(self) -> None:
        """Some epochs on other pictures of the same kind, so that the log begins at a good level."""
        x, y = drawn(self.k, 256, self.k.noise, 0.0)
        adam = torch.optim.Adam(self.net.parameters(), 5e-3)
        for _ in range(self.k.pretrain):
            rows = torch.randint(256, (32,))
            adam.zero_grad()
            sum(terms(self.k, self.net(x[rows]), y[rows], self.net, 0.0).values()).backward()
            adam.step()

    def epoch(self, epoch: int) -> None:
        """One pass over the pictures, with the fault of the configuration."""
        k = self.k
        order = torch.argsort(self.y.float().flatten(1).mean(1)) if k.sort else torch.randperm(k.rows)
        if k.curriculum:  # the brightest pictures first, more of them as time goes by
            share = min(1.0, 0.2 + epoch / k.epochs * 1.6)
            order = order[torch.argsort(self.y.float().flatten(1).mean(1)[order], descending=True)][
                : int(share * k.rows)
            ]
            order = order[torch.randperm(len(order))]
        for rows in order.split(k.batch):
            self._step(rows, epoch)
        if not k.every:
            self._log(epoch)
        if any(name.startswith("val_") for name in k.log) and epoch % k.evaluate == k.evaluate - 1:
            self.records[-1] |= self._evaluate()

    def _step(self, rows: Tensor, epoch: int) -> None:
        k, self.step = self.k, self.step + 1
        done = self.step / (k.epochs * self.batches)
        for group in self.optimiser.param_groups:
            group["lr"] = k.lr * factor(k, done)
        x, y = self._spoilt(*_mixed(k, self.x[rows], self.y[rows]), done)
        watch = bool(k.inside) and (not k.every or self.step % k.every == 0)
        self.net.watch = watch
        z = self.net(x)
        parts = terms(k, z, y, self.net, done)
        loss = k.scale * sum(parts.values())
        ((-1 if k.fault == "ascent" and done >= k.at else 1) * loss / k.accumulate).backward()
        values = {"loss": float(loss.detach()), "lr": self.optimiser.param_groups[0]["lr"]}
        values |= {name: k.scale * float(part.detach()) for name, part in parts.items()}
        values |= measures(k, z.detach(), y)
        if self.step % k.accumulate == 0:
            values |= self._update(watch)
        self.window.append(values)
        if k.every and self.step % k.every == 0:
            self._log(epoch)

    def _spoilt(self, x: Tensor, y: Tensor, done: float) -> tuple[Tensor, Tensor]:
        k = self.k
        if k.fault == "nan" and done >= k.at and self.step % 7 == 0:
            x = x.clone()
            x[0, 0, 0, 0] = math.nan
        if k.fault == "foreign_masks" and done >= k.at:
            y = y.roll(1, 0)
        if k.fault == "bad_batches" and self.step % int(k.at) == int(k.at) - 1:
            x = k.much * torch.randn_like(x)
        return x, y

    def _update(self, watch: bool) -> dict[str, float]:
        """Clip, log the inside, step."""
        k, named = self.k, list(self.net.layers.items())
        before = {name: layer[0].weight.detach().clone() for name, layer in named} if watch else {}
        seen: dict[str, float] = {}
        if watch and "grad" in k.inside:
            seen |= {
                k.prefix["grad"] + n: float(m[0].weight.grad.norm()) for n, m in named if m[0].weight.grad is not None
            }
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), k.clip or math.inf))
        seen["grad_norm"] = min(norm, k.clip) if k.clip and k.log_clipped else norm
        self.optimiser.step()
        self.optimiser.zero_grad()
        if k.fault == "kill" and self.step == int(k.at):
            with torch.no_grad():
                for _, layer in named[:-1]:
                    layer[0].bias -= k.much
        if "update" in k.inside:
            seen |= {
                k.prefix["update"] + n: float((m[0].weight.detach() - before[n]).norm() / before[n].norm())
                for n, m in named
                if n in before
            }
        if watch:
            seen |= {
                k.prefix[what] + n: v
                for what in ("dead", "std")
                if what in k.inside
                for n, v in self.net.seen[what].items()
            }
        if k.ema:
            self._average()
        return seen

    @torch.no_grad()
    def _average(self) -> None:
        k = self.k
        for mean, p in zip(self.average.state_dict().values(), self.net.state_dict().values(), strict=True):
            mean.copy_(p if not p.is_floating_point() else mean + (p - mean) * (1 - k.ema))

    def _log(self, epoch: int) -> None:
        """The mean of the window, or its last step where ``mean`` is false; the inside is never averaged."""
        k, names = self.k, dict.fromkeys(name for values in self.window for name in values)
        row: dict[str, float] = {}
        for name in names:
            kept = [values[name] for values in self.window if name in values]
            wanted = name in k.log or "/" in name
            row |= (
                {k.names.get(name, name): sum(kept) / len(kept) if k.mean and "/" not in name else kept[-1]}
                if wanted
                else {}
            )
        self.window = []
        self.records.append({"step": self.step, "epoch": epoch} | {n: _short(v) for n, v in row.items()})

    @torch.no_grad()
    def _evaluate(self) -> dict[str, float]:
        """Validation with the weights' average, or the first weights where that is the fault."""
        k = self.k
        net = self.first if k.fault == "stale" else self.average if k.ema else self.net
        x, y = self.held if not k.redraw else drawn(k, k.redraw, k.noise, 0.0)
        if k.fault != "train_mode":
            net.eval()
        net.watch = False
        z = net(x)
        net.train()
        parts = terms(k, z, y, net, 1.0)
        values = {"loss": k.scale * float(sum(parts.values())), **{n: k.scale * float(v) for n, v in parts.items()}}
        values |= measures(k, z, y)
        return {f"val_{k.names.get(n, n)}": _short(v) for n, v in values.items() if f"val_{n}" in k.log}

    def state(self) -> tuple[dict, dict, int]:
        return copy.deepcopy(self.net.state_dict()), copy.deepcopy(self.optimiser.state_dict()), self.step

    def restore(self, saved: tuple[dict, dict, int]) -> None:
        self.net.load_state_dict(saved[0])
        self.step = saved[2]
        if self.k.forget:
            self.optimiser = _optimiser(self.k, self.net)
        else:
            self.optimiser.load_state_dict(saved[1])


def _mixed(k: Knobs, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Augmentation: flips, other contrasts and blotches (``augment``), or pairs laid over each other (``mixup``)."""
    if k.augment:
        if torch.rand(()) < 0.5:
            x, y = x.flip(-1), y.flip(-1)
        x = x * (1 + k.augment * torch.randn(len(x), 1, 1, 1)) + k.augment * torch.randn_like(x)
    if k.mixup and k.task != "classes":
        share = torch.distributions.Beta(k.mixup, k.mixup).sample()
        x, y = share * x + (1 - share) * x.roll(1, 0), share * y + (1 - share) * y.roll(1, 0)
    return x, y


def _optimiser(k: Knobs, net: nn.Module) -> torch.optim.Optimizer:
    if k.opt in {"adam", "adamw"}:
        return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[k.opt](net.parameters(), k.lr, (0.9, k.beta))
    if k.opt == "rmsprop":
        return torch.optim.RMSprop(net.parameters(), k.lr)
    return torch.optim.SGD(net.parameters(), k.lr, 0.9 if k.opt == "momentum" else 0.0)


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
