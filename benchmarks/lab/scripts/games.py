"""Trainings whose loss is not to be judged: a pole on a cart, a grid, and two nets against each other; numpy only."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

Records = list[dict[str, float]]


class Net:
    """A perceptron with tanh units and Adam; ``backward`` gives the gradient of its input too."""

    def __init__(self, sizes: tuple[int, ...], rng: np.random.Generator, rate: float) -> None:
        self.w = [rng.normal(size=(a, b)) / math.sqrt(a) for a, b in pairwise(sizes)]
        self.b = [np.zeros(b) for b in sizes[1:]]
        self.rate, self.t = rate, 0
        self.memory = [(np.zeros_like(p), np.zeros_like(p)) for p in self.parameters()]

    def parameters(self) -> list[np.ndarray]:
        return [*self.w, *self.b]

    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.seen = [x]
        for k, (w, b) in enumerate(zip(self.w, self.b, strict=True)):
            x = x @ w + b
            x = np.tanh(x) if k < len(self.w) - 1 else x
            self.seen.append(x)
        return x

    def backward(self, slope: np.ndarray) -> np.ndarray:
        self.slopes: list[np.ndarray] = [np.empty(0)] * (2 * len(self.w))
        for k in reversed(range(len(self.w))):
            self.slopes[k] = self.seen[k].T @ slope
            self.slopes[len(self.w) + k] = slope.sum(0)
            slope = slope @ self.w[k].T
            slope = slope * (1 - self.seen[k] ** 2) if k else slope
        return slope

    def update(self) -> None:
        self.t += 1
        for p, g, (m, v) in zip(self.parameters(), self.slopes, self.memory, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= self.rate * m / (1 - 0.9**self.t) / (np.sqrt(v / (1 - 0.999**self.t)) + 1e-8)


class Pole:
    """The classic pole on a cart: 1 a step until it falls, or 200 steps are over."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.start()

    def start(self) -> np.ndarray:
        self.s, self.t = self.rng.uniform(-0.05, 0.05, 4), 0
        return self.s

    def step(self, action: int) -> tuple[np.ndarray, float, bool]:
        x, dx, a, da = self.s
        force = 10.0 if action else -10.0
        temp = (force + 0.05 * da * da * math.sin(a)) / 1.1
        dda = (9.8 * math.sin(a) - math.cos(a) * temp) / (0.5 * (4 / 3 - 0.1 * math.cos(a) ** 2 / 1.1))
        ddx = temp - 0.05 * dda * math.cos(a) / 1.1
        self.s = np.array([x + 0.02 * dx, dx + 0.02 * ddx, a + 0.02 * da, da + 0.02 * dda])
        self.t += 1
        return self.s, 1.0, bool(abs(self.s[0]) > 2.4 or abs(self.s[2]) > 0.21 or self.t >= 200)


class Grid:
    """A 5 × 5 grid with a goal in the corner: -0.04 a step, 1 at the goal, 50 steps at most; slippery."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.start()

    def start(self) -> np.ndarray:
        self.at, self.t = [0, 0], 0
        return self.seen()

    def seen(self) -> np.ndarray:
        s = np.zeros(25)
        s[self.at[0] * 5 + self.at[1]] = 1
        return s

    def step(self, action: int) -> tuple[np.ndarray, float, bool]:
        action = int(self.rng.integers(4)) if self.rng.random() < 0.1 else action
        axis, way = action // 2, action % 2 * 2 - 1
        self.at[axis] = min(4, max(0, self.at[axis] + way))
        self.t += 1
        there = self.at == [4, 4]
        return self.seen(), 1.0 if there else -0.04, there or self.t >= 50


WORLDS = {"pole": (Pole, 4, 2), "grid": (Grid, 25, 4)}


def actor_critic(seed: int, world: str = "pole", rollouts: int = 150, horizon: int = 256, rate: float = 3e-3,
                 gamma: float = 0.98, entropy: float = 0.01) -> Records:  # fmt: skip
    """Advantage actor-critic: a record a rollout, under the names of Stable-Baselines3's logger."""
    rng = np.random.default_rng(seed)
    make, inputs, actions = WORLDS[world]
    game, policy, value = make(rng), Net((inputs, 24, actions), rng, rate), Net((inputs, 24, 1), rng, rate * 3)
    state, records, lengths, rewards, total = game.start(), [], [0], [0.0], 0.0
    for i in range(rollouts):
        states, chosen, gains, ends = [], [], [], []
        for _ in range(horizon):
            p = _softmax(policy(state[None]))[0]
            action = int(rng.choice(actions, p=p)) if np.isfinite(p).all() else 0
            states.append(state)
            state, reward, over = game.step(action)
            total += reward
            chosen.append(action), gains.append(reward), ends.append(over)
            if over:
                lengths, rewards, total = [*lengths[-99:], game.t], [*rewards[-99:], total], 0.0
                state = game.start()
        x, a = np.array(states), np.array(chosen)
        returns, ahead = np.zeros(horizon), 0.0 if ends[-1] else float(value(state[None])[0, 0])
        for t in reversed(range(horizon)):
            ahead = gains[t] + gamma * ahead * (not ends[t])
            returns[t] = ahead
        for _ in range(4):
            v = value(x)[:, 0]
            value.backward((2 * (v - returns) / horizon)[:, None])
            value.update()
        advantage = returns - v
        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        p = _softmax(policy(x))
        logs = np.log(p + 1e-12)
        spread = -(p * logs).sum(1)
        slope = (p - np.eye(actions)[a]) * advantage[:, None] + entropy * p * (logs + spread[:, None])
        policy.backward(slope / horizon)
        policy.update()
        losses = -(advantage * logs[np.arange(horizon), a]).mean(), ((v - returns) ** 2).mean(), -spread.mean()
        records.append({"step": (i + 1) * horizon, "epoch": i, "rollout/ep_len_mean": np.mean(lengths),
                        "rollout/ep_rew_mean": np.mean(rewards), "train/policy_loss": losses[0],
                        "train/value_loss": losses[1], "train/entropy_loss": losses[2],
                        "train/loss": losses[0] + 0.5 * losses[1] + entropy * losses[2],
                        "train/explained_variance": 1 - np.var(returns - v) / (np.var(returns) + 1e-9),
                        "train/learning_rate": rate, "train/n_updates": i + 1})  # fmt: skip
    return [{k: float(v) for k, v in r.items()} for r in records]


def q_learning(seed: int, world: str = "pole", episodes: int = 200, rate: float = 1e-3, gamma: float = 0.99,
               renew: int = 200, batch: int = 32, every: int = 1, by_step: int = 0) -> Records:  # fmt: skip
    """A Q-net with replay and a target net: a record each ``every`` episodes, or each ``by_step`` steps."""
    rng = np.random.default_rng(seed)
    make, inputs, actions = WORLDS[world]
    game, net, target = make(rng), Net((inputs, 32, actions), rng, rate), Net((inputs, 32, actions), rng, rate)
    store: list[tuple] = []
    records, losses, step = [], [0.0], 0
    for episode in range(episodes):
        state, over, total = game.start(), False, 0.0
        epsilon = max(0.05, 1 - episode / (0.5 * episodes))
        while not over:
            q = net(state[None])[0]
            action = int(rng.integers(actions)) if rng.random() < epsilon else int(q.argmax())
            old = state
            state, reward, over = game.step(action)
            total, step = total + reward, step + 1
            store = store[-4000:] if len(store) > 5000 else store
            store.append((old, action, reward, state, over))
            if len(store) > 200:
                some = [store[k] for k in rng.integers(len(store), size=batch)]
                x, a, r, y, done = (np.array(c) for c in zip(*some, strict=True))
                aim = r + gamma * (1 - done) * target(y).max(1)
                found = net(x)
                error = found[np.arange(batch), a] - aim
                slope = np.zeros_like(found)
                slope[np.arange(batch), a] = 2 * error / batch
                net.backward(slope)
                net.update()
                losses.append(float((error**2).mean()))
            if step % renew == 0:
                target.w, target.b = [w.copy() for w in net.w], [b.copy() for b in net.b]
            if by_step and step % by_step == 0:
                records.append({"step": step, "epoch": episode, "loss": float(np.mean(losses[-by_step:])), "epsilon": epsilon})  # fmt: skip
        if not by_step and episode % every == 0:
            records.append({"step": step, "epoch": episode, "reward": total, "length": game.t,
                            "loss": float(np.mean(losses[-100:])), "epsilon": epsilon})  # fmt: skip
    return records


def adversaries(seed: int, kind: str = "plain", steps: int = 3000, every: int = 10, rate: float = 1e-3, strong: int = 1,
                hidden: int = 24, real: str = "ring", naive: bool = False) -> Records:  # fmt: skip
    """A generator against a discriminator on a ring of Gaussians; ``strong``: the discriminator's updates a step."""
    rng = np.random.default_rng(seed)
    maker, judge = Net((4, hidden, hidden, 2), rng, rate), Net((2, hidden, hidden, 1), rng, rate)
    records: Records = []
    for step in range(1, steps + 1):
        for _ in range(strong):
            x = np.concatenate([_points(real, 64, rng), maker(rng.normal(size=(64, 4)))])
            d_loss, slope, first, second = _judged(kind, judge(x)[:, 0], naive)
            judge.backward(slope[:, None])
            judge.update()
            for w in judge.w if kind == "wasserstein" else ():
                np.clip(w, -0.3, 0.3, out=w)
        fake = maker(rng.normal(size=(64, 4)))
        out = judge(fake)[:, 0]
        p = 1 / (1 + np.exp(-out))
        if kind == "wasserstein":
            g_loss, slope = -out.mean(), -np.ones(64) / 64
        elif kind == "squares":
            g_loss, slope = ((out - 1) ** 2).mean() / 2, (out - 1) / 64
        else:
            g_loss, slope = (-np.log(p) if naive else np.logaddexp(0, -out)).mean(), (p - 1) / 64
        maker.backward(judge.backward(slope[:, None]))
        maker.update()
        if step % every == 0:
            records.append({"step": step, "epoch": (step - 1) // 500, "loss_d": d_loss, "loss_g": g_loss, "d_x": first,
                            "d_g_z1": second, "d_g_z2": p.mean()})  # fmt: skip
    return [{k: float(v) for k, v in r.items()} for r in records]


def _judged(kind: str, out: np.ndarray, naive: bool) -> tuple[float, np.ndarray, float, float]:
    true, fake = out[:64], out[64:]
    p = 1 / (1 + np.exp(-out))
    if kind == "wasserstein":
        return fake.mean() - true.mean(), np.repeat([-1 / 64, 1 / 64], 64), p[:64].mean(), p[64:].mean()
    if kind == "squares":
        loss, slope = (((true - 1) ** 2).mean() + (fake**2).mean()) / 2, np.concatenate([true - 1, fake]) / 64
        return loss, slope, true.mean(), fake.mean()
    loss = np.logaddexp(0, -true).mean() + np.logaddexp(0, fake).mean()
    if naive:
        loss = -np.log(p[:64]).mean() - np.log(1 - p[64:]).mean()
        p = np.where(np.isfinite(loss), p, np.nan)
    return loss, np.concatenate([p[:64] - 1, p[64:]]) / 64, p[:64].mean(), p[64:].mean()


def _points(real: str, n: int, rng: np.random.Generator) -> np.ndarray:
    angle = rng.integers(8, size=n) * math.pi / 4
    centres = np.stack([np.cos(angle), np.sin(angle)], 1) if real == "ring" else np.full((n, 2), [2.0, -1.0])
    return centres + rng.normal(size=(n, 2)) * (0.08 if real == "ring" else 0.5)


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def train(seed: int, game: str, **args: object) -> Records:
    """Records of ``game``: actor_critic, q_learning or adversaries."""
    with np.errstate(all="ignore"):
        return {"actor_critic": actor_critic, "q_learning": q_learning, "adversaries": adversaries}[game](seed, **args)
