"""Times to an event and counts of claims: Cox, discrete hazards, Weibull, Poisson, negative binomial, Tweedie, gamma."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.claims_survival_parts import BINS, RiskNet, patients, policies
from benchmarks.lab.scripts.staged_fit import Figures, Fitting, Table

SURVIVAL = {"cox", "hazard", "pmf", "weibull"}
HEADS = {"hazard": BINS, "pmf": BINS, "weibull": 2, "both": 2, "negbin": 2}


class ClaimsSurvival(Fitting):
    """``law``: cox, hazard, pmf, weibull, poisson, negbin, tweedie, gamma, both (frequency and severity)."""

    topic: ClassVar[dict[str, Any]] = {
        "law": "cox", "people": {}, "factor": 1.0, "reduce": "mean", "constants": False, "power": 1.5, "severity": 1.0, "frequency": 1.0,
        "spread": 1.0, "unit": 1.0, "n": 1024, "held": 512, "batch": 64, "epochs": 20, "noise": 0.0,
    }  # fmt: skip

    def tables(self) -> tuple[Table, Table]:
        """Rows of the training and held-out ones."""
        o = self.o
        make = patients if o.law in SURVIVAL else policies
        ours, held = make(o.n, 100 + self.seed, **o.people), make(o.held, 600 + self.seed, **o.people)
        for part in (ours, held):
            if k := self.on("unscaled"):
                part["x"] = part["x"] * torch.tensor([k, 1, k / 9, 1, 1, k / 30, 1, 1, 1, 1][: part["x"].shape[1]])
            if self.on("columns_lost"):
                part["x"] = part["x"] * torch.tensor([0.0] * 6 + [1.0] * (part["x"].shape[1] - 6))
            if self.on("joined_wrongly"):
                part["x"] = part["x"][torch.randperm(len(part["x"]), generator=self.chance)]
            part["key"] = part.get("time", part.get("count", part["year"]))
            part["risk"] = part["x"][:, 0]
        if o.noise:
            ours["x"] = ours["x"] + o.noise * torch.randn(ours["x"].shape, generator=self.chance)
        return ours, held

    def network(self) -> nn.Module:
        """As many outputs as the law needs."""
        columns = self.o.people.get("columns", 10)
        return RiskNet(columns, HEADS.get(self.o.law, 1), **self.o.net)

    def spoil(self, rows: Table) -> Table:
        """Mishaps in training."""
        rows = dict(rows)
        if k := self.on("units"):
            rows["x"] = rows["x"] * k
        if k := self.on("wobble"):
            rows["x"] = rows["x"] + k * torch.randn(rows["x"].shape, generator=self.chance)
        if (k := self.on("storm")) and float(torch.rand(1, generator=self.chance)) < 0.03:
            for name in rows.keys() & {"count", "paid"}:
                rows[name] = rows[name] * k
            rows["x"] = rows["x"] * (k if "time" in rows else 1)
        if (k := self.on("inflation")) and "count" in rows:
            rows["count"], rows["paid"] = rows["count"] * k, rows["paid"] * k
        if self.on("mixed_up"):
            for name in rows.keys() & {"time", "event", "bin", "count", "paid"}:
                rows[name] = rows[name].roll(1, 0)
        if self.on("no_exposure") and "exposure" in rows:
            rows["exposure"] = rows["exposure"] * 0
        if self.on("no_events") and "event" in rows:
            rows["event"] = rows["event"] / (rows["event"] * 0)
        return rows

    def survive(self, out: Tensor, rows: Table) -> Tensor:
        """The losses of times to an event."""
        time, event = rows["time"], rows["event"]
        if self.o.law == "cox":
            order = torch.argsort(time, descending=True)
            risk = out[order, 0]
            terms = (torch.logcumsumexp(risk, 0) - risk) * event[order]
            if self.o.reduce == "sum":
                return terms.sum()
            return terms.sum() / event.sum().clamp(min=1)
        place, steps = rows["bin"], torch.arange(BINS)[None]
        if self.o.law == "hazard":
            target = ((steps == place[:, None]) & (event[:, None] > 0)).float()
            bce = F.binary_cross_entropy_with_logits(out, target, reduction="none")
            return (bce * (steps <= place[:, None])).sum(1).mean()
        if self.o.law == "pmf":
            logs = torch.log_softmax(out, 1)
            later = torch.where(steps > place[:, None], logs, torch.full_like(logs, -30.0)).logsumexp(1).clamp(min=-12)
            return -(event * logs.gather(1, place[:, None])[:, 0] + (1 - event) * later).mean()
        shape, scale = F.softplus(out[:, 0] + 0.5) + 0.05, out[:, 1].clamp(-8, 8)
        z = torch.log(time) - scale
        cumulated = torch.exp((shape * z).clamp(max=20))
        return (cumulated - event * (torch.log(shape) + (shape - 1) * z - scale)).mean()

    def claim(self, out: Tensor, rows: Table) -> tuple[Tensor, Figures]:
        """The losses of counts and sums, with the terms of two at once."""
        o, log_mean, count = self.o, out[:, 0].clamp(max=25) + torch.log(rows["exposure"]), rows["count"]
        if o.law in {"poisson", "both"}:
            loss = (torch.exp(log_mean) - count * log_mean + (torch.lgamma(count + 1) if o.constants else 0)).mean()
            if o.law == "both":
                some = (count > 0).float()
                size = rows["size"] * o.unit
                cost = ((torch.log(size) - out[:, 1]).square() * some).sum() / some.sum().clamp(min=1)
                if o.unit != 1:
                    cost = ((size - out[:, 1]).square() * some).sum() / some.sum().clamp(min=1)
                told = {"freq": float((o.frequency * loss).detach()), "sev": float((o.severity * cost).detach())}
                return o.frequency * loss + o.severity * cost, told
            return loss, {}
        if o.law == "negbin":
            r = F.softplus(out[:, 1]) + 0.05
            mean = torch.exp(log_mean)
            terms = (
                torch.lgamma(count + r)
                - torch.lgamma(r)
                - torch.lgamma(count + 1)
                + r * torch.log(r / (r + mean))
                + count * torch.log(mean / (r + mean) + 1e-12)
            )
            return -terms.mean(), {}
        if o.law == "gamma":
            some = (count > 0).float()
            return ((rows["size"] * torch.exp(-out[:, 0].clamp(-12, 12)) + out[:, 0]) * some).sum() / some.sum().clamp(
                min=1
            ), {}
        p, paid = o.power, rows["paid"] * o.unit
        return (torch.exp((2 - p) * log_mean) / (2 - p) - paid * torch.exp((1 - p) * log_mean) / (1 - p)).mean(), {}

    def score(self, net: nn.Module, rows: Table) -> tuple[Tensor, Figures]:
        """The loss; the share of pairs in the right order (C-index), the Gini of sums, the bias of the mean."""
        rows = self.spoil(rows) if net.training else rows
        out = net(rows["x"])
        told: Figures = {}
        if self.o.law in SURVIVAL:
            loss, time = self.survive(out, rows), rows["time"]
            risk = {"cox": lambda: out[:, 0], "hazard": lambda: out.sum(1), "weibull": lambda: -out[:, 1],
                    "pmf": lambda: -(torch.softmax(out, 1) * torch.arange(BINS)).sum(1)}[self.o.law]()  # fmt: skip
            usable = (time[:, None] < time[None]) & (rows["event"][:, None] > 0)
        else:
            loss, told = self.claim(out, rows)
            risk, usable = out[:, 0], rows["count"][:, None] > rows["count"][None]
            mean = float(torch.exp(out[:, 0].detach().clamp(max=25)).mean())
            told["mean_pred"] = mean
        if self.on("constant_risk"):
            risk = torch.zeros_like(risk)
        better = (risk[:, None] > risk[None]).float() + 0.5 * (risk[:, None] == risk[None]).float()
        told["cindex"] = float((better * usable).sum() / usable.sum().clamp(min=1))
        told["brier"] = float(
            (torch.sigmoid(risk) - rows.get("event", rows.get("count", risk).clamp(max=1))).square().mean().detach()
        )
        return loss * self.o.factor, told


def train(seed: int, **told: Any) -> list[Figures]:
    """The records of a training."""
    return ClaimsSurvival(seed, told).run()
