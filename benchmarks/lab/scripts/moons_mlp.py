"""A perceptron of one hidden layer on two moons, logged once an epoch."""

from __future__ import annotations

import torch
from sklearn.datasets import make_moons
from torch import nn

torch.set_num_threads(1)


def train(seed: int, lr: float = 0.1, epochs: int = 60, batch: int = 32) -> list[dict[str, float]]:
    """Records with loss, accuracy, val_loss and val_accuracy for each epoch."""
    torch.manual_seed(seed)
    x, y = make_moons(600, noise=0.2, random_state=seed)
    x, y = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    net = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 2))
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    records = []
    for epoch in range(epochs):
        losses, right = [], 0
        for rows in torch.randperm(400).split(batch):
            out = net(x[rows])
            loss = nn.functional.cross_entropy(out, y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
            right += int((out.argmax(1) == y[rows]).sum())
        with torch.no_grad():
            out = net(x[400:])
            val = nn.functional.cross_entropy(out, y[400:]).item()
            val_right = (out.argmax(1) == y[400:]).float().mean().item()
        records.append({"step": (epoch + 1) * len(losses), "epoch": epoch, "loss": sum(losses) / len(losses),
                        "accuracy": right / 400, "val_loss": val, "val_accuracy": val_right})  # fmt: skip
    return records
