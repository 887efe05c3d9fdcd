"""Patch networks on textures: which kind, at which angle, what is under the mask, do two views agree."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.texture_patches_parts import KINDS, PatchNet, patches, textures

torch.set_num_threads(1)
Record = dict[str, float]
HEADS = {
    "kind": {"kind": KINDS},
    "angle": {"angle": 2},
    "both": {"kind": KINDS, "angle": 2},
    "masked": {"angle": 2},
    "views": {"view": 16},
}


def factor(name: str, t: int, total: int, a: float, b: float) -> float:
    """The learning rate at step ``t`` over its base."""
    warm = min(1.0, (t + 1) / a) if a else 1.0
    return {
        "flat": lambda: 1.0,
        "warm": lambda: warm,
        "cosine": lambda: warm * 0.5 * (1 + math.cos(math.pi * t / (b or total))),
        "cosine_once": lambda: warm * 0.5 * (1 + math.cos(math.pi * min(1.0, t / b))),
        "linear": lambda: warm * max(0.0, 1 - t / (b or total)),
        "stairs": lambda: b ** (t // a),
        "decay": lambda: b**t,
        "restarts": lambda: 0.5 * (1 + math.cos(math.pi * (t % a) / a)),
        "triangle": lambda: 0.05 + 0.95 * abs((t / a) % 2 - 1),
        "noam": lambda: min((t + 1) ** -0.5, (t + 1) * a**-1.5),
        "one_cycle": lambda: t / (a * total) if t < a * total else max(0.0, (total - t) / (total - a * total)),
        "again": lambda: min(1.0, ((t if t < b * total else t - b * total) + 1) / a),
    }[name]()


class Trainer:
    """One training; the arguments of ``train``."""

    def __init__(self, seed: int, task: str, rows: int, held: int, noise: float, rare: float, kinds: tuple, wrong: float, held_noise: float,
                 net: dict, opt: str, lr: float, decay: float, momentum: float, weights: dict, penalty: tuple, clip: float,
                 smoothing: float, fault: str, when: float, amount: float, target: float) -> None:  # fmt: skip
        torch.manual_seed(seed)
        self.g = torch.Generator().manual_seed(100 + seed)
        self.task, self.weights, self.penalty, self.clip, self.smoothing = task, weights, penalty, clip, smoothing
        self.fault, self.when, self.amount, self.opt_name, self.base = fault, when, amount, opt, lr
        self.x, self.y, self.a = textures(rows, 10 * seed + 1, noise, rare, kinds)
        self.vx, self.vy, self.va = textures(held, 10 * seed + 2, held_noise or noise, rare, kinds)
        if fault == "scaled_inputs":
            self.x, self.vx = self.x / amount, self.vx / amount
        self.a, self.va = self.a * target, self.va * target
        foreign = torch.rand(rows, generator=self.g) < wrong
        self.y = torch.where(foreign, torch.randint(0, KINDS, (rows,), generator=self.g), self.y)
        self.net = PatchNet(HEADS[task], **net)
        self.first = copy.deepcopy(self.net)
        own = list((self.first if fault == "other_model" else self.net).parameters())
        own = [p for n, p in self.net.named_parameters() if n.startswith("heads")] if fault == "head_only" else own
        self.params = list(self.net.parameters())
        self.opt = {"sgd": lambda: torch.optim.SGD(own, lr, weight_decay=decay, fused=True),
                    "momentum": lambda: torch.optim.SGD(own, lr, momentum, weight_decay=decay, fused=True),
                    "adam": lambda: torch.optim.Adam(own, lr, fused=True), "adamw": lambda: torch.optim.AdamW(own, lr, weight_decay=decay, fused=True),
                    "rmsprop": lambda: torch.optim.RMSprop(own, lr, foreach=True)}[opt]()  # fmt: skip

    def terms(self, x: Tensor, y: Tensor, a: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """The unweighted terms of the loss, and the outputs of the first head."""
        if self.task == "views":
            return self.agreement(x)
        if self.task == "masked":
            hide = torch.rand(len(x), 16, generator=self.g) < 0.5
            error = (self.net.paint(self.net.tokens(x, hide)) - patches(x)) ** 2
            return {"masked": error[hide].mean()}, error
        out = self.net(x)
        if self.fault == "softmax_batch":
            out = {k: torch.softmax(v, 0) for k, v in out.items()}
        found = {}
        if "kind" in out:
            found["ce"] = F.cross_entropy(out["kind"], y, label_smoothing=self.smoothing if self.net.training else 0.0)
        if "angle" in out:
            found["mse"] = F.mse_loss(out["angle"], a)
        if "paint" in self.weights:
            found["paint"] = F.mse_loss(self.net.paint(self.net.last(self.net.outs[-1])), patches(x))
        kind, size = self.penalty
        if kind:
            found["reg"] = size * {"l2": lambda: sum((p**2).sum() for p in self.params), "l1": lambda: sum(p.abs().sum() for p in self.params),
                                   "acts": lambda: sum((o**2).mean() for o in self.net.outs),
                                   "sure": lambda: math.log(KINDS) + (out["kind"].softmax(1) * out["kind"].log_softmax(1)).sum(1).mean()}[kind]()  # fmt: skip
        return found, next(iter(out.values()))

    def agreement(self, x: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """Two noisy views: InfoNCE among the batch, or (``no_negatives``) only that the two should agree."""
        views = [x + 0.4 * torch.randn(x.shape, generator=self.g) for _ in range(2)]
        z = [F.normalize(self.net(v)["view"], dim=1) for v in views]
        if self.fault == "no_negatives":
            return {"cos": -(z[0] * z[1]).sum(1).mean()}, z[0]
        return {"nce": F.cross_entropy(z[0] @ z[1].T / 0.2, torch.arange(len(x)))}, z[0]

    def total(self, terms: dict[str, Tensor]) -> Tensor:
        return sum(self.weights.get(name, 1.0) * value for name, value in terms.items())

    def step(self, rows: Tensor, rate: float, done: float) -> Record:
        """One update; what it saw."""
        x, y, a = self.x[rows], self.y[rows], self.a[rows]
        late = done >= self.when
        if self.fault == "random_labels":
            y, a = y[torch.randperm(len(y), generator=self.g)], a[torch.randperm(len(a), generator=self.g)]
        x = torch.zeros_like(x) if self.fault == "blank" else x
        for group in self.opt.param_groups:
            group["lr"] = self.base * rate
        terms, out = self.terms(x, y, a)
        loss = self.total(terms)
        seen = {"loss": loss.item(), **{k: v.item() for k, v in terms.items()}, "lr": self.base * rate}
        if "kind" in HEADS[self.task]:
            seen["acc"] = (out.argmax(1) == y).float().mean().item()
        if self.fault != "keep_grads":
            self.opt.zero_grad()
        if self.fault == "detached":
            loss = loss.detach().requires_grad_()
        (
            -loss
            if self.fault == "ascent" and late
            else loss * self.amount
            if self.fault in {"factor", "half"} and late
            else loss
        ).backward()
        grads = [p.grad for p in self.params if p.grad is not None]
        if self.fault == "half":
            for g in grads:
                g.copy_(g.half().float())
        norm = float(torch.stack(torch._foreach_norm(grads)).norm()) if grads else 0.0
        if self.clip:
            torch.nn.utils.clip_grad_norm_(self.params, self.clip)
        seen |= {
            "norm": norm,
            "norm_after": min(norm, self.clip or norm),
            "clipped": float(bool(self.clip) and norm > self.clip),
        }
        if self.fault == "zero_first":
            self.opt.zero_grad()
        if self.fault != "no_step":
            self.opt.step()
        return seen

    @torch.no_grad()
    def held_out(self) -> Record:
        """val_ values."""
        net, self.net = self.net, (self.first if self.fault == "stale" else self.net)
        self.net.eval()
        state = self.g.get_state()
        self.g.manual_seed(5)
        terms, out = self.terms(self.vx, self.vy, self.va)
        self.g.set_state(state)
        seen = {"val_" + k: v.item() for k, v in terms.items() if k != "reg"}
        seen["val_loss"] = self.total({k: v for k, v in terms.items() if k != "reg"}).item()
        if "kind" in HEADS[self.task]:
            said = out.argmax(1)
            said = (said + 1) % KINDS if self.fault == "other_names" else said
            hit = [(said[self.vy == k] == k).float().mean().item() for k in range(KINDS) if (self.vy == k).any()]
            rare = ((said > 0) & (said == self.vy)).sum().item()
            seen |= {"val_acc": (said == self.vy).float().mean().item(), "val_bal": sum(hit) / len(hit)}
            seen["val_f1"] = 2 * rare / max(1, int((said > 0).sum() + (self.vy > 0).sum()))
        if self.task == "angle":
            seen["val_mae"] = (out - self.va).abs().mean().item()
        self.net.train()
        self.net = net
        return seen

    def look(self, wanted: dict[str, str], before: list[Tensor]) -> Record:
        """Series from inside: ``wanted`` maps a quantity to its name, with {} for the block."""
        blocks, seen = self.net.blocks, {}

        def put(what: str, i: int, value: float) -> None:
            if what in wanted:
                seen[wanted[what].format(i)] = value

        ratios = (
            [float((p - b).norm() / (b.norm() + 1e-12)) for p, b in zip(self.params, before, strict=True)]
            if before
            else []
        )
        for i, (block, out) in enumerate(zip(blocks, self.net.outs, strict=True)):
            grads = [p.grad for p in block.parameters() if p.grad is not None]
            put("grads", i, math.sqrt(sum(float((g.double() ** 2).sum()) for g in grads)) if grads else 0.0)
            put("acts", i, float(out.std()))
            put("apart", i, float(out.std(1).mean()))
            put("top", i, float(out.abs().max()))
            put("saturated", i, float((out.abs() > 0.97).float().mean()))
            put("pre", i, float(block.pre.std()))
            put("pre_mean", i, float(block.pre.mean()))
            put("zeros", i, float((block.hidden <= 0).float().mean()))
            put("dead", i, float((block.hidden.flatten(0, 1) <= 0).all(0).float().mean()))
            put("weights", i, float(block.up.weight.norm()))
            if ratios:
                at = next(k for k, p in enumerate(self.params) if p is block.up.weight)
                put("ratios", i, ratios[at])
                put("ratios_log", i, math.log10(ratios[at] + 1e-12))
        big = sorted(r for r, p in zip(ratios, self.params, strict=True) if p.dim() == 2)
        if big:
            put("ratio", 0, big[len(big) // 2])
        put(
            "gap",
            0,
            float(torch.stack([o.std() for o in self.net.outs]).log10().diff().mean()) if len(blocks) > 1 else 0.0,
        )
        put(
            "dead_all", 0, sum(float((b.hidden.flatten(0, 1) <= 0).all(0).float().mean()) for b in blocks) / len(blocks)
        )
        put("zeros_all", 0, sum(float((b.hidden <= 0).float().mean()) for b in blocks) / len(blocks))
        if "z_std" in wanted:
            z = F.normalize(self.net(self.vx[:128])["view"], dim=1)
            seen[wanted["z_std"]] = float(z.std(0).mean())
        return seen


def train(seed: int, task: str = "kind", rows: int = 768, held: int = 256, batch: int = 64, epochs: int = 20, noise: float = 0.5,
          rare: float = 0.0, kinds: tuple = tuple(range(KINDS)), wrong: float = 0.0, held_noise: float = 0.0, net: dict | None = None,
          opt: str = "adam", lr: float = 2e-3, decay: float = 0.0, momentum: float = 0.9, rate: tuple = ("flat", 0, 0),
          weights: dict | None = None, penalty: tuple = ("", 0.0), clip: float = 0.0, smoothing: float = 0.0, fault: str = "",
          when: float = 0.0, amount: float = 1.0, target: float = 1.0, every: int = 0, show: tuple = ("loss", "val_loss", "val_acc"),
          inside: dict | None = None, names: dict | None = None, cut: bool = False) -> list[Record]:  # fmt: skip
    """Records by epoch (means), or every ``every`` steps; ``rate``: name of ``factor`` and its a, b.

    ``cut``: the rate is ten times lower in the last third, whatever the schedule. ``show``: quantities to log, ``inside``: quantities of
    ``Trainer.look`` by name; ``names``: what the log calls a quantity.
    """
    job = Trainer(
        seed,
        task,
        rows,
        held,
        noise,
        rare,
        kinds,
        wrong,
        held_noise,
        net or {},
        opt,
        lr,
        decay,
        momentum,
        weights or {},
        penalty,
        clip,
        smoothing,
        fault,
        when,
        amount,
        target,
    )
    steps = rows // batch
    total, records, pile = steps * epochs, [], []
    for t, chosen in enumerate(_batches(rows, batch, epochs, job.g)):
        last = (t + 1) % (every or steps) == 0
        before = [p.detach().clone() for p in job.params] if last and inside else []
        scale = factor(rate[0], t, total, *rate[1:]) * (0.1 if cut and t > 0.67 * total else 1.0)
        pile.append(job.step(chosen, scale, t / total))
        if not last:
            continue
        with torch.no_grad():
            seen = (
                {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]}
                if not every
                else pile[-1] | {"clipped": sum(p["clipped"] for p in pile) / len(pile)}
            )
            seen |= {"lr": pile[-1]["lr"], "clip_percent": 100 * seen["clipped"]}
            seen |= job.held_out() if (t + 1) % steps == 0 and any(name.startswith("val") for name in show) else {}
            job.net(job.x[:96]) if inside else None
            shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
            records.append(
                {"step": t + 1, "epoch": t // steps, **shown, **(job.look(inside, before) if inside else {})}
            )
        pile = []
    return records


def _batches(rows: int, batch: int, epochs: int, g: torch.Generator) -> Iterator[Tensor]:
    for _ in range(epochs):
        yield from torch.randperm(rows, generator=g)[: rows // batch * batch].split(batch)
