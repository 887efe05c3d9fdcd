"""Settings: everything that changes an answer, and how a part of it differs from path to path."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from nn_doctor import globs
from nn_doctor.catalogue.base import Expectation
from nn_doctor.series.build import SeriesOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.report.model import Severity

MERGED = frozenset({"maps", "params", "limits", "severities"})
"""Fields whose entries are laid over each other by name; the others take each other's place."""


@dataclass(frozen=True, slots=True)
class Override:
    """What is different for logs under some paths: ``changes`` by the names of Settings' and Expectation's fields.

    ``paths`` are patterns (see ``globs.matches``) relative to the folder ``base``.
    """

    paths: tuple[str, ...]
    base: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Settings:
    """Everything that changes an answer; the command line's options by the same names.

    ``live``: the runs are not over yet. ``limits`` are thresholds by name (``nd202.rise``), ``severities`` by code.
    ``known`` maps a run's key and a code to the severity and confidence in a report of before (made by
    ``gate.load_known``). ``overrides`` apply by path, the later over the earlier.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    gate_confidence: float = 0.8
    fail_on: str = "warning"
    parser: str | None = None
    maps: tuple[str, ...] = ()
    objective: str | None = None
    x: str | None = None
    x_from: float | None = None
    x_to: float | None = None
    restarts: str = "auto"
    params: dict[str, object] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    live: bool = False
    known: Mapping[tuple[str, str], tuple[Severity, float]] | None = None
    expectation: Expectation = field(default_factory=Expectation)
    overrides: tuple[Override, ...] = ()

    def at(self, source: str) -> Settings:
        """The settings for one log or run folder: the overrides that match its path laid over these."""
        here = self
        for override in self.overrides:
            if globs.matches(source, override.paths, override.base):
                here = here.changed(override.changes)
        return here

    def changed(self, changes: Mapping[str, Any]) -> Settings:
        """These settings with others laid over them, named as the fields of Settings and of Expectation."""
        own = {f.name for f in fields(Settings)}
        mine = {k: merged(k, getattr(self, k), v) for k, v in changes.items() if k in own}
        said = {k: v for k, v in changes.items() if k not in own}
        if said:
            mine["expectation"] = replace(self.expectation, **said)
        return replace(self, **mine)

    def series_options(self) -> SeriesOptions:
        """What of the settings concerns names and axes."""
        return SeriesOptions(
            maps=self.maps,
            objective=self.objective,
            restarts=self.restarts,
            x_from=self.x_from,
            x_to=self.x_to,
            batches_per_epoch=self.expectation.batches_per_epoch,
            params=self.params,
        )


def merged(name: str, below: Any, above: Any) -> Any:
    """The value of a field where ``above`` is laid over ``below``: entry by entry for the fields of MERGED.

    Of maps those of ``above`` come last: of two patterns that fit a name the last wins.
    """
    if name not in MERGED:
        return above
    if name == "maps":
        over = _pairs(above)
        under = {key: value for key, value in _pairs(below).items() if key not in over}
        return tuple(f"{key}={value}" for key, value in (under | over).items())
    return {**below, **above}


def _pairs(maps: tuple[str, ...]) -> dict[str, str]:
    """NAME → METRIC of ``NAME=METRIC`` texts, split at the last "=" as --map does."""
    return {name: metric for name, _, metric in (text.rpartition("=") for text in maps)}
