"""Which curve judges a run: the one place where that is decided."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import ConfigError
from nn_doctor.series import metric_words, words
from nn_doctor.series.falling import ends_lower, falls
from nn_doctor.series.model import Objective, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Split

LOSS_METRICS = frozenset(metric_words.LOSS.values())
METRIC_ORDER = (
    "perplexity", "bits_per_byte", "bits_per_character", "deviance", "rmse", "mse", "mae", "error", "accuracy", "f1",
    "auc", "map", "iou", "dice", "wer", "cer", "bleu",
)  # fmt: skip
"""Which metric stands in for a loss that was not logged, best first; others follow in the log's order."""
UNNAMED = re.compile(r"(?:column \d+|values?|)", re.IGNORECASE)
"""Names given by a parser, or by somebody who saw no need for one."""
COVERS = 0.5
"""A curve that stops before this share of the longest one's reach does not judge the run."""
ROUNDED = 2e-3
"""How far printed terms may be from the printed total that they add up to."""
MIN_LONE = 20
"""A single unnamed curve shorter than this is not taken as a loss."""
MIN_PAIR = 8
"""The same for two that fall together."""
MINOR = 0.25
"""What the other parts may come to beside the part that is judged in the total's place, as a share of it."""
FEW = 8
"""Columns that a script prints without names."""
APART = 3.0
"""Losses of training and validation begin less than this factor apart."""
_GUESSED: tuple[Split, Split] = ("train", "val")
_WORD = re.compile(r"[^\W_]+")
_BARE = frozenset({"train", "training", "val", "valid", "validation", "test", "dev"})
SHADOW_TERMS = (
    frozenset(
        {"g", "d", "entropy", "pi", "value", "v", "q", "actor", "act", "cri", "policy", "pg", "surrogate", "alpha"}
    )
    | words.GAN_TERMS
)
"""Terms that are losses of different players or heads: they are never added up."""


def choose(series: Iterable[Series], wanted: str | None = None) -> tuple[Objective, tuple[Series, ...]]:
    """The objective of a run, and series made for it (the sum of additive terms), if any.

    ``wanted`` names the series to judge by (--objective); raises ConfigError if there is none of that name.
    """
    everything = tuple(series)
    if wanted is not None:
        return _named(everything, wanted), ()
    for pick in (_logged_total, _sum_of_terms, _only_loss, _splits_alone, _stand_in, _lone_unknown, _nameless_pair):
        objective, made = pick(everything)
        if objective is not None:
            return _with_metric(objective, everything), made
    return Objective(reason="no loss and no metric with a known direction"), ()


def _named(everything: tuple[Series, ...], wanted: str) -> Objective:
    found = next((s for s in everything if s.name == wanted), None)
    if found is None:
        names = ", ".join(s.name for s in everything[:12])
        raise ConfigError(f"--objective: no series named '{wanted}' (there are: {names})")
    partner = next((s for s in everything if _are_partners(s, found)), None)
    train, val = (partner, found) if found.split in {"val", "test"} else (found, partner)
    return _with_metric(Objective(train, val, reason=f"'{wanted}' was asked for"), everything)


def _are_partners(a: Series, b: Series) -> bool:
    evaluations = {"val", "test"}
    return a.metric == b.metric and a.term == b.term and (a.split in evaluations) != (b.split in evaluations)


def _pair(candidates: list[Series], reason: str) -> Objective | None:
    """The pair (train, validation) among candidates; "test" stands in where there is no validation."""
    train = _longest(candidates, "train")
    val = _longest(candidates, "val")
    if val is None and (val := _longest(candidates, "test")) is not None:
        reason += "; test stands in for validation"
    if train is None and val is None:
        return None
    return Objective(train, val, reason=reason)


def _longest(candidates: list[Series], split: Split) -> Series | None:
    """The curve of a split that tells most; of equals the plainest name ("loss" before "mean_loss"), then the first."""
    mine = [s for s in candidates if s.split == split]
    reach = max((_extent(s) for s in mine), default=0.0)

    def rank(series: Series) -> tuple[bool, bool, bool, int, int]:
        count = _finite_count(series)
        covers = _extent(series) >= COVERS * reach
        return count > 1, covers, not _is_smoothed(series), count, -len(_WORD.findall(series.name))

    return max(mine, key=rank, default=None)


def _extent(series: Series) -> float:
    """How far a series reaches along the run."""
    return float(series.x[-1] - series.x[0]) if len(series) else 0.0


def _finite_count(series: Series) -> int:
    return int(np.isfinite(series.y).sum()) or int(series.y.size > 0)


def _is_smoothed(series: Series) -> bool:
    return bool(words.SMOOTHED & set(series.name.lower().replace("/", "_").split("_")))


def _losses(everything: tuple[Series, ...]) -> list[Series]:
    return [s for s in everything if s.metric in LOSS_METRICS and s.role in {"objective", "term"} and len(s)]


def _logged_total(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """Losses that name no term: the total as logged ("total" in the name wins)."""
    whole = [s for s in _losses(everything) if s.term is None]
    totals = [s for s in whole if "total" in s.name.lower()]
    splits = {s.split for s in totals}
    candidates = totals + [s for s in whole if s.split not in splits]
    if candidates and all(s.split in {"val", "test"} for s in candidates) and (train := _lone_term(everything)):
        return _pair([*candidates, train], f"the logged loss, and '{train.name}', the only one of training"), ()
    if candidates and not any(s.split in {"val", "test"} for s in candidates):
        val = _sum_beside(_longest(candidates, "train"), everything)
        if val is not None:
            return _pair([*candidates, val], "the logged loss, and the sum of the terms of validation"), (val,)
        if (part := _shared_part(everything)) and _makes_up(part[0], candidates):
            return _part_pair(*part), ()
        sets = _validation_sets(everything)
        reason = f"the logged loss; the first of {len(sets)} validation sets" if sets else "the logged loss"
        return _pair(candidates + sets[:1], reason), ()
    return _pair(candidates, "the logged loss"), ()


def _lone_term(everything: tuple[Series, ...]) -> Series | None:
    """The only train loss, whose name says more than that of validation, which has no part so called."""
    terms = [s for s in _losses(everything) if s.split == "train" and s.term is not None]
    others = {s.term for s in _losses(everything) if s.split != "train"}
    return terms[0] if len(terms) == 1 and terms[0].term not in others and not _player(terms[0]) else None


def _sum_beside(total: Series | None, everything: tuple[Series, ...]) -> Series | None:
    """The sum of validation terms, where the training terms of the same names add up to the total logged."""
    parts = {
        split: {s.term: s for s in _losses(everything) if s.split == split and s.term} for split in ("train", "val")
    }
    if total is None or not parts["val"] or parts["train"].keys() != parts["val"].keys():
        return None
    own = _total_of(list(parts["train"].values()), "train")
    if own is None or len(own) != len(total) or not np.allclose(own.y, total.y, rtol=ROUNDED, equal_nan=True):
        return None
    return _total_of(list(parts["val"].values()), "val")


def _shared_part(everything: tuple[Series, ...]) -> tuple[Series, list[Series]] | None:
    """The one part of the loss that evaluations log as well, where training has more; theirs, one for each set.

    An evaluation of a language model has no use for the penalties of training ("ce" beside "ce" and "z"). The names of
    sets stand in front ("c4_ce", "pile_ce").
    """
    losses = _losses(everything)
    terms = [s for s in losses if s.term is not None and not _player(s)]
    held = [s for s in terms if s.split == "val"]
    train = sorted((s for s in terms if s.split == "train"), key=lambda s: -len(s.term or ""))
    for own in train:
        told = [s for s in held if s.metric == own.metric and f"_{s.term}".endswith(f"_{own.term}")]
        largest = all(_begin(s) <= _begin(own) for s in train)
        if told and len(told) == len(held) and len(losses) > 2 and largest:
            return own, sorted(told, key=lambda s: s.term != own.term)
    return None


def _begin(series: Series) -> float:
    y = series.finite[1]
    return float(np.median(y[: max(1, y.size // 10)])) if y.size else -np.inf


def _makes_up(part: Series, totals: list[Series]) -> bool:
    """Whether a part is most of the total logged, where the two stand side by side."""
    return any(_is_most_of(part.y, total.y) for total in totals if len(total) == len(part))


def _is_most_of(part: FloatArray, total: FloatArray) -> bool:
    both = np.isfinite(part) & np.isfinite(total)
    if not both.any():
        return False
    rest = np.abs(total[both] - part[both])
    return bool(np.median(rest) <= MINOR * np.median(np.abs(total[both])))


def _part_pair(train: Series, held: list[Series]) -> Objective:
    sets = f", of {len(held)} validation sets the first" if len(held) > 1 else ""
    return Objective(train, held[0], reason=f"'{train.term}', the part of the loss that validation has as well{sets}")


def _validation_sets(everything: tuple[Series, ...]) -> list[Series]:
    """Validation losses of several sets (eval_news_loss, eval_news_accuracy …): a part of a loss has no accuracy."""
    measured = {s.term for s in everything if s.split == "val" and s.role == "metric"}
    return [s for s in _losses(everything) if s.split == "val" and s.term is not None and s.term in measured]


def _sum_of_terms(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """The sum of the terms of one loss, where they share their x (YOLO's box + cls + dfl)."""
    if part := _shared_part(everything):
        return _part_pair(*part), ()
    made = tuple(
        total
        for split in ("train", "val", "test")
        if (total := _total_of([s for s in _losses(everything) if s.split == split], split)) is not None
    )
    if not made:
        return None, ()
    return _pair(list(made), "the sum of the logged terms"), made


def _total_of(terms: list[Series], split: str) -> Series | None:
    if len(terms) < 2 or any(_player(t) for t in terms):
        return None
    first = terms[0]
    if any(len(t) != len(first) or not np.array_equal(t.x, first.x) for t in terms[1:]):
        return None
    parts = " + ".join(t.term or t.name for t in terms)
    total = np.sum([t.y for t in terms], axis=0)
    return replace(
        first,
        id=f"sum-{split}",
        name=f"{split} loss ({parts})",
        y=total,
        role="objective",
        term=None,
        why=f"the sum of {len(terms)} logged terms",
    )


def _player(series: Series) -> bool:
    return bool(SHADOW_TERMS & set((series.term or "").split("_")))


def _only_loss(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """One loss that does name a term, and nothing else to choose from."""
    losses = _losses(everything)
    if len({s.term for s in losses}) != 1:
        return None, ()
    return _pair(losses, "the only loss"), ()


def _stand_in(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """A metric with a direction, for logs without a loss that can judge."""
    metrics = [s for s in everything if s.role == "metric" and s.goal != "none" and s.metric != "reward" and len(s)]
    if _losses(everything) or not metrics:
        return None, ()
    known = [m for m in METRIC_ORDER if any(s.metric == m for s in metrics)]
    found = list(dict.fromkeys([*known, *(s.metric for s in metrics)]))
    name = next((m for m in found if _on_both(m, metrics)), found[0])
    alike = [s for s in metrics if s.metric == name]
    shortest = min(len(s.term or "") for s in alike)
    return _pair([s for s in alike if len(s.term or "") == shortest], f"no loss in the log: {name} judges"), ()


def _on_both(metric: str, series: list[Series]) -> bool:
    """Whether a metric was taken of training and of an evaluation: it judges before one of a single side."""
    splits = {s.split for s in series if s.metric == metric}
    return "train" in splits and not splits.isdisjoint({"val", "test"})


def _splits_alone(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """Curves called "train" and "val" and nothing more, which both fall: people leave out the word loss."""
    bare = [s for s in everything if s.metric == "unknown" and s.split != "none" and s.name.lower() in _BARE]
    if {s.split for s in bare} not in ({"train", "val"}, {"train", "test"}) or not all(_fall_as_pair(s) for s in bare):
        return None, ()
    guesses = tuple(replace(s, id=f"guess-{s.split}", metric="loss", goal="min", role="objective") for s in bare)
    return _pair(list(guesses), "curves named by their split alone, taken as losses (a guess)"), ()


def _fall_as_pair(series: Series) -> bool:
    """Whether train falls beyond its noise, or what is evaluated at all: few samples make noise of their own."""
    y = series.finite[1]
    return y.size >= MIN_PAIR and (falls(y) if series.split == "train" else ends_lower(y))


def _lone_unknown(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """A log of one single curve whose name says nothing: people log a loss.

    A name that is no word for anything ("run7", after the file) says as little, but the curve must fall like a loss.
    """
    if len(everything) != 1 or len(everything[0]) < MIN_LONE:
        return None, ()
    lone = everything[0]
    if not UNNAMED.fullmatch(lone.name) and not (
        lone.metric == "unknown" and lone.finite[1].size >= MIN_LONE and falls(lone.finite[1])
    ):
        return None, ()
    guess = replace(everything[0], id="guess", metric="loss", split="train", goal="min", role="objective")
    return Objective(train=guess, reason=f"the only curve, '{guess.name}', taken as a train loss (a guess)"), ()


def _nameless_pair(everything: tuple[Series, ...]) -> tuple[Objective | None, tuple[Series, ...]]:
    """Two columns side by side in a table without a header that fall together from one level: train, then validation.

    A script that prints "epoch, seconds, error, error" and no names.
    """
    if len(everything) > FEW or any(not UNNAMED.fullmatch(s.name) or s.axis == "row" for s in everything):
        return None, ()
    pairs = [(a, b) for a, b in pairwise(everything) if a.finite[1].size >= MIN_LONE and _are_alike(a, b)]
    if len(pairs) != 1:
        return None, ()
    train, val = (
        replace(s, id=f"guess-{split}", metric="loss", split=split, goal="min", role="objective")
        for s, split in zip(pairs[0], _GUESSED, strict=True)
    )
    return Objective(train, val, reason="two columns without names that fall together, taken as losses (a guess)"), ()


def _are_alike(a: Series, b: Series) -> bool:
    x, y = a.finite[1], b.finite[1]
    if x.size != y.size or not (falls(x) and falls(y)):
        return False
    return bool(x[0] * y[0] > 0 and max(abs(x[0]), abs(y[0])) < APART * min(abs(x[0]), abs(y[0])))


def _with_metric(objective: Objective, everything: tuple[Series, ...]) -> Objective:
    """Add the metric logged beside the loss: accuracy and its like, one that both splits have if there is."""
    used = {id(objective.train), id(objective.val)}
    metrics = [
        s
        for s in everything
        if s.role == "metric" and s.goal != "none" and s.metric not in LOSS_METRICS | {"reward"} and id(s) not in used
    ]
    metrics.sort(key=lambda s: (s.metric not in METRIC_ORDER, s.metric != "accuracy", len(s.term or "")))
    for val in (m for m in metrics if m.split == "val"):
        partner = next(
            (m for m in metrics if m.split == "train" and (m.metric, m.term) == (val.metric, val.term)), None
        )
        if partner is not None:
            return replace(objective, metric_train=partner, metric_val=_namesake(partner, val, metrics))
    val_first = next((m for m in metrics if m.split == "val"), None) or next(
        (m for m in metrics if m.split == "test"), None
    )
    train_first = next((m for m in metrics if m.split == "train"), None)
    if val_first is not None and train_first is not None and val_first.metric != train_first.metric:
        train_first = None
    return replace(objective, metric_train=train_first, metric_val=val_first)


def _namesake(train: Series, val: Series, metrics: list[Series]) -> Series:
    """Of validation's curves of one metric the one named like train's: "val_auroc", no "val_auprc", beside "auroc"."""
    alike = (m for m in metrics if m.split == val.split and _are_partners(m, train) and m.name.endswith(train.name))
    return next(alike, val)
