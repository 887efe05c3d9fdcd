"""Energies and properties of made-up molecules: a regression with scales of its own, six labels at once, or both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.chem_graphs_parts import Graphs, areas, molecules

torch.set_num_threads(1)
Line = dict[str, float]


@dataclass
class Plan:
    """What a training is asked to do; the keywords of ``train``."""

    task: str = "energy"  # energy, labels, both
    rows: int = 512
    held: int = 160
    batch: int = 32
    epochs: int = 20
    least: int = 4
    rare: float = 0.0
    net: dict = field(default_factory=dict)
    opt: str = "adam"
    lr: float = 3e-3
    momentum: float = 0.9
    decay: float = 0.0
    schedule: tuple = ("constant",)
    standard: bool = True  # energies are learnt with mean 0 and spread 1
    unit: float = 1.0  # energies are multiplied with it
    error: str = "l1"  # l1, l2, huber, nll, summed
    weights: dict = field(default_factory=dict)
    penalty: tuple = ()
    clip: float = 0.0
    smooth: float = 0.0
    blur: float = 0.0  # noise on energies of both halves, in their spread
    flips: float = 0.0  # share of the training labels that are wrong
    held_flips: float = 0.0
    order: str = "shuffled"  # shuffled, energy, size, sulphur
    masked: float = 0.0  # share of the atoms whose kind is hidden in training
    average: float = 0.0  # validation with a moving average of the weights
    mishap: str = ""
    since: float = 0.0
    size: float = 1.0
    period: int = 1
    before: int = 0  # epochs of training on other molecules before the log begins
    resume: tuple = ()  # dies at, goes on from (shares of the run), forgets the optimiser
    every: int = 0
    evals: int = 1
    log: tuple = ("loss", "val_loss", "val_mae")
    probe: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)


def schedule(p: Plan, t: int, total: int) -> float:
    """Factor of the rate at update ``t``."""
    name, *v = p.schedule
    x = t / total
    warm = lambda share: min(1.0, (t + 1) / max(1.0, share * total))  # noqa: E731
    return {
        "constant": lambda: 1.0,
        "warm_cosine": lambda: warm(v[0]) * (0.5 + 0.5 * math.cos(math.pi * x)),
        "exponential": lambda: v[0] ** t,
        "drops": lambda: v[0] ** len([s for s in v[1:] if x >= s]),
        "cycles": lambda: 0.5 + 0.5 * math.cos(math.pi * (t % v[0]) / v[0]),
        "triangles": lambda: v[1] + (1 - v[1]) * (1 - abs((t / v[0]) % 2 - 1)),
        "warm": lambda: warm(v[0]),
        "one_cycle": lambda: warm(v[0]) if x < v[0] else (1 - x) / (1 - v[0]),
        "ends": lambda: max(0.0, 1 - x / v[0]),
        "rises_again": lambda: max(0.02, 1 - x / v[0]) if x < v[0] else 1.0,
    }[name]()


class Bench:
    """Data, net and optimiser of one training."""

    def __init__(self, seed: int, p: Plan) -> None:
        torch.manual_seed(1000 + seed)
        self.p, self.dice = p, torch.Generator().manual_seed(seed)
        self.train, self.held = (molecules(n, 100 * seed + k, p.least, p.rare) for k, n in ((1, p.rows), (2, p.held)))
        for part, share in ((self.train, p.flips), (self.held, p.held_flips)):
            wrong = torch.rand(part["y"].shape, generator=self.dice) < share
            part["y"] = torch.where(wrong, 1 - part["y"], part["y"])
        middle, spread = float(self.train["e"].mean()), float(self.train["e"].std())
        for part in (self.train, self.held):
            noisy = part["e"] + p.blur * spread * torch.randn(part["e"].shape, generator=self.dice)
            part["e"] = (noisy - middle) / spread if p.standard else noisy * p.unit
        self.spread = spread * p.unit if p.standard else 1.0
        if p.mishap == "outlier":
            self.train["e"][:: p.period] *= p.size
        if p.mishap == "constant_feature":
            self.train["h"] = (self.train["h"] - 0.2) / (self.train["h"][:, :, :1] * 0)
        self.net = Graphs(**p.net)
        self.start, self.shadow = deepcopy(self.net), deepcopy(self.net)
        self.fresh_optimiser()

    def fresh_optimiser(self) -> None:
        p, parts = self.p, self.net if self.p.mishap != "old_model" else self.start
        given = list(parts.read.parameters() if p.mishap == "frozen_body" else parts.parameters())
        if p.opt == "sgd":
            self.opt = torch.optim.SGD(given, p.lr, p.momentum, weight_decay=p.decay, fused=True)
        elif p.opt == "rmsprop":
            self.opt = torch.optim.RMSprop(given, p.lr, weight_decay=p.decay, foreach=True)
        else:
            self.opt = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[p.opt](
                given, p.lr, weight_decay=p.decay, fused=True
            )

    def parts(self, net: Graphs, d: dict[str, Tensor]) -> tuple[dict[str, Tensor], Tensor]:
        """Unweighted terms, and what the net said."""
        p, out = self.p, net(d["h"], d["a"], d["m"])
        found = {}
        if p.task in {"energy", "both"}:
            off = out[:, 0] - d["e"]
            found["energy"] = {"l1": lambda: off.abs().mean(), "l2": lambda: off.square().mean(), "summed": lambda: off.square().sum(),
                               "huber": lambda: F.huber_loss(out[:, 0], d["e"]), "root": lambda: off.square().mean().sqrt(),
                               "nll": lambda: (0.5 * off.square() * torch.exp(-2 * net.log_spread) + net.log_spread).mean()}[p.error]()  # fmt: skip
        if p.task in {"labels", "both"}:
            aim = d["y"] * (1 - p.smooth) + 0.5 * p.smooth
            found["tox"] = F.binary_cross_entropy_with_logits(out[:, 1:], aim)
        return found, out

    def weigh(self, terms: dict[str, Tensor]) -> Tensor:
        return sum(self.p.weights.get(k, 1.0) * v for k, v in terms.items())

    def order(self) -> Iterator[Tensor]:
        """Rows of the batches of one epoch."""
        p, d = self.p, self.train
        turn = {"shuffled": lambda: torch.randperm(p.rows, generator=self.dice), "energy": lambda: d["e"].argsort(),
                "size": lambda: d["m"].sum(1).argsort(stable=True), "sulphur": lambda: d["h"][:, :, 4].sum(1).argsort(stable=True),
                "ring": lambda: d["y"][:, 1].argsort(stable=True)}[p.order]()  # fmt: skip
        return iter(turn[: p.rows // p.batch * p.batch].split(p.batch))

    def feed(self, rows: Tensor, t: int, x: float) -> dict[str, Tensor]:
        """The molecules of a batch, and what happens to them on the way."""
        p, d = self.p, {k: v[rows] for k, v in self.train.items()}
        late = x >= p.since
        if p.masked:
            d["h"] = d["h"] * (torch.rand(d["m"].shape, generator=self.dice) > p.masked)[:, :, None]
        if p.mishap == "no_features":
            d["h"] = torch.zeros_like(d["h"])
        if p.mishap == "unpaired":
            mixed = torch.randperm(len(rows), generator=self.dice)
            d["e"], d["y"] = d["e"][mixed], d["y"][mixed]
        if p.mishap == "other_unit" and late:
            d["e"] = d["e"] * p.size
        if p.mishap == "other_method" and late:
            d["e"] = d["e"] + p.size
        if p.mishap == "bad_shard" and late and t % p.period == p.period - 1:
            d["e"], d["h"] = d["e"] * p.size, d["h"] * p.size
        if p.mishap == "empty" and late:
            d["h"][0], d["m"][0], d["a"][0] = 0, 0, 0
            d["h"][0] = d["h"][0] / d["m"][0].sum()
        if p.mishap == "denoise":
            d["e"] = torch.randn(d["e"].shape, generator=self.dice) * p.size + 0.9 * d["e"]
        return d

    def work(self, rows: Tensor, t: int, total: int) -> Line:
        """One update."""
        p, x = self.p, t / total
        d, late = self.feed(rows, t, t / total), x >= p.since
        rate = p.lr * schedule(p, t, total) * (p.size if p.mishap == "rate_slip" and late else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        terms, out = self.parts(self.net, d)
        if p.penalty:
            kind, much = p.penalty
            terms["reg"] = much * (sum(w.square().sum() for w in self.net.parameters()) if kind == "l2" else
                                   sum(w.abs().sum() for w in self.net.parameters()) if kind == "l1" else
                                   sum(o.square().mean() for o in self.net.outs))  # fmt: skip
        loss = self.weigh(terms)
        if p.mishap != "piles_up":
            self.opt.zero_grad()
        (loss * (-1.0 if p.mishap == "maximised" and late else 1.0)).backward()
        grads = [w.grad for w in self.net.parameters() if w.grad is not None]
        norm = float(torch.stack([g.norm() for g in grads]).norm()) if grads else 0.0
        if p.clip:
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), p.clip)
        if p.mishap != "no_step":
            self.opt.step()
        if p.average:
            with torch.no_grad():
                for slow, fast in zip(self.shadow.parameters(), self.net.parameters(), strict=True):
                    slow.lerp_(fast, 1 - p.average)
        seen = {
            "loss": loss.item(),
            "lr": rate,
            "norm": norm,
            "norm_after": min(norm, p.clip or norm),
            "clipped": float(bool(p.clip) and norm > p.clip),
        }
        seen |= {k: p.weights.get(k, 1.0) * v.item() for k, v in terms.items()}
        if "energy" in terms:
            seen["mae"] = (out[:, 0] - d["e"]).abs().mean().item() * self.spread
        return seen

    @torch.no_grad()
    def check(self) -> Line:
        """Values of the validation."""
        p = self.p
        net = self.start if p.mishap == "first_weights" else self.shadow if p.average else self.net
        d = self.held
        if p.mishap == "held_unit":
            d = d | {"e": d["e"] * p.size}
        net.eval()
        terms, out = self.parts(net, d)
        net.train()
        seen = {k: p.weights.get(k, 1.0) * v.item() for k, v in terms.items()} | {"loss": self.weigh(terms).item()}
        if "energy" in terms:
            off = out[:, 0] - d["e"]
            seen |= {
                "mae": off.abs().mean().item() * self.spread,
                "rmse": off.square().mean().sqrt().item() * self.spread,
            }
            seen["r2"] = 1 - (off.square().sum() / (d["e"] - d["e"].mean()).square().sum()).item()
        if "tox" in terms:
            said, true = (out[:, 1:] > 0).float(), d["y"]
            both = (said * true).sum().item()
            seen |= {"auc": areas(out[:, 1:].numpy(), true.numpy()), "acc": (said == true).float().mean().item(),
                     "f1": 2 * both / max(1.0, (said.sum() + true.sum()).item()), "exact": (said == true).all(1).float().mean().item()}  # fmt: skip
        return {"val_" + k: v for k, v in seen.items()}

    def probe(self, old: list[Tensor]) -> Line:
        """Quantities of each round of messages by the names asked for."""
        seen = {}
        for i, (sent, out) in enumerate(zip(self.net.sent, self.net.outs, strict=True)):
            step = float((sent.weight.detach() - old[i]).norm() / (old[i].norm() + 1e-12))
            all_ = {"grad": float(sent.weight.grad.norm()) if sent.weight.grad is not None else 0.0, "std": float(out.std()), "ratio": step, "log_ratio": math.log10(step + 1e-12),
                    "dead": float((out <= 0).flatten(0, 1).all(0).float().mean()), "alike": float(out.std(1).mean())}  # fmt: skip
            seen |= {name.format(i): all_[what] for what, name in self.p.probe.items()}
        return seen


def train(seed: int, **told: object) -> list[Line]:
    """The log of one training: a line an epoch (means), or every ``every`` updates."""
    p = Plan(**told)
    b, lines, pile = Bench(seed, p), [], []
    for _ in range(p.before):
        for rows in b.order():
            b.work(rows, 0, 1 << 30)
    if p.before:
        b.fresh_optimiser()
    steps, t, epoch_end, saved, died = p.rows // p.batch, 0, 0, None, False
    total = steps * p.epochs
    while t < total:
        for rows in b.order():
            old = [s.weight.detach().clone() for s in b.net.sent] if p.probe else []
            pile.append(b.work(rows, t, total))
            t += 1
            if t % (p.every or steps):
                continue
            epoch_end = t % (steps * p.evals) == 0
            seen = dict(pile[-1]) if p.every else {k: sum(line[k] for line in pile) / len(pile) for k in pile[0]}
            seen |= {"lr": pile[-1]["lr"], "clipped": sum(line["clipped"] for line in pile) / len(pile)}
            seen |= b.check() if epoch_end and any(k.startswith("val_") for k in p.log) else {}
            lines.append(
                {"step": t, "epoch": (t - 1) // steps}
                | {p.names.get(k, k): seen[k] for k in p.log if k in seen}
                | (b.probe(old) if p.probe else {})
            )
            pile = []
        if p.resume and saved is None and t >= p.resume[1] * total:
            saved = deepcopy((b.net.state_dict(), b.opt.state_dict())), t
        if p.resume and not died and t >= p.resume[0] * total:
            died, t = True, saved[1]
            b.net.load_state_dict(saved[0][0])
            b.fresh_optimiser() if p.resume[2] else b.opt.load_state_dict(saved[0][1])
    return lines
