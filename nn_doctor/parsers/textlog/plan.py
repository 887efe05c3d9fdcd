"""What the numbers of a line mean, read from the text between them once for each shape of line.

A log prints the same few lines over and over with other numbers. Splitting a line at its numbers leaves the
text between them; that text alone says which number is what, so the answer (a Plan) is kept for all lines of
the same shape, and a line costs one split and one look-up.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nn_doctor.parsers.textlog.bare import with_colons
from nn_doctor.parsers.textlog.keys import Key, key_of
from nn_doctor.parsers.textlog.shapes import framed, heading
from nn_doctor.parsers.textlog.words import split_of

_EXPONENT = r"(?:[eE][+-]?\d+)?"
_REST = rf"(?:\d{{0,2}}(?:,\d{{3}}){{1,6}}(?!\d|,\d)(?:\.\d+)?|\d*\.?\d*){_EXPONENT}"
"""What may follow the first digit of a number."""
_WORDS = "nan|NaN|NAN|infinity|inf|Inf|INF"
NUMBER = re.compile(
    r"([-+.\dnNiI](?<![\w.@][-+.\dnNiI])(?<!\w[-'][-+.\dnNiI])(?:"
    r"(?:(?<=1)|(?<=[-+])1)\.#(?:QNAN|SNAN|IND|INF)\d{0,6}(?!\w)"
    rf"|(?<=\d){_REST}"
    rf"|(?<=\.)\d+{_EXPONENT}"
    rf"|(?<=[-+])(?:\d{_REST}|\.\d+{_EXPONENT}|(?:{_WORDS})(?!\w))"
    r"|(?:(?<=n)an|(?<=N)aN|(?<=N)AN|(?<=i)nfinity|(?<=i)nf|(?<=I)nf|(?<=I)NF)(?!\w)))"
)
"""A number: it begins with a class of characters, so that the engine finds the next place to try fast."""
LONGEST = 4000
"""Characters of a line that are looked at: whole records are shorter, dumps of tensors are not."""
RATES = ("lr", "learning rate", "learning_rate", "learningrate", "base_lr", "current learning rate")
OF_TRAINING = ("grad_norm", "gnorm", "grad norm", "gradient norm", "gradient_norm")
"""What no evaluation has, whatever stands before it."""
_TAIL = re.compile(r"\s*(?:\]\s*)?/\s*\[?\s*$")
_BRACKETED = re.compile(r"[\s\]):,]*[\[(|]\s*$")
_TWICE = re.compile(r"\s*[\])]\s*[\[(]\s*")
"""Between ``[3/300`` and ``[7/12]``."""
_BEST = re.compile(r"^[\W_]{0,30}(?:new |current |the )?best\b", re.IGNORECASE)
_CLOCK_UNIT = re.compile(r"(?:ms|s|sec|min)\b")
_DRAWN = re.compile(r"\[=\]|%\s?\|")
_BAR = re.compile(r"(?:^|[|\]%:])[\s\[=\]|:]*$")


_ENDED = re.compile(
    r"[\s\]):,;.|-]{0,8}(?:has |is |was )?(?:end|ends|ended|done|finished|complete|completed|over)\b", re.IGNORECASE
)
_END_OF = re.compile(r"\b(?:end of|finished|completed)(?: training)? epoch\W{0,4}$", re.IGNORECASE)
_OTHER_SPLIT = re.compile(r"\s{0,2}\(([A-Za-z]{2,10})[ :=]{1,3}")
_JOINT = re.compile("[/_ ]")
_TIME = re.compile(r"\btime\s?[:=]?\s{0,4}$", re.IGNORECASE)


class Field(NamedTuple):
    """One number of the line: its place, what it is called, and what it is divided by (``k/N``), if anything.

    ``kind`` is "epoch", "step", "batch" or "value"; ``total`` is the place of N, or -1; ``percent`` the place
    of the same value in percent (``9800/10000 (98%)``), or -1; ``scale`` multiplies (``12K``).
    """

    place: int
    name: str
    kind: str
    total: int = -1
    percent: int = -1
    scale: float = 1.0
    free: bool = False
    """Whether neither the name nor the words before it say which split it belongs to."""
    measure: bool = False
    average: int = -1
    """The place of the mean so far in ``loss 0.5 (0.6)``, or -1."""


class Plan(NamedTuple):
    """The fields of a line shape; ``split`` is what its words say of the whole line ("" for nothing).

    ``keras`` marks a progress bar that stands for the whole epoch, ``bar`` any bar without a word for its x.
    """

    fields: tuple[Field, ...]
    split: str = ""
    has_value: bool = False
    has_x: bool = False
    has_measure: bool = False
    bar: bool = False
    keras: bool = False
    drawn: bool = False
    """A bar was drawn before its ``k/N``: the line is rewritten while the epoch goes on."""
    bar_first: bool = False
    """A bar stands before the epoch."""
    step_total: int = -1
    """The place of N in a step ``k/N``."""
    loop_total: int = -1
    """The place of N in the step or batch ``k/N`` of a line that counts nothing else."""
    averaged: bool = False
    """Means so far stand beside values."""
    evaluating: bool = False
    """It counts the batches of an evaluation."""
    heads: bool = False
    """It is a title, or tells how long an evaluation took, whose means come next: ``split`` holds for them."""
    ends: bool = False
    """It says that an epoch is over (``Epoch=3 end``)."""


EMPTY = Plan(())


def make_plan(parts: list[str]) -> Plan:
    """The plan of a line split by NUMBER: text, number, text, number, …, text."""
    if _BEST.match(parts[0]):  # the record so far, or the summary at the end: printed once already
        return EMPTY
    parts = with_colons(parts)
    fields: list[Field] = []
    seen: set[str] = set()
    split = sticky = ""
    place, count = 0, len(parts) // 2
    measure = bar = False
    while place < count:
        gap, after = parts[2 * place], parts[2 * place + 2]
        total = place + 1 if place + 1 < count and _TAIL.fullmatch(after) else -1
        key = key_of(gap, first=place == 0)
        key = _beside(key, gap, after, fields, place) if total < 0 and fields else key
        if key.kind == "value" and gap.rstrip()[-1:] == "=" and split_of(key.name):  # "train=0.9 val=0.8 loss=0.3"
            key = key._replace(sticky="")
        sticky = key.sticky or sticky
        if place == 0:
            split = key.sticky or (split_of(key.name) if gap.rstrip().endswith("[") else "")
            sticky = split
        if after.strip() == "%" and place + 2 < count and _TAIL.fullmatch(parts[2 * place + 4]):
            place += 1  # "Training: 100% 3/3 [00:10": the title of a bar
            continue
        unnamed = not key.name or split_of(key.name)
        if unnamed and total >= 0 and "epoch" not in seen and _counts_twice(parts, total, count):
            key = key._replace(name="epoch", kind="epoch")  # "Train: [3/300][7/12]"
        elif unnamed and not seen and gap.rstrip().endswith("[") and _counts_twice(parts, place, count):
            key = key._replace(name="epoch", kind="epoch")  # "Train: [3][7/12]"
        field = _field(place, key, (gap, after), total, fields, sticky)
        if field is not None:
            field = _scaled(field, parts, count)
            if _is_wait(field, parts):
                place += 1
                continue
            fields, seen = _beside_global(key, fields, seen)
            if field.name not in seen:
                seen.add(field.name)
                fields.append(field)
                measure = measure or key.measure
                bar = bar or (field.kind == "batch" and not key.name)
        place += 1 if total < 0 else 2
    values = any(f.kind == "value" for f in fields)
    counted = any(f.kind != "value" for f in fields)
    if not values:
        split = heading(parts[-1]) or split or sticky
    kinds = [f.kind for f in fields]
    drawn = (bar and _is_drawn(parts, fields)) or parts[0].endswith("[=] step ")
    first = bar and "epoch" in kinds and "step" not in kinds and kinds.index("batch") < kinds.index("epoch")
    total = next((f.total for f in fields if f.kind == "step"), -1)
    return Plan(
        tuple(fields), split, values, counted, measure, bar, _is_keras(parts, fields),
        drawn=drawn, bar_first=first, step_total=total, averaged=any(f.average >= 0 for f in fields),
        evaluating=split in ("val", "test") and any(f.kind == "batch" and f.total >= 0 for f in fields),
        loop_total=-1 if "epoch" in kinds else next((f.total for f in fields if f.kind in ("step", "batch")), -1),
        ends=kinds == ["epoch"] and _says_end(parts, fields[0]),
        heads=bool(split) and not fields and ("Total time" in parts[0] or framed(parts[0], parts[-1])),
    )  # fmt: skip


def _beside(key: Key, gap: str, after: str, fields: list[Field], place: int) -> Key:
    """The key of ``(val 0.6)`` right behind a value: the same quantity of another split."""
    found = _OTHER_SPLIT.fullmatch(gap)
    split = split_of(found.group(1)) if found else ""
    last = fields[-1]
    what, _, before = last.name.rpartition(" ")
    if key.kind == "value" and what and split_of(before) and split_of(key.name):  # "loss train: 0.4  eval: 0.5"
        return Key(f"{what} {key.name}", "value", split_of(key.name), measure=last.measure)
    if not split or last.kind != "value" or last.place + 1 != place or after[:1] != ")":
        return key
    own, *rest = _JOINT.split(last.name, maxsplit=1)
    if rest and split_of(own) == split:
        return key
    return Key(f"{split}/{rest[0] if rest and split_of(own) else last.name}", "value", split, measure=last.measure)


def _is_wait(field: Field, parts: list[str]) -> bool:
    """Whether "data" is how long the loader took, not the loss on data: with its mean, or right behind the time."""
    if field.name.rpartition("/")[2].lower() != "data":
        return False
    return field.average >= 0 or bool(field.place and _TIME.search(parts[2 * field.place - 2][-20:]))


def _beside_global(key: Key, fields: list[Field], seen: set[str]) -> tuple[list[Field], set[str]]:
    """The fields and their names: beside a global step one ``k/N`` counts batches (``STEP: 3/40 GLOBAL_STEP: 8``)."""
    if key.kind != "step" or not key.name.startswith("global"):
        return fields, seen
    told = [f._replace(name="batch", kind="batch") if f.kind == "step" and f.total >= 0 else f for f in fields]
    return told, {f.name for f in told}


def _counts_twice(parts: list[str], total: int, count: int) -> bool:
    """Whether a second ``k/N`` in brackets follows the one that ends at ``total``."""
    follows = total + 2 < count and _TWICE.fullmatch(parts[2 * total + 2])
    return bool(follows and _TAIL.fullmatch(parts[2 * total + 4]))


def _says_end(parts: list[str], epoch: Field) -> bool:
    """Whether a line that holds an epoch alone says that it is over."""
    after = parts[2 * (epoch.place if epoch.total < 0 else epoch.total) + 2]
    return bool(_ENDED.match(after[:60]) or _END_OF.search(parts[2 * epoch.place][-60:]))


def _is_drawn(parts: list[str], fields: list[Field]) -> bool:
    place = next(f.place for f in fields if f.kind == "batch")
    return bool(_DRAWN.search(parts[2 * place][-60:]))


def _is_keras(parts: list[str], fields: list[Field]) -> bool:
    """Whether the line is a Keras bar: ``k/N [=]`` or ``k/N - `` at its very start."""
    if not fields or fields[0].kind != "batch" or parts[0].strip() or fields[0].total != 1:
        return False
    return parts[4].lstrip().startswith(("[=]", "- ")) if len(parts) > 4 else False


def _field(place: int, key: Key, around: tuple[str, str], total: int, fields: list[Field], sticky: str) -> Field | None:
    """What one number is, by the text before and after it, or None if it is nothing to keep."""
    gap, after = around
    has = {f.kind for f in fields if f.kind != "value"}
    if key.kind in ("epoch", "step", "batch"):
        if _CLOCK_UNIT.match(after) or after.startswith("%|[=]"):  # how long a step took; how far the epoch has come
            return None
        kind = key.kind
        if kind == "step" and total >= 0 and "epoch" in has and "batch" not in has:
            kind = "batch"
        return Field(place, kind, kind, total)
    if not key.name:
        follows = bool(fields) and fields[-1].kind == "epoch" and fields[-1].place + 1 == place
        after_total = bool(fields) and fields[-1].kind == "epoch" and fields[-1].total + 1 == place
        timed = _CLOCK_UNIT.match(after)  # "Epoch 3 [60.2s]"
        if "batch" not in has and not timed and (follows or after_total) and (("[" in gap or "(" in gap) or total >= 0):
            return Field(place, "batch", "batch", total) if _BRACKETED.search(gap[-12:]) or total >= 0 else None
        if "batch" not in has and total >= 0 and _BAR.search(gap[-40:]):
            return Field(place, "batch", "batch", total)
        if "batch" not in has and total >= 0 and key.sticky and gap.rstrip().endswith("["):
            return Field(place, "batch", "batch", total)
        return None
    if key.kind == "dropped" or _is_no_value(key, after):
        return None
    name = key.name
    if total >= 0 and "batch" not in has and gap.rstrip().endswith("[") and split_of(name):  # ``Test: [ 0/100]``
        return Field(place, "batch", "batch", total)
    if "/" in name and total >= 0:  # "mean/median reward 20.5/19.0" are two values
        total = -1
    below = "/" not in name or gap.startswith("  ")  # indented: what a heading above says holds for it
    held = sticky in ("val", "test") and name.lower() in OF_TRAINING
    free = not key.split and below and name.lower() not in RATES and not held
    whole = free or ("/" in name and not key.split and sticky in ("val", "test"))
    if sticky and whole:
        name, free = f"{sticky}/{name}", False
    return Field(place, name, "value", total, free=free, measure=key.measure)


def _is_no_value(key: Key, after: str) -> bool:
    """Whether a number is in the title of a bar ("Steps: 10%|[=] |") or says how long it took ("cost 25.1 s")."""
    return after.startswith("%|[=]") or (key.name.lower().endswith("cost") and bool(_CLOCK_UNIT.match(after.lstrip())))


def _scaled(field: Field, parts: list[str], count: int) -> Field:
    """The field with the percentage beside a ratio, or the magnitude after a number, taken in."""
    if field.kind == "value" and field.total < 0 and field.place + 1 < count:
        between, behind = parts[2 * field.place + 2], parts[2 * field.place + 4]
        if between.strip() == "(" and behind[:1] == ")":
            return field._replace(average=field.place + 1)
    if field.kind == "value" and field.total >= 0 and field.total + 1 < count:
        between, behind = parts[2 * field.total + 2], parts[2 * field.total + 4]
        if between.strip() in ("(", ",(", ", (") and behind.lstrip()[:1] == "%":
            return field._replace(percent=field.total + 1)
    after = parts[2 * field.place + 2]
    if after[:1] in ("K", "k") and not after[1:2].isalpha():
        return field._replace(scale=1000.0)
    return field
