"""Body points of silhouettes by heat maps, coordinates, classes of columns and rows, or with box and visibility as detectors do."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.body_points_parts import GRID, POINTS, PointNet, bodies, heatmaps, peaks
from benchmarks.lab.scripts.staged_fit import Figures, Fitting, Table

MIRROR = [0, 1, 3, 2, 4, 6, 5]


class BodyPoints(Fitting):
    """``way``: heat, coord (L1), l2, wing, rle (likelihood), simcc (classes), yolo (box, pose, kobj), stages (two heat maps)."""

    topic: ClassVar[dict[str, Any]] = {
        "way": "heat", "scene": {}, "sigma": 1.0, "unit": 1.0, "factor": 1.0, "weights": (7.5, 12.0, 1.0), "false": 0.0, "near": 0.2, "flip": 0.0, "n": 208,
    }  # fmt: skip

    def tables(self) -> tuple[Table, Table]:
        """Bodies of the training and held-out ones."""
        o = self.o
        ours, held = bodies(o.n, 300 + self.seed, **o.scene), bodies(o.held, 700 + self.seed, **o.scene)
        for part in (ours, held):
            if k := self.on("raw"):
                part["picture"] = part["picture"] * k
            if self.on("blank"):
                part["picture"] = part["picture"].mean((2, 3), keepdim=True).expand_as(part["picture"]).clone()
            if self.on("joined_wrongly"):
                order = torch.randperm(len(part["points"]), generator=self.chance)
                part["points"], part["box"] = part["points"][order], part["box"][order]
        if o.false:
            wrong = torch.rand(o.n, generator=self.chance) < o.false
            ours["points"][wrong] = ours["points"].roll(1, 0)[wrong]
        return ours, held

    def network(self) -> nn.Module:
        """Heads as the way needs them."""
        maps = {"heat": POINTS, "stages": 2 * POINTS}.get(self.o.way, 0)
        dense = {"coord": 14, "l2": 14, "wing": 14, "rle": 28, "simcc": 2 * POINTS * GRID, "yolo": 4 + 3 * POINTS}.get(
            self.o.way, 0
        )
        return PointNet(maps, dense, **self.o.net)

    def spoil(self, rows: Table) -> tuple[Tensor, Tensor]:
        """Mishaps of picture and points in training; mirrored pictures as augmentation."""
        picture, points = rows["picture"], rows["points"]
        if self.o.flip:
            over = torch.rand(len(picture), generator=self.chance) < self.o.flip
            picture = torch.where(over[:, None, None, None], picture.flip(3), picture)
            mirrored = points[:, MIRROR] if not self.on("flip_pairs") else points
            mirrored = torch.cat([1 - mirrored[..., :1], mirrored[..., 1:]], 2)
            points = torch.where(over[:, None, None], mirrored, points)
        if k := self.on("noise"):
            picture = picture + k * torch.randn(picture.shape, generator=self.chance)
        if k := self.on("exposure"):
            picture = picture * k
        if self.on("left_right"):
            points = points[:, MIRROR]
        if k := self.on("offset"):
            points = (points + k).clamp(0, 1)
        if (k := self.on("flash")) and float(torch.rand(1, generator=self.chance)) < 0.025:
            picture = picture * k
        if (k := self.on("outlier")) and float(torch.rand(1, generator=self.chance)) < 0.03:
            points = points * k
        if self.on("empty_box"):
            picture = picture / (picture * 0)
        return picture, points

    def score(self, net: nn.Module, rows: Table) -> tuple[Tensor, Figures]:
        """The loss and its terms; share of points found (PCK), mean distance, mean similarity (as AP is reckoned)."""
        o, points, picture = self.o, rows["points"], rows["picture"]
        if net.training:
            picture, points = self.spoil(rows)
        maps, dense = net(picture)
        told: Figures = {}
        if o.way in {"heat", "stages"}:
            target = heatmaps(points, o.sigma)
            parts = [(m - target).square().mean() * o.unit for m in maps.split(POINTS, 1)]
            loss, found = torch.stack(parts).sum(), peaks(maps[:, -POINTS:])
            told = (
                {f"stage{i}": float(p.detach()) for i, p in enumerate(parts)}
                if len(parts) > 1
                else {"heat": float(loss.detach())}
            )
        elif o.way == "simcc":
            scores = dense.reshape(-1, 2 * POINTS, GRID)
            bins = (points.flatten(1) * GRID).long().clamp(0, GRID - 1)
            loss = F.cross_entropy(scores.transpose(1, 2), bins)
            found = ((scores.argmax(2) + 0.5) / GRID).reshape(-1, POINTS, 2)
        elif o.way == "yolo":
            box, place, sure = dense[:, :4], dense[:, 4:18].reshape(-1, POINTS, 2), dense[:, 18:]
            near = (place - points).square().sum(2) / (2 * (0.35 * rows["size"][:, None]) ** 2)
            terms = [(box - rows["box"]).abs().mean(), (1 - torch.exp(-near.clamp(max=30)) + 0.02 * near).mean(),
                     F.binary_cross_entropy_with_logits(sure, rows["seen"])]  # fmt: skip
            terms = [w * term for w, term in zip(o.weights, terms, strict=True)]
            loss, found = torch.stack(terms).sum(), place
            told = {name: float(term.detach()) for name, term in zip(("box", "pose", "kobj"), terms, strict=True)}
        else:
            place = dense[:, :14].reshape(-1, POINTS, 2)
            off = place - points * o.unit
            if o.way == "rle":
                spread = dense[:, 14:].reshape(-1, POINTS, 2).clamp(-7, 7)
                loss = (off.abs() / o.unit * torch.exp(-spread) + spread).mean()
            else:
                loss = {"coord": lambda: off.abs().mean(), "l2": lambda: off.square().mean(),
                        "wing": lambda: torch.where(off.abs() < 0.1, 0.1 * torch.log1p(off.abs() / 0.01), off.abs() + 0.1398).mean()}[o.way]()  # fmt: skip
            found = place / o.unit
        far = (found - points).norm(dim=2) / (4 * rows["size"][:, None])
        hit = (far < o.near).float().mean()
        if self.on("wrong_scale"):
            hit = (far * 4000 < o.near).float().mean()
        told |= {
            "pck": float(hit),
            "epe": float(far.mean().detach()),
            "ap": float(torch.exp(-(far.detach() ** 2) / 0.02).mean()),
        }
        return loss * o.factor, told


def train(seed: int, **told: Any) -> list[Figures]:
    """The records of a training."""
    return BodyPoints(seed, told).run()
