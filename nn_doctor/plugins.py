"""Parsers, rules and reporters of other packages: entry points, loaded when the configuration names them.

A package declares, in the group ``nn_doctor.parsers``, an object that is a ``parsers.base.Parser``; in
``nn_doctor.rules`` a module that is made like one of ``nn_doctor.catalogue`` (its docstring is the page, ``RULE`` the
rule); in ``nn_doctor.reporters`` a function ``render(report) -> str``, whose name becomes the name of the format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nn_doctor.catalogue import registry as rules
from nn_doctor.parsers import registry as parsers
from nn_doctor.reporters import registry as reporters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_loaded: list[str] = []


def _parser(name: str, thing: Any) -> None:
    parsers.add(thing)


def _rule(name: str, thing: Any) -> None:
    rules.add(thing)


def _reporter(name: str, thing: Any) -> None:
    reporters.add(name, thing)


_GROUPS: dict[str, Callable[[str, Any], None]] = {
    "nn_doctor.parsers": _parser,
    "nn_doctor.rules": _rule,
    "nn_doctor.reporters": _reporter,
}


def load(names: Iterable[str]) -> list[str]:
    """Load the entry points of these names, each once; returns a warning for each that is not there or fails."""
    return [warning for name in names if name not in _loaded for warning in _load(name)]


def loaded() -> tuple[str, ...]:
    """The names given to ``load`` so far, for worker processes."""
    return tuple(_loaded)


def _load(name: str) -> list[str]:
    from importlib.metadata import entry_points

    _loaded.append(name)
    found = [(point, group) for group in _GROUPS for point in entry_points(group=group, name=name)]
    if not found:
        return [f"plug-in '{name}': no installed package declares it"]
    warnings = []
    for point, group in found:
        try:
            _GROUPS[group](name, point.load())
        except Exception as error:  # a stranger's code may raise anything; the others must still be loaded
            warnings.append(f"plug-in '{name}' ({point.value}): not loaded: {type(error).__name__}: {error}")
    return warnings
