"""Files of hyper-parameters beside a log: ``hparams.yaml``, ``args.json``, ``config.yaml`` and their like."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from nn_doctor.series.channel import Note

STEMS = (
    "hparams", "hyperparameters", "hyperparams", "params", "args", "training_args", "train_args", "opt", "hyp",
    "config", "train_config", "run_config",
)  # fmt: skip
SUFFIXES = (".yaml", ".yml", ".json")
LARGEST = 1 << 20
MOST = 500
SHOWN = 3
DEEPEST = 8
UNTOLD = "<a tagged node>"  # of YAML, never constructed


def params_beside(log: Path) -> tuple[dict[str, object], list[Note]]:
    """Hyper-parameters from the files beside a log, and a Note for each file read or not understood.

    Only where the folder holds no second log of the same kind: whose settings they were could not be told.
    Nothing is ever executed: YAML goes through a safe loader, nodes with a tag of their own are skipped.
    """
    params: dict[str, object] = {}
    notes: list[Note] = []
    try:
        files = [p for p in _settings_files(log.parent) if p != log and p.is_file()]
        if not files or log.stem.lower() in STEMS or (_has_fellows(log, files) and not log.name.startswith("events.")):
            return params, notes
    except OSError:
        return params, notes
    for path in sorted(files, key=lambda p: STEMS.index(p.stem.lower()), reverse=True):
        found, note = settings_in(path, "beside the log")
        params.update(found)
        notes.append(note)
    return params, notes


def _settings_files(folder: Path) -> tuple[Path, ...]:
    """What is named like settings in a folder, which is listed once for all the logs in it."""
    if type(folder) is not type(Path()):  # in an archive
        return _named_settings(folder)
    return _listed(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _listed(folder: Path, changed: int) -> tuple[Path, ...]:
    return _named_settings(folder)


def _named_settings(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(p for p in folder.iterdir() if p.stem.lower() in STEMS and p.suffix.lower() in SUFFIXES))


def _has_fellows(log: Path, files: list[Path]) -> bool:
    """Whether the folder holds another file of the log's kind."""
    alike = (p for p in log.parent.iterdir() if p.suffix.lower() == log.suffix.lower())
    return any(p != log and p not in files and p.is_file() for p in alike)


def settings_in(path: Path, where: str) -> tuple[dict[str, object], Note]:
    """The settings in a YAML or JSON file, and a Note that says what was read or not understood."""
    found, problem = _read(path)
    untold = [name for name, value in found.items() if value == UNTOLD]
    told = {name: value for name, value in found.items() if value != UNTOLD}
    what = f"not understood ({problem})" if problem else f"{len(told)} read as settings"
    what += f", {', '.join(untold[:SHOWN])} left out (a tag of YAML's, never followed)" if untold else ""
    return told, Note(f"{path.name} {where}: {what}")


def _read(path: Path) -> tuple[dict[str, object], str]:
    """The settings of one file, or why there are none."""
    try:
        if path.stat().st_size > LARGEST:
            return {}, "too large for settings"
        text = path.read_text("utf-8-sig")
        document = json.loads(text) if path.suffix.lower() == ".json" else yaml_in(text)
    except (OSError, ValueError, RecursionError) as error:
        return {}, str(error).splitlines()[0][:80] if str(error) else type(error).__name__
    if not isinstance(document, dict):
        return {}, "no names with values"
    return flat_settings(document), ""


def flat_settings(document: dict[Any, Any]) -> dict[str, object]:
    """The scalars of a nested object, their names joined with "."; at most MOST of them."""
    found: dict[str, object] = {}
    _flatten(document, "", found)
    return found


def yaml_in(text: str) -> Any:
    """The document; raises ValueError where it is none."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Safe, and blind to tags."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: UNTOLD)
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _flatten(node: dict[Any, Any], prefix: str, found: dict[str, object], depth: int = 0) -> None:
    """Scalars of nested objects under names joined with "."; at most MOST of them."""
    for key, value in node.items():
        name = f"{prefix}{key}"[:200]
        if isinstance(value, dict) and depth < DEEPEST:
            if set(value) <= {"value", "desc"} and "value" in value:  # as W&B writes its config.yaml
                value = value["value"]
            else:
                _flatten(value, f"{name}.", found, depth + 1)
                continue
        if isinstance(value, bool | int | float | str) and len(found) < MOST:
            found[name] = value
