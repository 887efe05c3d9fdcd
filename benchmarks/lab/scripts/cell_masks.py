"""Tiny segmentation of drawn cells: a convolutional encoder-decoder, terms of cross-entropy, Dice and others, IoU."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor

from benchmarks.lab.scripts.cell_masks_parts import Painter, Plan, cells, scores_of, share, terms_of

torch.set_num_threads(1)
HUGE = 1e30


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records an epoch (means over it), or every ``every`` updates (the last batch's), validation every ``evals`` epochs."""
    return Run(seed, Plan(**args)).records()  # type: ignore[arg-type]


class Run:
    """Pictures, net and optimiser of one training."""

    def __init__(self, seed: int, plan: Plan) -> None:
        torch.manual_seed(710 + seed)
        self.plan, self.g = plan, torch.Generator().manual_seed(9000 + seed)
        self.x, self.y = cells(plan.rows, plan.noise, self.g, plan.few)
        held_noise = plan.noise if plan.held_noise < 0 else plan.held_noise
        self.pool = cells(plan.held if plan.fixed else 512, held_noise, self.g, plan.few)
        self.spoil()
        self.net = Painter(plan)
        if plan.warm_start:
            self.learn_before(plan.warm_start)
        self.first, self.ema = copy.deepcopy(self.net), copy.deepcopy(self.net)
        owner = copy.deepcopy(self.net) if plan.fault == "other_model" else self.net
        self.learnt = [p for p in owner.parameters() if p.requires_grad]
        self.optimiser = _optimiser(plan, self.learnt)
        self.steps, self.seen, self.scale_up = math.ceil(plan.rows / plan.batch), 0, 1.0

    def spoil(self) -> None:
        """What may be wrong with the data from the start."""
        plan = self.plan
        if plan.wrong:
            n = int(plan.wrong * plan.rows)
            self.y[:n] = self.y[torch.randperm(plan.rows, generator=self.g)[:n]]
        if plan.fault == "bytes":
            self.x, self.pool = 255 * self.x, (255 * self.pool[0], self.pool[1])
        if plan.fault == "blank":
            self.x, self.pool = 0 * self.x, (0 * self.pool[0], self.pool[1])
        if plan.fault == "sorted":  # as the folders list them: by share of the picture that is cell
            order = (self.y > 0).float().mean((1, 2)).argsort()
            self.x, self.y = self.x[order], self.y[order]
        if plan.fault == "leak":
            self.pool = (self.x[: plan.held], self.y[: plan.held])
        if plan.fault == "shifted_masks":
            self.pool = (self.pool[0], self.pool[1].roll(int(plan.amount), 2))
        if plan.curriculum:  # sparse pictures first, all of them from half-time on
            self.easy = (self.y > 0).float().mean((1, 2)).argsort()[: plan.rows // 3]

    def learn_before(self, updates: int) -> None:
        """Weights from a training on brighter pictures."""
        x, y = cells(128, 0.1, torch.Generator().manual_seed(5))
        adam = torch.optim.Adam(self.net.parameters(), 5e-3)
        for _ in range(updates):
            some = torch.randint(0, len(x), (16,), generator=self.g)
            adam.zero_grad()
            sum(terms_of(self.plan, self.net, self.net(x[some] + 0.2), y[some]).values()).backward()
            adam.step()

    def records(self) -> list[dict[str, float]]:
        """The whole training."""
        plan, rows, kept = self.plan, [], None
        epoch, pile, back = 0, [], plan.back
        while epoch < plan.epochs:
            for some in self.order(epoch):
                before = [p.detach().clone() for p in self.learnt] if "ratio" in plan.log else []
                pile.append(self.update(some, self.seen / (self.steps * plan.epochs)))
                self.seen += 1
                if before:
                    pile[-1]["ratio"] = self.ratio(before)
                if plan.every and self.seen % plan.every == 0:
                    rows.append(self.row(epoch, pile[-1]))
            if not plan.every:
                rows.append(self.row(epoch, {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} | {"lr": pile[-1]["lr"]}))  # fmt: skip
            pile, epoch = [], epoch + 1
            if rows and (epoch % plan.evals == 0) and any(name.startswith("val_") for name in plan.log):
                rows[-1] |= self.named(self.held_out())
            if back and epoch == back - 3:
                kept = copy.deepcopy((self.net.state_dict(), self.optimiser.state_dict(), self.seen))
            if back and epoch == back and kept:
                self.net.load_state_dict(kept[0])
                self.optimiser.load_state_dict(kept[1])
                self.seen, epoch, back = kept[2], back - 3, 0
        return rows

    def order(self, epoch: int) -> list[Tensor]:
        """The batches of an epoch."""
        plan = self.plan
        if plan.fault == "sorted":
            return list(torch.arange(plan.rows).split(plan.batch))
        if plan.curriculum and epoch < plan.epochs // 2:
            return list(self.easy[torch.randint(0, len(self.easy), (plan.rows,), generator=self.g)].split(plan.batch))
        return list(torch.randperm(plan.rows, generator=self.g).split(plan.batch))

    def update(self, some: Tensor, done: float) -> dict[str, float]:
        """One step of the optimiser; what it showed."""
        plan, fault = self.plan, self.plan.fault if done >= self.plan.at else ""
        x, y = self.spoilt(*self.augmented(self.x[some], self.y[some]), fault)
        self.net.train()
        z = self.net(x)
        z = (z.softmax(1) + 0.0).log() if plan.fault == "log_of_softmax" else z
        terms = terms_of(plan, self.net, z, y)
        loss = sum(terms.values()) * plan.scale
        rate = plan.lr * share(plan, done) * (plan.amount if fault == "rate_up" else 1.0)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        if plan.fault != "never_zeroed" or self.seen % 40 == 0:
            self.optimiser.zero_grad()
            self.net.zero_grad()
        loss.backward()
        if plan.fault == "unscaled" and done >= plan.at:
            for p in self.net.parameters():
                p.grad *= plan.amount
        if plan.fault == "ascent" and done >= plan.at:
            for p in self.net.parameters():
                p.grad *= -plan.amount
        norm = _norm(list(self.net.parameters()))
        if plan.clip:
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), plan.clip)
        grads = {n: _norm([self.net.layers[int(n[4:])].conv.weight]) for n in plan.log if n.startswith("grad")}
        if plan.fault == "zero_first":
            self.optimiser.zero_grad()
        if plan.fault != "no_step":
            self.optimiser.step()
        self.follow()
        shown = {name: float(value.detach()) for name, value in terms.items()}
        total = float(loss.detach())
        return {"loss": total if abs(total) < HUGE else math.inf, **shown, "lr": rate, "norm": norm,
                "clipped": min(norm, plan.clip or norm), **grads, **self.inside(),
                **(scores_of(z.detach(), y) if {"acc", "iou", "dice_score"} & set(plan.log) else {})}  # fmt: skip

    def follow(self) -> None:
        """The averaged weights go a little towards the net's."""
        if self.plan.averaged:
            for slow, p in zip(self.ema.parameters(), self.net.parameters(), strict=True):
                slow.data.lerp_(p.data, 0.02)
            for slow, b in zip(self.ema.buffers(), self.net.buffers(), strict=True):
                slow.copy_(b)

    def spoilt(self, x: Tensor, y: Tensor, fault: str) -> tuple[Tensor, Tensor]:
        """The batch after a fault of the loader."""
        if fault == "late_light":
            x = self.plan.amount - x
        if fault == "late_masks":
            y = y[torch.randperm(len(y), generator=self.g)]
        if fault == "bad_batch" and self.seen % int(self.plan.amount) == 0:
            x = 30 * x
        return x, y

    def inside(self) -> dict[str, float]:
        """Spread and share of silent outputs of each layer, of the last batch."""
        if not any(name.startswith(("std", "dead", "zeros")) for name in self.plan.log):
            return {}
        outs = [layer.out.detach() for layer in self.net.layers]
        seen = {f"std{i}": float(out.std()) for i, out in enumerate(outs)}
        seen |= {f"dead{i}": float((out.amax((0, 2, 3)) <= 0).float().mean()) for i, out in enumerate(outs)}
        return seen | {"dead": sum(seen[f"dead{i}"] for i in range(len(outs))) / len(outs)}

    def augmented(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Flips, and noise and light by ``augment``."""
        if not self.plan.augment:
            return x, y
        if torch.rand(1, generator=self.g) < 0.5:
            x, y = x.flip(-1), y.flip(-1)
        light = 1 + self.plan.augment * (torch.rand(len(x), 1, 1, 1, generator=self.g) - 0.5)
        return x * light + 0.6 * self.plan.augment * torch.randn(x.shape, generator=self.g), y

    def ratio(self, before: list[Tensor]) -> float:
        """Size of the update against the size of the weights, median over the weights."""
        pairs = [(p, q) for p, q in zip(self.learnt, before, strict=True) if p.dim() > 1]
        ratios = sorted(float((p.detach() - q).norm() / (q.norm() + 1e-12)) for p, q in pairs)
        return ratios[len(ratios) // 2]

    def held_out(self) -> dict[str, float]:
        """Loss and scores of the validation pictures."""
        plan = self.plan
        net = self.first if plan.fault == "first_weights" else self.ema if plan.averaged else self.net
        x, y = self.pool
        if not plan.fixed:
            some = torch.randint(0, len(x), (plan.held,), generator=self.g)
            x, y = x[some], y[some]
        net.eval()
        with torch.no_grad():
            z = net(x)
            loss = float(sum(v for k, v in terms_of(plan, net, z, y).items() if k not in {"l2", "tv"}))
            guess = z if plan.fault != "threshold" else z - torch.tensor([0.0, 40.0, 40.0])[:, None, None]
            scores = scores_of(guess, y)
            if plan.fault == "old_scores":
                scores = scores_of(self.first.eval()(x), y)
        return {"val_loss": loss * plan.scale, **{f"val_{k}": v for k, v in scores.items()}}

    def row(self, epoch: int, values: dict[str, float]) -> dict[str, float]:
        return {"step": self.seen, "epoch": epoch, **self.named(values)}

    def named(self, values: dict[str, float]) -> dict[str, float]:
        return {self.plan.names.get(k, k): values[k] for k in self.plan.log if k in values}


def _norm(parameters: list[Tensor]) -> float:
    return math.sqrt(sum(float(p.grad.norm()) ** 2 for p in parameters if p.grad is not None))


def _optimiser(plan: Plan, learnt: list[Tensor]) -> torch.optim.Optimizer:
    made = {
        "adam": lambda: torch.optim.Adam(learnt, plan.lr, weight_decay=plan.decay),
        "adamw": lambda: torch.optim.AdamW(learnt, plan.lr, weight_decay=plan.decay),
        "rmsprop": lambda: torch.optim.RMSprop(learnt, plan.lr),
        "sgd": lambda: torch.optim.SGD(learnt, plan.lr),
        "nesterov": lambda: torch.optim.SGD(learnt, plan.lr, plan.momentum, nesterov=True, weight_decay=plan.decay),
    }
    return made[plan.opt]()
