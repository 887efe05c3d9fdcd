"""The next note of a melody: small language models over bars, by steps or epochs."""

from __future__ import annotations

import copy
import math

import torch
import torch.nn.functional as F
from torch import Tensor

from benchmarks.lab.scripts.music_bars_parts import LENGTH, VOCABULARY, Player, melodies, rate_at

torch.set_num_threads(1)
Numbers = dict[str, float]
USUAL: dict[str, object] = {
    "songs": 3000, "held": 128, "batch": 16, "steps": 400, "wild": 0.1, "genres": (0, 1, 2, 3), "held_genres": None, "held_wild": None, "net": {},
    "opt": "adam", "lr": 3e-3, "decay": 0.0, "beta": 0.9, "shape": ("flat", 0.0, 0.0), "clip": 0.0, "smoothing": 0.0, "fault": "", "when": 0.0, "amount": 0.0,
    "summed": False, "ticks": 0.0, "beat": 480.0, "pitch": 1.0, "l2": 0.0, "quiet": 0.0, "order": "", "subset": 0, "before": 0, "averaged": 0.0,
    "length": LENGTH, "growing": False, "resumed": (0, 0), "copies": 0.5,
}  # fmt: skip


def optimiser(o: dict, params: list) -> torch.optim.Optimizer:
    """The one asked for."""
    if o["opt"] in {"sgd", "momentum"}:
        return torch.optim.SGD(params, o["lr"], o["beta"] if o["opt"] == "momentum" else 0.0, weight_decay=o["decay"])
    if o["opt"] == "rmsprop":
        return torch.optim.RMSprop(params, o["lr"])
    if o["opt"] == "adagrad":
        return torch.optim.Adagrad(params, o["lr"])
    return torch.optim.AdamW(params, o["lr"], (o["beta"], 0.999), weight_decay=o["decay"], fused=True)


class Session:
    """Melodies, net and optimiser of one training."""

    def __init__(self, seed: int, o: dict) -> None:
        torch.manual_seed(70 + seed)
        self.o, self.g = o, torch.Generator().manual_seed(80 + seed)
        self.tokens, self.ticks, genre = melodies(o["songs"], 17 * seed + 1, o["wild"], o["genres"], o["copies"])
        wild = o["wild"] if o["held_wild"] is None else o["held_wild"]
        self.held = melodies(o["held"], 17 * seed + 2, wild, o["held_genres"] or o["genres"], o["copies"])[:2]
        if o["fault"] == "leak":
            self.held = (self.tokens[: o["held"]], self.ticks[: o["held"]])
        if o["order"] == "genre":
            kept = genre.argsort(stable=True)
            self.tokens, self.ticks = self.tokens[kept], self.ticks[kept]
        if o["fault"] == "unrelated":
            self.other = torch.randperm(o["songs"], generator=self.g)
        self.remap = torch.randperm(VOCABULARY, generator=self.g)
        self.net = Player(**o["net"])
        if o["before"]:
            self.learn_before(seed)
        self.shadow = copy.deepcopy(self.net)
        self.opt = optimiser(o, list((self.shadow if o["fault"] == "copy" else self.net).parameters()))

    def learn_before(self, seed: int) -> None:
        """``before`` updates on other melodies."""
        tokens = melodies(2000, seed + 999, 0.1, (0, 1), 0.5)[0]
        opt = torch.optim.AdamW(self.net.parameters(), 3e-3)
        for _ in range(self.o["before"]):
            some = tokens[torch.randint(2000, (32,), generator=self.g)]
            opt.zero_grad()
            F.cross_entropy(self.net(some[:, :-1])[0].flatten(0, 1), some[:, 1:].flatten()).backward()
            opt.step()
        self.net.outs, self.net.hiddens = [], []

    def batches(self, epoch: int) -> list[Tensor]:
        """Rows of each batch of an epoch."""
        n, size = self.o["songs"], self.o["batch"]
        rows = torch.arange(n) if self.o["order"] else torch.randperm(n, generator=self.g)
        return list(rows[: n // size * size].split(size))

    def losses(
        self, tokens: Tensor, ticks: Tensor, smoothing: float = 0.0, target: Tensor | None = None
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The terms, and the share of notes guessed right."""
        o = self.o
        logits, guessed = self.net(tokens[:, :-1])
        wanted = (tokens if target is None else target)[:, 1:]
        if o["fault"] == "half":
            p = torch.softmax(logits, -1).half().float().gather(-1, wanted[..., None])
            pitch = -p.log().mean()
        else:
            pitch = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), label_smoothing=smoothing)
        found = {"pitch": pitch * (wanted.shape[1] if o["summed"] else 1)}
        if o["ticks"]:
            found["ticks"] = F.mse_loss(guessed * 60 / o["beat"] * 8, ticks[:, 1:] / o["beat"])
        return found, (logits.argmax(-1) == wanted).float().mean()

    def update(self, rows: Tensor, t: int, total: int) -> Numbers:
        """One step."""
        o, late = self.o, t >= self.o["when"] * total
        long = o["length"] if not o["growing"] else min(o["length"], 9 + 8 * int(5 * t / total))
        tokens, ticks, target = self.tokens[rows][:, :long], self.ticks[rows][:, :long], None
        if o["fault"] == "bad" and t % int(o["amount"]) == int(o["amount"]) - 1 and late:
            tokens = self.remap[tokens]
        elif o["fault"] == "vocabulary" and late:
            tokens = torch.where(tokens < 2 + int(o["amount"]), self.remap[tokens], tokens)
        elif o["fault"] == "unrelated":
            target = self.tokens[self.other[rows]][:, :long]
        rate = o["lr"] * rate_at(o["shape"][0], t, total, *o["shape"][1:])
        for group in self.opt.param_groups:
            group["lr"] = rate
        terms, right = self.losses(tokens, ticks, o["smoothing"], target)
        loss = o["pitch"] * terms["pitch"] + o["ticks"] * terms.get("ticks", 0.0)
        if o["l2"]:
            terms["reg"] = o["l2"] * sum(p.square().sum() for p in self.net.parameters() if p.dim() > 1)
        if o["quiet"]:
            terms["reg"] = o["quiet"] * self.net.outs[-1].square().mean()
        loss = loss + terms.get("reg", 0.0)
        seen = {
            "loss": loss.item(),
            "acc": right.item(),
            "lr": rate,
            "tokens": (t + 1) * o["batch"] * (long - 1),
            **{k: v.item() for k, v in terms.items()},
        }
        self.opt.zero_grad()
        (loss * o["amount"] if o["fault"] == "scaled" and late else loss).backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), o["clip"] or math.inf))
        if o["fault"] == "zeroed":
            self.opt.zero_grad()
        if o["fault"] == "body_detached":
            for name, p in self.net.named_parameters():
                p.grad = p.grad if name == "head.bias" else None
        self.opt.step()
        if o["averaged"]:
            with torch.no_grad():
                torch._foreach_lerp_(list(self.shadow.parameters()), list(self.net.parameters()), 1 - o["averaged"])
        return seen | {"norm": norm, "norm_after": min(norm, o["clip"] or norm) if norm == norm else norm}

    @torch.no_grad()
    def evaluate(self) -> Numbers:
        """val_ values."""
        o, used = self.o, self.net
        tokens, ticks = self.held
        if o["subset"]:
            some = torch.randint(len(tokens), (o["subset"],), generator=self.g)
            tokens, ticks = tokens[some], ticks[some]
        self.net = self.shadow if o["averaged"] or o["fault"] == "stale" else used
        self.net.eval()
        terms, right = self.losses(tokens[:, : o["length"]], ticks[:, : o["length"]])
        logits = self.net(tokens[:, : o["length"] - 1])[0]
        whole = (logits.argmax(-1) == tokens[:, 1 : o["length"]]).all(1).float().mean()
        self.net.train()
        self.net = used
        loss = o["pitch"] * terms["pitch"] + o["ticks"] * terms.get("ticks", 0.0)
        return {
            "val_loss": float(loss),
            "val_acc": float(right),
            "val_whole": float(whole),
            **{f"val_{k}": float(v) for k, v in terms.items()},
        }

    def look(self, wanted: dict[str, str], old: list[Tensor]) -> Numbers:
        """Quantities from inside under the names asked for."""
        seen: Numbers = {}
        ratios = [
            float((p.detach() - w).norm() / (w.norm() + 1e-12)) for p, w in zip(self.net.main(), old, strict=True)
        ]
        for i, (p, out, hidden) in enumerate(zip(self.net.main(), self.net.outs, self.net.hiddens, strict=True)):
            found = {"acts": float(out.detach().std((0, 1)).mean()), "grads": float(p.grad.norm()), "ratios": ratios[i],
                     "dead": float((hidden.detach() <= 0).all(0).all(0).float().mean()), "zeros": float((hidden.detach() <= 0).float().mean()),
                     "flat": float((out.detach().abs() > 0.97).float().mean())}  # fmt: skip
            seen |= {wanted[k].format(i): v for k, v in found.items() if k in wanted}
        middle = sorted(ratios)[len(ratios) // 2]
        return seen | {
            wanted[k]: v for k, v in {"ratio": middle, "log_ratio": math.log10(middle + 1e-12)}.items() if k in wanted
        }


def _more(seen: Numbers) -> Numbers:
    """With perplexities and bits of the losses."""
    for side in ("", "val_"):
        if side + "loss" in seen:
            seen = seen | {
                f"{side}ppl": math.exp(min(60.0, seen[side + "loss"])),
                f"{side}bits": seen[side + "loss"] / math.log(2),
            }
    return seen


def train(seed: int, every: int = 0, evaluate: int = 0, mean: bool = False, show: tuple[str, ...] = ("loss", "val_loss"), names: dict | None = None,
          inside: dict | None = None, **given: object) -> list[Numbers]:  # fmt: skip
    """Records each ``every`` updates (0: an epoch), the last update's or the ``mean``; validation each ``evaluate`` (0: an epoch) and at the first.

    ``resumed`` = (a, b): killed after update a, taken up from the checkpoint of update b.
    """
    if unknown := given.keys() - USUAL.keys():
        raise TypeError(f"no such arguments: {sorted(unknown)}")
    o = USUAL | given
    job, an_epoch = Session(seed, o), o["songs"] // o["batch"]
    killed, back = o["resumed"]
    records: list[Numbers] = []
    pile: list[Numbers] = []
    t, kept, waiting = 0, None, []
    while t < o["steps"]:
        waiting = waiting or job.batches(t // an_epoch)
        due = (t + 1) % (every or an_epoch) == 0
        old = [p.detach().clone() for p in job.net.main()] if due and inside else []
        pile.append(job.update(waiting.pop(0), t, o["steps"]))
        t += 1
        if due:
            last = pile[-1]
            seen = (
                {k: sum(p[k] for p in pile) / len(pile) for k in last} | {k: last[k] for k in ("lr", "tokens")}
                if mean or not every
                else last
            )
            if any(k.startswith("val_") for k in show) and t % (evaluate or an_epoch) == 0:
                seen = seen | job.evaluate()
            seen = _more(seen)
            shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
            records.append(
                {"step": t, "epoch": (t - 1) // an_epoch, **shown, **(job.look(inside, old) if inside else {})}
            )
            pile = []
        if killed and t == back and kept is None:
            kept = copy.deepcopy((job.net.state_dict(), job.opt.state_dict()))
        if killed and t == killed:
            t, killed, waiting, pile = back, 0, [], []
            job.net.load_state_dict(kept[0])
            job.opt.load_state_dict(kept[1])
    return records
