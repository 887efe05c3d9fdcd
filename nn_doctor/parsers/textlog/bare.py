"""Values that stand behind their name without a colon: ``train 0.42 -> valid 0.51``, ``cls 1.908 box 0.3025``."""

from __future__ import annotations

import re

from nn_doctor.parsers.textlog.words import BATCH, DROPPED, EPOCH, STEP, UNITS, split_of

_CLOCK_UNIT = re.compile(r"(?:ms|s|sec|min)\b")
_EVEN = re.compile(r"[\s|,;:/\u00b7-]{0,8}[\s|,;]([A-Za-z_][\w./@-]{0,60})\s{1,4}")
_ENDS = re.compile(r"\W{0,8}")
_NEXT = re.compile(r"\s{0,4}(?:$|[|,;/>-]|\()")
_COUNTS = EPOCH | STEP | BATCH
FEWEST = 2
"""Pairs of a name and a value that make a line even."""


def with_colons(parts: list[str]) -> list[str]:
    """The parts of a line with colons behind the names that stand bare, where the line shows that they are names."""
    bare = _splits(parts) or _pairs(parts)
    if not bare:
        return parts
    return [f"{part.rstrip()}: " if at in bare else part for at, part in enumerate(parts)]


def _splits(parts: list[str]) -> set[int]:
    """Places where only splits are named: ``Epoch 5 train 0.42 -> valid 0.51``, or ``Epoch 5 train 0.42`` alone."""
    bare = {}
    for at in range(0, len(parts) - 1, 2):
        word = parts[at].rsplit(maxsplit=1)[-1:] if parts[at].endswith(" ") else []
        if word and "." in parts[at + 1] and split_of(word[0]) and not _CLOCK_UNIT.match(parts[at + 2].lstrip()):
            bare[at] = split_of(word[0])
    if len(set(bare.values())) > 1:
        return set(bare)
    return {at for at in bare if at and _is_lone(parts, at)}


def _is_lone(parts: list[str], at: int) -> bool:
    """Whether a split is all that stands between what counts and a value."""
    counted = split_of(parts[at].strip(" \t|,;:>)]-")) and _counts(parts[0])
    return bool(counted and at in (2, 4) and _NEXT.match(parts[at + 2]))


def _counts(text: str) -> bool:
    words = text.lower().split()
    return bool(words) and words[-1].strip("[(:#=") in _COUNTS


def _pairs(parts: list[str]) -> set[int]:
    """Places of the names in a line that is nothing but a count and pairs of a name and a value."""
    first = 4 if len(parts) > 4 and parts[2].strip() == "/" else 2
    if not _counts(parts[0]) or not _ENDS.fullmatch(parts[-1]):
        return set()
    found = [_EVEN.fullmatch(gap) for gap in parts[first:-1:2]]
    names = [match.group(1).lower() for match in found if match]
    if len(names) < max(FEWEST, len(found)) or any(_says_nothing(name) for name in names):
        return set()
    decimal = all(not value.isdigit() for value in parts[first + 1 :: 2])
    return set(range(first, len(parts) - 1, 2)) if decimal else set()


def _says_nothing(name: str) -> bool:
    return name in DROPPED or name in UNITS or name in _COUNTS
