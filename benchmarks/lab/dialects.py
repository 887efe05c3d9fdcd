"""The stored records as the logs that tools write: each function gives the text of a file, or writes a folder."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

from benchmarks import lab
from benchmarks.lab.base import Configuration

sys.path.insert(0, str(Path(__file__).parents[2] / "sample_logs" / "make"))

import dialects as tables
import prints

Records = list[dict[str, float]]


def step_or_epoch_csv(records: Records) -> str:
    """A plain table of everything, with the columns step and epoch where the records have them."""
    names = list(dict.fromkeys(name for record in records for name in record))
    lines = [",".join(names)]
    lines += [",".join("" if (v := record.get(name)) is None else f"{v:.6g}" for name in names) for record in records]
    return "\n".join(lines) + "\n"


def function(name: str) -> Callable[[Records], str]:
    """The dialect of that name: here, in a module ``dialects_*`` beside this one, or among those of the samples.

    Raises KeyError if there is none.
    """
    for module in (sys.modules[__name__], *_families(), tables, prints):
        if hasattr(module, name):
            found: Callable[[Records], str] = getattr(module, name)
            return found
    raise KeyError(name)


@cache
def _families() -> tuple[ModuleType, ...]:
    names = [found.name for found in pkgutil.iter_modules(lab.__path__) if found.name.startswith("dialects_")]
    return tuple(importlib.import_module(f"{lab.__name__}.{name}") for name in names)


SUFFIXES = {"csv": ".csv", "json": ".json", "tsv": ".tsv", "lines": ".jsonl", "state": ".json", "history": ".json"}


def write(configuration: Configuration, seed: int, records: Records, folder: Path) -> Path:
    """Write the log of a stored training as its configuration's dialect; the path to give to nn-doctor."""
    suffix = next((s for word, s in SUFFIXES.items() if word in configuration.dialect), ".log")
    tagged = "-tag-train_loss" if configuration.dialect == "tensorboard_tag_csv" else ""
    path = folder / f"{'run-' if tagged else ''}{configuration.name}_{seed}{tagged}{suffix}"
    path.write_text(function(configuration.dialect)(records))
    return path
