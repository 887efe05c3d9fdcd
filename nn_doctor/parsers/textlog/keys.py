"""The name a number has: taken from the text between the number before and the number itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nn_doctor.parsers.textlog import words
from nn_doctor.series.languages import in_english

LONGEST_NAME = 80
MOST_WORDS = 5
_UNIT = re.compile(
    r"(?:%|/(?:s|sec|min|it|step)(?:/[a-z]{1,10})?|[A-Za-z\u00b5\u00b0][A-Za-z/]{0,11})(?=[\s,;|)\]}:<]|$)"
)
_OPENERS = " \t[({<'\"`"
_WRAPPERS = ("tensor", "array", "np.float64", "np.float32", "scalar", "float", "param")
_PAREN = re.compile(r"\s?\(([^()]{0,30})\)$")
_SEGMENT = re.compile(
    r"(?<=[a-z])\.\s(?=[A-Z])|[,;|\t\[\](){}<>\"=:]+|\s{2,}|\s[-\u2013>*#~]+\s|^(?:[-*#>.\s]|/(?=\s))+|\s/\s"
)
_EVALUATED = re.compile(r"\bevaluation metric\s+['\"]", re.IGNORECASE)
"""What GluonTS writes before the name of any metric, those of training too."""
_COLUMN = re.compile(r"(?<=[a-z])\s+\|$")
"""Trax: ``train CrossEntropyLoss |  0.69``."""
_WORD = re.compile(r"[^\W\d_][\w./'@%+\-&]*|_?[^\W\d][\w./'@%+\-&]*")
_DROPPED = re.compile("|".join(map(re.escape, words.DROPPED_PHRASES)))
_TOKEN = re.compile(r"[^a-z0-9@.]+")
_SPLIT_TOKEN = re.compile(r"[^a-z]+")
_FORECAST = re.compile(r"(?:csi|pod|far|hss|ets)(?:[-_@ ]?\d[\d.]{0,5})?|.{0,30}\bc[- ]index")
"""Scores of forecasts, perhaps with a threshold, and the survival analyst's: words too short to count among others."""


class Key(NamedTuple):
    """A name and its kind: "epoch", "step", "batch", "value", "dropped" or "" for no name at all.

    ``split`` is the split the name itself holds, ``sticky`` the split the words around it put on the rest of
    the line, ``measure`` whether the name is known to be a loss or a metric.
    """

    name: str = ""
    kind: str = ""
    split: str = ""
    sticky: str = ""
    measure: bool = False


@lru_cache(maxsize=4096)
def key_of(gap: str, first: bool) -> Key:
    """The key in the text before a number; ``first`` says that no number stands before that text."""
    if not first:
        unit = _UNIT.match(gap)
        gap = gap[unit.end() :] if unit else gap
    text, inner = _opened(gap[-300:])
    explicit = text.endswith((":", "="))
    text = _COLUMN.sub("", _EVALUATED.sub("'", text.rstrip(":= \t'\"")))
    if text.endswith((" is", " was")):  # "loss is 0.5": a metric needs no more, anything else is prose
        text = text[: text.rfind(" ")].rstrip()
        explicit = text.lower().endswith("learning rate")
    text = text.removesuffix(" so far")
    text, inside = _without_paren(text)
    if not text and len(inside) > 1:  # "(epoch) 1 (batch) 9 (loss) 0.5"
        text, inside = inside, ""
    if inside == "t":  # OpenCLIP: "Data (t): 0.002"
        return Key(text.rpartition(" ")[2], "dropped")
    segments = [s.strip(" '.`*#-\t_") for s in _SEGMENT.split(text)]
    segments = [s for s in segments if s]
    sticky = words.split_of(inside.strip()) or _sticky(segments[:-1])
    if not segments or (text and text[-1] in ",;|\t]}"):
        return Key(sticky=sticky)
    if not first and segments[-1].lower() == "learning rate":  # "Train loss 3.3, Learning Rate 8e-5"
        explicit = True
    return _named(segments[-1], explicit, sticky, inner)


def _opened(gap: str) -> tuple[str, bool]:
    """The gap without brackets and wrappers opened before the number; whether there was a bracket."""
    text = gap.rstrip(_OPENERS)
    opened = gap[len(text) :]
    if "[" not in opened and "(" not in opened:
        return text, False
    for _ in range(3):
        wrapper = next((w for w in _WRAPPERS if text.endswith(w)), "")
        if not wrapper:
            break
        text = text.removesuffix(wrapper).rstrip(_OPENERS)
    return text, True


def _without_paren(text: str) -> tuple[str, str]:
    """A closing ``(%)`` or ``(train)`` taken off the key, and what stood in it."""
    if text[-1:] != ")":
        return text, ""
    match = _PAREN.search(text[-40:])
    if match is None:
        return text, ""
    return text[: len(text) - len(match.group())].rstrip(), match.group(1)


def _sticky(segments: list[str]) -> str:
    """The split named by the last heading among the segments (``Test set``, ``Train Classifier``)."""
    for segment in reversed(segments):
        parts = segment.split()
        for word in parts[:2]:
            if found := words.split_of(word.strip(".,*#-")):
                return found
        if len(parts) == 1 and len(segments) > 6:
            break
    return ""


def _named(segment: str, explicit: bool, sticky: str, bracket: bool) -> Key:
    """The key that a segment of text spells."""
    parts = segment.split(" ")
    while len(parts) > 1 and parts[0].lower().rstrip(".") in words.UNITS:
        parts = parts[1:]
    parts = parts[-MOST_WORDS:] if explicit else parts[-8:]
    last = parts[-1].lower().rstrip(".")
    lead = words.split_of(parts[0])
    kind = _counts(parts, last)
    if kind:
        return Key(last, kind, sticky=lead or _sticky([segment]) or sticky)
    if not explicit and bracket and words.split_of(last):
        return Key(sticky=words.split_of(last))
    if not explicit:
        if not _measures_bare(last):
            return Key(sticky=lead or sticky)
        parts = _bare_words(parts)
    if not all(_WORD.fullmatch(p) for p in parts) or parts[-1].lower() in words.STOPPERS:
        return Key(sticky=lead or sticky)
    if len(parts) > 1 and last == "value" and _is_measure(" ".join(parts[:-1]).lower()):  # "lm loss value: 5.5"
        parts = parts[:-1]
    name = " ".join(parts)[:LONGEST_NAME]
    if _is_dropped(name.lower(), last):
        return Key(name, "dropped", sticky=lead or sticky)
    own = own_split(name)
    if len(parts) > 1 and last in words.NUMBERS:  # "Train steps: 90 Val steps: 10 loss: 0.5" says how many each has
        lead = ""
    return Key(name, "value", own, lead or sticky, _is_measure(name.lower()))


def _measures_bare(last: str) -> bool:
    """Whether a word needs no colon before its value."""
    if last in words.MEASURES or last.partition("/")[0].partition("@")[0] in words.MEASURES:
        return True
    own, joint, rest = last.partition("_")
    if joint and (words.split_of(own) or own == "v") and rest in words.MEASURES:  # "val_mae"
        return True
    return last.endswith(words.MEASURE_ENDS) or last.startswith("loss_") or "_loss_" in last


def _bare_words(parts: list[str]) -> list[str]:
    """The words of a value without colon: at most three, none of them a unit."""
    parts = parts[-3:]
    if words.split_of(parts[-1].partition("_")[0]) and _is_measure(parts[-1].lower()):  # "info val_loss"
        return parts[-1:]
    for i in range(len(parts) - 2, -1, -1):
        if parts[i].lower() in words.UNITS or not _WORD.fullmatch(parts[i]):
            return parts[i + 1 :]
    return parts


def _counts(parts: list[str], last: str) -> str:
    for at in range(len(parts) - 2, -1, -1):
        if parts[at].endswith("."):  # a sentence of its own: "3DBall. Step: 2000."
            parts = parts[at + 1 :]
            break
    if any(p.lower() not in words.BESIDE_X and not words.split_of(p) for p in parts[:-1]):
        return ""
    if last in words.EPOCH:
        return "epoch"
    if last in words.STEP or (last.endswith("num_updates") and words.split_of(last.removesuffix("_num_updates"))):
        return "step"
    return "batch" if last in words.BATCH else ""


def _is_dropped(lowered: str, last: str) -> bool:
    if lowered.replace("_", " ").endswith("logit scale"):  # it is learned: no setting
        return False
    if last.endswith("loss") and lowered.startswith("weight"):  # "weight_loss" is a penalty on the weights
        return False
    return last in words.DROPPED or _DROPPED.search(lowered) is not None


def own_split(name: str) -> str:
    """The split that the name itself holds (``train loss``, ``val_loss``, ``training's rmse``)."""
    for token in _SPLIT_TOKEN.split(in_english(name.lower())):
        if found := words.split_of(token):
            return found
    return ""


def _is_measure(lowered: str) -> bool:
    if _spaced(lowered).removeprefix("current ") == "learning rate" or lowered in words.NAMED:
        return True
    if lowered.startswith("l_") or _FORECAST.fullmatch(lowered):
        return True
    return any(map(_measures, _TOKEN.split(in_english(lowered))))


def _spaced(lowered: str) -> str:
    """A name in English, its words one blank apart."""
    return " ".join(in_english(lowered).replace("_", " ").split())


def _measures(token: str) -> bool:
    """Whether a part of a name is the word for a loss or a metric."""
    if token in words.MEASURES or token in words.NAMED:
        return True
    return (
        token.endswith(("loss", "acc", "epret", "accuracy", "entropy", "perplexity"))
        or token.startswith("loss")
        or token.partition("@")[0] in words.MEASURES
    )
