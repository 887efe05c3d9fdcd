"""Trainings of other kinds: boosting, adversarial, reinforcement, batch normalisation. All are healthy."""

from __future__ import annotations

import numpy as np
from data import load, split


def boosting(seed: int, rounds: int = 150, name: str = "diabetes") -> list[dict[str, float]]:
    """Gradient boosting with staged losses (log-loss, or root mean squared error), a record a round."""
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
    from sklearn.metrics import log_loss, mean_squared_error

    rng = np.random.default_rng(seed)
    x, y, x_val, y_val, classes = split(name, 300, 120, rng)
    kind = GradientBoostingClassifier if classes else GradientBoostingRegressor
    model = kind(n_estimators=rounds, learning_rate=0.02, max_depth=2, subsample=0.6, random_state=seed)
    model.fit(x, y.ravel())
    sets = ((x, y), (x_val, y_val))
    if classes:
        losses = [[log_loss(b, p) for p in model.staged_predict_proba(a)] for a, b in sets]
    else:
        losses = [
            [mean_squared_error(b, p) ** 0.5 for p in model.staged_predict(a)] for a, b in ((x, y), (x_val, y_val))
        ]
    return [{"epoch": i, "step": i, "loss": t, "val_loss": v} for i, (t, v) in enumerate(zip(*losses))]


def bandit(seed: int, steps: int = 300) -> list[dict[str, float]]:
    """REINFORCE on a ten-armed bandit: the policy loss hovers by design while the reward grows."""
    rng = np.random.default_rng(seed)
    arms, logits, baseline, records = rng.normal(size=10), np.zeros(10), 0.0, []
    for step in range(1, steps + 1):
        p = np.exp(logits) / np.exp(logits).sum()
        actions = rng.choice(10, size=16, p=p)
        rewards = arms[actions] + rng.normal(size=16)
        advantage = rewards - baseline
        grad = np.mean([a * (np.eye(10)[k] - p) for a, k in zip(advantage, actions)], axis=0)
        records.append({
            "epoch": step, "step": step, "policy_loss": float(-(advantage * np.log(p[actions])).mean()),
            "value_loss": float((advantage**2).mean()), "entropy": float(-(p * np.log(p)).sum()),
            "episode_reward": float(rewards.mean()),
        })  # fmt: skip
        logits += 0.1 * grad
        baseline += 0.05 * (rewards.mean() - baseline)
    return records


def adversarial(seed: int, steps: int = 1500) -> list[dict[str, float]]:
    """A small GAN on scikit-learn's digits; both losses hover, and neither is to be judged alone."""
    torch = _torch(seed)
    x = torch.tensor(load("digits")[0] / 3, dtype=torch.float32)
    layers = torch.nn
    make = layers.Sequential(layers.Linear(16, 64), layers.ReLU(), layers.Linear(64, 64))
    judge = layers.Sequential(layers.Linear(64, 64), layers.LeakyReLU(0.2), layers.Linear(64, 1))
    best = {n: torch.optim.Adam(m.parameters(), 5e-4, betas=(0.5, 0.999)) for n, m in (("g", make), ("d", judge))}
    cost, records = layers.BCEWithLogitsLoss(), []
    one, zero = torch.ones(64, 1), torch.zeros(64, 1)
    for step in range(1, steps + 1):
        real, fake = x[torch.randint(len(x), (64,))], make(torch.randn(64, 16))
        d = cost(judge(real), one) + cost(judge(fake.detach()), zero)
        _update(best["d"], d)
        g = cost(judge(fake), one)
        _update(best["g"], g)
        if step % 5 == 0:
            records.append({"epoch": step, "step": step, "D_loss": d.item(), "G_loss": g.item()})
    return records


def batch_norm(seed: int, epochs: int = 40) -> list[dict[str, float]]:
    """A convolutional net with batch normalisation: early validation losses jump until the statistics settle."""
    torch = _torch(seed)
    x, y, x_val, y_val, _ = split("digits", 1200, 500, np.random.default_rng(seed))
    x, x_val = (torch.tensor(a, dtype=torch.float32).reshape(-1, 1, 8, 8) for a in (x, x_val))
    y, y_val = torch.tensor(y), torch.tensor(y_val)
    layers = torch.nn
    net = layers.Sequential(
        layers.Conv2d(1, 12, 3), layers.BatchNorm2d(12, momentum=0.03), layers.ReLU(), layers.Conv2d(12, 16, 3),
        layers.BatchNorm2d(16, momentum=0.03), layers.ReLU(), layers.Flatten(), layers.Dropout(0.2),
        layers.Linear(256, 10),
    )  # fmt: skip
    best = torch.optim.SGD(net.parameters(), 0.15, momentum=0.9, weight_decay=2e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(best, epochs)
    return [_bn_epoch(torch, net, best, schedule, (x, y, x_val, y_val), e) for e in range(epochs)]


def _bn_epoch(torch, net, best, schedule, data, epoch):
    x, y, x_val, y_val = data
    cost, losses, lr = torch.nn.CrossEntropyLoss(), [], best.param_groups[0]["lr"]
    net.train()
    for rows in torch.randperm(len(x)).split(64):
        losses.append(cost(net(x[rows]), y[rows]))
        _update(best, losses[-1])
    schedule.step()
    net.eval()
    with torch.no_grad():
        out = net(x_val)
    accuracy = (out.argmax(1) == y_val).float().mean().item()
    loss = float(np.mean([v.item() for v in losses]))
    return {
        "epoch": epoch,
        "step": epoch,
        "loss": loss,
        "val_loss": cost(out, y_val).item(),
        "val_accuracy": accuracy,
        "lr": lr,
    }


def _torch(seed):
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    return torch


def _update(best, loss):
    best.zero_grad()
    loss.backward()
    best.step()
