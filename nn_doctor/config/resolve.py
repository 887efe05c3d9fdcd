"""The command line over the settings by path, over the file, over the defaults; and where each value came from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from nn_doctor.catalogue.base import Expectation
from nn_doctor.config.keys import KEYS
from nn_doctor.settings import MERGED, Override, Settings, merged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.config.load import Config

_OF_REPORT: dict[str, Any] = {"form": "terminal", "reports": (), "known": None, "jobs": 1}
DEFAULT, COMMAND_LINE = "default", "command line"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Settings in force, what concerns reports by field, and the origin of each field's value."""

    settings: Settings
    report: dict[str, Any]
    origins: dict[str, str]


def resolve(options: Mapping[str, Any], given: frozenset[str], config: Config) -> Resolved:
    """Lay the options of the command line over a configuration.

    ``options`` are values by field, defaults included; ``given`` are the fields that the user wrote.
    """
    values, origins = {}, {}
    for key in KEYS:
        field = key.field
        value, origin = options.get(field, default_of(field)), DEFAULT
        below = config.values.get(field)
        if field in config.values and field not in given:
            value, origin = below, config.file
        elif field in given:
            origin = COMMAND_LINE
            if below is not None and field in MERGED:
                value, origin = merged(field, below, value), f"{COMMAND_LINE}, {config.file}"
        values[field], origins[field] = value, origin
    report = {key.field: values[key.field] for key in KEYS if key.of_report}
    own = {key.field: values[key.field] for key in KEYS if not key.of_report}
    settings = Settings(overrides=_overrides(options, given, config)).changed(own)
    return Resolved(settings, report, origins)


def default_of(field: str) -> Any:
    """The default of a field of Settings, Expectation or the report."""
    if field in _OF_REPORT:
        return _OF_REPORT[field]
    home: Any = Settings() if field in {f.name for f in fields(Settings)} else Expectation()
    return getattr(home, field)


def _overrides(options: Mapping[str, Any], given: frozenset[str], config: Config) -> tuple[Override, ...]:
    """The settings by path without what the command line says otherwise."""
    found = []
    for override in config.overrides:
        changes = {field: value for field, value in override.values.items() if field in MERGED or field not in given}
        for field in MERGED & changes.keys() & given:
            changes[field] = merged(field, changes[field], options[field])
        found.append(Override(override.paths, config.folder, changes))
    return tuple(found)
