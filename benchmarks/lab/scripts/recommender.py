"""Matrix factorisation on made-up ratings, in plain numpy: users × items, biases, a hand-written gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Records = list[dict[str, float]]


@dataclass
class Setting:
    """``at``: the share of the training at which ``fault`` sets in, ``much``: its size."""

    users: int = 200
    items: int = 150
    ratings: int = 6000
    noise: float = 0.3
    true: int = 3  # rank of the ratings
    rank: int = 4
    start: float = 0.1  # spread of the first factors
    offset: bool = True  # the model knows the mean rating from the start
    opt: str = "sgd"
    lr: float = 0.1
    decay: float = 0.0  # penalty on factors
    batch: int = 64
    epochs: int = 30
    sched: str = "constant"
    every: int = 0  # 0: once an epoch
    mean: bool = True
    held: int = 1000
    fresh: bool = False
    val_each: int = 1
    val: bool = True
    order: str = ""
    scale: float = 1.0
    logged: tuple[str, ...] = ("loss", "val_loss", "val_rmse")
    fault: str = ""
    at: float = 0.0
    much: float = 0.0
    digits: int = 6


class Factors:
    """Factors and biases with an optimiser that touches only the rows of the batch."""

    def __init__(self, s: Setting, rng: np.random.Generator) -> None:
        self.s = s
        self.p = {"u": rng.normal(size=(s.users, s.rank)) * s.start, "i": rng.normal(size=(s.items, s.rank)) * s.start,
                  "bu": np.zeros(s.users), "bi": np.zeros(s.items), "m": np.zeros(1)}  # fmt: skip
        self.forget()

    def forget(self) -> None:
        """Empty the optimiser's memory."""
        self.first = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.second = {k: np.zeros_like(v) for k, v in self.p.items()}

    def predict(self, u: np.ndarray, i: np.ndarray) -> np.ndarray:
        p = self.p
        return (p["u"][u] * p["i"][i]).sum(1) + p["bu"][u] + p["bi"][i] + p["m"][0]

    def step(self, u: np.ndarray, i: np.ndarray, y: np.ndarray, rate: float) -> dict[str, float]:
        """One update; loss (mean squared error), penalty and gradient norm before it."""
        s, p, n = self.s, self.p, len(y)
        error = self.predict(u, i) - y
        pull = 2 * error / n * s.scale
        g = {k: np.zeros_like(v) for k, v in p.items()}
        np.add.at(g["u"], u, pull[:, None] * p["i"][i])
        np.add.at(g["i"], i, pull[:, None] * p["u"][u])
        np.add.at(g["bu"], u, pull)
        np.add.at(g["bi"], i, pull)
        g["m"][:] = pull.sum()
        penalty = s.decay * ((p["u"] ** 2).sum() + (p["i"] ** 2).sum())
        for name in ("u", "i") if s.decay else ():
            g[name] += 2 * s.decay * p[name]
        norm = float(np.sqrt(sum((v**2).sum() for v in g.values())))
        for name, slope in g.items():
            p[name] -= rate * self.direction(name, slope)
        return {"loss": float((error**2).mean()) * s.scale, "penalty": float(penalty), "grad_norm": norm}

    def direction(self, name: str, slope: np.ndarray) -> np.ndarray:
        """Which way the optimiser goes for this gradient."""
        first, second = self.first[name], self.second[name]
        if self.s.opt == "momentum":
            first *= 0.9
            first += slope
            return first
        if self.s.opt == "adagrad":
            second += slope**2
            return slope / (np.sqrt(second) + 1e-8)
        if self.s.opt == "adam":
            first += 0.1 * (slope - first)
            second += 0.01 * (slope**2 - second)
            return first / (np.sqrt(second) + 1e-8)
        return slope


def ratings(s: Setting, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Users, items and ratings around 3.5, the last ``max(held, 1000)`` of them for validation."""
    a, b = rng.normal(size=(s.users, s.true)), rng.normal(size=(s.items, s.true))
    n = s.ratings + max(s.held, 1000)
    u, i = rng.integers(s.users, size=n), rng.integers(s.items, size=n)
    y = (a[u] * b[i]).sum(1) / np.sqrt(s.true) + 0.3 * rng.normal(size=s.users)[u] + s.noise * rng.normal(size=n)
    return u, i, y + (0.0 if s.offset else 3.5)


def factor(name: str, done: float) -> float:
    """Of the learning rate, when the share ``done`` is over."""
    return {"constant": 1.0, "cosine": (1 + np.cos(np.pi * done)) / 2, "linear": 1 - done,
            "cuts": 0.2 ** int(done * 3), "late_cut": 1.0 if done < 0.6 else 0.05,
            "restarts": 0.03 + 0.97 * (1 + np.cos(np.pi * (done * 4 % 1))) / 2}[name]  # fmt: skip


def train(seed: int, **args: object) -> Records:
    """Records of a factorisation with this ``Setting``."""
    with np.errstate(all="ignore"):
        return Loop(seed, Setting(**args)).run()  # type: ignore[arg-type]


class Loop:
    """Epochs over the ratings, and the lines of the log."""

    def __init__(self, seed: int, s: Setting) -> None:
        self.s, self.rng = s, np.random.default_rng(seed)
        self.u, self.i, self.y = ratings(s, self.rng)
        self.net, self.stale = Factors(s, self.rng), None
        if s.fault == "stale":
            self.stale = Factors(s, self.rng)
        if s.fault == "unrelated":
            self.y[: s.ratings] = self.rng.permutation(self.y[: s.ratings])

    def run(self) -> Records:
        s, seen, records, step = self.s, [], [], 0
        per_epoch = -(-s.ratings // s.batch)
        total, happened = per_epoch * s.epochs, False
        for epoch in range(s.epochs):
            order = self.order()
            for k in range(per_epoch):
                step, done = step + 1, (step + 1) / total
                if s.fault and done >= s.at and not happened:
                    happened = True
                    self.once()
                seen.append(self.step(order[k * s.batch : (k + 1) * s.batch], done))
                if step % (s.every or per_epoch) == 0:
                    records.append({"step": step, "epoch": epoch} | self.line(seen, len(records)))
                    seen = []
        return records

    def order(self) -> np.ndarray:
        rows = np.arange(self.s.ratings)
        keys = {"by_user": self.u[rows], "by_rating": self.y[rows]}
        return np.argsort(keys[self.s.order], kind="stable") if self.s.order else self.rng.permutation(rows)

    def once(self) -> None:
        """What happens when the fault sets in."""
        s = self.s
        if s.fault == "taste":
            u, i, y = ratings(s, self.rng)
            self.u, self.i, self.y = u, i, y
        if s.fault == "kick":
            for name in ("u", "i"):
                self.net.p[name] += s.much * self.rng.normal(size=self.net.p[name].shape)
        if s.fault == "missing":
            self.y[self.rng.integers(s.ratings)] = np.nan
        if s.fault == "forget":
            self.net.forget()

    def step(self, rows: np.ndarray, done: float) -> dict[str, float]:
        s, rate, y = self.s, self.s.lr * factor(self.s.sched, done), self.y[rows]
        late = done >= s.at
        if s.fault in {"rate", "forget"} and late:
            rate *= s.much
        if s.fault == "grow":
            rate *= np.exp(s.much * done)
        if s.fault == "ascent" and late:
            rate = -rate
        if s.fault == "bad" and self.rng.random() < s.much:
            y = y + 12
        if s.fault == "noisier" and late:
            y = y + s.much * self.rng.normal(size=len(y))
        if s.fault == "frozen":
            rate = 0.0
        return self.net.step(self.u[rows], self.i[rows], y, rate) | {"lr": abs(rate)}

    def line(self, seen: list[dict[str, float]], index: int) -> dict[str, float]:
        s = self.s
        found = {k: float(np.mean([r[k] for r in seen])) if s.mean else seen[-1][k] for k in seen[0]}
        found |= {"lr": seen[-1]["lr"], "rmse": float(np.sqrt(found["loss"] / s.scale))}
        if index % s.val_each == 0:
            far = slice(s.ratings, s.ratings + max(s.held, 1000))
            rows = self.rng.choice(np.arange(far.start, far.stop), s.held) if s.fresh else np.arange(s.ratings, s.ratings + s.held)  # fmt: skip
            error = (self.stale or self.net).predict(self.u[rows], self.i[rows]) - self.y[rows]
            found |= {"val_loss": float((error**2).mean()) * s.scale, "val_rmse": float(np.sqrt((error**2).mean())),
                      "val_mae": float(np.abs(error).mean())}  # fmt: skip
            found["val_r2"] = 1 - float((error**2).mean() / self.y[rows].var())
        return {k: float(f"{found[k]:.{s.digits}g}") for k in s.logged if k in found}
