"""Embeddings of pairs (InfoNCE, SigLIP, triplets, siamese nets, SimCLR) and students that imitate a teacher."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.pairs_contrast_parts import (
    CLASSES,
    Pairs,
    Tower,
    factor,
    info_nce,
    neighbours,
    pairs,
    ranks,
    shifted,
    siamese,
    sigmoid_pairs,
    teacher,
    triplets,
)

torch.set_num_threads(1)
Record = dict[str, float]
TWO = {"clip", "siglip"}


class Towers(nn.Module):
    """One or two towers with a learnt scale and bias of the similarities."""

    def __init__(self, widths: list[int], scale: float, net: dict, right: dict) -> None:
        super().__init__()
        self.left = Tower(widths[0], **net)
        self.right = Tower(widths[1], **(net | right)) if len(widths) > 1 else self.left
        self.log_scale, self.bias = nn.Parameter(torch.tensor(math.log(scale))), nn.Parameter(torch.tensor(-5.0))


class Job:
    """One training; ``s`` holds the arguments of ``train``."""

    def __init__(self, seed: int, s: dict) -> None:
        self.s, self.seed = s, seed
        torch.manual_seed(seed)
        self.g = torch.Generator().manual_seed(500 + seed)
        rows, held, task = s["rows"], s["held"], s["task"]
        self.data, self.held = pairs(s["kind"], rows, held, seed, s["noise"])
        wrong = torch.nonzero(torch.rand(rows, generator=self.g) < s["wrong"])[:, 0]
        self.data.b[wrong] = self.data.b[wrong[torch.randperm(len(wrong), generator=self.g)]]
        self.data.y[wrong] = torch.randint(0, CLASSES, (len(wrong),), generator=self.g)
        if s["fault"] == "mispaired":
            mixed = torch.randperm(rows, generator=self.g)
            self.data = Pairs(self.data.a, self.data.b[mixed], self.data.y[torch.randperm(rows, generator=self.g)])
        widths = [self.data.a.shape[1], self.data.b.shape[1]][: 2 if task in TWO else 1]
        dim = {"dim": CLASSES} if task == "distill" else {"dim": 128} if task == "hint" else {}
        self.net = Towers(widths, s["scale"], s["net"] | dim, s["right"])
        if task in {"distill", "hint"}:
            self.scores, self.features = teacher(seed, rows, held)
        self.start = copy.deepcopy(self.net)
        self.make_optimiser()
        self.late = False
        self.margin, self.mining, self.aug = s["margin"], s["mining"], s["aug"]

    def make_optimiser(self) -> None:
        s, net = self.s, self.start if self.s["fault"] == "other_model" else self.net
        own = [net.log_scale] if s["fault"] == "scale_only" else list(net.parameters())
        self.opt = {"sgd": lambda: torch.optim.SGD(own, s["lr"], weight_decay=s["decay"]),
                    "momentum": lambda: torch.optim.SGD(own, s["lr"], s["momentum"], weight_decay=s["decay"]),
                    "adam": lambda: torch.optim.Adam(own, s["lr"], betas=(s["momentum"], 0.999), fused=True),
                    "adamw": lambda: torch.optim.AdamW(own, s["lr"], weight_decay=s["decay"], fused=True),
                    "rmsprop": lambda: torch.optim.RMSprop(own, s["lr"])}[s["opt"]]()  # fmt: skip

    def embed(self, tower: Tower, x: Tensor) -> Tensor:
        if self.s["fault"] == "wrong_axis":
            return F.normalize(tower(x), dim=0)
        return F.normalize(tower(x), dim=1) if self.s["normalise"] else tower(x)

    def loss(self, net: Towers, batch: Pairs, ids: Tensor, train: bool) -> tuple[Tensor, Tensor, Tensor]:
        """The loss, the metric of the batch, and the embeddings of the left items."""
        s, task, a = self.s, self.s["task"], batch.a
        noise = self.aug if train else 0.0
        if noise and task != "simclr":
            a = a + noise * torch.randn(a.shape, generator=self.g)
        if task in TWO:
            za, zb, scale = self.embed(net.left, a), self.embed(net.right, batch.b), net.log_scale.exp()
            scale = scale.clamp(max=s["clamp"]) if s["clamp"] else scale
            nce = info_nce(za, zb, scale, s["smoothing"] if train else 0.0) if task == "clip" else sigmoid_pairs(za, zb, scale, net.bias)  # fmt: skip
            return *nce, za
        if task == "simclr":
            za, zb = (self.embed(net.left, shifted(a, self.aug, self.g)) for _ in range(2))
            return *info_nce(za, zb, torch.tensor(s["scale"])), za
        if task in {"distill", "hint"}:
            return self.imitate(net.left(a), batch.y, ids)
        z = self.embed(net.left, a)
        found = triplets(z, batch.y, self.margin, self.mining) if task == "triplet" else siamese(z, batch.y, self.margin)  # fmt: skip
        return *found, z

    def imitate(self, out: Tensor, y: Tensor, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The student's loss: softened scores and labels, or the teacher's features."""
        s, t = self.s, self.s["soft"]
        if s["task"] == "hint":
            return F.mse_loss(out, self.features[ids]), torch.zeros(()), out
        goal = torch.softmax(self.scores[ids] / t, 1)
        said = torch.log_softmax(out / t, 1) if s["fault"] != "no_log" else torch.softmax(out / t, 1)
        kl = F.kl_div(said, goal, reduction="batchmean") * t * t if s["fault"] != "cross" else -(goal * said).sum(1).mean()  # fmt: skip
        return s["alpha"] * F.cross_entropy(out, y) + (1 - s["alpha"]) * kl, (out.argmax(1) == y).float().mean(), out

    def change(self) -> None:
        """What happens at ``when``, once."""
        fault, amount = self.s["fault"], self.s["amount"]
        self.late = True
        if fault == "mining_changed":
            self.mining = "hard"
        elif fault == "augmented_more":
            self.aug = amount
        elif fault == "scale_reset":
            self.net.log_scale.data.fill_(math.log(amount))
        elif fault == "resumed":
            self.make_optimiser()
            self.s["lr"] *= amount
        elif fault == "head_lost":
            self.net.left.out.reset_parameters()

    def step(self, rows: Tensor, rate: float, t: int, total: int) -> Record:
        """One update and what it saw."""
        s, fault = self.s, self.s["fault"]
        if not self.late and t >= s["when"] * total:
            self.change()
        for group in self.opt.param_groups:
            group["lr"] = s["lr"] * rate
        batch = self.data.take(rows)
        if fault == "bad_batch" and self.late and torch.rand((), generator=self.g) < 0.02:
            batch = Pairs(batch.a * s["amount"], batch.b * s["amount"], batch.y)
        if fault == "blank":
            batch = Pairs(0 * batch.a, 0 * batch.b, batch.y)
        loss, metric, z = self.loss(self.net, batch, rows, True)
        self.opt.zero_grad()
        goal = loss * s["weight"]
        goal = goal.detach().requires_grad_() if fault == "detached" else goal
        goal = -goal if fault == "ascent" and self.late else goal
        goal.backward()
        grads = [p.grad for p in self.net.parameters() if p.grad is not None]
        norm = float(torch.stack(torch._foreach_norm(grads)).norm()) if grads else 0.0
        if s["clip"]:
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), s["clip"])
        if fault != "no_step":
            self.opt.step()
        with torch.no_grad():
            return {"loss": goal.item(), "metric": metric.item(), "grad_norm": norm, "lr": s["lr"] * rate,
                    "scale": float(self.net.log_scale.exp()), "spread": float(z.std(0).mean()), "dead": self.net.left.dead()}  # fmt: skip

    @torch.no_grad()
    def validate(self) -> Record:
        """val_ values; ``held_batch``: in parts of so many, as a loader gives them."""
        s = self.s
        net = self.start if s["fault"] == "stale" else self.net
        net.eval()
        state = self.g.get_state()
        self.g.manual_seed(9)
        ids = torch.arange(s["held"])
        if s["fault"] == "redrawn":
            ids = torch.randperm(s["held"])[: int(s["amount"])]
        parts = [
            self.loss(net, self.held.take(p), p + s["rows"], False) for p in ids.split(s["held_batch"] or len(ids))
        ]
        self.g.set_state(state)
        seen = {"val_loss": s["weight"] * sum(float(p[0]) for p in parts) / len(parts)}
        seen["val_metric"] = sum(float(p[1]) for p in parts) / len(parts)
        held = self.held.take(ids)
        if s["task"] in TWO:
            za, zb = self.embed(net.left, held.a), self.embed(net.right, held.b)
            close = (za * zb).sum(1)
            seen |= {"val_" + k: v for k, v in ranks(za, zb).items()} | {"val_f1": float((close > 0.9).float().mean())}
        elif s["task"] != "distill":
            seen["val_r1"] = neighbours(self.embed(net.left, held.a), held.y)
        net.train()
        return seen

    def batches(self) -> Iterator[Tensor]:
        n, size, order = self.s["rows"], self.s["batch"], self.s["order"]
        fixed = {"class": torch.argsort(self.data.y, stable=True), "ink": torch.argsort(self.data.a.mean(1))}.get(order, torch.arange(n))  # fmt: skip
        for _ in range(self.s["epochs"]):
            rows = torch.randperm(n, generator=self.g) if order == "shuffled" else fixed
            yield from rows[: n // size * size].split(size)


def train(seed: int, task: str = "clip", kind: str = "halves", rows: int = 1024, held: int = 256, batch: int = 64, epochs: int = 20,
          noise: float = 0.0, wrong: float = 0.0, order: str = "shuffled", net: dict | None = None, right: dict | None = None,
          normalise: bool = True, scale: float = 14.3, clamp: float = 100.0, smoothing: float = 0.0, margin: float = 0.3,
          mining: str = "all", soft: float = 4.0, alpha: float = 0.1, aug: float = 0.0, opt: str = "adam", lr: float = 1e-3,
          decay: float = 0.0, momentum: float = 0.9, rate: tuple = ("flat", 0, 0), clip: float = 0.0, weight: float = 1.0,
          fault: str = "", when: float = 0.0, amount: float = 1.0, held_batch: int = 0, cut: float = 0.0, every: int = 0, rare: int = 1,
          show: tuple = ("loss", "val_loss", "val_r1"), names: dict | None = None) -> list[Record]:  # fmt: skip
    """Records by epoch (means), or every ``every`` updates (as they are); validation at every ``rare``-th epoch.

    ``cut``: from that share of the run on the rate is a tenth. ``show``: what is logged; ``names``: what the log calls it.
    """
    s = {k: v for k, v in locals().items() if k not in {"seed", "every", "show", "names", "rare"}}
    s |= {"net": net or {}, "right": right or {}}
    job, per_epoch = Job(seed, s), rows // batch
    total, records, pile = per_epoch * epochs, [], []
    for t, chosen in enumerate(job.batches()):
        less = 0.1 if cut and t >= cut * total else 1.0
        pile.append(job.step(chosen, less * factor(rate[0], t, total, *rate[1:]), t, total))
        ends = (t + 1) % per_epoch == 0
        if (t + 1) % (every or per_epoch):
            continue
        seen = pile[-1] if every else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} | {"lr": pile[-1]["lr"]}
        if ends and (t // per_epoch + 1) % rare == 0 and any(name.startswith("val") for name in show):
            seen = seen | job.validate()
        shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
        records.append({"step": t + 1, "epoch": t // per_epoch, **shown})
        pile = []
    return records
