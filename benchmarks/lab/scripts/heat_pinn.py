"""Equations solved by nets: residual, edge, start and readings as terms of one loss; Adam, and what people do after it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts.heat_pinn_parts import PROBLEMS, Field, Problem
from benchmarks.lab.scripts.heat_pinn_plan import Plan, pace

torch.set_num_threads(1)
Record = dict[str, float]


@dataclass
class Places:
    """All points a training draws from."""

    inside: Tensor
    edge: Tensor
    start: Tensor
    sensors: Tensor
    values: Tensor


def places(plan: Plan, problem: Problem, inside: int, rim: int, sensors: int, g: torch.Generator) -> Places:
    """Points, and the noisy readings of sensors."""
    where = problem.inside(max(1, sensors), g)
    values = problem.exact(where)
    values = values + plan.noise * torch.randn(values.shape, generator=g)
    return Places(problem.inside(inside, g), problem.edge(rim, g), problem.start(rim, g), where, values)


def terms(plan: Plan, problem: Problem, net: nn.Module, at: Places, coef: float | Tensor, wrong: bool) -> dict[str, Tensor]:  # fmt: skip
    """The terms of the loss, each a mean of squares."""
    inside = at.inside
    if wrong and plan.mishap == "units":
        coef = coef * plan.amount
    alone = len(problem.low) == 1
    parts = [inside, at.start[:1] if alone else at.start] + ([] if alone else [at.edge])
    parts += [at.sensors] if plan.readings else []
    u = net(torch.cat(parts)).split([len(p) for p in parts], dim=1)
    found = {"pde": problem.residual(u[0], coef).square().mean()}
    first = u[1][0] - problem.exact(parts[1])
    found["ic"] = first.square().mean() + (u[1][1].square().mean() / problem.coef**2 if alone else 0.0)
    if not alone:
        found["bc"] = (u[2][0] - problem.exact(at.edge)).square().mean()
    if plan.readings:
        values = at.values * (plan.amount if wrong and plan.mishap == "gauge" else 1.0)
        off = u[-1][0] - values
        found["data"] = (off / values if plan.mishap == "relative" else off).square().mean()
    if plan.mishap == "no_start":
        del found["ic"]
    return found


def batches(plan: Plan, ours: Places, net: Field, problem: Problem, g: torch.Generator) -> Iterator[tuple[Places, bool]]:  # fmt: skip
    """Endless batches; resampled, in the order of time, or drawn where the residual is large, if asked for."""
    size, t = plan.batch or plan.points, 0
    while True:
        n = len(ours.inside)
        order = torch.randperm(n, generator=g)
        if plan.ordered:
            ours.inside = ours.inside[ours.inside[:, 0].argsort()]
            order = torch.arange(n)
        for pick in order[: n // size * size].split(size) if plan.batch else [torch.arange(n)]:
            if plan.resample and t and t % plan.resample == 0:
                ours.inside = problem.inside(n, g)
                if plan.focus:
                    many = problem.inside(8 * n, g)
                    with torch.no_grad():
                        bad = problem.residual(net(many), problem.coef).abs() ** plan.focus
                    ours.inside = many[torch.multinomial(bad + 1e-9, n, generator=g)]
            inside = ours.inside[pick]
            if plan.window:
                reach = 0.25 * (1 + min(3, int(4.5 * t / plan.steps)))
                inside = torch.cat([inside[:, :-1], inside[:, -1:] * reach], 1)
            strange = plan.mishap == "far" and t > 5 and float(torch.rand(1, generator=g)) < plan.since
            if strange:
                inside = inside * plan.amount
            few = torch.randint(0, plan.rim, (max(2, min(size, plan.rim)),), generator=g) if plan.batch else torch.arange(plan.rim)  # fmt: skip
            read = torch.randint(0, len(ours.sensors), (min(size, len(ours.sensors)),), generator=g) if plan.batch else torch.arange(len(ours.sensors))  # fmt: skip
            if plan.ordered and plan.readings:
                turn = ours.sensors[:, 0].argsort()
                read = turn[(t * size + torch.arange(size)) % len(turn)]
            yield Places(inside, ours.edge[few], ours.start[few], ours.sensors[read], ours.values[read]), strange
            t += 1


def balance(plan: Plan, net: nn.Module, found: dict[str, Tensor], weights: dict[str, float], first: dict[str, float], t: int) -> None:  # fmt: skip
    """Change the weights of the terms in place, in one of the ways of the papers."""
    if plan.adaptive == "grad" and t % 20 == 0:
        own = [p for p in net.parameters() if p.requires_grad]
        slopes = {k: torch.cat([s.flatten() for s in torch.autograd.grad(v, own, retain_graph=True, allow_unused=True) if s is not None]) for k, v in found.items()}  # fmt: skip
        for k in found.keys() - {"pde"}:
            wish = float(slopes["pde"].abs().max() / (slopes[k].abs().mean() + 1e-12))
            weights[k] = 0.9 * weights[k] + 0.1 * min(wish, 1e3)
    if plan.adaptive == "rise":
        for k in found.keys() - {"pde"}:
            weights[k] += plan.amount * float(found[k].detach()) ** 0.5
    if plan.adaptive == "softmax" and t % 20 == 0:
        ratios = torch.tensor([float(v.detach()) / (first[k] + 1e-12) for k, v in found.items()])
        for k, w in zip(found, torch.softmax(ratios / (ratios.max() + 1e-12), 0), strict=True):
            weights[k] = 0.9 * weights[k] + 0.1 * len(found) * float(w)


def look_inside(net: Field, before: list[Tensor], wanted: dict[str, str]) -> Record:
    """Numbers of the layers; ``wanted`` maps what to a name with {} for the layer."""
    told: Record = {}
    for i, (layer, out) in enumerate(zip(net.layers, net.seen, strict=True)):
        slope = layer.weight.grad
        numbers = {"slope": float(slope.norm()) if slope is not None else 0.0, "spread": float(out.detach().std()),
                   "flat": float((out.detach().abs().amin(0) > 0.98).float().mean()),
                   "dead": float((out.detach() <= 0).all(0).float().mean())}  # fmt: skip
        if before:
            numbers["ratio"] = float((layer.weight.detach() - before[i]).norm() / (before[i].norm() + 1e-12))
        told |= {name.format(i + 1): numbers[what] for what, name in wanted.items() if what in numbers}
    return told


def examine(plan: Plan, problem: Problem, net: nn.Module, test: Places, weights: dict[str, float], coef: float) -> Record:  # fmt: skip
    """The loss of the test points and the error against the known solution."""
    with torch.no_grad():
        found = terms(plan, problem, net, test, coef, False)
        truth = problem.exact(test.inside)
        off = net(test.inside)[0] - truth
        told = {f"val_{k}": plan.scale * float(v) for k, v in found.items()}
        told["val_loss"] = plan.scale * sum(weights[k] * float(v) for k, v in found.items())
        told |= {"val_l2": float(off.norm() / truth.norm()), "val_mae": float(off.abs().mean())}
        told["val_mse"] = float(off.square().mean())
        return told


def optimiser(plan: Plan, own: list[Tensor]) -> torch.optim.Optimizer:
    """By its name."""
    match plan.opt:
        case "adam":
            return torch.optim.Adam(own, plan.lr, (0.9, plan.beta2), fused=True)
        case "sgd":
            return torch.optim.SGD(own, plan.lr)
        case "momentum":
            return torch.optim.SGD(own, plan.lr, 0.9)
        case "rmsprop":
            return torch.optim.RMSprop(own, plan.lr)
    raise ValueError(plan.opt)


class Solver:
    """One training in progress."""

    def __init__(self, seed: int, plan: Plan) -> None:
        torch.manual_seed(1300 + seed)
        self.plan, self.g = plan, torch.Generator().manual_seed(50 + 11 * seed)
        self.problem = PROBLEMS[plan.problem](**plan.of)
        self.net, self.spare = Field(self.problem, **plan.net), Field(self.problem, **plan.net)
        self.coef = nn.Parameter(torch.tensor(plan.unknown or self.problem.coef), requires_grad=bool(plan.unknown))
        ours = places(plan, self.problem, plan.points, plan.rim, plan.readings, self.g)
        self.test = self.test_places()
        self.stream = batches(plan, ours, self.net, self.problem, self.g)
        self.trained = [*(self.spare if plan.mishap == "other_net" else self.net).parameters(), *([self.coef] if plan.unknown else [])]  # fmt: skip
        self.opt = optimiser(plan, self.trained)
        self.weights = {k: plan.weights.get(k, 1.0) for k in ("pde", "ic", "bc", "data")}
        self.first: dict[str, float] = {}

    def test_places(self) -> Places:
        some = max(1, self.plan.test // 4)
        return places(self.plan, self.problem, self.plan.test, max(2, some), some, self.g)

    def prepare(self, t: int, wrong: bool) -> float:
        """What changes with the step: the rate (returned), the optimiser, weights, a restart."""
        plan = self.plan
        if plan.lbfgs < 1 and t == math.ceil(plan.lbfgs * plan.steps):
            self.opt = torch.optim.LBFGS(self.trained, max_iter=4, history_size=20, line_search_fn="strong_wolfe")
        rate = plan.lr * pace(plan, t) * (plan.amount if wrong and plan.mishap == "rate" else 1.0)
        if isinstance(self.opt, torch.optim.LBFGS):
            rate = 1.0
        if wrong and plan.mishap == "weights":
            self.weights |= {k: plan.amount * plan.weights.get(k, 1.0) for k in ("ic", "bc")}
        if wrong and plan.mishap == "resumed" and t == int(plan.since * plan.steps):
            self.opt = optimiser(plan, self.trained)
            with torch.no_grad():
                for p in self.trained:
                    p.add_(plan.amount * p.abs().mean() * torch.randn(p.shape, generator=self.g))
        for group in self.opt.param_groups:
            group["lr"] = rate
        return rate

    def loss(self, at: Places, wrong: bool, t: int) -> tuple[Tensor, Record]:
        """The sum of the weighted terms, and each of them."""
        plan = self.plan
        found = terms(plan, self.problem, self.net, at, self.coef, wrong)
        self.first = self.first or {k: float(v.detach()) for k, v in found.items()}
        if plan.adaptive:
            balance(plan, self.net, found, self.weights, self.first, t)
        total = torch.stack([self.weights[k] * v for k, v in found.items()]).sum() * plan.scale
        told = {k: plan.scale * float(v.detach()) for k, v in found.items()}
        if plan.penalty:
            flat = torch.cat([p.flatten() for p in self.net.parameters()])
            size = plan.strength * (flat.abs().sum() if plan.penalty == "l1" else flat.square().sum())
            total, told["reg"] = total + size, float(size.detach())
        return total, told | {"loss": float(total.detach())}

    def slopes(self, wrong: bool) -> Record:
        """Gradients after mishaps and clipping, and their norm."""
        plan = self.plan
        slopes = [p.grad for p in self.net.parameters() if p.grad is not None]
        if wrong and plan.mishap in {"ascent", "summed"}:
            torch._foreach_mul_(slopes, -plan.amount if plan.mishap == "ascent" else plan.amount)
        if not plan.clip and "norm" not in plan.show:
            return {}
        norm = float(torch.nn.utils.get_total_norm(slopes))
        if plan.clip and norm > plan.clip:
            torch._foreach_mul_(slopes, plan.clip / norm)
        return {"norm": norm, "norm_clipped": min(norm, plan.clip or norm)}

    def step(self, at: Places, wrong: bool, t: int) -> None:
        """The update; L-BFGS asks for the loss again."""
        if self.plan.mishap == "no_step":
            return
        if not isinstance(self.opt, torch.optim.LBFGS):
            self.opt.step()
            return

        def closure() -> Tensor:
            self.opt.zero_grad()
            again, _ = self.loss(at, wrong, t)
            again.backward()
            return again

        self.opt.step(closure)

    def look(self, told: Record, pile: list[Record], t: int) -> Record:
        """What is logged at this step."""
        plan = self.plan
        seen = {k: sum(p[k] for p in pile) / len(pile) for k in told} if plan.mean else dict(told)
        if t % (plan.test_every or plan.every) == 0 and any(name.startswith("val_") for name in plan.show):
            self.test = self.test_places() if plan.fresh_test else self.test
            judged = self.spare if plan.mishap == "stale" else self.net
            seen |= examine(plan, self.problem, judged, self.test, self.weights, float(self.coef))
        return seen


def train(seed: int, **args: Any) -> list[Record]:
    """Records of every ``every`` updates, the first before any update."""
    if unknown := args.keys() - {f.name for f in fields(Plan)}:
        raise TypeError(f"unknown: {sorted(unknown)}")
    plan = Plan(**args)
    it = Solver(seed, plan)
    per = max(1, plan.points // plan.batch) if plan.batch else 1
    records: list[Record] = []
    pile: list[Record] = []
    best, since = math.inf, 0
    for t in range(plan.steps + 1):
        wrong = t >= plan.since * plan.steps
        rate = it.prepare(t, wrong)
        at, _ = next(it.stream)
        it.opt.zero_grad()
        loss, told = it.loss(at, wrong, t)
        loss.backward()
        told |= it.slopes(wrong) | {"lr": rate, "coef": float(it.coef), **{f"w_{k}": w for k, w in it.weights.items()}}
        pile.append(told)
        logs = t % plan.every == 0 or t == plan.steps
        seen = it.look(told, pile, t) if logs else {}
        before = [layer.weight.detach().clone() for layer in it.net.layers] if seen and plan.inside else []
        it.step(at, wrong, t)
        if not seen:
            continue
        pile = []
        chosen = {plan.names.get(k, k): seen[k] for k in plan.show if k in seen}
        chosen |= look_inside(it.net, before, plan.inside) if plan.inside else {}
        records.append({"step": t, "epoch": max(0, t - 1) // per} | chosen)
        if plan.patience and "val_loss" in seen:
            best, since = (seen["val_loss"], 0) if seen["val_loss"] < best else (best, since + 1)
            if since >= plan.patience:
                break
    return records
