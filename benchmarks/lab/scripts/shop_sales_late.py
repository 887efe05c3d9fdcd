"""Trainings in which understanding comes late: sums modulo the length of a calendar, and a regression with two descents."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from benchmarks.lab.scripts.shop_sales_parts import weekdays

Records = list[dict[str, float]]


def weekday(seed: int, settings: dict[str, Any]) -> Records:
    """Sums modulo the length of the calendar: learnt by heart first, understood much later."""
    o = {
        "size": 23,
        "share": 0.6,
        "wd": 1.0,
        "steps": 1500,
        "every": 10,
        "lr": 3e-3,
        "width": 128,
        "init": 1.0,
    } | settings
    rows = weekdays(seed, o["share"], o["size"])
    net = nn.Sequential(
        nn.Embedding(o["size"], 48),
        nn.Flatten(),
        nn.Linear(96, o["width"]),
        nn.ReLU(),
        nn.Linear(o["width"], o["size"]),
    )
    with torch.no_grad():
        for p in net.parameters():
            p *= o["init"]
    optimiser = torch.optim.AdamW(net.parameters(), o["lr"], weight_decay=o["wd"], betas=(0.9, 0.98))
    records = []
    for step in range(1, o["steps"] + 1):
        out = net(rows["x"])
        loss = nn.functional.cross_entropy(out, rows["y"])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % o["every"] == 0:
            with torch.no_grad():
                val = net(rows["vx"])
            records.append({"step": step, "epoch": step - 1, "loss": loss.item(),
                            "acc": float((out.argmax(1) == rows["y"]).float().mean()),
                            "val_loss": nn.functional.cross_entropy(val, rows["vy"]).item(),
                            "val_acc": float((val.argmax(1) == rows["vy"]).float().mean())})  # fmt: skip
    return records


def descent(seed: int, settings: dict[str, Any]) -> Records:
    """Many loud columns that are mostly noise are learnt first, quiet ones that matter later: validation falls twice."""
    o = {"n": 120, "held": 400, "loud": 90, "quiet": 20, "scale": 0.15, "noise": 0.3, "epochs": 300, "lr": 2e-3, "batch": 40, "weight": 0.25, "opt": "sgd"} | settings  # fmt: skip
    count = o["n"] + o["held"]
    loud, quiet = torch.randn(count, o["loud"]), torch.randn(count, o["quiet"])
    y = loud[:, :10].sum(1) * o["weight"] / 10**0.5 + quiet.sum(1) / o["quiet"] ** 0.5 + o["noise"] * torch.randn(count)
    x = torch.cat([loud, o["scale"] * quiet], 1)
    net = nn.Linear(x.shape[1], 1)
    nn.init.zeros_(net.weight)
    optimiser = torch.optim.SGD(net.parameters(), o["lr"], momentum=0.9)
    records, step, n = [], 0, o["n"]
    for epoch in range(o["epochs"]):
        losses = []
        for which in torch.randperm(n).split(o["batch"]):
            loss = ((net(x[which])[:, 0] - y[which]) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
            step += 1
        with torch.no_grad():
            off = net(x[n:])[:, 0] - y[n:]
        records.append({"step": step, "epoch": epoch, "loss": sum(losses) / len(losses), "val_loss": float((off**2).mean()), "val_mae": float(off.abs().mean())})  # fmt: skip
    return records
