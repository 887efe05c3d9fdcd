"""A small denoiser or autoencoder, pre-trained on plain pictures, brought to another style by adapters or as a whole."""

from __future__ import annotations

import math
from collections import deque
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.adapters_image_parts import (
    MOTIFS,
    PIXELS,
    Adapted,
    Denoiser,
    Squeezer,
    adapt,
    noised,
    pictures,
    start_of,
)

torch.set_num_threads(1)
Record = dict[str, float]
SETTINGS: dict[str, Any] = {
    # data
    "style": "inverted", "images": 240, "held": 64, "held_style": "", "grain": 0.05, "repeats": 1, "unlike": 1.0, "unlike_held": 1.0,
    # denoiser or squeezer; lora, full or word (only the new caption is learnt)
    "kind": "denoiser", "method": "lora", "target": "eps", "act": "silu", "base": 900, "rank": 4, "alpha": 4.0, "first": 1.0, "drop": 0.0,
    "where": "blocks", "sideways": 0.0, "told_target": "", "wide_out": 1.0,
    # loss
    "snr": 0.0, "offset": 0.0, "prior": 0.0, "kl": 1e-3, "huber": 0.0, "ties": 0.0, "norms": 0.0, "late": 0.0, "scale": 1.0,
    # optimiser
    "opt": "adamw", "lr": 2e-3, "decay": 0.01, "plan": "constant", "warm": 0, "clip": 1.0, "batch": 8, "gather": 1, "steps": 400,
    # mishaps act between the shares ``begin`` and ``end``
    "mishap": "", "begin": 0.0, "end": 1.0, "size": 1.0, "fixed_order": False, "fixed_noise": False,
    # log
    "every": 4, "how": "now", "judge": 0, "judge_noise": "fixed", "average": 0.0, "show": "loss", "called": {}, "inside": {},
}  # fmt: skip


def share_of_rate(o: SimpleNamespace, t: int) -> float:
    """What part of its base the learning rate is at an update."""
    if t < o.warm:
        return (t + 1) / o.warm
    name, *rest = o.plan.split("/")
    x = [float(v) for v in rest]
    s = (t - o.warm) / max(1, o.steps - o.warm)
    if name == "cosine":
        return 0.5 + 0.5 * math.cos(math.pi * min(1.0, s * (x[0] if x else 1.0)))
    if name == "restarts":
        return 0.5 + 0.5 * math.cos(math.pi * (s * x[0] % 1.0))
    if name == "linear":
        return max(0.0, 1 - s * (x[0] if x else 1.0))
    if name == "step":
        return x[1] if s >= x[0] else 1.0
    if name == "stairs":
        return x[1] ** int(s * x[0])
    if name == "wave":
        return 0.05 + 0.95 * abs(2 * (s * x[0] % 1.0) - 1)
    if name == "power":
        return x[0] ** s
    return 1.0


class Adaptation:
    """The parts of a run."""

    def __init__(self, seed: int, o: SimpleNamespace) -> None:
        self.o, self.g = o, torch.Generator().manual_seed(1300 + seed)
        self.x, self.motif = pictures(o.images, 41 * seed + 3, o.style, o.grain)
        self.held_x, self.held_motif = pictures(o.held, 41 * seed + 4, o.held_style or o.style, o.grain)
        self.x, self.held_x = self.x * o.unlike, self.held_x * o.unlike_held
        self.plain, self.plain_motif = pictures(256, 41 * seed + 5)
        if o.mishap == "captions":
            self.motif = torch.randint(0, MOTIFS, self.motif.shape, generator=self.g)
        torch.manual_seed(90 + seed)
        self.net: nn.Module = Denoiser(act=o.act) if o.kind == "denoiser" else Squeezer(act=o.act)
        if o.base:
            self.net.load_state_dict(start_of(o.kind, o.told_target or o.target, o.act, o.base))
        with torch.no_grad():
            self.net.out.weight.mul_(o.wide_out)
            if o.mishap == "bad_join":
                for block in self.net.blocks:
                    block.two.weight.add_(o.size * torch.randn(block.two.weight.shape) * block.two.weight.std())
        self.own = self.parameters()
        self.origin = [p.detach().clone() for p in self.own]
        self.kept = [p.detach().clone() for p in self.own]
        self.opt = self.optimiser()
        self.noise = torch.randn(o.images, PIXELS, generator=self.g)
        self.times = torch.rand(o.images, generator=self.g)
        self.judged = (torch.randn(o.held, PIXELS, generator=self.g), (torch.arange(o.held) + 0.5) / o.held)
        self.steps_of_data = max(1, o.images * o.repeats // o.batch // o.gather)
        self.before: list[Tensor] = []

    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        o = self.o
        if o.method == "lora":
            own = adapt(self.net, o.rank, o.alpha, o.first, o.drop, o.where)
            if o.sideways:
                with torch.no_grad():
                    for p in own[1::2]:
                        p.normal_(0, o.sideways)
            return own
        if o.method == "word":
            self.net.requires_grad_(False)
            self.net.caption.weight.requires_grad_(True)
            return [self.net.caption.weight]
        return list(self.net.parameters())

    def optimiser(self) -> torch.optim.Optimizer:
        o = self.o
        own = [nn.Parameter(torch.zeros(1))] if o.mishap == "not_attached" else self.own
        if o.opt == "sgd":
            return torch.optim.SGD(own, o.lr, 0.9)
        if o.opt == "plain":
            return torch.optim.SGD(own, o.lr)
        if o.opt == "adam":
            return torch.optim.Adam(own, o.lr, fused=True)
        if o.opt == "adafactor":
            return torch.optim.Adafactor(own, o.lr)
        return torch.optim.AdamW(own, o.lr, weight_decay=o.decay, fused=True)

    def denoise(self, x: Tensor, motif: Tensor, eps: Tensor, t: Tensor, training: bool) -> Tensor:
        """The loss of saying what noise is in pictures."""
        o = self.o
        seen, wanted = noised(x, eps, t, o.target)
        said = self.net(seen, t, torch.full_like(motif, MOTIFS) if o.method == "word" else motif)
        each = F.huber_loss(said, wanted, reduction="none", delta=o.huber) if o.huber else (said - wanted).square()
        each = each.mean(1)
        if o.snr and training:
            ratio = (1 / (t * math.pi / 2).tan().clamp(min=1e-3)).square()
            each = each * ratio.clamp(max=o.snr) / (ratio if o.target == "eps" else ratio + 1)
        return each.mean()

    def batch_loss(self, pick: Tensor, active: bool) -> tuple[Tensor, Record]:
        """The loss of some of our pictures, and its parts."""
        o = self.o
        x, motif = self.x[pick], self.motif[pick]
        if active and o.mishap == "broken" and float(torch.rand(1, generator=self.g)) < 0.03:
            x = x * o.size
        if active and o.mishap == "other_set":
            x, motif = self.plain[pick % 256] * o.size, self.plain_motif[pick % 256]
        if active and o.mishap == "range":
            x = (x + 1) * o.size
        if o.kind == "squeezer":
            made, mean, spread = self.net(x)
            rec = F.mse_loss(made, x)
            kl = o.kl * (mean.square() + spread.exp() - spread - 1).sum(1).mean() / 2
            return self.tied(rec + kl, {"rec": float(rec.detach()), "kl": float(kl.detach())})
        eps = self.noise[pick] if o.fixed_noise else torch.randn(x.shape, generator=self.g)
        if o.offset:
            eps = eps + o.offset * torch.randn(len(x), 1, generator=self.g)
        t = self.times[pick] if o.fixed_noise else torch.rand(len(x), generator=self.g)
        t = o.late + (1 - o.late) * t
        main = self.denoise(x, motif, eps, t, True)
        if active and o.mishap == "half":
            main = (main * o.size).half().float() / o.size
        told, total = {"instance": float(main.detach())}, main
        if o.prior:
            many = torch.randint(0, 256, (o.batch,), generator=self.g)
            old = o.prior * self.denoise(self.plain[many], self.plain_motif[many], torch.randn(o.batch, PIXELS, generator=self.g), torch.rand(o.batch, generator=self.g), True)  # fmt: skip
            total, told["prior"] = total + old, float(old.detach())
        return self.tied(total, told)

    def tied(self, total: Tensor, told: Record) -> tuple[Tensor, Record]:
        """With what the weights cost: their distance from where they began, or their size."""
        o = self.o
        if not o.ties and not o.norms:
            return total, told
        reg = sum(o.ties * (p - q).square().sum() + o.norms * p.square().sum() for p, q in zip(self.own, self.origin, strict=True))  # fmt: skip
        return total + reg, told | {"reg": float(reg.detach())}

    @torch.no_grad()
    def held_loss(self) -> Record:
        """The loss of pictures held out: with noise of their own, or drawn anew."""
        o, live = self.o, None
        if o.mishap == "unhooked":
            for layer in self.net.modules():
                if isinstance(layer, Adapted):
                    layer.on = False
        if o.average:
            live = [p.detach().clone() for p in self.own]
            for p, kept in zip(self.own, self.kept, strict=True):
                p.copy_(kept)
        self.net.eval()
        if o.kind == "squeezer":
            made, mean, spread = self.net(self.held_x)
            rec, kl = (
                F.mse_loss(made, self.held_x),
                o.kl * (mean.square() + spread.exp() - spread - 1).sum(1).mean() / 2,
            )
            seen = {"val_loss": float(rec + kl), "val_rec": float(rec), "val_kl": float(kl), "val_psnr": -10 * math.log10(float(rec) / 4 + 1e-9)}  # fmt: skip
        else:
            eps, t = self.judged
            if o.judge_noise == "fresh":
                eps, t = torch.randn(eps.shape, generator=self.g), torch.rand(t.shape, generator=self.g)
            seen = {"val_loss": o.scale * float(self.denoise(self.held_x, self.held_motif, eps, t, False))}
        self.net.train()
        for p, mine in zip(self.own, live or [], strict=False):
            p.copy_(mine)
        for layer in self.net.modules():
            if isinstance(layer, Adapted):
                layer.on = True
        return seen

    def picks(self) -> Any:
        """Batches without end, with the number of the pass over the data they are of."""
        o, passed = self.o, 0
        while True:
            order = (
                torch.arange(o.images)
                if o.fixed_order
                else torch.randperm(o.images * o.repeats, generator=self.g) % o.images
            )
            if o.fixed_order:
                order = torch.argsort((self.x.mean(1) * 40).round() + self.motif, stable=True).repeat(o.repeats)
            for pick in order[: len(order) // o.batch * o.batch].split(o.batch):
                yield passed, pick
            passed += 1

    def update(self, picks: Any, t: int) -> tuple[int, Record]:
        """One step of the optimiser on the batches it gathers."""
        o = self.o
        active = o.begin <= t / o.steps < o.end
        rate = o.lr * share_of_rate(o, t) * (o.size if active and o.mishap == "rate" else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        for p in self.own:
            p.grad = None
        sums: Record = {}
        for _ in range(o.gather):
            passed, pick = next(picks)
            loss, told = self.batch_loss(pick, active)
            (loss * o.scale / (1 if active and o.mishap == "undivided" else o.gather)).backward()
            for name, v in ({"loss": float(loss.detach()) * o.scale} | told).items():
                sums[name] = sums.get(name, 0.0) + v / o.gather
        grads = [p.grad for p in self.own if p.grad is not None]
        if active and o.mishap == "ascent":
            for grad in grads:
                grad.mul_(-o.size)
        norm = float(torch.nn.utils.get_total_norm(grads))
        if o.clip and norm > o.clip:
            for grad in grads:
                grad.mul_(o.clip / norm)
        if o.inside:
            self.before = [p.detach().clone() for p in self.own]
        self.opt.step()
        if o.average:
            for kept, p in zip(self.kept, self.own, strict=True):
                kept.lerp_(p.detach(), 1 - o.average)
        return passed, sums | {"lr": rate, "norm": norm, "clipped": min(norm, o.clip or norm)}

    def inner(self) -> Record:
        """Shares of units that never fire and update ratios, as ``inside`` names them."""
        blocks, found = getattr(self.net, "blocks", [self.net]), {}
        for i, block in enumerate(blocks):
            hidden = block.hidden.detach()
            grads = [p.grad for p in block.parameters() if p.grad is not None]
            values = {"dead": float((hidden <= 0).all(0).float().mean()), "zeros": float((hidden <= 0).float().mean()), "std": float(hidden.std()),
                      "grads": float(torch.nn.utils.get_total_norm(grads))}  # fmt: skip
            found |= {name.format(i): values[what] for what, name in self.o.inside.items() if what in values}
        if "ratio" in self.o.inside:
            moved = [float((p.detach() - b).norm() / (b.norm() + 1e-8)) for p, b in zip(self.own, self.before, strict=True) if float(b.norm()) > 1e-3]  # fmt: skip
            found[self.o.inside["ratio"]] = sum(moved) / max(1, len(moved))
        return found


def train(seed: int, **args: Any) -> list[Record]:
    """Records of every few updates; ``how``: now, mean (since the line before), or recent (of one pass over the data)."""
    if unknown := args.keys() - SETTINGS.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    o = SimpleNamespace(**(SETTINGS | args))
    run, records, names = Adaptation(seed, o), [], o.show.split()
    recent: deque[float] = deque(maxlen=run.steps_of_data)
    pile: list[Record] = []
    picks = run.picks()
    for t in range(o.steps):
        passed, told = run.update(picks, t)
        recent.append(told["loss"])
        pile.append(told)
        if (t + 1) % o.every:
            continue
        seen = dict(told) | {"now": told["loss"]}
        if o.how == "mean":
            seen |= {n: sum(p[n] for p in pile) / len(pile) for n in pile[0] if n != "lr"}
        if o.how == "recent":
            seen["loss"] = sum(recent) / len(recent)
        pile = []
        if o.judge and (t + 1) % o.judge == 0:
            seen |= run.held_loss()
        line = {o.called.get(n, n): seen[n] for n in names if n in seen} | (run.inner() if o.inside else {})
        records.append({"step": t + 1, "epoch": passed} | line)
    return records
