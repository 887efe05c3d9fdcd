"""Lines of a form seen before, read by place: which characters of a line are which of its numbers.

Cleaning a line, rewriting it and splitting it at its numbers is most of the work of reading it. What comes out depends
on where digits stand, not on which they are. So the work is done once for each form of line (the line with all digits
made 0), with digits that tell their own place; every other line of that form is only cut at the places found. Digits
that turn out to belong to a name ("top5") must be the same ones. A form for which this does not hold is never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nn_doctor.parsers.textlog import dialects
from nn_doctor.parsers.textlog.clean import plain
from nn_doctor.parsers.textlog.plan import NUMBER

if TYPE_CHECKING:
    from nn_doctor.parsers.textlog.plan import Plan

MOST = 4096
"""Forms remembered."""
PATIENCE = 50
"""Forms learnt before learning waits for uses …"""
PRICE = 5
"""… this many a form: learning one takes as long as reading some lines."""
MOST_DIGITS = 1000
"""Digits of a line that can be told apart by three probes of one digit each."""
_BLIND = str.maketrans("123456789", "0" * 9)
_DIGIT = re.compile("[0-9]")
_BY_VALUE = re.compile(r"it/\d|:::|\.#|\d/\d{1,2}/\d|^\s*[|\u2502]")
"""What is understood by the values of digits (days and months, counts with units), or stands in a table."""


class Form(NamedTuple):
    """What a line of this form means: its plan, where its numbers stand, and the text before the first of them."""

    plan: Plan
    places: tuple[slice, ...]
    lead: str


class Named(NamedTuple):
    """The forms of one blind line by the digits in their names, which stand at ``fixed``."""

    fixed: tuple[int, ...]
    forms: dict[str, Form]


def parts_of(line: str) -> list[str]:
    """A line outside all tables, split at its numbers: text, number, text, number, …, text."""
    text = plain(line)
    return NUMBER.split(dialects.rewritten(text) if _DIGIT.search(text) else text)


@dataclass(slots=True)
class Forms:
    """The forms seen so far. None is put down at first sight, since most forms of prose come once."""

    _known: dict[str, Named | None] = field(default_factory=dict)
    _learned: int = 0
    _used: int = 0

    def of(self, line: str) -> Form | None:
        """The form of a line, if it is known."""
        named = self._known.get(line.translate(_BLIND))
        if named is None:
            return None
        form = named.forms.get("".join([line[i] for i in named.fixed]) if named.fixed else "")
        self._used += form is not None
        return form

    def learn(self, line: str, plan: Plan, parts: list[str]) -> None:
        """Remember what a line was found to mean, if the same was found out about a line of its form before."""
        blind = line.translate(_BLIND)
        if blind not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[blind] = None
            return
        named = self._known[blind]
        wasted = PRICE * (self._learned - PATIENCE) > self._used
        if wasted or (named is not None and not named.forms):  # of no use, or places cannot be told
            return
        self._learned += 1
        found = _places(line, parts)
        if found is None:
            self._known[blind] = Named((), {})
            return
        fixed, places = found
        if named is None or named.fixed != fixed:
            named = self._known[blind] = Named(fixed, {})
        named.forms["".join(line[i] for i in fixed)] = Form(plan, places, parts[0])


def _places(line: str, parts: list[str]) -> tuple[tuple[int, ...], tuple[slice, ...]] | None:
    """Places of the digits within names, and of the numbers; None where places do not tell it all."""
    at = [found.start() for found in _DIGIT.finditer(line)]
    if _BY_VALUE.search(line) or len(at) > MOST_DIGITS or parts_of(line) != parts:
        return None
    probes = []
    for unit in (100, 10, 1):
        probe = list(line)
        for number, place in enumerate(at):
            probe[place] = str(number // unit % 10)
        probes.append(parts_of("".join(probe)))
    blind = [part.translate(_BLIND) for part in parts]
    if any([part.translate(_BLIND) for part in probe] != blind for probe in probes):
        return None
    fixed: list[int] = []
    places: list[slice] = []
    for number, (part, *told) in enumerate(zip(parts, *probes, strict=True)):
        inner = [i for i, c in enumerate(part) if "0" <= c <= "9"]
        numbers = [int("".join(t[i] for t in told)) for i in inner]
        origin = [at[n] if n < len(at) else -1 for n in numbers]
        if number % 2:
            start = origin[0] - inner[0] if inner else line.find(part)  # "nan" is the same wherever it stands
            if start < 0 or line[start : start + len(part)] != part or origin != [start + i for i in inner]:
                return None
            places.append(slice(start, start + len(part)))
        elif any(i < 0 or line[i] != part[j] for i, j in zip(origin, inner, strict=True)):
            return None
        else:
            fixed += origin
    return tuple(fixed), tuple(places)
