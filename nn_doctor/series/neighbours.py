"""What names mean in the light of the others in the log: whose split a bare name belongs to, whose entropy it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.series import metric_words, words
from nn_doctor.series.inside import OF_CLIPPED, POLICY
from nn_doctor.series.roles import MEASURED, OF_SPLIT, Meaning, meaning_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nn_doctor.series.model import Split

_POLICIES = frozenset({"policy", "policy_gradient", "pg", "actor", "surrogate", "pi"})
"""Parts of losses that are a policy's."""
_ENTROPY = Meaning("entropy", "none", "none", "internal", None, "'entropy' beside a policy's curves is the policy's")
_PEARSON = Meaning("correlation", "none", "max", "metric", None, "'r' beside 'r2' is a correlation")
_OF_VALUE = "the loss of a value function, beside a policy's"
FEWEST_PAIRS = 2
_OF_RANKINGS = frozenset({"ndcg", "mrr"})
_BESIDE_RANKINGS = frozenset({"recall", "precision", "hits"})
_MONITOR = frozenset({"r", "l"})
"""What Gym's monitor calls the reward and the length of an episode."""


def meanings(names: Iterable[str], maps: Mapping[str, Meaning] | None = None) -> dict[str, Meaning]:
    """The meaning of every name, each seen in the light of the others; ``maps`` overrides by exact name.

    Without a split word a loss is train's. A metric without one belongs to the split of the run's losses
    without one; where all losses name theirs ("train_loss, valid_loss, accuracy") it is validation's.
    """
    names = list(names)
    found = {name: meaning_of(name) for name in names}
    found.update(_of_pairs(found))
    losses = [m for m in found.values() if m.metric in metric_words.LOSS.values() and m.role in {"objective", "term"}]
    bare_loss = any(m.split == "none" for m in losses)
    named = {m.split for m in losses}
    sides = {split: _metrics_of(found.values(), split) for split in ("train", "val", "test")}
    validated = sides["val"] | (sides["test"] if bare_loss else set())
    if not bare_loss:  # "psnr" beside "val_psnr" and "train_psnr" may be anybody's
        validated -= sides["train"]
    for name, meaning in found.items():
        found[name] = _with_split(meaning, bare_loss, named, (meaning.metric, meaning.term) in validated)
    if any(m.metric in _OF_RANKINGS and m.split == "val" for m in found.values()):
        found.update(_ranked(names, found))
    found.update(_by_company(found))
    if {m.split for m in losses} == {"train", "none"}:
        found.update(_evaluated(names, found))
    found.update(maps or {})
    return found


def _metrics_of(found: Iterable[Meaning], split: str) -> set[tuple[str, str | None]]:
    """The metrics, with their terms, whose names bear a split."""
    return {(m.metric, m.term) for m in found if m.role == "metric" and m.split == split}


def _of_pairs(found: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Names that are another's but for a "v": "v_loss" beside "loss", "v_kl" beside "kl", twice at least.

    A single one may be the loss of a value function, as "Loss_v" beside a policy's is.
    """
    if any(m.term in _POLICIES for m in found.values()):
        values = {name: m for name, m in found.items() if name.lower() == "loss_v"}
        return {n: replace(m, split="train", role="term", term="v", why=_OF_VALUE) for n, m in values.items()}
    pairs = [name for name in found if name.startswith("v_") and name[2:] in found]
    if len(pairs) < FEWEST_PAIRS:
        return {}
    return {name: replace(found[name[2:]], split="val", why=f"'{name[2:]}' of validation, by its v") for name in pairs}


def _ranked(names: Iterable[str], found: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Recall and its like without a split beside an NDCG: what is recommended is ranked in evaluations only."""
    bare = [n for n in names if found[n].metric in _BESIDE_RANKINGS and meaning_of(n).split == "none"]
    why = "beside a metric of rankings, which are evaluated"
    return {n: replace(found[n], split="val", why=f"{found[n].why}; {why}") for n in bare}


def _evaluated(names: Iterable[str], found: dict[str, Meaning]) -> dict[str, Meaning]:
    """A log-loss without a split beside a metric of evaluations ("Train loss", "logloss", "AUC").

    Where the loss of training bears its name, it is none of training's as well.
    """
    bare = {name: meaning_of(name) for name in names if meaning_of(name).split == "none"}
    if not any(m.metric in metric_words.EVALUATION_ONLY and m.role == "metric" for m in bare.values()):
        return {}
    others = {n: m for n, m in bare.items() if m.role == "objective" and m.metric == "logloss"}
    why = "beside a metric of evaluations, while training's loss bears its name"
    return {n: replace(found[n], split="val", why=f"{m.why}; {why}") for n, m in others.items()}


def _by_company(found: dict[str, Meaning]) -> dict[str, Meaning]:
    """Names that mean something of their own in reinforcement learning, where others show that this is a log of it."""
    known = {}
    if any(m.role == "objective" for m in found.values()) and not any(_is_policys(n, m) for n, m in found.items()):
        clipped = {n: m for n, m in found.items() if m.metric == "clip_fraction" and m.why.startswith(OF_CLIPPED)}
        known = {n: replace(m, metric="clip_share", why=f"{m.why}; no policy is learnt") for n, m in clipped.items()}
    elif any(m.metric in ("clip_fraction", "reward") or m.term in _POLICIES for m in found.values()):
        known = {n: replace(_ENTROPY, split=m.split) for n, m in found.items() if m.why.startswith(OF_SPLIT)}
    judged = {m.split for m in found.values() if m.role == "objective" and not m.why.startswith(OF_SPLIT)}
    known |= {n: _of_predictions(m) for n, m in found.items() if m.why.startswith(OF_SPLIT) and m.split in judged}
    if any(m.metric == "r2" for m in found.values()):  # genomics: "valid_r" beside "valid_r2"
        known |= {n: replace(_PEARSON, split=m.split) for n, m in found.items() if _is_r(n, m)}
    if found.keys() >= _MONITOR:
        known["r"] = replace(meaning_of("reward"), split="train", why="'r' beside 'l' in an environment's monitor file")
        known["l"] = Meaning("system", "none", "none", "system", why="the length of an episode, beside 'r'")
    return known


def _of_predictions(meaning: Meaning) -> Meaning:
    """An entropy beside the loss of its split: how unsure the model is, no loss of its own."""
    return replace(_ENTROPY, split=meaning.split, why="'entropy' beside the loss of its split is that of predictions")


def _is_r(name: str, meaning: Meaning) -> bool:
    """Whether "r" is all that a name says beside its split."""
    return meaning.role == "unknown" and meaning.split != "none" and tokens_of(name)[-1:] == ("r",)


def _is_policys(name: str, meaning: Meaning) -> bool:
    """Whether a curve is one of reinforcement learning, whose clipping is not that of gradients."""
    if meaning.metric in ("reward", "kl", "entropy") or meaning.term in _POLICIES or meaning.why.startswith(OF_SPLIT):
        return True
    words_of = set(tokens_of(name))
    return bool(words_of & (words.RL_ONLY | POLICY | {"entropy", "advantages", "clipfrac"}))


def _with_split(meaning: Meaning, bare_loss: bool, named: set[Split], has_partner: bool) -> Meaning:
    if meaning.split != "none" or meaning.role not in MEASURED:
        return meaning
    if has_partner:  # Keras: "auc" beside "val_auc"
        return replace(meaning, split="train", why=f"{meaning.why}; another is validation's: train")
    if meaning.metric in metric_words.EVALUATION_ONLY or not words.BENCHMARKS.isdisjoint(
        (meaning.term or "").split("_")
    ):
        return replace(meaning, split="val", why=f"{meaning.why}; usual on validation only")
    if meaning.role in {"objective", "term"} or bare_loss:
        return replace(meaning, split="train", why=f"{meaning.why}; no split named: train")
    if "val" in named or "test" in named:
        return replace(meaning, split="val", why=f"{meaning.why}; the losses name theirs")
    return replace(meaning, split="train", why=f"{meaning.why}; no split named: train")
