"""Pre-training of small language models from nothing: windows of a corpus, a rate by plan, marks every few updates."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.tiny_pretrain_parts import Decoder, chain, text_of, tokens

torch.set_num_threads(1)


@dataclass
class Recipe:
    """Everything that can be set. ``marks``: names to log; ``rename``: as what."""

    corpus: str = "tales"
    level: str = "char"
    letters: int = 120_000
    dev_letters: int = 12_000
    dev_corpus: str = ""
    ctx: int = 32
    rows: int = 16
    gather: int = 1
    updates: int = 260
    read: str = "anywhere"
    model: dict[str, Any] = field(default_factory=dict)
    optimiser: str = "adamw"
    peak: float = 3e-3
    beta2: float = 0.95
    decay: float = 0.01
    plan: str = "cosine"
    warm: int = 20
    floor: float = 0.1
    clip: float = 1.0
    smoothing: float = 0.0
    z: float = 0.0
    shrink: float = 0.0
    later: float = 0.0
    average: float = 0.0
    flaw: str = ""
    at: float = 0.5
    until: float = 1.0
    size: float = 1.0
    every: int = 8
    mean: bool = False
    dev_every: int = 40
    dev_rows: int = 64
    marks: tuple[str, ...] = ("loss",)
    rename: dict[str, str] = field(default_factory=dict)


def share(r: Recipe, i: int) -> float:
    """The rate of update ``i`` as a share of the peak."""
    kind, _, text = r.plan.partition(":")
    a, done = float(text or 0), i / r.updates
    rise = min(1.0, (i + 1) / r.warm) if r.warm else 1.0
    left = max(0.0, (r.updates - i) / max(1, r.updates - r.warm))
    plans = {
        "flat": lambda: 1.0,
        "cosine": lambda: r.floor + (1 - r.floor) * 0.5 * (1 - math.cos(math.pi * min(1.0, left))),
        "linear": lambda: r.floor + (1 - r.floor) * min(1.0, left),
        "wsd": lambda: 1.0 if done < 1 - a else r.floor + (1 - r.floor) * (1 - done) / a,
        "root": lambda: (max(r.warm, 1) / max(i + 1, r.warm, 1)) ** 0.5,
        "drop": lambda: 1.0 if done < a else 0.05,
        "stairs": lambda: 0.3 ** int(done / a),
        "waves": lambda: 0.05 + 0.95 * 0.5 * (1 + math.cos(2 * math.pi * i / a)),
        "restarts": lambda: 0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * (i % a) / a)),
        "early": lambda: max(0.0, 1 - done / a),
        "rewarm": lambda: 1 - done if done < a else min(1.0, (done - a) * 12) * 3.0,
        "gamma": lambda: a**i,
        "hump": lambda: done / a if done < a else (1 - done) / (1 - a),
    }
    return rise * plans[kind]()


def corpus(r: Recipe, seed: int) -> tuple[Tensor, Tensor, int]:
    """Tokens to train on, tokens held out, size of the vocabulary."""
    if r.corpus.startswith("chain"):
        states, sharp = (float(x) for x in r.corpus.split(":")[1:])
        return (
            chain(r.letters, int(states), sharp, 11 + seed),
            chain(r.dev_letters, int(states), sharp, 977 + seed),
            int(states),
        )
    ours, n = tokens(text_of(r.corpus, r.letters, 100 + seed), r.level)
    held, _ = tokens(text_of(r.dev_corpus or r.corpus, r.dev_letters, 7000 + seed), r.level)
    return ours, held, n


def windows(r: Recipe, ids: Tensor, g: torch.Generator) -> Iterator[Tensor]:
    """Batches of windows of one token more than the context: anywhere, shuffled by epoch, or as the text goes."""
    blocks = ids[: len(ids) // (r.ctx + 1) * (r.ctx + 1)].view(-1, r.ctx + 1)
    while True:
        if r.read == "anywhere":
            start = torch.randint(0, len(ids) - r.ctx - 1, (r.rows,), generator=g)
            yield ids[start[:, None] + torch.arange(r.ctx + 1)]
            continue
        order = torch.randperm(len(blocks), generator=g) if r.read == "epochs" else torch.arange(len(blocks))
        for k in range(0, len(blocks) - r.rows + 1, r.rows):
            yield blocks[order[k : k + r.rows]]


class Signs(torch.optim.Optimizer):
    """Steps of one size along the sign of a mean of gradients."""

    def __init__(self, params: Any, lr: float, decay: float) -> None:
        super().__init__(params, {"lr": lr, "decay": decay})

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - group["lr"] * group["decay"]).sub_(group["lr"] * torch.sign(0.9 * m + 0.1 * p.grad))
                m.mul_(0.98).add_(0.02 * p.grad)


def optimiser(r: Recipe, params: list[Any]) -> torch.optim.Optimizer:
    """By name."""
    if r.optimiser in {"adamw", "adam"}:
        make = torch.optim.AdamW if r.optimiser == "adamw" else torch.optim.Adam
        return make(
            params, r.peak, betas=(0.9, r.beta2), weight_decay=r.decay if r.optimiser == "adamw" else 0.0, fused=True
        )
    if r.optimiser == "signs":
        return Signs(params, r.peak, r.decay)
    if r.optimiser == "rmsprop":
        return torch.optim.RMSprop(params, r.peak, foreach=True)
    return torch.optim.SGD(params, r.peak, momentum=0.9 if r.optimiser == "momentum" else 0.0, foreach=True)


def objective(r: Recipe, net: Decoder, batch: Tensor) -> tuple[Tensor, dict[str, float]]:
    """The loss to go down, and what can be said of the batch."""
    x, y = batch[:, :-1], batch[:, 1:]
    if r.flaw == "pairs_torn":
        y = y.roll(1, 0)
    logits = net(x)
    if r.flaw == "own_half_log":
        chosen = torch.softmax(logits.half().float(), -1).half().gather(-1, y[..., None]).float()
        ce = -torch.log(chosen).mean()
    elif r.flaw == "softmax_twice":
        ce = F.cross_entropy(torch.softmax(logits, -1).flatten(0, 1), y.flatten())
    else:
        kind = "sum" if r.flaw == "summed" else "mean"
        ce = F.cross_entropy(logits.flatten(0, 1), y.flatten(), label_smoothing=r.smoothing, reduction=kind)
    told = {"ce": float(ce.detach()), "acc": float((logits.argmax(-1) == y).float().mean())}
    told["ppl"] = math.exp(min(50.0, told["ce"])) if told["ce"] == told["ce"] else math.nan
    total = ce
    if r.z:
        z = r.z * torch.logsumexp(logits, -1).square().mean()
        total, told["z"] = total + z, float(z.detach())
    if r.shrink:
        size = r.shrink * sum(p.square().sum() for p in net.parameters())
        total, told["reg"] = total + size, float(size.detach())
    if r.later:
        two = F.cross_entropy(logits[:, :-1].flatten(0, 1), batch[:, 2:].flatten())
        total, told["two"] = total + r.later * two, float(two.detach())
    return total, told | {"loss": float(total.detach())}


@torch.no_grad()
def held_out(r: Recipe, net: Decoder, held: Tensor, fixed: bool, g: torch.Generator) -> dict[str, float]:
    """Loss, perplexity and accuracy on windows of the held-out text, always the same ones or drawn anew."""
    net.eval()
    most = len(held) - r.ctx - 1
    start = torch.linspace(0, most, r.dev_rows).long() if fixed else torch.randint(0, most, (r.dev_rows,), generator=g)
    batch = held[start[:, None] + torch.arange(r.ctx + 1)]
    logits = net(batch[:, :-1])
    loss = float(F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()))
    right = (logits.argmax(-1) == batch[:, 1:]).float()
    net.train()
    whole = float((right[:, -6:].min(1).values).mean())
    return {"val_loss": loss, "val_ppl": math.exp(min(50.0, loss)), "val_acc": float(right.mean()), "val_exact": whole,
            "val_bpb": loss / math.log(2)}  # fmt: skip


def spoil(r: Recipe, batch: Tensor, other: Iterator[Tensor], active: bool, n: int, g: torch.Generator) -> Tensor:
    """What mishaps make of a batch."""
    if not active:
        return batch
    if r.flaw == "other_text":
        return next(other)
    if r.flaw == "junk" and float(torch.rand(1, generator=g)) < r.size:
        return torch.randint(0, n, batch.shape, generator=g)
    if r.flaw == "shifted_numbers":
        return (batch + int(r.size)) % n
    if r.flaw == "dirty":
        dirt = torch.rand(batch.shape, generator=g) < r.size
        return torch.where(dirt, torch.randint(0, n, batch.shape, generator=g), batch)
    return batch


def go(r: Recipe, net: Decoder, opt: torch.optim.Optimizer, loss: Tensor, active: bool) -> float:
    """A step along the gathered gradients; their norm before clipping."""
    if active and r.flaw in {"ascent", "not_divided"}:
        for p in net.parameters():
            p.grad = None if p.grad is None else p.grad * (-r.size if r.flaw == "ascent" else r.size)
    norm = float(torch.nn.utils.clip_grad_norm_(net.parameters(), r.clip or 1e12))
    if r.flaw != "never_stepped":
        opt.step()
    return norm


def inside(r: Recipe, net: Decoder, before: list[Tensor], layers: list[float]) -> dict[str, float]:
    """Gradients by layer, spread of activations, silent units, size of the last update against the weights."""
    seen = {f"grad/{i}": v for i, v in enumerate(layers)} | {f"std/{i}": v for i, v in enumerate(net.spread)}
    for i, layer in enumerate(net.layers):
        seen[f"dead/{i}"] = float((layer.hidden.detach().flatten(0, 1) <= 0).float().mean())
    if before:
        pairs = zip(net.parameters(), before, strict=True)
        ratios = [float((p.detach() - q).norm() / (q.norm() + 1e-9)) for p, q in pairs if p.dim() > 1]
        seen["ratio"] = sum(ratios) / len(ratios)
    return seen


def short(value: float) -> float:
    """Five digits, as a log would give it."""
    return float(f"{value:.5g}") if math.isfinite(value) else value


def train(seed: int, **given: Any) -> list[dict[str, float]]:
    """One training; ``given`` are fields of Recipe. A record every few updates: step, epoch and the marks asked for."""
    if strange := given.keys() - {f.name for f in fields(Recipe)}:
        raise TypeError(f"no such settings: {sorted(strange)}")
    r = Recipe(**given)
    torch.manual_seed(seed * 13 + 5)
    g, ge = torch.Generator().manual_seed(seed + 50), torch.Generator().manual_seed(seed + 90)
    ours, held, n = corpus(r, seed)
    net, stranger = Decoder(n, r.ctx, **r.model), Decoder(n, r.ctx, **r.model)
    params = list((stranger if r.flaw == "other_parameters" else net).parameters())
    if r.flaw == "only_head":
        params = [net.head.weight, net.head.bias]
    opt, mean_net = optimiser(r, params), Decoder(n, r.ctx, **r.model)
    mean_net.load_state_dict(net.state_dict())
    feed = windows(r, ours, g)
    other = windows(r, tokens(text_of("sources", 60_000, 3), "char")[0] % n, g)
    watched = any(m.split("/")[0] in {"ratio", "grad", "std", "dead"} for m in r.marks)
    records: list[dict[str, float]] = []
    pile: list[dict[str, float]] = []
    cached: dict[str, float] = {}
    for i in range(r.updates):
        active, times = r.at <= i / r.updates < r.until, r.size if r.flaw == "rate" else 1.0
        rate = r.peak * share(r, i) * (times if active else 1.0)
        for group in opt.param_groups:
            group["lr"] = rate
        net.zero_grad(set_to_none=True)
        for _ in range(r.gather):
            loss, told = objective(r, net, spoil(r, next(feed), other, active, n, g))
            (loss / r.gather).backward()
        due = (i + 1) % r.every == 0
        before = [p.detach().clone() for p in net.parameters()] if watched and due else []
        layers = [float(sum(p.grad.square().sum() for p in b.parameters() if p.grad is not None) ** 0.5) for b in net.layers] if before else []  # fmt: skip
        norm = go(r, net, opt, loss, active)
        if r.average:
            for p, q in zip(mean_net.parameters(), net.parameters(), strict=True):
                p.data.lerp_(q.data, 1 - r.average)
        pile.append(told | {"lr": rate, "grad_norm": norm, "clipped": min(norm, r.clip or norm)})
        if not due:
            continue
        told = {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} if r.mean else pile[-1]
        told |= {"tokens": (i + 1) * r.rows * r.ctx * r.gather} | (inside(r, net, before, layers) if watched else {})
        if (i + 1) % r.dev_every == 0 and any(m.startswith("val_") for m in r.marks):
            judged = mean_net if r.average else stranger if r.flaw == "stale" else net
            fresh = held_out(r, judged, held, r.flaw != "dev_anew", ge)
            cached = cached if cached and r.flaw == "dev_exhausted" else fresh
            told |= cached
        epoch = (i + 1) * r.rows * r.gather * (r.ctx + 1) // (len(ours) + 1)
        wanted = [m for m in told if m in r.marks or m.split("/")[0] in r.marks]
        records.append({"step": i + 1, "epoch": epoch} | {r.rename.get(m, m): short(told[m]) for m in wanted})
        pile = []
    return records
