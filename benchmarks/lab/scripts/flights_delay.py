"""How late will a flight be: minutes (squares, Huber, a t-distribution), late or not, both, or six classes of delay."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from benchmarks.lab.scripts.flights_delay_parts import EDGES, LATE, Delay, flights, of_minutes, pace, scores

torch.set_num_threads(1)
Record = dict[str, float]


@dataclass
class Settings:
    """What a training can be given; see ``train``."""

    rows: int = 6000
    held: int = 1000
    batch: int = 250
    epochs: int = 20
    tail: float = 7.0
    cap: float = 110.0
    held_tail: float = -1.0
    task: str = "minutes"
    loss: str = "mse"
    unit: float = 0.0  # 0: standardised delays; else delays in minutes times this
    shift: float = 0.0  # minutes added to each delay
    known: bool = False  # the head begins with the mean and multiplies by the spread
    late: float = LATE
    wrong: float = 0.0  # share of flights whose late is turned round
    weights: tuple[float, float] = (1.0, 1.0)
    summed: bool = False
    smoothing: float = 0.0
    net: dict = field(default_factory=dict)
    opt: str = "adam"
    lr: float = 2e-3
    decay: float = 0.0
    plan: tuple = ("flat",)
    patience: int = 0
    l2: float = 0.0
    clip: float = 0.0
    jitter: float = 0.0
    ema: float = 0.0
    before: int = 0  # updates on another year's flights before the log begins
    order: str = ""
    fault: str = ""
    when: float = 0.0
    amount: float = 1.0
    subset: int = 0
    says: str = ""
    killed: tuple[int, int] = (0, 0)


class Year:
    """Flights with the targets of a task."""

    def __init__(self, s: Settings, n: int, seed: int, tail: float, like: Year | None = None) -> None:
        d = flights(n, seed, tail, s.cap)
        self.where, self.x, self.delay = d["where"], d["x"], d["delay"] + s.shift
        self.middle, self.spread = like.spread_of() if like else (float(self.delay.mean()), float(self.delay.std()))
        self.y = self.delay * s.unit if s.unit else (self.delay - self.middle) / self.spread
        self.late = (d["delay"] > s.late).float()
        if s.task == "bins":
            self.late = torch.bucketize(d["delay"], torch.tensor(EDGES))
        elif s.wrong:
            turned = torch.rand(n, generator=torch.Generator().manual_seed(seed + 1)) < s.wrong
            self.late = torch.where(turned, 1 - self.late, self.late)
        if s.fault == "raw":
            self.x = self.x * torch.tensor([1.0, 1, 1, 1, 12, 35, 40, 900, 160, 3]) * s.amount + torch.tensor(
                [0.0, 0, 0, 0, 3, 5, 55, 1400, 120, 9]
            )
        if s.fault == "few":
            self.x, self.where = (
                self.x * ((torch.arange(10) == 8) | (torch.arange(10) == 4) & (s.amount > 1)),
                self.where * 0,
            )
        if s.fault == "unrelated" and like is None:
            mixed = torch.randperm(n, generator=torch.Generator().manual_seed(seed + 2))
            self.y, self.late = self.y[mixed], self.late[mixed]

    def spread_of(self) -> tuple[float, float]:
        return self.middle, self.spread


class Job:
    """State of a training."""

    def __init__(self, seed: int, s: Settings) -> None:
        torch.manual_seed(seed + 900)
        self.s, self.g = s, torch.Generator().manual_seed(seed + 910)
        self.data = Year(s, s.rows, 31 * seed + 5, s.tail)
        self.held = Year(s, s.held, 31 * seed + 6, s.tail if s.held_tail < 0 else s.held_tail, self.data)
        if s.fault == "leak":
            for name in ("where", "x", "y", "late"):
                setattr(self.held, name, getattr(self.data, name)[: s.held])
        outputs = {"bins": 6, "both": 2, "late": 1}.get(s.task, 2 if s.loss == "tnll" else 1)
        given = dict(s.net)
        if s.known and s.unit:
            given |= {"scale": float(self.data.y.std()), "top": float(self.data.y.mean() / self.data.y.std())}
        if s.known and s.task == "late":
            given["top"] = float(torch.logit(self.data.late.mean()))
        self.net = Delay(outputs, **given)
        self.shadow = copy.deepcopy(self.net)
        self.params = list((self.shadow if s.fault == "copy" else self.net).parameters())
        self.opt = self.optimiser()
        self.pressure, self.best, self.waited = 1.0, math.inf, 0
        for t in range(s.before):
            self.update(torch.randint(s.rows, (s.batch,), generator=self.g), t, s.before, warm=True)

    def optimiser(self) -> torch.optim.Optimizer:
        s = self.s
        if s.opt in {"sgd", "momentum"}:
            return torch.optim.SGD(self.params, s.lr, 0.9 * (s.opt == "momentum"), weight_decay=s.decay, fused=True)
        if s.opt == "rmsprop":
            return torch.optim.RMSprop(self.params, s.lr)
        return torch.optim.AdamW(self.params, s.lr, weight_decay=s.decay, fused=True)

    def order(self, done: float) -> Tensor:
        """Rows of an epoch."""
        d, s = self.data, self.s
        if s.order in {"delay", "airport", "carrier"}:
            keys = {"delay": d.delay, "airport": d.where[:, 1].float(), "carrier": d.where[:, 0].float()}
            return keys[s.order].argsort(stable=True)
        rows = torch.randperm(s.rows, generator=self.g)
        if s.order == "calm_first":
            calm = (d.delay - d.middle).abs().argsort()[: int(s.rows * min(1.0, 0.4 + 0.3 * int(done * 3)))]
            rows = calm[torch.randint(len(calm), (s.rows,), generator=self.g)]
        return rows

    def terms(self, out: Tensor, y: Tensor, late: Tensor) -> dict[str, Tensor]:
        """``total`` and what it is made of."""
        s, found = self.s, {}
        if s.task in {"minutes", "both"}:
            found["minutes"] = of_minutes(s.loss, out, y)
        if s.task == "bins":
            found["late"] = F.cross_entropy(out, late, label_smoothing=s.smoothing)
        elif s.task != "minutes":
            found["late"] = F.binary_cross_entropy_with_logits(
                out[:, -1], late, reduction="sum" if s.summed else "mean"
            )
        weight = dict(zip(("minutes", "late"), s.weights, strict=True))
        return found | {"total": sum(weight[k] * v for k, v in found.items())}

    def update(self, rows: Tensor, t: int, total: int, full: bool = False, warm: bool = False) -> Record:
        """One step; what it saw."""
        s, d = self.s, self.data
        where, x, y, late = d.where[rows], d.x[rows], d.y[rows], d.late[rows]
        if not warm:
            x, y = self.spoilt(rows, x, y, t / total)
        rate = s.lr * (1.0 if warm else pace(s.plan, t, total) * self.pressure)
        for group in self.opt.param_groups:
            group["lr"] = rate
        out = self.net(where, x)
        terms = self.terms(out, y, late)
        loss = terms.pop("total")
        if s.l2:
            terms["reg"] = s.l2 * sum(p.square().sum() for p in self.net.parameters() if p.dim() > 1)
        loss = loss + terms.get("reg", 0.0)
        seen = {"loss": loss.item(), "lr": rate, **{k: v.item() for k, v in terms.items()}}
        if full:
            seen |= scores(s.task, out.detach(), y, late, "")
        self.opt.zero_grad()
        if s.fault == "detached":
            loss = loss.detach().requires_grad_()
        (-loss if s.fault == "ascent" and t >= s.when * total else loss).backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), s.clip or math.inf))
        seen |= {
            "norm": norm,
            "norm_after": min(norm, s.clip or norm),
            "clipped": float(bool(s.clip) and norm > s.clip),
        }
        self.opt.step()
        if s.ema:
            with torch.no_grad():
                torch._foreach_lerp_(list(self.shadow.parameters()), list(self.net.parameters()), 1 - s.ema)
        return seen

    def spoilt(self, rows: Tensor, x: Tensor, y: Tensor, done: float) -> tuple[Tensor, Tensor]:
        """A batch after what goes wrong with the file."""
        s, late = self.s, done >= self.s.when
        if s.jitter:
            x = x + s.jitter * torch.randn(x.shape, generator=self.g)
        if s.fault == "cancelled":
            y = torch.where(rows < 3, torch.full_like(y, s.amount), y)
        elif s.fault == "missing" and late:
            x = torch.where((rows == 7)[:, None], torch.full_like(x, math.nan), x)
        elif s.fault == "no_weather" and late:
            x = torch.cat([x[:, :4], x[:, 4:6] * 0, x[:, 6:]], 1)
        elif s.fault == "late_units" and late:
            y = y * s.amount
        return x, y

    @torch.no_grad()
    def evaluate(self) -> Record:
        """val_ values."""
        s, d = self.s, self.held
        net = self.shadow if s.ema or s.fault == "stale" else self.net
        some = torch.randperm(len(d.y), generator=self.g)[: s.subset] if s.subset else torch.arange(len(d.y))
        net.eval()
        out = net(d.where[some], d.x[some])
        net.train()
        terms = self.terms(out, d.y[some], d.late[some])
        terms["loss"] = terms.pop("total")
        found = {k: float(v) for k, v in terms.items()} | scores(s.task, out, d.y[some], d.late[some], s.says)
        if s.patience:
            better = found["loss"] < self.best * 0.999
            self.best, self.waited = min(self.best, found["loss"]), 0 if better else self.waited + 1
            if self.waited >= s.patience:
                self.pressure, self.waited = self.pressure * 0.3, 0
        return {f"val_{k}": v for k, v in found.items()}

    def look(self, wanted: dict[str, str], old: list[Tensor]) -> Record:
        """Acts, grads, ratios, dead by block; ratio and its logarithm of all: ``wanted`` maps a quantity to its name."""
        seen, ratios = (
            {},
            [
                float((u.weight.detach() - w).norm() / (w.norm() + 1e-12))
                for u, w in zip(self.net.ups, old, strict=True)
            ],
        )
        for i, up in enumerate(self.net.ups):
            hidden = self.net.hiddens[i].detach()
            found = {"acts": float(self.net.outs[i].detach().std(0).mean()), "grads": float(up.weight.grad.norm()) if up.weight.grad is not None else 0.0,
                     "ratios": ratios[i], "dead": float((hidden <= 0).all(0).float().mean())}  # fmt: skip
            seen |= {wanted[k].format(i): v for k, v in found.items() if k in wanted}
        middle = sorted(ratios)[len(ratios) // 2]
        found = {"ratio": middle, "log_ratio": math.log10(middle + 1e-12)}
        found["dead_all"] = sum(float((h <= 0).all(0).float().mean()) for h in self.net.hiddens) / len(self.net.hiddens)
        return seen | {wanted[k]: v for k, v in found.items() if k in wanted}


def train(seed: int, every: int = 0, evaluate: int = 0, mean: bool = False, show: tuple[str, ...] = ("loss", "val_loss"), names: dict | None = None,
          inside: dict | None = None, **given: object) -> list[Record]:  # fmt: skip
    """Records by epoch (means of its updates), or each ``every`` updates (the last one's, or the ``mean``).

    Validation by epoch, or each ``evaluate`` updates. ``show``: quantities to log; ``names``: what the log calls them; ``inside``: see
    ``Job.look``. ``killed`` = (a, b): killed before epoch a, taken up from the checkpoint of epoch b.
    """
    s = Settings(**given)
    job, steps = Job(seed, s), s.rows // s.batch
    total, records, pile, epoch, kept, killed = steps * s.epochs, [], [], 0, None, s.killed[0]
    full, validates = (
        any(k in {"mae", "acc", "r2", "exact", "rmse", "f1"} for k in show),
        any(k.startswith("val_") for k in show),
    )
    while epoch < s.epochs:
        if killed and epoch == s.killed[1] and kept is None:
            kept = copy.deepcopy((job.net.state_dict(), job.opt.state_dict()))
        if killed and epoch == killed:
            epoch, killed = s.killed[1], 0
            job.net.load_state_dict(kept[0])
            job.opt.load_state_dict(kept[1])
        for i, rows in enumerate(job.order(epoch / s.epochs)[: steps * s.batch].split(s.batch)):
            t = epoch * steps + i + 1
            due = t % (every or steps) == 0
            old = [u.weight.detach().clone() for u in job.net.ups] if due and inside else []
            pile.append(job.update(rows, t - 1, total, full))
            if not due:
                continue
            seen = pile[-1] if every and not mean else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]}
            seen = seen | {"lr": pile[-1]["lr"]}
            within = job.look(inside, old) if inside else {}
            if validates and t % (evaluate or steps) == 0:
                seen |= job.evaluate()
            shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
            records.append({"step": t, "epoch": epoch, **shown, **within})
            pile = []
        epoch += 1
    return records
