"""What a value in the file must be: each check returns the value as Settings holds it, or raises ConfigError.

A check's message lacks the WHERE, which the caller puts in front.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nn_doctor.config import choices
from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Check = Callable[[Any], Any]


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for a misspelt word, or a list of what there is."""
    import difflib

    names = list(known)
    near = difflib.get_close_matches(str(word)[:60].lower(), names, n=1)
    return f" (did you mean '{near[0]}'?)" if near else f" (there are: {', '.join(names)})"


def _kind(value: Any) -> str:
    names = {bool: "true or false", str: "text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")


def _demand(value: Any, kinds: tuple[type, ...], wanted: str) -> None:
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise ConfigError(f"{wanted} is wanted, not {_kind(value)}")


def text(value: Any) -> str:
    """Any text but the empty one."""
    _demand(value, (str,), "text")
    if not value:
        raise ConfigError("the text is empty (leave the key out)")
    return str(value)


def number(value: Any) -> float:
    """A finite number."""
    _demand(value, (int, float), "a number")
    if not math.isfinite(value):
        raise ConfigError(f"{value} is no finite number")
    return float(value)


def share(value: Any) -> float:
    """A number from 0 to 1."""
    found = number(value)
    if not 0 <= found <= 1:
        raise ConfigError(f"{found:g} is outside 0 to 1")
    return found


def whole(least: int) -> Check:
    """A check for whole numbers from ``least`` on."""

    def check(value: Any) -> int:
        _demand(value, (int,), "a whole number")
        if value < least:
            raise ConfigError(f"{value} is less than {least}")
        return int(value)

    return check


def choice(words: tuple[str, ...]) -> Check:
    """A check for one of a few words."""

    def check(value: Any) -> str:
        _demand(value, (str,), "text")
        if value not in words:
            raise ConfigError(f"'{value}' is none of its words{nearest(value, words)}")
        return str(value)

    return check


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    _demand(value, (list,), "a list of texts")
    return tuple(map(text, value))


def codes(value: Any) -> tuple[str, ...]:
    """A list of codes, prefixes of codes, or slugs."""
    from nn_doctor.catalogue import pages

    return tuple(map(pages.resolve, texts(value)))


def severities(value: Any) -> dict[str, str]:
    """A table of code or slug → severity."""
    from nn_doctor.catalogue import pages

    _demand(value, (dict,), "a table")
    found = {}
    for word, severity in value.items():
        code = pages.find(word) or pages.resolve(word)
        if pages.find(code) is None:
            raise ConfigError(f"'{word}' names several diagnoses (give one code)")
        try:
            found[code] = choice(choices.SEVERITIES)(severity)
        except ConfigError as error:
            raise ConfigError(f"{word}: {error}") from error
    return found


def thresholds(value: Any) -> dict[str, float]:
    """A table of threshold → number; ``nd202.rise = 0.3`` is a table in a table to TOML."""
    from nn_doctor.catalogue.registry import all_rules

    _demand(value, (dict,), "a table")
    known = {threshold.name: threshold for rule in all_rules() for threshold in rule.thresholds}
    found = {}
    for name, one in _flat(value):
        if name not in known:
            raise ConfigError(f"{name}: no such threshold{_near_threshold(name, known)}")
        try:
            found[name] = known[name].checked(number(one))
        except ConfigError as error:
            raise ConfigError(f"{name}: {error}") from error
    return found


def _near_threshold(name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name[:60].lower(), known, n=1)
    return f" (did you mean '{near[0]}'?)" if near else " (nn-doctor config --thresholds lists them)"


def _flat(table: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def maps(value: Any) -> tuple[str, ...]:
    """A table of column name → what it is, as ``NAME=METRIC`` texts."""
    from nn_doctor.series.build import parse_maps

    _demand(value, (dict,), "a table")
    found = []
    for name, metric in value.items():
        _demand(metric, (str,), f"{name}: text")
        found.append(f"{name}={metric}")
    parse_maps(found, [])
    return tuple(found)


def params(value: Any) -> dict[str, object]:
    """A table of hyper-parameter → number, text, true or false."""
    _demand(value, (dict,), "a table")
    for name, one in value.items():
        _demand(one, (bool, int, float, str), f"{name}: a number, text, true or false")
    return dict(value)


def form(value: Any) -> str:
    """The name of a report format."""
    from nn_doctor.reporters.registry import known

    return known(text(value))


def reports(value: Any) -> tuple[tuple[str, str], ...]:
    """A list of FORMAT:FILE texts."""
    found = []
    for one in texts(value):
        name, colon, file = one.partition(":")
        if not (colon and file) or file == "-":
            raise ConfigError(f"'{one}' is not FORMAT:FILE (e.g. 'sarif:report.sarif')")
        found.append((form(name), file))
    return tuple(found)
