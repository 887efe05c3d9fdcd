"""A detector of glyphs: where they are, what they are, and whether there is one at all."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.glyph_boxes_parts import Detector, canvases, corners, overlap, precision

torch.set_num_threads(1)
Record = dict[str, float]


def pace(plan: tuple, t: int, total: int) -> float:
    """The rate at update ``t`` over the rate given: a name and its numbers (shares of the run, or updates)."""
    name, *n = plan
    done = t / total
    if name == "cosine":  # warm-up share
        return (t + 1) / (n[0] * total) if done < n[0] else 0.5 * (1 + math.cos(math.pi * (done - n[0]) / (1 - n[0])))
    if name == "steps":  # factor, shares
        return n[0] ** sum(done >= s for s in n[1:])
    if name == "restart":  # updates in a cycle
        return 0.5 * (1 + math.cos(math.pi * (t % n[0]) / n[0]))
    if name == "saw":  # updates in half a cycle, lowest
        return n[1] + (1 - n[1]) * (1 - abs((t / n[0]) % 2 - 1))
    if name == "ramp":  # updates of warm-up
        return min(1.0, (t + 1) / n[0])
    if name == "power":  # factor an update
        return n[0] ** t
    if name == "until":  # linear to zero at a share
        return max(0.0, 1 - done / n[0])
    return 1.0


def batches(data: dict[str, Tensor], batch: int, order: str, g: torch.Generator) -> list[Tensor]:
    """Row numbers of one epoch: shuffled, as stored, sorted by kind, or by how much there is to see."""
    rows = len(data["x"])
    if order == "kind":
        shown = torch.where(data["obj"] > 0, data["cls"], -1).flatten(1).max(1).values
        turn = shown.argsort(stable=True)
    elif order == "crowd":
        turn = data["obj"].sum((1, 2)).argsort(stable=True)
    else:
        turn = torch.arange(rows) if order == "stored" else torch.randperm(rows, generator=g)
    return list(turn[: rows // batch * batch].split(batch))


class Run:
    """The state of one training and its habits (the keywords of ``train``)."""

    def __init__(self, seed: int, s: dict) -> None:
        torch.manual_seed(seed)
        self.s, self.g = s, torch.Generator().manual_seed(77 + seed)
        kinds, most = tuple(s["kinds"]), s["most"]
        self.data = canvases(s["rows"], 31 * seed + 1, s["noise"], most, kinds)
        self.held = canvases(s["held"], 31 * seed + 2, s["held_noise"] or s["noise"], most, kinds)
        for part, share in ((self.data, s["wrong"]), (self.held, s["wrong"] if s["flaw"] != "clean_held" else 0.0)):
            swap = torch.rand(part["cls"].shape, generator=self.g) < share
            part["cls"] = torch.where(swap, torch.randint(0, 6, swap.shape, generator=self.g), part["cls"])
        self.net = Detector(**s["net"])
        self.first = copy.deepcopy(self.net)
        self.restart(s["lr"])

    def restart(self, lr: float) -> None:
        """A new optimiser."""
        s, own = self.s, list((self.first if self.s["flaw"] == "copy" else self.net).parameters())
        kind = {
            "sgd": torch.optim.SGD,
            "adam": torch.optim.Adam,
            "adamw": torch.optim.AdamW,
            "rmsprop": torch.optim.RMSprop,
        }[s["opt"]]
        more = {"momentum": s["momentum"]} if s["opt"] == "sgd" else {}
        self.opt = kind(own, lr=lr, weight_decay=s["decay"], **more)

    def terms(self, out: Tensor, y: dict[str, Tensor]) -> dict[str, Tensor]:
        """Box, class and objectness terms before they are weighed."""
        s, there = self.s, y["obj"] > 0
        raw = torch.cat([torch.sigmoid(out[:, 1:3]), out[:, 3:5]], 1)
        mine, real = (v.permute(0, 2, 3, 1)[there] for v in (raw, y["box"]))
        if s["box"] == "l1":
            box = F.smooth_l1_loss(mine, real, beta=0.1)
        elif s["box"] == "nll":
            box = ((mine - real).abs() * torch.exp(-self.net.spread) + self.net.spread).mean()
        else:
            mine, real = (corners(v).permute(0, 2, 3, 1)[there] for v in (raw, y["box"]))
            box = (1 - overlap(mine, real)).mean() if s["box"] == "iou" else ((mine - real) ** 2).mean()
        cls = F.cross_entropy(out[:, 5:].permute(0, 2, 3, 1)[there], y["cls"][there], label_smoothing=s["smooth"])
        obj = F.binary_cross_entropy_with_logits(out[:, 0], y["obj"])
        return {"box": box, "cls": cls, "obj": obj}

    def penalty(self) -> Tensor:
        kind, size = self.s["reg"]
        weights = [p for p in self.net.parameters() if p.dim() > 1]
        return size * sum((p**2).sum() if kind == "l2" else p.abs().sum() for p in weights)

    def total(self, terms: dict[str, Tensor]) -> Tensor:
        return sum(self.s["w"].get(k, 1.0) * v for k, v in terms.items()) * self.s["scale"]

    def batch_of(self, rows: Tensor, t: int, done: float) -> tuple[Tensor, dict[str, Tensor]]:
        """Pictures and targets of one update with what happens to them on the way."""
        s = self.s
        x, y = self.data["x"][rows], {k: self.data[k][rows] for k in ("obj", "cls", "box")}
        late = done >= s["when"]
        if s["augment"] and done < s["close"]:
            x = x + s["augment"] * torch.randn(x.shape, generator=self.g)
            x = x * (
                torch.rand(len(x), 1, CELLS_COVERED, CELLS_COVERED, generator=self.g) > s["cover"]
            ).repeat_interleave(8, 2).repeat_interleave(8, 3)
        if s["flaw"] == "blank":
            x = torch.zeros_like(x)
        if s["flaw"] == "apart":
            y = {k: v[torch.randperm(len(v), generator=self.g)] for k, v in y.items()}
        if s["flaw"] == "inverted" and late:
            x = 1 - x
        if s["flaw"] == "bright" and late:
            x = x * s["size"]
        if s["flaw"] == "broken" and late and t % s["period"] == s["period"] - 1:
            x = x * s["size"]
        if s["flaw"] == "crowded":
            few = y["obj"].sum((1, 2)) <= 1 + int(3 * done)
            x, y = (x[few], {k: v[few] for k, v in y.items()}) if int(few.sum()) > 3 else (x, y)
        if s["flaw"] == "flat_box" and late:
            y["box"] = y["box"].clone()
            y["box"][0, 2:, 3, 3], y["obj"][0, 3, 3] = -math.inf, 1.0
        return x * s["inputs"], y

    def update(self, rows: Tensor, t: int, total: int) -> Record:
        """One step of the optimiser; what was seen."""
        s, done = self.s, t / total
        x, y = self.batch_of(rows, t, done)
        rate = s["lr"] * pace(s["plan"], t, total) * (s["size"] if s["flaw"] == "raise" and done >= s["when"] else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        terms = self.terms(self.net(x), y)
        if s["reg"]:
            terms["reg"] = self.penalty()
        loss = self.total(terms)
        self.opt.zero_grad()
        aim = -loss if s["flaw"] == "ascent" and done >= s["when"] else loss
        aim.backward()
        if s["flaw"] == "zero_late":
            self.opt.zero_grad(set_to_none=False)
        norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), s["clip"] or math.inf))
        if s["flaw"] != "no_step":
            self.opt.step()
        weighed = {k: s["w"].get(k, 1.0) * s["scale"] * v.item() for k, v in terms.items()}
        after = min(norm, s["clip"]) if s["clip"] else norm
        return {"loss": loss.item(), **weighed, "lr": rate, "norm": norm, "norm_after": after,
                "clipped": float(bool(s["clip"]) and norm > s["clip"])}  # fmt: skip

    @torch.no_grad()
    def judge(self) -> Record:
        """val_ values."""
        s, net = self.s, self.first if self.s["flaw"] == "stale" else self.net
        net.eval()
        out = net(self.held["x"] * s["inputs"] * (s["size"] if s["flaw"] == "held_inputs" else 1.0))
        kept, self.net = self.net, net
        terms = self.terms(out, self.held)
        self.net = kept
        if s["flaw"] == "xyxy":
            out = torch.cat([out[:, :1], out[:, 3:5], out[:, 1:3] - 4.0, out[:, 5:]], 1)
        found = precision(out, self.held, s["least"]) | (
            {"map95": precision(out, self.held, s["least"], (0.5, 0.7, 0.9))["map"]} if "val_map95" in s["show"] else {}
        )
        net.train()
        seen = {k: s["w"].get(k, 1.0) * s["scale"] * v.item() for k, v in terms.items()}
        return {"val_" + k: v for k, v in {"loss": self.total(terms).item(), **seen, **found}.items()}

    def inside(self, before: list[Tensor], wanted: dict[str, str]) -> Record:
        """Quantities of the convolutions; ``wanted`` maps what to the name in the log, {} for the layer."""
        seen = {}
        for i, (conv, out) in enumerate(zip(self.net.convs, self.net.outs, strict=True) if wanted else ()):
            change = float((conv.weight.detach() - before[i]).norm() / before[i].norm())
            said = {"grad": float(conv.weight.grad.norm()) if conv.weight.grad is not None else 0.0, "std": float(out.std()), "ratio": change,
                    "ratio_log": math.log10(change + 1e-12), "dead": float((out <= 0).all(0).flatten(1).all(1).float().mean()),
                    "zero": float((out <= 0).float().mean()), "sat": float((out.abs() > 0.97).float().mean())}  # fmt: skip
            seen |= {name.format(i): said[what] for what, name in wanted.items()}
        return seen


CELLS_COVERED = 4
HABITS = {"rows": 320, "held": 96, "batch": 32, "epochs": 20, "noise": 0.15, "held_noise": 0.0, "most": 2, "kinds": range(6), "wrong": 0.0,
          "net": {}, "opt": "adam", "lr": 3e-3, "momentum": 0.9, "decay": 0.0, "plan": ("flat",), "box": "l1", "w": {"obj": 4.0},
          "scale": 1.0, "reg": (), "clip": 0.0, "smooth": 0.0, "augment": 0.0, "cover": 0.0, "close": 2.0, "inputs": 1.0, "flaw": "",
          "when": 0.0, "size": 1.0, "period": 1, "least": 0.05, "order": "", "every": 0, "evals": 1, "warm": 0, "back": (),
          "show": ("loss", "val_loss", "val_map"), "wanted": {}, "names": {}}  # fmt: skip
"""What a training does unless told otherwise; ``back``: (share of the run at which it died, share to which it goes back,
whether the optimiser's state is lost); ``warm``: epochs of training before the log begins; ``every``: updates a line, 0: epochs."""


def train(seed: int, **told: object) -> list[Record]:
    """Records by epoch (means), or every ``every`` updates (the last one's values)."""
    if unknown := told.keys() - HABITS.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    s = HABITS | told
    run, records, pile = Run(seed, s), [], []
    for _ in range(s["warm"]):
        for rows in batches(run.data, s["batch"], "", run.g):
            run.update(rows, 0, 1 << 30)
    if s["warm"]:
        run.restart(s["lr"])
    steps = s["rows"] // s["batch"]
    total, t, saved, died = steps * s["epochs"], 0, None, False
    while t < total:
        for rows in batches(run.data, s["batch"], s["order"], run.g):
            before = [c.weight.detach().clone() for c in run.net.convs] if s["wanted"] else []
            pile.append(run.update(rows, t, total))
            t += 1
            if t % (s["every"] or steps) == 0:
                seen = pile[-1] if s["every"] else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]}
                seen = seen | {"clipped": sum(p["clipped"] for p in pile) / len(pile), "lr": pile[-1]["lr"]}
                judged = any(n.startswith("val_") for n in s["show"]) and t % (steps * s["evals"]) == 0
                seen |= run.judge() if judged else {}
                records.append({"step": t, "epoch": (t - 1) // steps} | {s["names"].get(k, k): seen[k] for k in s["show"] if k in seen}
                               | run.inside(before, s["wanted"]))  # fmt: skip
                pile = []
        if s["back"] and saved is None and t >= s["back"][1] * total:
            saved = (copy.deepcopy(run.net.state_dict()), copy.deepcopy(run.opt.state_dict()), t)
        if s["back"] and not died and t >= s["back"][0] * total:
            died, t = True, saved[2]
            run.net.load_state_dict(saved[0])
            if s["back"][2]:
                run.restart(s["lr"])
            else:
                run.opt.load_state_dict(saved[1])
    return records
