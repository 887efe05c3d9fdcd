"""What a JSON value counts as: a number, or something a curve cannot show."""

from __future__ import annotations

from typing import Any

from nn_doctor.parsers.common.numbers import parse_duration, parse_number

_LONGEST = 400
"""Longer text is no number."""


def number_of(value: object) -> float | None:
    """The number a value is or, as text, says; None for truth values, null, lists and other text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    if isinstance(value, str):
        return parse_number(value) if len(value) <= _LONGEST else None
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
        return number_of(value[0])
    return None


def seconds_of(value: object) -> float | None:
    """Seconds of a duration such as ``0:00:48`` or ``9 days, 21:39:23``, or of a plain number of them."""
    if isinstance(value, str) and len(value) <= _LONGEST:
        seconds = parse_duration(value)
        if seconds is not None:
            return seconds
    return number_of(value)


def kind_of(value: object) -> str:
    """What a value that is no number is, for notes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, list):
        return "a list"
    return "nested too deeply" if isinstance(value, dict) else "text"


def unfolded(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose value stands one level down, moved up: ``{"name": "loss", "data": {"step": 3, "value": 0.5}}``."""
    inner = [value for value in record.values() if isinstance(value, dict)]
    if len(inner) != 1 or "value" not in inner[0]:
        return record
    return {**inner[0], **{key: value for key, value in record.items() if value is not inner[0]}}


def printable_key(key: str) -> str:
    """A key that can be written as UTF-8: lone surrogates are escaped."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")
