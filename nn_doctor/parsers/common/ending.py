"""The last number of a text that ends without a line end: whole, or the beginning of a longer one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH = 3
"""So many numbers written alike show how this one ends."""
FULL_DIGITS = 15
"""What a double can tell: with so many digits, those that are missing do not matter."""
_OPEN = re.compile(r"\d[\d.,]*(?:[eE][+-]?\d*)?$")
_POINT = re.compile(r"[.,]")


def may_go_on(text: str) -> bool:
    """Whether the text ends in a number, which more digits or an exponent may have followed."""
    return bool(_OPEN.search(text[-400:]))


def is_whole(last: str, before: Sequence[str]) -> bool:
    """Whether a number at the end of a file is all of it, by those before it in the same place (newest last).

    It is where all of them have as many decimals as this one, or where it has all the digits of a double; a whole
    number says nothing of its end.
    """
    endings = {_ending(number) for number in before}
    if len(before) >= ENOUGH and len(endings) == 1 and _ending(last) in endings - {""}:
        return True
    digits = re.sub(r"\D", "", last).lstrip("0")
    if len(digits) < FULL_DIGITS or any("e" in number.lower() for number in (last, *before)):
        return False
    found, others = parse_number(last), [abs(value) for number in before if (value := parse_number(number)) is not None]
    return found is not None and abs(found) <= max(others, default=0.0)  # 9.99 may be the beginning of 9.99e-05


def _ending(number: str) -> str:
    """How a number ends: its decimals and its exponent, all digits made 0; "" for a whole number."""
    point = _POINT.search(number)
    return re.sub(r"\d", "0", number[point.start() :]) if point else ""
