"""Notes of made-up clubs with their headlines, a small encoder-decoder, its pre-training on gaps, and scores of summaries."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, BOS, EOS, GAP = 0, 1, 2, 3
WHO = "anna boris chen dora emil fatima goran hilde ines jonas karin luis mira nadim olga pavel rosa silvan tamar ulf".split()
CLUBS = "rowers singers climbers bakers potters walkers fencers gardeners painters cyclists".split()
ACTS = "won lost opened closed bought sold repaired planned cancelled praised".split()
WHAT = "race concert hall boat oven field roof contract festival prize bridge archive".split()
WHERE = "lakeside oldtown northgate hilltop riverside eastend market harbour".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NUMBERS = [str(i) for i in range(2, 22)]
FILL = "the on at of in and was by for with members said it rained many came after weeks euros a year later they again about cheered nobody knew why .".split()
HEADLINE = "how club news : at".split()
OTHERS = [w[::-1] for w in (*WHO, *CLUBS, *ACTS, *WHAT, *WHERE)]
SIGNS = ["<pad>", "<s>", "</s>", "<gap>"]
VOCABULARY = list(
    dict.fromkeys([*SIGNS, *WHO, *CLUBS, *ACTS, *WHAT, *WHERE, *DAYS, *NUMBERS, *FILL, *HEADLINE, *OTHERS])
)
NUMBER = {w: i for i, w in enumerate(VOCABULARY)}
SOURCE, TARGET = 30, 9


def note(g: random.Random) -> tuple[str, str]:
    """A note of three sentences, and its headline."""
    who, club, act, what, where = (g.choice(x) for x in (WHO, CLUBS, ACTS, WHAT, WHERE))
    day, n, other = g.choice(DAYS), g.choice(NUMBERS), g.choice(WHO)
    facts = [f"on {day} the {club} of {where} {act} the {what} ."]
    rest = [f"{n} members cheered .", f"{other} said it rained .", f"nobody knew why {who} came again .",
            f"about {n} euros was for {other} .", f"many came {n} weeks after ."]  # fmt: skip
    g.shuffle(rest)
    facts += rest[: g.randint(1, 3)]
    if g.random() < 0.4:
        facts = [facts[1], facts[0], *facts[2:]]
    return " ".join(facts), f"{club} {act} {what} at {where}"


def pair(kind: str, g: random.Random) -> tuple[str, str]:
    """A source and its target: headline, mended (words doubled and swapped), glossed (into another language), a loose headline, a day."""
    text, head = note(g)
    if kind == "headlines":
        return text, head
    if kind == "loose":
        day = next(w for w in text.split() if w in DAYS)
        short = " ".join(head.split()[:3]) if g.random() < 0.4 else head
        return text, f"{day} : {short}" if g.random() < 0.35 else short
    if kind == "gloss":
        return " ".join(w for w in head.split() if w != "at"), " ".join(w[::-1] for w in head.split() if w != "at")
    if kind == "mend":
        words = text.split(" .")[0].split()[:8]
        i = g.randrange(len(words) - 1)
        broken = [*words[:i], words[i + 1], words[i], *words[i + 2 :]]
        return " ".join(broken), " ".join(words)
    return text, next(w for w in text.split() if w in DAYS)


def ids(words: str, length: int) -> list[int]:
    """Numbers of words, an end, and padding."""
    found = [*(NUMBER[w] for w in words.split()[: length - 1]), EOS]
    return found + [PAD] * (length - len(found))


def pairs(kind: str, n: int, seed: int) -> tuple[Tensor, Tensor]:
    """Sources (n, SOURCE) and targets (n, TARGET)."""
    g = random.Random(seed)
    made = [pair(kind, g) for _ in range(n)]
    return torch.tensor([ids(s, SOURCE) for s, _ in made]), torch.tensor([ids(t, TARGET) for _, t in made])


class Look(nn.Module):
    """Attention of one sequence to another, and two linear layers behind it if ``wide``."""

    def __init__(self, width: int, wide: int, drop: float) -> None:
        super().__init__()
        self.norm, self.q, self.kv = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.o, self.drop, self.heads = nn.Linear(width, width), nn.Dropout(drop), 2
        self.mlp = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, wide), nn.ReLU(), nn.Linear(wide, width)) if wide else None  # fmt: skip

    def forward(
        self, x: Tensor, other: Tensor | None = None, mask: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        n, length, width = x.shape
        y = self.norm(x)
        seen = y if other is None else other
        q = self.q(y).view(n, length, self.heads, -1).transpose(1, 2)
        k, v = self.kv(seen).view(n, seen.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        x = x + self.drop(self.o(mixed.transpose(1, 2).reshape(n, length, width)))
        return x if self.mlp is None else x + self.drop(self.mlp(x))


class Reader(nn.Module):
    """An encoder of two layers, a decoder of one, one table of words for all three ends."""

    def __init__(self, width: int = 40, drop: float = 0.0) -> None:
        super().__init__()
        self.words, self.place = nn.Embedding(len(VOCABULARY), width), nn.Embedding(SOURCE, width)
        nn.init.normal_(self.words.weight, 0, width**-0.5)
        nn.init.normal_(self.place.weight, 0, 0.05)
        self.encoder = nn.ModuleList(Look(width, 2 * width, drop) for _ in range(2))
        self.decoder = nn.ModuleList([Look(width, 0, drop), Look(width, 2 * width, drop)])
        self.middle, self.last, self.length = nn.LayerNorm(width), nn.LayerNorm(width), nn.Linear(width, 1)
        self.bias = nn.Parameter(torch.zeros(len(VOCABULARY)))
        self.scale = 1.0

    def read(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """The source as the decoder sees it, and where it is no padding."""
        mask = (source != PAD)[:, None, None, :]
        x = self.words(source) + self.place.weight[: source.shape[1]]
        for layer in self.encoder:
            x = layer(x, mask=mask)
        return self.middle(x), mask

    def write(self, read: tuple[Tensor, Tensor], begun: Tensor) -> Tensor:
        """Scores of the next words."""
        x, mask = read
        y = self.words(begun) + self.place.weight[: begun.shape[1]]
        y = self.decoder[1](self.decoder[0](y, causal=True), x, mask=mask)
        return self.scale * (self.last(y) @ self.words.weight.T) + self.bias

    @torch.no_grad()
    def generate(self, source: Tensor, most: int = TARGET) -> Tensor:
        """Greedily."""
        seen = self.read(source)
        out = torch.full((len(source), 1), BOS)
        for _ in range(most):
            out = torch.cat([out, self.write(seen, out)[:, -1].argmax(-1, keepdim=True)], 1)
        return out[:, 1:]


@cache
def pretrained(updates: int = 500) -> dict[str, Tensor]:
    """Weights after gaps of notes were filled in and words of weight told: the same for all who fine-tune."""
    torch.manual_seed(17)
    net, r = Reader(), random.Random(19)
    notes = [note(r) for _ in range(1500)]
    opt = torch.optim.AdamW(net.parameters(), 4e-3, fused=True)
    for i in range(updates):
        for group in opt.param_groups:
            group["lr"] = 4e-3 * min(1.0, (i + 1) / 40) * (1 - i / updates)
        made = [gap(*r.choice(notes), r) for _ in range(20)]
        loss = writing_loss(net, torch.tensor([m[0] for m in made]), torch.tensor([m[1] for m in made]))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return {k: v.detach().clone() for k, v in net.state_dict().items()}


def writing_loss(net: Reader, x: Tensor, y: Tensor) -> Tensor:
    """Cross-entropy of the targets' words, padding left out."""
    begun = torch.cat([torch.full((len(y), 1), BOS), y[:, :-1]], 1)
    return F.cross_entropy(net.write(net.read(x), begun).flatten(0, 1), y.flatten(), ignore_index=PAD)


def gap(text: str, head: str, r: random.Random) -> tuple[list[int], list[int]]:
    """A text with a gap and what stood there; or a text and some of its words of weight; or an older sort of headline."""
    words, kind = text.split(), r.random()
    if kind < 0.3:
        club, act, what, *where = head.split()
        return ids(text, SOURCE), ids(
            " ".join([club, "news", ":", act, what] if kind < 0.15 else [club, act, *where]), TARGET
        )
    if kind < 0.6:
        heavy = [w for w in words if w not in FILL and w not in NUMBERS and r.random() < 0.6]
        if r.random() < 0.6:
            r.shuffle(heavy)
        return ids(text, SOURCE), ids(" ".join(heavy[:6]), TARGET)
    n = r.randint(2, 6)
    i = r.randrange(max(1, len(words) - n))
    return ids(" ".join([*words[:i], "<gap>", *words[i + n :]]), SOURCE), ids(" ".join(words[i : i + n]), TARGET)


NUMBER["<gap>"] = GAP


def clean(row: list[int]) -> list[int]:
    """Words before the end."""
    return row[: row.index(EOS)] if EOS in row else row


def overlap(ours: list[int], theirs: list[int], n: int) -> float:
    """F of the n-grams in common."""
    a, b = (Counter(tuple(x[i : i + n]) for i in range(len(x) - n + 1)) for x in (ours, theirs))
    common = sum((a & b).values())
    return 2 * common / max(1, sum(a.values()) + sum(b.values()))


def longest(a: list[int], b: list[int]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], last + 1 if x == y else max(row[j + 1], row[j])
    return row[-1]


def scores(out: Tensor, truth: Tensor) -> dict[str, float]:
    """ROUGE in percent, a BLEU of two, exact answers, length."""
    rows = [(clean(a), clean(b)) for a, b in zip(out.tolist(), truth.tolist(), strict=True)]
    mean = lambda values: sum(values) / len(rows)  # noqa: E731
    one, two = mean(overlap(a, b, 1) for a, b in rows), mean(overlap(a, b, 2) for a, b in rows)
    return {"rouge1": 100 * one, "rouge2": 100 * two, "rougeL": 100 * mean(2 * longest(a, b) / max(1, len(a) + len(b)) for a, b in rows),
            "bleu": 100 * (one * two) ** 0.5, "exact": mean(float(a == b) for a, b in rows), "gen_len": mean(float(len(a)) for a, b in rows)}  # fmt: skip
