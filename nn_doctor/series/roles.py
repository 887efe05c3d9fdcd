"""What a logged name means: metric, split, direction, term, role. Knowledge of names is here and in words.py."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nn_doctor.series import metric_words, words
from nn_doctor.series.inside import inside as inside_of
from nn_doctor.series.languages import in_english

if TYPE_CHECKING:
    from nn_doctor.series.model import Goal, Role, Split

_TAIL = "Loss|Acc|Accuracy|Err|Error|Score|Rate|Norm|Cost|Rew|Reward|Ret|Return|Len|Time"
_CAMEL = re.compile(
    rf"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=(?:{_TAIL})(?![a-z]))|(?<=[A-Z0-9])(?=loss\b)"
)
"""Where "valLoss", "MSELoss" and "BCEloss" are two words."""
_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = "0123456789"
_PLAYERS = re.compile(
    r"(?:[dg]_(?:[ab]|gan|l1|real|fake|adv|vgg|feat|fm|rec|cycle|idt)|(?:cycle|idt|rec)_[ab]"
    r"|dfl|l(?:box|cls|obj)|err_[dg]|(?:gradient|grad|r1)_penalty|l_(?:pix|percep|style|gan|edge|fft|total|ssim|l1|[gd]_[a-z_]{1,20}))"
)
"""What image translation and restoration call the parts of their losses."""
MEASURED: frozenset[Role] = frozenset({"objective", "term", "metric"})
"""Roles of curves that say how well the network does, rather than how it was trained or what it cost."""
OF_SPLIT = "'entropy' of a split"
"""Begins the reason given for a guess that a policy's curves beside it overturn (see ``neighbours``)."""
_NUMBERED = re.compile(r"_\d{1,3}$")
_PHONES = re.compile(r"(?<![A-Za-z])PER$")
_EDITS = re.compile(r"norm_ED\b")
"""One less the share of letters to be edited, as readers of scene text call it."""
_RECALL = re.compile(r"(?<![A-Za-z])R@")
_KEEP_CASE = {
    "chrF": "chrf",
    "mAP": "map",
    "mIoU": "miou",
    "IoU": "iou",
    "mIOU": "miou",
    "LossPi": "loss_pi",
    "LossV": "loss_v2",
    "minDCF": "min_dcf",
    "minADE": "min_ade",
    "minFDE": "min_fde",
}
_KEPT = re.compile(rf"(?:{'|'.join(_KEEP_CASE)})(?![a-z])")


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a name was understood; ``total`` marks a logged total, ``averaged`` a mean over the epoch."""

    metric: str
    split: Split
    goal: Goal
    role: Role
    term: str | None = None
    why: str = ""
    total: bool = False
    averaged: bool = False
    per_step: bool = False


def split_of_word(word: str) -> Split | None:
    """The split a single word names ("train", "val", "test"), or None."""
    word = word.lower()
    if word in words.TRAIN_WORDS:
        return "train"
    if word in words.VAL_WORDS:
        return "val"
    return "test" if word in words.TEST_WORDS else None


@lru_cache(maxsize=4096)
def tokens_of(name: str) -> tuple[str, ...]:
    """The lower-case words of a name: "valLoss", "val/loss" and "val_loss" all give ("val", "loss")."""
    name = _RECALL.sub(" recall ", _EDITS.sub("editsimilarity", _PHONES.sub("phoneerror", name)))
    name = _KEPT.sub(lambda found: f" {_KEEP_CASE[found.group()]} ", name)
    tokens = tuple(part.lower() for part in _SEPARATORS.split(_CAMEL.sub(" ", in_english(name))) if part)
    return _with_phrases(tokens) if not words.SPLIT_PHRASE_ENDS.isdisjoint(tokens) else tokens


def _with_phrases(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The words with "out of sample" and the like replaced by the split they name."""
    text = f" {' '.join(tokens)} "
    for phrase, split in words.SPLIT_PHRASES.items():
        text = text.replace(f" {phrase} ", f" {split} ")
    return tuple(text.split())


def is_measured(name: str) -> bool:
    """Whether a name is that of a loss or a metric."""
    return meaning_of(name).role in MEASURED


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning:
    """The meaning of one name by itself; ``neighbours`` looks at the others."""
    whole = words.WHOLE_NAMES.get(name.strip().lower())
    if whole is not None:
        return _meaning(whole[0], whole[1], (), f"'{name}' is a known short name")
    tokens = tokens_of(name)
    split, rest = _take_split(tokens)
    part = "_".join(rest)
    if _PLAYERS.fullmatch(part):
        return Meaning("loss", split, "min", "term", part, f"'{part}' is a part of a loss by its name")
    found = _by_words(name, tokens, split, rest)
    if split == "none":
        return found
    word = next(token for token in tokens if _split_of_numbered(token) == split)
    return replace(found, why=f"{found.why}; '{word}' says {words.IN_FULL[split]}")


def _take_split(tokens: tuple[str, ...]) -> tuple[Split, tuple[str, ...]]:
    """The split named by the tokens (validation beats test beats train) and the tokens without split words.

    The number of an evaluation set ("validation_0-logloss") goes with its split: two sets are no two terms of a sum.
    """
    found = [_split_of_numbered(token) for token in tokens]
    numbers = [i > 0 and found[i - 1] is not None and token.isdigit() for i, token in enumerate(tokens)]
    rest = tuple(t for t, split, number in zip(tokens, found, numbers, strict=True) if split is None and not number)
    order: tuple[Split, ...] = ("val", "test", "train")
    for wanted in order:
        if wanted in found:
            return wanted, rest
    return "none", rest


def _split_of_numbered(token: str) -> Split | None:
    """The split of "valid" and of "valid0" (boosting libraries number their evaluation sets)."""
    return split_of_word(token.rstrip(_DIGITS) or token)


def _by_words(name: str, tokens: tuple[str, ...], split: Split, rest: tuple[str, ...]) -> Meaning:
    phrase = " ".join(rest)
    if any(_has(phrase, p) for p in words.SYSTEM_PHRASES):
        return Meaning("system", split, "none", "system", why="a system quantity by its name")
    found = inside_of(rest)
    if found is not None:
        metric, goal, role, term, why = found
        return Meaning(metric, split, goal, role, term, why)
    has_loss = any(
        _has(phrase, word) for word in metric_words.LOSS if word != "objective" or _ends_with_objective(rest)
    )
    if phrase in metric_words.WHOLE_LOSSES:
        return _meaning(metric_words.WHOLE_LOSSES[phrase], split, (), f"'{phrase}' by itself is what is minimised")
    beside = _beside_losses(name, tokens, split, rest, has_loss)
    if beside is not None:
        return beside
    if has_loss and not _only_names_time(rest):
        return _loss(name, tokens, split, rest)
    if phrase == "entropy" and split != "none":
        return Meaning("cross_entropy", split, "min", "objective", None, f"{OF_SPLIT} is a cross-entropy")
    inside = _inside(name, split, rest, phrase)
    if inside is not None:
        return inside
    if words.REWARDS & set(rest) and words.REJECTED & set(rest):
        return Meaning("reward", split, "none", "internal", "rejected", "the reward of answers to be avoided")
    if {"chosen", "scores"} <= set(rest):
        return Meaning("reward", split, "max", "metric", "chosen", "the reward of answers that were preferred")
    score = _score(name, split, rest, phrase) or _whole_metric(split, rest)
    if score is not None:
        return score
    if any(_bare(token) in words.SYSTEM for token in rest):
        return Meaning("system", split, "none", "system", why="a system quantity by its name")
    return Meaning("unknown", split, "none", "unknown", why="no word of the name is known")


def _inside(name: str, split: Split, rest: tuple[str, ...], phrase: str) -> Meaning | None:
    """A schedule or an inner quantity; a count, a time or a setting of one is neither."""
    if phrase in words.WHOLE_SCHEDULE:
        return Meaning(words.WHOLE_SCHEDULE[phrase], split, "none", "schedule", why=f"'{phrase}' by itself")
    last = phrase if "/" not in name else " ".join(tokens_of(name.rsplit("/", 1)[1]))  # "info/learner/kl"
    if last in words.WHOLE_INTERNAL:
        return Meaning(words.WHOLE_INTERNAL[last], split, "none", "internal", why=f"'{last}' by itself")
    if _counts_or_times(rest):
        return Meaning("system", split, "none", "system", why="a count or a time by its name")
    if "lr" in rest and words.RATE_SETTINGS & set(rest[rest.index("lr") + 1 :]):
        return Meaning("system", split, "none", "system", why="a setting of the learning rate by its name")
    insides: tuple[tuple[dict[str, str], Role], ...] = ((words.SCHEDULE, "schedule"), (words.INTERNAL, "internal"))
    for table, role in insides:
        for word, metric in table.items():
            if _has(phrase, word):
                term = _term(rest, word) if role == "internal" else None
                why = f"'{word}' is {'an' if role == 'internal' else 'a'} {role} word"
                return Meaning(metric, split, "none", role, term, why)
    return None


def _counts_or_times(rest: tuple[str, ...]) -> bool:
    """Whether a name is that of a count or a time, whatever it counts or times ("grad_time_ms", "n_updates")."""
    if not rest:
        return False
    counter = {"num", "n", "total", "since", "this", "tune", "counters"} & set(rest) or len(rest) == 1
    return rest[-1] in words.TIME_ENDS or "num" in rest or bool(counter and words.COUNTED & set(rest[-3:]))


def _beside_losses(
    name: str, tokens: tuple[str, ...], split: Split, rest: tuple[str, ...], has_loss: bool
) -> Meaning | None:
    """What sounds like a loss and is none: what else is filed under "losses/", factors of losses, negated errors."""
    if len(rest) > 1 and rest[0] == "losses" and rest[1:] != ("kl",):  # PPO's "losses/approx_kl"; a VAE's KL is a loss
        inner = _by_words(name, tokens, split, rest[1:])
        if inner.role in ("internal", "schedule", "system") or inner.goal == "max":
            return inner
    phrase = " ".join(rest)
    if (rest[-1:] and rest[-1] in words.FACTORS and (has_loss or rest[0] in words.WEIGHED)) or "loss weight" in phrase:
        return Meaning("loss_weight", split, "none", "schedule", why="how much a part of the loss weighs, by its name")
    if phrase in metric_words.NEGATED:
        return Meaning(
            metric_words.NEGATED[phrase], split, "max", "metric", None, "an error with its sign turned, by its name"
        )
    return None


def _ends_with_objective(rest: tuple[str, ...]) -> bool:
    """Whether "objective" is what the name speaks of, rather than a group it stands in ("objective/scores")."""
    after = rest[rest.index("objective") + 1 :] if "objective" in rest else ()
    return all(token in words.NEUTRAL for token in after)


def _only_names_time(rest: tuple[str, ...]) -> bool:
    return bool(rest) and rest[-1] in words.TIME_ENDS


def _loss(name: str, tokens: tuple[str, ...], split: Split, rest: tuple[str, ...]) -> Meaning:
    phrase = " ".join(rest)
    word = next(w for w in metric_words.LOSS if _has(phrase, w))
    metric = metric_words.LOSS[word]
    if words.BESTS & set(rest):
        return Meaning(metric, split, "min", "system", why="a running best, not a curve of its own")
    term = _term(rest, word)
    why = f"'{word}' is a loss word"
    meaning = _meaning(metric, split, (term,) if term else (), why, goal="max" if metric == "elbo" else "min")
    return replace(
        meaning,
        total=bool({"total", "overall", "sum", "all"} & set(rest)),
        averaged="epoch" in tokens,
        per_step=bool({"step", "batch", "iter", "iteration"} & set(tokens)),
    )


def _score(name: str, split: Split, rest: tuple[str, ...], phrase: str) -> Meaning | None:
    """A metric with a direction; longer phrases win over shorter ones, vague words come last."""
    if _NUMBERED.search(name) and len(rest) > 1 and rest[-1].isdigit():  # Keras numbers what it builds: "auc_1"
        rest, phrase = rest[:-1], phrase.rpartition(" ")[0]
    found = next((entry for entry in _BY_STRENGTH if _has(phrase, entry[0]) and _may_be(entry[0], rest)), None)
    if found is None:
        return None
    word, metric, goal = found
    if words.BESTS & (set(rest) - set(word.split(" "))):
        return Meaning(metric, split, goal, "system", why="a running best")
    if words.SPREADS & set(rest):
        return Meaning(metric, split, "none", "system", why="a spread, not a level")
    role: Role = "metric" if metric != "unknown" else "unknown"
    return Meaning(metric, split, goal, role, _term(rest, word), f"'{word}' is a metric word")


def _whole_metric(split: Split, rest: tuple[str, ...]) -> Meaning | None:
    """A word that is a metric where nothing but a threshold stands beside it ("POD", "far_20")."""
    named = [_bare(token) for token in rest if not token.isdigit()]
    if len(named) != 1 or named[0] not in metric_words.WHOLE_METRICS:
        return None
    metric, goal = metric_words.WHOLE_METRICS[named[0]]
    return Meaning(metric, split, goal, "metric", _term(rest, named[0]), f"'{named[0]}' by itself is a metric")


def _may_be(word: str, rest: tuple[str, ...]) -> bool:
    """Whether a word is that of a metric here: a bare "top" beside others is a place ("bc_top")."""
    if word != "top" or len(rest) == 1:
        return True
    return any(a != _bare(a) or b.isdigit() or b == "k" for a, b in pairwise((*rest, "")) if _bare(a) == "top")


def _by_strength() -> list[tuple[str, str, Goal]]:
    """The words of metrics with metric and direction, those that decide before those that only qualify another."""
    errors: list[tuple[str, str, Goal]] = [(word, metric, "min") for word, metric in metric_words.ERRORS.items()]
    scores: list[tuple[str, str, Goal]] = [(word, metric, "max") for word, metric in metric_words.SCORES.items()]

    def rank(entry: tuple[str, str, Goal]) -> tuple[int, bool, int]:
        word, _, goal = entry
        if goal == "min":
            return (2 if word in metric_words.WEAK_ERRORS else 0), word in metric_words.VAGUE, -len(word)
        return (3 if word in metric_words.VAGUE else 1), False, -len(word)

    return sorted(errors + scores, key=rank)


_BY_STRENGTH = _by_strength()


def _meaning(metric: str, split: Split, term: tuple[str, ...], why: str, goal: Goal = "min") -> Meaning:
    if metric == "accuracy":
        return Meaning(metric, split, "max", "metric", None, why)
    role: Role = "term" if term else "objective"
    return Meaning(metric, split, goal, role, term[0] if term else None, why)


def _has(phrase: str, word: str) -> bool:
    """Whether the words of ``word`` stand one after the other in the phrase, digits at a word's end ignored."""
    if word.split(" ", 1)[0] not in phrase:  # cheap, and nearly always the answer
        return False
    parts, wanted = phrase.split(" "), word.split(" ")
    width = len(wanted)
    return any(
        all(part == want or _bare(part) == want for part, want in zip(parts[i : i + width], wanted, strict=True))
        for i in range(len(parts) - width + 1)
    )


def _bare(token: str) -> str:
    return token.rstrip(_DIGITS) or token


def _term(rest: tuple[str, ...], word: str) -> str | None:
    """What is left of a name after the metric's own and all neutral words: the part it speaks of."""
    own = set(word.split(" "))
    if "loss" in own:  # "PPYoloELoss/loss_cls": the first is the name of a class that computes losses
        rest = tuple(t for t in rest if t == "loss" or not t.endswith(("loss", "losses")))
    left = [t for t in rest if t not in own and _bare(t) not in own and t not in words.NEUTRAL]
    return "_".join(left) or None
