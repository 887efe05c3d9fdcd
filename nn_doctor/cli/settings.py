"""Options and configuration → Settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from nn_doctor.config.load import Config
    from nn_doctor.config.resolve import Resolved
    from nn_doctor.doctor import Settings

FIELDS = {"param": "params"}
"""Options whose name is not that of the field of Settings, Expectation or the report."""
GROUPED = ("select", "ignore")


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings that options and configuration ask for; raises ConfigError where they contradict each other."""
    return resolved(options).settings


def resolved(options: dict[str, Any], compared: bool = True) -> Resolved:
    """Settings, what concerns reports, and origins; the report of before is read only if ``compared``."""
    from nn_doctor.config.load import Config
    from nn_doctor.config.resolve import resolve
    from nn_doctor.gate import load_known

    _check(options)
    config: Config = options.get("config") or Config()
    result = resolve(_by_field(options), _given(options), config)
    _check_order(result.settings)
    known = result.report["known"] if compared and "known" in options else None
    if known is None:
        return result
    return replace(result, settings=replace(result.settings, known=load_known(known)))


def _by_field(options: dict[str, Any]) -> dict[str, Any]:
    """The options as Settings holds them."""
    values = {FIELDS.get(name, name): value for name, value in options.items()}
    for name in GROUPED:
        if name in values:
            values[name] = tuple(code for group in values[name] for code in group)
    if "params" in values:
        values["params"] = dict(values["params"])
    return values


def _given(options: dict[str, Any]) -> frozenset[str]:
    """The fields whose option the user wrote."""
    context = click.get_current_context(silent=True)
    if context is None:
        return frozenset(FIELDS.get(name, name) for name in options)
    default = (click.core.ParameterSource.DEFAULT, click.core.ParameterSource.DEFAULT_MAP)
    written = (name for name in options if context.get_parameter_source(name) not in default)
    return frozenset(FIELDS.get(name, name) for name in written)


def _check(options: dict[str, Any]) -> None:
    for name, value in (("--from", options["x_from"]), ("--to", options["x_to"])):
        if value is not None and value != value:
            raise ConfigError(f"{name}: nan is no place on the x axis")
    for text in options["maps"]:
        if not text.rpartition("=")[0]:
            raise ConfigError(f"--map: {text!r} has no NAME=METRIC (e.g. --map 'cost=loss/train')")


def _check_order(settings: Settings) -> None:
    start, end = settings.x_from, settings.x_to
    if start is not None and end is not None and start > end:
        raise ConfigError(f"--from: {start:g} lies beyond --to {end:g}")
