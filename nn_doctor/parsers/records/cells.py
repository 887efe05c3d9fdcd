"""What a JSON value counts as: a number, or something a curve cannot show."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_DURATION = re.compile(r"(?:(\d+) days?, )?(\d+):(\d\d):(\d\d(?:\.\d+)?)")
_LONGEST = 400


def number_of(value: object) -> float | None:
    """The number a value is or, as text, says; None for truth values, null, lists and other text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    if isinstance(value, str) and len(value) <= _LONGEST and _NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
        return number_of(value[0])
    return None


def seconds_of(text: object) -> float | None:
    """Seconds of a duration such as ``0:00:48`` or ``9 days, 21:39:23``."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    days, hours, minutes, seconds = match.groups()
    return int(days or 0) * 86400.0 + int(hours) * 3600.0 + int(minutes) * 60.0 + float(seconds)


def kind_of(value: object) -> str:
    """What a value that is no number is, for notes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, list):
        return "a list"
    return "nested too deeply" if isinstance(value, dict) else "text"


def printable_key(key: str) -> str:
    """A key that can be written as UTF-8: lone surrogates are escaped."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")
