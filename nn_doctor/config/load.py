"""Finding the file, reading it, checking every key. Everything wrong is a ConfigError that names file and key."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nn_doctor.config import checks
from nn_doctor.config.keys import BY_NAME, OVERRIDES, PATHS, PLUGINS
from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OWN, SHARED = "nn-doctor.toml", "pyproject.toml"
TABLE = ("tool", "nn-doctor")
MAX_BYTES = 1 << 20
"""A larger file is no configuration."""


@dataclass(frozen=True, slots=True)
class ByPath:
    """One of the ``overrides``: patterns, and values by field."""

    paths: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file, checked: ``values`` by field, ``folder`` what its paths are relative to.

    ``file`` is how it is named in messages; ``warnings`` tell of plug-ins that could not be loaded.
    """

    file: str = ""
    folder: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    overrides: tuple[ByPath, ...] = ()
    warnings: tuple[str, ...] = ()


def find(start: Path | None = None) -> Config:
    """The configuration in force in a folder (the current one by default): the nearest file upwards, or none."""
    try:
        folder = (start or Path.cwd()).resolve()
    except OSError:  # the current folder has been removed
        return Config()
    for here in (folder, *folder.parents):
        for name in (OWN, SHARED):
            path = here / name
            there = os.path.isfile(path)  # noqa: PTH113 - never raises, whatever may not be searched
            if there and (document := _document(path, named=False)) is not None:
                return _checked(path, document)
    return Config()


def load(file: str) -> Config:
    """The configuration in a file the user named: a pyproject.toml with its table, or keys at the top."""
    path = Path(file)
    if not path.is_file():
        raise ConfigError(f"{file}: no such configuration file")
    document = _document(path, named=True)
    if document is None:
        raise ConfigError(f"{file}: has no table [tool.nn-doctor]")
    return _checked(path.resolve(), document, file)


def _document(path: Path, named: bool) -> dict[str, Any] | None:
    """The table of settings in a file; None for a pyproject.toml without one."""
    shared = path.name == SHARED
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: {error.strerror or 'cannot be read'}") from error
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{_shown(path)}: larger than 1 MB: no configuration")
    if shared and not named and b"nn-doctor" not in data:
        return None
    table: Any = _parsed(path, data)
    for part in TABLE if shared else ():
        table = table.get(part) if isinstance(table, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{_shown(path)}: tool.nn-doctor: a table is wanted")
    return table


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{_shown(path)}: not UTF-8 at byte {error.start}") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ConfigError(f"{_shown(path)}: no valid TOML: {error}") from error


def _shown(path: Path) -> str:
    """The path relative to the current folder, where it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)


def _checked(path: Path, table: dict[str, Any], shown: str | None = None) -> Config:
    """Plug-ins first: they may bring codes and formats that other keys name."""
    where = shown or _shown(path)
    warnings: list[str] = []
    if PLUGINS in table:
        from nn_doctor import plugins

        warnings = plugins.load(_check(where, PLUGINS, checks.texts, table[PLUGINS]))
    values = _values(where, "", table, report=True)
    overrides = tuple(_overrides(where, table.get(OVERRIDES, [])))
    folder = path.parent
    if "known" in values:
        values["known"] = str(folder / values["known"])
    if "reports" in values:
        values["reports"] = tuple((name, str(folder / file)) for name, file in values["reports"])
    return Config(where, str(folder), values, overrides, tuple(f"{where}: {text}" for text in warnings))


def _values(where: str, prefix: str, table: dict[str, Any], report: bool) -> dict[str, Any]:
    """The checked values of a table by field; unknown keys are errors that name the nearest."""
    allowed = [name for name, key in BY_NAME.items() if report or not key.of_report]
    extra = (PLUGINS, OVERRIDES) if report else (PATHS,)
    found = {}
    for name, value in table.items():
        if name in extra:
            continue
        if name not in allowed:
            raise ConfigError(f"{where}: {prefix}{name}: no such key{checks.nearest(name, [*allowed, *extra])}")
        found[BY_NAME[name].field] = _check(where, prefix + name, BY_NAME[name].check, value)
    _in_order(where, prefix, found)
    return found


def _in_order(where: str, prefix: str, values: dict[str, Any]) -> None:
    start, end = values.get("x_from"), values.get("x_to")
    if start is not None and end is not None and start > end:
        raise ConfigError(f"{where}: {prefix}from: {start:g} lies beyond to = {end:g}")


def _check(where: str, name: str, check: checks.Check, value: Any) -> Any:
    try:
        return check(value)
    except ConfigError as error:
        raise ConfigError(f"{where}: {name}: {error}") from error


def _overrides(where: str, tables: Any) -> Iterator[ByPath]:
    if not isinstance(tables, list):
        raise ConfigError(f"{where}: {OVERRIDES}: an array of tables is wanted: [[{OVERRIDES}]] in {OWN}")
    for number, table in enumerate(tables):
        prefix = f"{OVERRIDES}[{number}]."
        if not isinstance(table, dict) or not table.get(PATHS):
            raise ConfigError(f"{where}: {prefix}{PATHS}: missing (patterns such as 'runs/gan-*')")
        paths: Iterable[str] = _check(where, prefix + PATHS, checks.texts, table[PATHS])
        yield ByPath(tuple(paths), _values(where, prefix, table, report=False))
