"""A tiny GPT or recurrent net on the letters of Python's standard library; a loop that counts steps, as nanoGPT's."""

from __future__ import annotations

import copy
import html.entities
import math
import pydoc_data.topics
import textwrap
from collections import deque
from functools import cache
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, scaled_dot_product_attention

torch.set_num_threads(1)
LETTERS, DIGITS = 64, 5
SOURCES = ("argparse", "shutil", "textwrap", "calendar", "csv", "heapq", "tarfile", "pathlib", "ast", "typing")


@cache
def _texts() -> dict[str, Tensor]:
    """Source code, the prose of the language reference, and tables of entities, as codes of 64 letters."""
    folder = Path(textwrap.__file__).parent
    paths = [path for name in SOURCES if (path := folder / f"{name}.py").exists()]
    raw = {
        "source": "".join(path.read_text(encoding="utf-8") for path in paths)[:160_000],
        "prose": "".join(text for _, text in sorted(pydoc_data.topics.topics.items()))[:160_000],
        "tables": "".join(f"{k} = {v};\n" for k, v in sorted(html.entities.name2codepoint.items())) * 16,
    }
    raw["files"] = raw["source"][:12_000] + raw["prose"][:12_000] + raw["tables"][:12_000]
    common = sorted(set(raw["source"]), key=lambda c: (-raw["source"].count(c), c))[: LETTERS - 1]
    code = {c: i for i, c in enumerate(common)}
    return {name: torch.tensor([code.get(c, LETTERS - 1) for c in text]) for name, text in raw.items()}


class Block(nn.Module):
    """Attention and a perceptron, both added to the stream; ``plain``: no stream and no norms."""

    def __init__(self, width: int, dropout: float, plain: bool = False) -> None:
        super().__init__()
        self.plain, self.heads = plain, 2
        self.norm1, self.norm2 = (nn.Identity() if plain else nn.LayerNorm(width) for _ in range(2))
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        mixed = self.out(scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, w))
        x = mixed if self.plain else x + self.drop(mixed)
        return self.mlp(self.norm2(x)) if self.plain else x + self.drop(self.mlp(self.norm2(x)))


class Model(nn.Module):
    """gpt, plain (a GPT without stream and norms), gru, rnn, or bigram (sees one letter)."""

    def __init__(self, kind: str, width: int, layers: int, block: int, dropout: float) -> None:
        super().__init__()
        self.kind, self.drop = kind, nn.Dropout(dropout)
        self.wte, self.wpe = nn.Embedding(LETTERS, width), nn.Embedding(block, width)
        self.h = nn.ModuleList(Block(width, dropout, kind == "plain") for _ in range(layers))
        self.cell = {"gru": nn.GRU, "rnn": nn.RNN}.get(kind, nn.Identity)(width, width, batch_first=True)
        if kind not in {"gpt", "plain"}:
            self.h = nn.ModuleList()
        self.ln_f, self.lm_head = nn.LayerNorm(width), nn.Linear(width, LETTERS)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.05)

    def forward(self, x: Tensor) -> Tensor:
        h = self.wte(x)
        if self.kind in {"gru", "rnn"}:
            h = self.drop(self.cell(h)[0])
        elif self.kind != "bigram":
            h = self.drop(h + self.wpe.weight[: x.shape[1]])
            for block in self.h:
                h = block(h)
        return self.lm_head(h if self.kind == "plain" else self.ln_f(h))


def _factor(schedule: str, done: float, warmup: float, at: float, much: float) -> float:
    rise = min(1.0, done / warmup) if warmup else 1.0
    if schedule == "cosine":
        return rise if done < warmup else 0.1 + 0.45 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))
    if schedule == "noam":
        return rise if done < warmup else math.sqrt(warmup / done)
    if schedule == "triangles":
        return 0.1 + 0.9 * (1 - abs(2 * (done * 5 % 1) - 1))
    if schedule == "restarts":
        return 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 4 % 1)))
    if schedule == "early":
        return max(0.0, 1 - done / at)
    if schedule == "hot":
        return 0.02 + 0.49 * (1 + math.cos(math.pi * done / at)) if done < at else much
    if schedule == "steps":
        return 1.0 if done < at else (0.1 if done < (1 + at) / 2 else 0.01)
    if schedule == "growing":
        return math.exp(much * done)
    if schedule == "wsd":
        return rise if done < at else max(0.02, (1 - done) / (1 - at))
    return rise * (much if schedule == "raised" and done >= at else 1.0)


def train(
    seed: int, model: str = "gpt", width: int = 32, layers: int = 1, block: int = 32, batch: int = 8, steps: int = 500,
    every: int = 5, evaluate: int = 10, opt: str = "adamw", lr: float = 2e-3, schedule: str = "constant",
    warmup: float = 0.0, clip: float = 0.0, decay: float = 0.0, beta: float = 0.99, letters: int = 60_000,
    order: str = "random", data: str = "source", val: str = "", val_pieces: int = 64, redraw: bool = False,
    dropout: float = 0.0, smoothing: float = 0.0, wrong: float = 0.0, gain: float = 1.0, pre: int = 0,
    fault: str = "", at: float = 0.5, much: float = 1.0, mean: bool = False, scale: float = 1.0,
    log: tuple[str, ...] = ("loss",), digits: int = DIGITS,
) -> list[dict[str, float]]:  # fmt: skip
    """Records every ``every`` steps, an evaluation at every ``evaluate``-th of them.

    ``order``: random windows, "epochs" (pieces without repetition) or "files" (as they stand, the same each epoch).
    ``fault`` begins at the share ``at`` of the run. ``scale`` multiplies the loss as logged and as descended on.
    """
    torch.manual_seed(7000 + seed)
    text = _texts()[data][:letters]
    cut = int(0.85 * len(text)) if data != "files" else len(text)
    held = _texts()[val][-8000:] if val else text[cut:] if cut < len(text) else _texts()["source"][-8000:]
    learn = text[:cut]
    net = Model(model, width, layers, block, dropout)
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(gain if p.dim() > 1 else 1.0)
    if pre:
        _pretrain(net, pre, block)
    owner = copy.deepcopy(net) if fault == "other_parameters" else net
    make = {
        "adamw": lambda r: torch.optim.AdamW(owner.parameters(), r, (0.9, beta), weight_decay=decay),
        "adam": lambda r: torch.optim.Adam(owner.parameters(), r, (0.9, beta)),
        "sgd": lambda r: torch.optim.SGD(owner.parameters(), r),
        "momentum": lambda r: torch.optim.SGD(owner.parameters(), r, 0.9),
        "rmsprop": lambda r: torch.optim.RMSprop(owner.parameters(), r),
    }[opt]
    optimiser = make(lr)
    feed = _Feed(learn, block, batch, order, fault, at, steps)
    records: list[dict[str, float]] = []
    window: list[tuple[float, float, float, float]] = []
    resume, step = _Resume(at if fault == "resume" else 9.0, 0.15 * much), 0
    while step < steps:
        step += 1
        done = step / steps
        x, y = feed(step)
        if wrong:
            y = torch.where(torch.rand(y.shape) < wrong, torch.randint(LETTERS, y.shape), y)
        rate = lr * _factor(schedule, done, warmup, at, much)
        for group in optimiser.param_groups:
            group["lr"] = rate
        z = net(x)
        loss = scale * _loss(z, y, smoothing, fault, done > at)
        if fault != "keeps_gradients" or done < at:
            optimiser.zero_grad()
        (-much * loss if fault == "ascent" and done >= at else loss).backward()
        norms = {n: float(p.grad.norm()) for n, p in net.named_parameters() if p.grad is not None and p.dim() > 1 and
                 "norm" not in n} if "layers" in log and step % every == 0 else {}  # fmt: skip
        total = float(nn.utils.clip_grad_norm_(net.parameters(), clip or float("inf")))
        optimiser.step()
        right = float((z.argmax(-1) == y).float().mean())
        window.append((float(loss.detach()), right, total, float(clip > 0 and total > clip)))
        if step % every == 0:
            row = {"step": step, "epoch": (step - 1) // feed.pieces}
            row |= _shown(
                [sum(w) / len(w) for w in zip(*window, strict=True)] if mean else window[-1], log, clip, rate, scale
            )
            if "clip" in log:
                row["clip"] = 100 * sum(w[3] for w in window) / len(window)
            row |= {f"gradients/{n}": v for n, v in norms.items()}
            if any(n.startswith("val_") for n in log) and step % (every * evaluate) == 0:
                row |= {k: v for k, v in _evaluate(net, held, block, val_pieces, redraw, scale).items() if k in log}
            records.append({k: v if k == "step" else float(f"{v:.{digits}g}") for k, v in row.items()})
            window = []
        step = resume(done, step, net, optimiser)
        if fault == "new_optimiser" and step == int(at * steps):
            optimiser = make(lr)
    return records


class _Resume:
    """Goes back to the checkpoint of the share ``at`` once, after ``later`` more of the run."""

    def __init__(self, at: float, later: float) -> None:
        self.at, self.later, self.saved, self.back = at, later, None, False

    def __call__(self, done: float, step: int, net: nn.Module, optimiser: torch.optim.Optimizer) -> int:
        if self.saved is None and done >= self.at:
            self.saved = copy.deepcopy((step, net.state_dict(), optimiser.state_dict()))
        if self.back or self.saved is None or done < self.at + self.later:
            return step
        self.back = True
        net.load_state_dict(self.saved[1])
        optimiser.load_state_dict(self.saved[2])
        return self.saved[0]


def _pretrain(net: Model, steps: int, block: int) -> None:
    text, optimiser = _texts()["prose"], torch.optim.AdamW(net.parameters(), 3e-3)
    for _ in range(steps):
        starts = torch.randint(len(text) - block - 1, (16,))
        z = net(torch.stack([text[s : s + block] for s in starts]))
        optimiser.zero_grad()
        cross_entropy(z.flatten(0, 1), torch.stack([text[s + 1 : s + block + 1] for s in starts]).flatten()).backward()
        optimiser.step()


def _loss(z: Tensor, y: Tensor, smoothing: float, fault: str, begun: bool) -> Tensor:
    if fault == "half" and begun:
        e = z.exp()
        e = torch.where(e > 65504, torch.inf, e)
        return -(e.gather(-1, y[..., None])[..., 0] / e.sum(-1)).log().mean()
    if fault == "mask" and begun:
        seen = (y < 3) & (torch.rand(y.shape) < 0.04)
        return (cross_entropy(z.flatten(0, 1), y.flatten(), reduction="none") * seen.flatten()).sum() / seen.sum()
    return cross_entropy(z.flatten(0, 1), y.flatten(), label_smoothing=smoothing)


def _shown(w: tuple[float, ...], log: tuple[str, ...], clip: float, rate: float, scale: float) -> dict[str, float]:
    nats = w[0] / scale
    every = {"loss": w[0], "ppl": math.exp(min(nats, 80)) if nats == nats else nats, "bpb": nats / math.log(2),
             "accuracy": w[1], "grad_norm": w[2], "lr": rate}  # fmt: skip
    if "clipped_norm" in log:
        return {k: v for k, v in every.items() if k in log} | {"grad_norm": min(w[2], clip)}
    return {k: v for k, v in every.items() if k in log}


@torch.no_grad()
def _evaluate(net: Model, held: Tensor, block: int, pieces: int, redraw: bool, scale: float) -> dict[str, float]:
    net.eval()
    if redraw:
        starts = torch.randint(len(held) - block - 1, (pieces,))
    else:
        starts = torch.linspace(0, len(held) - block - 2, pieces).long()
    z = net(torch.stack([held[s : s + block] for s in starts]))
    y = torch.stack([held[s + 1 : s + block + 1] for s in starts])
    loss = float(cross_entropy(z.flatten(0, 1), y.flatten()))
    net.train()
    return {"val_loss": scale * loss, "val_ppl": math.exp(min(loss, 80)), "val_bpb": loss / math.log(2),
            "val_accuracy": float((z.argmax(-1) == y).float().mean())}  # fmt: skip


class _Feed:
    """Batches in the order asked for; some faults are the data's."""

    def __init__(self, text: Tensor, block: int, batch: int, order: str, fault: str, at: float, steps: int) -> None:
        self.text, self.block, self.batch, self.order = text, block, batch, order
        self.fault, self.at, self.steps = fault, at, steps
        self.starts = torch.tensor([a for a, _ in pairwise(range(0, len(text) - 1, block))])
        self.pieces = max(1, len(self.starts) // batch) if order != "random" else max(1, len(text) // (block * batch))
        self.queue: deque[Tensor] = deque()

    def __call__(self, step: int) -> tuple[Tensor, Tensor]:
        text, block, done = self.text, self.block, step / self.steps
        if self.fault == "prose" and done >= self.at:
            text = _texts()["prose"]
        if self.fault == "curriculum":
            block = (4, 8, 16, self.block)[min(3, int(done * 4))]
            text = _texts()[("tables", "tables", "prose", "source")[min(3, int(done * 4))]]
        if self.order == "random":
            starts = torch.randint(len(text) - block - 1, (self.batch,))
        else:
            if not self.queue:
                self.queue += self._epoch()
            starts = self.queue.popleft()
        x, y = (torch.stack([text[s + k : s + k + block] for s in starts.tolist()]) for k in (0, 1))
        if self.fault == "unrelated" and done >= self.at:
            y = torch.randint(LETTERS, y.shape)
        if self.fault == "bad_batches" and step % int(self.at) == int(self.at) // 2:
            x, y = torch.randint(LETTERS, x.shape), y.flatten()[torch.randperm(y.numel())].view_as(y).flip(0)
        return x, y

    def _epoch(self) -> list[Tensor]:
        whole = self.pieces * self.batch
        if self.order == "files":
            return list(self.starts[:whole].split(self.batch))
        return list(self.starts[torch.randperm(len(self.starts))[:whole]].split(self.batch))
