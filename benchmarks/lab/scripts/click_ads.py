"""Click-through: embeddings and a wide-and-deep net in NumPy, log loss near that of chance, AUC, now and then an evaluation."""

from __future__ import annotations

import copy
import math

import numpy as np

from benchmarks.lab.scripts.click_ads_parts import Array, Rows, Setting, WideDeep, auc, impressions, log_loss, share

Values = dict[str, float]


def train(seed: int, **args: object) -> list[Values]:
    """Records every ``every`` updates (mean of the last ``average``) or every epoch (mean over it); held-out rows are
    looked at every ``evals`` updates, or each epoch."""
    with np.errstate(all="ignore"):
        return Job(seed, Setting(**args)).records()  # type: ignore[arg-type]


class Job:
    """Rows, net and state of the optimiser of one training."""

    def __init__(self, seed: int, s: Setting) -> None:
        self.s, self.g = s, np.random.default_rng(300 + seed)
        self.rows = impressions(s.rows, 1000 + seed, s.bias, s.signal)
        self.pool = impressions(max(s.held, 4000 if s.redraw else 0), 2000 + seed, s.bias, s.held_signal or s.signal)
        self.spoil()
        self.net = WideDeep(s, self.g)
        self.t, self.m, self.v = 0, np.zeros_like(self.net.flat), np.zeros_like(self.net.flat)
        self.first = self.net.flat.copy()
        if s.warm_start:
            self.learn_before()
        self.steps = math.ceil(s.rows / s.batch)

    def spoil(self) -> None:
        """What may be wrong with the rows."""
        s = self.s
        if s.flipped:
            wrong = self.g.random(s.rows) < s.flipped
            self.rows.click = np.where(wrong, 1 - self.rows.click, self.rows.click)
        if s.fault == "misjoined":
            self.rows.click = self.g.permutation(self.rows.click)
        if s.fault in {"by_site", "by_ad", "by_click"}:
            key = {"by_site": self.rows.ids[:, 2], "by_ad": self.rows.ids[:, 1], "by_click": self.rows.click}[s.fault]
            noise = s.amount * key.std() * self.g.normal(size=s.rows)
            self.rows = self.rows.take(np.argsort(key + noise, kind="stable"))
        if s.fault == "leak":
            self.pool = self.rows.take(np.arange(s.held))

    def learn_before(self) -> None:
        """Yesterday's model."""
        old = impressions(4000, 5, self.s.bias, self.s.signal)
        for _ in range(self.s.warm_start):
            terms = self.net.step(old.take(self.g.integers(0, 4000, 150)), self.g)
            self.apply(terms[1], 5e-3)
        self.t, self.m, self.v = 0, 0 * self.m, 0 * self.v

    def apply(self, grad: Array, rate: float) -> None:
        """One step of the optimiser."""
        s, self.t = self.s, self.t + 1
        if s.opt in {"adam", "lazy"}:
            self.m, self.v = 0.9 * self.m + 0.1 * grad, 0.999 * self.v + 0.001 * grad**2
            grad = self.m / (1 - 0.9**self.t) / (np.sqrt(self.v / (1 - 0.999**self.t)) + 1e-8)
        elif s.opt == "adagrad":
            self.v = self.v + grad**2
            grad = grad / (np.sqrt(self.v) + 1e-7)
        elif s.opt == "rmsprop":
            self.v = 0.95 * self.v + 0.05 * grad**2
            grad = grad / (np.sqrt(self.v) + 1e-7)
        elif s.opt == "momentum":
            self.m = s.momentum * self.m + grad
            grad = self.m
        self.net.flat -= rate * grad

    def records(self) -> list[Values]:
        """The whole training."""
        s, rows, pile, epoch, back, kept = self.s, [], [], 0, self.s.back, None
        seen = 0
        while epoch < s.epochs:
            order = np.arange(s.rows) if s.fault.startswith("by_") else self.g.permutation(s.rows)
            for some in np.array_split(order, self.steps):
                pile.append(self.update(self.rows.take(some), seen / (s.epochs * self.steps)))
                seen += 1
                if s.every and seen % s.every == 0:
                    rows.append({"step": seen, "epoch": epoch, **self.named(_mean(pile[-s.average :]))})
                    if s.evals and seen % s.evals == 0:
                        rows[-1] |= self.named(self.held_out())
                    pile = pile[-s.average :]
            if not s.every:
                rows.append({"step": seen, "epoch": epoch, **self.named(_mean(pile) | {"lr": pile[-1]["lr"]} | self.held_out())})  # fmt: skip
                pile = []
            epoch += 1
            if back and epoch == back - 2:
                kept = copy.deepcopy((self.net.flat, self.m, self.v, self.t, seen))
            if back and epoch == back and kept:
                self.net.flat, self.m, self.v, self.t, seen = kept
                epoch, back = back - 2, 0
        return rows

    def update(self, rows: Rows, done: float) -> Values:
        """One step; what it showed."""
        s = self.s
        late = s.fault if done >= s.at else ""
        if late == "late_ids":  # another table of ids: embeddings are looked up under the wrong numbers
            rows = Rows(rows.ids[:, :1].clip(0) * 0 + (rows.ids * 7) % len(self.net.views(self.net.flat)["wide"]), rows.dense, rows.click, rows.dwell)  # fmt: skip
        if late == "late_clicks":
            rows = Rows(rows.ids, rows.dense, 1 - rows.click, rows.dwell)
        if late == "outlier" and self.t % int(s.amount) == 0:
            rows = Rows(rows.ids, 25 * rows.dense, rows.click, rows.dwell)
        if s.fault == "blank":
            rows = Rows(0 * rows.ids, 0 * rows.dense, rows.click, rows.dwell)
        terms, grad = self.net.step(rows, self.g)
        rate = s.lr * share(s.rate, done) * (s.amount if late == "rate_up" else 1.0)
        grad = grad * (s.amount if late == "unscaled" else -s.amount if late == "ascent" else 1.0)
        norm = float(np.sqrt((grad**2).sum()))
        if s.clip and norm > s.clip:
            grad = grad * (s.clip / norm)
        before = self.net.flat.copy()
        d = {
            k: float(np.sqrt((v**2).sum()))
            for k, v in self.net.views(grad).items()
            if k.startswith("w") and k != "wide"
        }
        if s.fault == "half":
            grad = np.where(np.abs(grad) < s.amount, 0.0, grad)
        if s.fault not in {"no_step", "other_copy"}:
            self.apply(grad, rate)
        loss = sum(terms.values()) * s.scale
        seen = {
            "loss": loss if abs(loss) < 1e30 else math.inf,
            **terms,
            "lr": rate,
            "norm": norm,
            "clipped": min(norm, s.clip or norm),
        }
        seen |= {f"grad{k[1:]}": v for k, v in d.items()}
        return seen | self.inside(rows, before)

    def inside(self, rows: Rows, before: Array) -> Values:
        """Update ratio, dead units, spread by layer, AUC of the batch, where they are logged."""
        log, net, seen = self.s.log, self.net, {}
        if "ratio" in log:
            old, new = net.views(before)["w0"], net.views(net.flat)["w0"]
            seen["ratio"] = float(np.sqrt(((new - old) ** 2).sum() / ((old**2).sum() + 1e-12)))
        if "embed_ratio" in log:
            old, new = net.views(before)["embed"], net.views(net.flat)["embed"]
            seen["embed_ratio"] = float(np.sqrt(((new - old) ** 2).sum() / ((old**2).sum() + 1e-12)))
        if {"dead", "std0"} & set(log):
            seen["dead"] = float(np.mean([(o.max(0) <= 0).mean() for o in net.outs]))
            seen |= {f"std{i}": float(o.std()) for i, o in enumerate(net.outs)}
        if {"auc", "acc"} & set(log):
            z = net.forward(rows)[0]
            seen |= {"auc": auc(z, rows.click), "acc": float(((z > 0) == (rows.click > 0.5)).mean())}
        return seen

    def held_out(self) -> Values:
        """Log loss, AUC, accuracy, calibration and normalised entropy of held-out rows."""
        s, rows = self.s, self.pool
        if not any(name.startswith("val_") for name in s.log):
            return {}
        if s.redraw:
            rows = rows.take(self.g.integers(0, len(rows.click), s.held))
        now = self.net.flat
        if s.fault == "old_export":
            self.net.flat = self.first
        z = self.net.forward(rows)[0]
        self.net.flat = now
        y = rows.click
        loss, base = log_loss(z, y), float(y.mean())
        chance = -base * math.log(base) - (1 - base) * math.log(1 - base) if 0 < base < 1 else 1.0
        scores = {
            "auc": auc(np.round(1 / (1 + np.exp(-z))) if s.fault == "rounded" else z, y),
            "acc": float(((z > 0) == (y > 0.5)).mean()),
        }
        scores |= {"ne": loss / chance, "calibration": float((1 / (1 + np.exp(-z))).mean() / max(base, 1e-9))}
        return {"val_loss": loss * s.scale, **{f"val_{k}": v for k, v in scores.items()}}

    def named(self, values: Values) -> Values:
        return {self.s.names.get(k, k): values[k] for k in self.s.log if k in values}


def _mean(pile: list[Values]) -> Values:
    return {k: sum(p[k] for p in pile) / len(pile) for k in pile[-1]}
