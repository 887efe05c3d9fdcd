"""What the numbers that the trees look at are called, and how they are written, for people who read the evidence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from nn_doctor.catalogue.likeness.phrases import MEASURED, OUTLINE, PAIR
from nn_doctor.catalogue.likeness.rule_phrases import QUANTITIES, QUANTITY, RULES, TERMS

if TYPE_CHECKING:
    from nn_doctor.catalogue.likeness.phrases import Kind, Phrases

CURVES = {
    "train": "the train loss",
    "validation": "the validation loss",
    "metric": "the train metric",
    "validation metric": "the validation metric",
    "learning rate": "the learning rate",
    "gradient norm": "the gradient norm",
}
PAIRS = {
    "loss, train and validation": ("the train loss", "the validation loss"),
    "metric, train and validation": ("the train metric", "the validation metric"),
}
METRIC = " (lower taken as better)"
AS_LOGGED = frozenset({"logged", "to be maximised", "by epoch", "not finite", "distinct values"})
"""What is the same of a metric and of its negative, which the portrait is of where higher is better."""
NUMBERED = re.compile(r"(part|stretch|third) (\d+)")
THIRDS = {"1": "first", "2": "second", "3": "last"}
ANALYZER = re.compile(r" \(\w+\)$")
VERDICT = re.compile(r"(ND\d{3}) (fired|score)")
IN_QUARTERS = "(leap)"
"""What comes of this analyzer is in quarters of the units of the curve, lest differences of huge values overflow."""
FAR, TEN, BIG, TINY = 1000.0, 10.0, 1e6, 5e-6
"""Multiples from ``FAR`` on are all alike; shares from ``TEN`` on are told as multiples."""
DIGITS = (2, 3, 4)


class Phrase(NamedTuple):
    """A name in words, what kind of number it is, and in what units (1, or 4 of numbers in quarters)."""

    text: str
    kind: Kind
    unit: float = 1.0


def sentence(name: str, value: float, low: float, high: float) -> str:
    """The number ``name`` of a run beside the range ``low`` to ``high`` of nine healthy runs in ten."""
    text, kind, unit = called(name)
    for digits in DIGITS:
        own, least, most = written((unit * value, unit * low, unit * high), kind, digits)
        if own not in {least, most}:
            break
    usual = least if least == most else f"{least.removesuffix(' times')} to {most}"
    return f"{text}: {own} (nine of ten healthy runs: {usual})"


def called(name: str) -> Phrase:
    """The phrase for a name, or the name itself without what only its makers understand."""
    return phrase(name) or _unknown(name)


def phrase(name: str) -> Phrase | None:
    """The phrase for a name, None where there is none."""
    if verdict := VERDICT.fullmatch(name):
        code, what = verdict.groups()
        return Phrase(f"whether {code} fired", "whether") if what == "fired" else Phrase(f"score of {code}", "share")
    if name in _whole():
        return _whole()[name]
    of, _, what = name.partition(": ")
    return _of_curve(of, what) or _of_pair(of, what) or _of_quantity(of, what)


def written(values: tuple[float, ...], kind: Kind, digits: int = DIGITS[0]) -> tuple[str, ...]:
    """Numbers of one kind with their unit, to so many significant digits before decimal places are cut."""
    if kind == "share" and max(abs(value) for value in values) >= TEN:
        kind = "times"
    return tuple(_written(value, kind, digits) for value in values)


def _written(value: float, kind: Kind, digits: int) -> str:
    if kind == "whether":
        return "yes" if value else "no"
    if kind == "share":
        return f"{_rounded(100 * value, digits)}%"
    if kind == "times" and abs(value) >= FAR:
        return f"{FAR:g} times or more" if value > 0 else f"-{FAR:g} times or less"
    return f"{_rounded(value, digits)} times" if kind == "times" else _rounded(value, digits)


def _rounded(value: float, digits: int) -> str:
    """Without an exponent but for huge numbers; whole numbers keep their digits."""
    if abs(value) < TINY or not abs(value) < BIG:
        return "0" if abs(value) < TINY else f"{value:.{digits}g}"
    if abs(value) < 1:
        return f"{float(f'{value:.{digits}g}'):.10f}".rstrip("0").rstrip(".")
    places = max(0, digits - len(str(int(abs(value)))))
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def _of_curve(of: str, what: str) -> Phrase | None:
    number = NUMBERED.search(what)
    found = _curve().get(NUMBERED.sub(r"\1 #", what))
    if of not in CURVES or found is None:
        return None
    told = number[2] if number else ""
    text = found.text.replace("#", THIRDS[told] if number and number[1] == "third" else told).format(CURVES[of])
    turned = METRIC if "metric" in of and what not in AS_LOGGED else ""
    return Phrase(text + turned, found.kind, 4.0 if what.endswith(IN_QUARTERS) else 1.0)


def _of_pair(of: str, what: str) -> Phrase | None:
    found = _pair().get(what)
    if of not in PAIRS or found is None:
        return None
    train, val = PAIRS[of]
    return found._replace(text=found.text.format(train=train, val=val) + (METRIC if "metric" in of else ""))


def _of_quantity(of: str, what: str) -> Phrase | None:
    found = _quantity().get(what)
    return found and found._replace(text=found.text.format(QUANTITIES.get(of) or "the " + of.replace("_", " ")))


def _unknown(name: str) -> Phrase:
    of, _, what = name.rpartition(": ")
    said = ANALYZER.sub("", what).replace("_", " ")
    return Phrase(f"{said} of {CURVES.get(of, of)}" if of else said, "size")


def _flat(*tables: Phrases) -> dict[str, Phrase]:
    return {
        name: Phrase(text, kind)
        for table in tables
        for kind, phrases in table.items()
        for name, text in phrases.items()
    }


@cache
def _whole() -> dict[str, Phrase]:
    return _flat(RULES, TERMS)


@cache
def _curve() -> dict[str, Phrase]:
    return _flat(OUTLINE, MEASURED)


@cache
def _pair() -> dict[str, Phrase]:
    return _flat(PAIR)


@cache
def _quantity() -> dict[str, Phrase]:
    return _flat(QUANTITY)
