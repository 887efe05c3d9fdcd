"""The Python API: the same power as the commands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nn_doctor.catalogue.base import Expectation
from nn_doctor.doctor import Reading, read_runs, report_on
from nn_doctor.errors import ConfigError, ReadError
from nn_doctor.series.axes import channels_of
from nn_doctor.series.build import runs_of
from nn_doctor.series.channel import Recording
from nn_doctor.series.gaps import meant
from nn_doctor.series.model import Run
from nn_doctor.settings import Settings

if TYPE_CHECKING:
    from nn_doctor.report.model import Report
    from nn_doctor.series.table import Table

    Path = str | os.PathLike[str]
    Loggable = Run | Path | Sequence[Run | Path] | Mapping[str, Sequence[float]]


def read(path: Path, settings: Settings | None = None, **options: Any) -> list[Run]:
    """Every run behind a file, folder or glob, in the common series model.

    ``options`` are fields of Settings (``maps``, ``objective``, ``x`` …). Raises ReadError if nothing can be
    read, ConfigError for a wrong option.
    """
    return _read(path, settings_from(settings, options)).runs


def diagnose(what: Any, settings: Settings | None = None, **options: Any) -> Report:
    """Diagnose a path, a Run or several, a mapping of name → values (Keras' ``history.history``), or a DataFrame.

    Returns the Report that ``nn-doctor analyze`` would print; ``report.runs[0].diagnoses`` are ranked.
    ``options`` are fields of Settings and of Expectation (``classes=10``).
    Raises ReadError if nothing can be read, ConfigError for a wrong option.
    """
    chosen = settings_from(settings, options)
    return report_on(_read(what, chosen), chosen)


def settings_from(settings: Settings | None, options: dict[str, Any]) -> Settings:
    """The settings with options laid over them."""
    chosen = settings or Settings()
    options = checked_options(options)
    rest = {name: value for name, value in options.items() if name in Settings.__dataclass_fields__}
    said = {name: value for name, value in options.items() if name not in rest}
    chosen = replace(chosen, **rest)
    return replace(chosen, expectation=replace(chosen.expectation, **said)) if said else chosen


def checked_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options by the names of Settings' and Expectation's fields, lists made tuples; raises ConfigError for others."""
    known = dict.fromkeys([*Settings.__dataclass_fields__, *sorted(Expectation.__dataclass_fields__)])
    unknown = sorted(options.keys() - known.keys())
    if unknown:
        raise ConfigError(f"no option '{unknown[0]}' (there are: {', '.join(known)})")
    return {name: _frozen(value) for name, value in options.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _read(what: Any, settings: Settings) -> Reading:
    if isinstance(what, Run):
        return Reading(runs=[what])
    if isinstance(what, str | os.PathLike):
        return _demand(read_runs([os.fspath(what)], settings))
    if isinstance(what, Mapping) or hasattr(what, "columns"):
        return Reading(runs=_runs_of_columns(what, settings))
    result = Reading()
    for item in what:
        part = _read(item, settings)
        result = Reading(result.runs + part.runs, result.failures + part.failures, result.notes + part.notes)
    return result


def _demand(found: Reading) -> Reading:
    if not found.runs and found.failures:
        raise ReadError(found.failures[0].source, found.failures[0].message)
    return found


def _runs_of_columns(columns: Any, settings: Settings) -> list[Run]:
    channels, notes = channels_of(_table(columns), settings.x)
    if not channels:
        raise ReadError("data", "no numeric column")
    recording = Recording(tuple(channels), notes=tuple(notes))
    return runs_of(recording, "data", "data", "python", settings.series_options())


def _table(columns: Any) -> Table:
    """A table of a mapping or DataFrame; None is an absent cell, text columns are left out.

    A NaN in a list is a value. In a DataFrame it is an absent cell, as pandas means it, but where a column that
    was filled before is NaN from some row to the end: that is a loss that became NaN.
    """
    import numpy as np

    from nn_doctor.series.table import Column, Table

    made, rows = [], 0
    for name in columns:
        values = list(columns[name])
        rows = max(rows, len(values))
        present = [i for i, value in enumerate(values) if value is not None]
        try:
            numbers = np.array([float(values[i]) for i in present])
        except (TypeError, ValueError):
            continue
        if hasattr(columns, "iloc"):
            kept = np.flatnonzero(meant(numbers))
            present, numbers = [present[i] for i in kept], numbers[kept]
        made.append(Column(str(name), np.array(present, dtype=np.int64), numbers))
    return Table(tuple(made), np.arange(1, rows + 1))
