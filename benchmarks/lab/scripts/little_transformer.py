"""Next-token training of small transformers and perceptrons on documentation, licences and sums; counts steps."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmarks.lab.scripts.little_transformer_parts import DIGITS, Knobs, Net, arithmetic, factor, tokens

torch.set_num_threads(1)
IGNORED = -100
HALF = 65504.0
EQUALS = DIGITS.index("=")


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records every ``every`` steps, an evaluation at each ``evaluate``-th record; see ``Knobs``."""
    k = Knobs(**args)  # type: ignore[arg-type]
    torch.manual_seed(9100 + seed)
    return Run(k).go()


class Run:
    """One training."""

    def __init__(self, k: Knobs) -> None:
        self.k = k
        self.feed = Feed(k)
        self.net = Net(k, self.feed.symbols)
        if k.pretrain:
            self._pretrain()
        self.first = copy.deepcopy(self.net)
        self.owner = copy.deepcopy(self.net) if k.fault == "other_parameters" else self.net
        self.optimiser = self._optimiser()
        self.loss_scale, self.good, self.sums = 2.0**12 if k.fault == "tight_scale" else 2.0**24, 0, []

    def go(self) -> list[dict[str, float]]:
        k, records, window = self.k, [], []
        saved, step, back = None, 0, k.fault == "resume"
        while step < k.steps:
            step += 1
            self._mishaps(step)
            window.append(self._learn(step))
            if step % k.every == 0:
                records.append(self._record(step, window))
                window = []
                if k.evaluate and (step // k.every) % k.evaluate == 0:
                    records[-1] |= self._evaluate()
            if back and step == int(0.6 * k.at * k.steps):
                saved = copy.deepcopy((self.net.state_dict(), self.optimiser.state_dict()))
            if back and step == int(k.at * k.steps):
                step, back = int(0.6 * k.at * k.steps), False
                self.net.load_state_dict(saved[0])
                self.optimiser.load_state_dict(saved[1])
        return records

    def _mishaps(self, step: int) -> None:
        k = self.k
        if step != int(k.at * k.steps):
            return
        if k.fault == "lost":
            self.optimiser = self._optimiser()
        if k.fault == "kick":
            with torch.no_grad():
                for weight in self.net.parameters():
                    weight.add_(torch.randn_like(weight) * weight.std() * k.much if weight.numel() > 1 else 0)

    def _learn(self, step: int) -> dict[str, float]:
        k, net = self.k, self.net
        rate = k.lr * factor(k, step)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        if k.fault != "no_zero_grad":
            self.optimiser.zero_grad()
        net.train()
        net.watch = bool(k.inside) and step % k.every == 0
        for _ in range(k.accumulate):
            x, y = self.feed(step)
            z = net(x)
            parts = self._loss(z, self._spoilt(y, step), net, step)
            loss = sum(parts.values())
            total = loss if k.fault == "undivided_accumulation" else loss / k.accumulate
            if total.requires_grad:
                (-total if k.fault == "ascent" and step >= k.at * k.steps else total).backward()
        values = {"loss": float(loss.detach()), "lr": rate, "tokens": float(step * k.accumulate * x.numel())}
        values |= {name: float(part.detach()) for name, part in parts.items()}
        values["accuracy"] = float((z.argmax(-1) == y)[y != IGNORED].float().mean())
        return values | self._update(step)

    def _spoilt(self, y: Tensor, step: int) -> Tensor:
        """The targets after the pipeline's mistakes."""
        k, done = self.k, step / self.k.steps
        if k.fault == "permuted" and done >= k.at:
            return y.flatten()[torch.randperm(y.numel())].view(y.shape)
        if k.fault == "bad_batches" and step % int(k.much) == int(k.much) - 3:
            return torch.randint(0, self.feed.symbols, y.shape)
        if k.fault == "empty_batch" and step == int(k.at * k.steps):
            return torch.full_like(y, IGNORED)
        return y

    def _loss(self, z: Tensor, y: Tensor, net: Net, step: int) -> dict[str, Tensor]:
        """Weighted terms; the cross-entropy under the name ``ce``."""
        k = self.k
        z, y = z.reshape(-1, z.shape[-1]), y.flatten()
        how = "sum" if k.undivided else "mean"
        if k.fault == "log_of_softmax":
            ce = -z.softmax(-1)[torch.arange(len(y)), y].log().mean()
        elif k.fault == "sum_in_half":
            ce = cross_entropy(z, y, reduction="none").half().sum(dtype=torch.float16).float()
        elif k.fault == "detached":
            ce = cross_entropy(z.detach(), y) + 0 * z.sum()
        else:
            ce = cross_entropy(z, y, ignore_index=IGNORED, label_smoothing=k.smoothing, reduction=how)
        make = {
            "ce": lambda: ce,
            "z": lambda: z.logsumexp(-1).pow(2).mean(),
            "l2": lambda: sum(w.pow(2).sum() for w in net.parameters()),
            "value": lambda: ((z.softmax(-1) * torch.arange(z.shape[-1])).sum(-1) - y).pow(2).mean(),
            "entropy": lambda: (z.softmax(-1) * z.log_softmax(-1)).sum(-1).mean(),
        }
        return {name: k.scale * weight * make[name]() for name, weight in (k.terms or {"ce": 1.0}).items()}

    def _update(self, step: int) -> dict[str, float]:
        """Clip, step; the norms and what was watched."""
        k, net = self.k, self.net
        weights = {n: w for n, w in net.named_parameters() if w.dim() > 1 and "weight" in n and "place" not in n}
        values: dict[str, float] = {}
        if net.watch and "grad" in k.inside:
            values |= {f"grad/{n}": float(w.grad.norm()) for n, w in weights.items() if w.grad is not None}
        norm = float(nn.utils.clip_grad_norm_(net.parameters(), k.clip or math.inf))
        values |= {"grad_norm": norm, "clipped_norm": min(norm, k.clip) if k.clip else norm}
        old = {n: w.detach().clone() for n, w in weights.items()} if net.watch and "update" in k.inside else {}
        if k.fault not in {"dynamic_scale", "tight_scale"} or self._scaled(norm):
            self.optimiser.step()
        values["loss_scale"] = self.loss_scale
        values |= {f"update/{n}": float((weights[n].detach() - w).norm() / w.norm()) for n, w in old.items()}
        if net.watch:
            values |= {f"{what}/layers.{i}": v for (what, i), v in net.seen.items() if what in k.inside}
        return values

    def _scaled(self, norm: float) -> bool:
        """The scaler of half precision: would the scaled gradients overflow? Then no step and half the scale."""
        if not norm * self.loss_scale < HALF:
            self.loss_scale, self.good = self.loss_scale / 2, 0
            return False
        self.good += 1
        if self.good == 50:
            self.loss_scale, self.good = self.loss_scale * 2, 0
        return True

    @torch.no_grad()
    def _evaluate(self) -> dict[str, float]:
        k = self.k
        net = self.first if k.fault == "stale" else self.net
        net.watch = False
        net.train(k.fault == "train_mode")
        x, y = self.feed.validation()
        z = net(x)
        used = y != IGNORED
        right = (z.argmax(-1) == y) | ~used
        loss = float(cross_entropy(z.reshape(-1, z.shape[-1]), y.flatten(), ignore_index=IGNORED))
        whole = right.all(1).float() if right.dim() > 1 else right.float()
        values = {"loss": loss * k.scale, "accuracy": float(right[used].float().mean()),
                  "ppl": math.exp(min(loss, 80.0)), "bpc": loss / math.log(2), "exact_match": float(whole.mean())}  # fmt: skip
        return {k.names.get(f"val_{n}", f"val_{n}"): v for n, v in values.items() if f"val_{n}" in k.log}

    def _record(self, step: int, window: list[dict[str, float]]) -> dict[str, float]:
        k = self.k
        epoch = self.feed.epoch(step)
        self.sums = [*(s for s in self.sums if s[0] == epoch), *((epoch, w["loss"]) for w in window)]
        row = {"step": step, "epoch": epoch}
        for name, value in window[-1].items():
            if name in k.log or "/" in name:
                averaged = k.mean and name not in {"lr", "tokens", "loss_scale"} and "/" not in name
                row[k.names.get(name, name)] = sum(w[name] for w in window) / len(window) if averaged else value
        if k.running:
            row["loss"] = sum(s[1] for s in self.sums) / len(self.sums)
        loss = sum(w["loss"] for w in window) / len(window) if k.mean else window[-1]["loss"]
        derived = {"ppl": math.exp(min(loss / k.scale, 80.0)), "bpc": loss / math.log(2)}
        return row | {k.names.get(n, n): v for n, v in derived.items() if n in k.log}

    def _optimiser(self) -> torch.optim.Optimizer:
        k = self.k
        weights = list((self.owner.head if k.only_head else self.owner).parameters())
        if k.opt in {"sgd", "momentum"}:
            return torch.optim.SGD(weights, k.lr, k.momentum if k.opt == "momentum" else 0.0, weight_decay=k.decay)
        if k.opt == "rmsprop":
            return torch.optim.RMSprop(weights, k.lr)
        if k.opt == "adagrad":
            return torch.optim.Adagrad(weights, k.lr)
        return torch.optim.AdamW(weights, k.lr, (k.momentum, k.beta), weight_decay=k.decay)

    def _pretrain(self) -> None:
        base = Feed(Knobs(data="chars" if self.k.data == "licence" else self.k.data, vocabulary=self.k.vocabulary,
                          model=self.k.model, context=self.k.context))  # fmt: skip
        adam = torch.optim.Adam(self.net.parameters(), 4e-3)
        for step in range(1, self.k.pretrain + 1):
            x, y = base(step)
            adam.zero_grad()
            z = self.net(x)
            cross_entropy(z.reshape(-1, z.shape[-1]), y.flatten()).backward()
            adam.step()


class Feed:
    """Fresh windows of a text, fresh lines of sums, or batches of fixed chunks in an order."""

    def __init__(self, k: Knobs) -> None:
        self.k, self.sums = k, k.data in {"sums", "products"}
        self.symbols = len(DIGITS) if self.sums else k.vocabulary
        self.text, self.late = (None, None) if self.sums else _parts(tokens(k.data, k.vocabulary))
        self.held = self._draw(k.held, late=True)
        self.rows = self._draw(k.rows) if k.rows else None
        if k.order == "as_read" and self.rows is not None:
            self.rows = self.text[: k.rows * (k.context + 1)].view(k.rows, k.context + 1)
        if k.order == "by_size" and self.rows is not None:
            self.rows = self.rows[torch.argsort(self.rows[:, :2].float() @ torch.tensor([100.0, 1.0]), stable=True)]
        if k.wrong and self.rows is not None:
            spoilt = torch.rand(self.rows.shape) < k.wrong
            self.rows[spoilt] = torch.randint(0, self.symbols, self.rows.shape)[spoilt]
        self.shuffled = torch.arange(0)

    def _draw(self, rows: int, late: bool = False) -> Tensor:
        k = self.k
        if self.sums:
            return arithmetic(k.data, rows, k.context + 1)
        source = tokens("licence", k.vocabulary) if late and k.easy else self.late if late else self.text
        at = torch.randint(0, len(source) - k.context - 1, (rows,))
        return source[at[:, None] + torch.arange(k.context + 1)]

    def _pairs(self, chunk: Tensor) -> tuple[Tensor, Tensor]:
        x, y = chunk[:, :-1], chunk[:, 1:].clone()
        if self.k.answers:
            passed = torch.cumsum((x == EQUALS).int(), 1) > torch.cumsum((x == len(DIGITS) - 1).int(), 1)
            y[~passed] = IGNORED
        return x, (y if self.k.model == "gpt" else y[:, -1])

    def validation(self) -> tuple[Tensor, Tensor]:
        return self._pairs(self._draw(self.k.redraw, late=True) if self.k.redraw else self.held)

    def epoch(self, step: int) -> int:
        return (step - 1) // max(1, self.k.rows // self.k.batch) if self.k.rows else 0

    def __call__(self, step: int) -> tuple[Tensor, Tensor]:
        k = self.k
        if self.rows is None:
            foreign = k.fault == "foreign" and step >= k.at * k.steps
            if foreign:
                source = tokens("licence", k.vocabulary).flip(0)
                at = torch.randint(0, len(source) - k.context - 1, (k.batch,))
                return self._pairs(source[at[:, None] + torch.arange(k.context + 1)])
            return self._pairs(self._draw(k.batch))
        pieces = max(1, k.rows // k.batch)
        i = (step - 1) % pieces
        if i == 0:
            self.shuffled = torch.randperm(k.rows) if k.order == "shuffled" else torch.arange(k.rows)
        return self._pairs(self.rows[self.shuffled[i * k.batch : (i + 1) * k.batch]])


def _parts(source: Tensor) -> tuple[Tensor, Tensor]:
    """Nine tenths to train on, and every tenth of a hundred pieces to hold out."""
    pieces = source[: len(source) // 100 * 100].view(100, -1)
    late = torch.arange(100) % 10 == 9
    return pieces[~late].flatten(), pieces[late].flatten()
