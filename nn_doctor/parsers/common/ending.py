"""The last number of a text that ends without a line end: whole, or the beginning of a longer one."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH = 3
"""So many numbers written alike show how this one ends."""
LEAP = 5.0
"""A count that grows by less than this factor from one to the next has no digit left to come: that makes it ten."""
FULL_DIGITS = 15
"""What a double can tell: with so many digits, those that are missing do not matter."""
_OPEN = re.compile(r"\d[\d.,]*(?:[eE][+-]?\d*)?$")
_POINT = re.compile(r"[.,]")


def may_go_on(text: str) -> bool:
    """Whether the text ends in a number, which more digits or an exponent may have followed."""
    return bool(_OPEN.search(text[-400:]))


def is_whole(last: str, before: Sequence[str]) -> bool:
    """Whether a number at the end of a file is all of it, by those before it in the same place (newest last).

    It is where it has the most decimals that any of them has, or all the digits of a double, or where it goes on a
    count that one more digit would make leap.
    """
    if any("e" in number.lower() for number in (last, *before)):  # 9.99 may be the beginning of 9.99e-05
        return len(before) >= ENOUGH and {_ending(number) for number in before} == {_ending(last)} != {""}
    decimals = [len(_ending(number)) for number in before]
    most = max(decimals, default=0)
    if len(_ending(last)) == most > 0 and decimals.count(most) >= ENOUGH:
        return True
    values = [value for number in (*before, last) if (value := parse_number(number)) is not None]
    if len(re.sub(r"\D", "", last).lstrip("0")) >= FULL_DIGITS:
        return abs(values[-1]) <= max(map(abs, values[:-1]), default=0.0)
    return most == 0 and _counts(values)


def _counts(values: Sequence[float]) -> bool:
    """Whether whole numbers rise or stand, and never by so much as one more digit would make of the last."""
    pairs = list(itertools.pairwise(values))
    return len(values) > ENOUGH and values[0] > 0 and all(a <= b < LEAP * a for a, b in pairs)


def _ending(number: str) -> str:
    """How a number ends: its decimals and its exponent, all digits made 0; "" for a whole number."""
    point = _POINT.search(number)
    return re.sub(r"\d", "0", number[point.start() :]) if point else ""
