"""Options → doctor.Settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from nn_doctor.doctor import Settings

READING = ("parser", "maps", "objective", "x", "x_from", "x_to", "restarts")
EXPECTATION = ("task", "expect", "classes", "batches_per_epoch", "val_size")


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings the options ask for; raises ConfigError where they contradict each other."""
    from nn_doctor.catalogue.base import Expectation
    from nn_doctor.doctor import Settings

    _check(options)
    given = {name: options[name] for name in READING}
    if "select" in options:
        given |= {name: options[name] for name in ("min_confidence", "gate_confidence", "fail_on")}
        given |= {name: tuple(code for group in options[name] for code in group) for name in ("select", "ignore")}
        given["params"] = dict(options["param"])
        given["expectation"] = Expectation(**{name: options[name] for name in EXPECTATION})
    return Settings(**given)


def _check(options: dict[str, Any]) -> None:
    start, end = options["x_from"], options["x_to"]
    for name, value in (("--from", start), ("--to", end)):
        if value is not None and value != value:
            raise ConfigError(f"{name}: nan is no place on the x axis")
    if start is not None and end is not None and start > end:
        raise ConfigError(f"--from: {start:g} lies beyond --to {end:g}")
    for text in options["maps"]:
        if not text.rpartition("=")[0]:
            raise ConfigError(f"--map: {text!r} has no NAME=METRIC (e.g. --map 'cost=loss/train')")
