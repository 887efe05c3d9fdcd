"""The stored records as the logs that tools write: each function gives the text of a file, or writes a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.lab import (
    dialects_ads,
    dialects_arm,
    dialects_beginners,
    dialects_boosting,
    dialects_boxes,
    dialects_cells,
    dialects_docs,
    dialects_flights,
    dialects_games,
    dialects_loops,
    dialects_molecules,
    dialects_more,
    dialects_music,
    dialects_names,
    dialects_pairs,
    dialects_patches,
    dialects_phones,
    dialects_prices,
    dialects_sales,
    dialects_sensors,
    dialects_sounds,
    dialects_text,
    dialects_trainers,
    dialects_vision,
)
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
    """The dialect of that name: here, or among those of the samples. Raises KeyError if there is none."""
    own = (
        *(sys.modules[__name__], dialects_more, dialects_boosting, dialects_games),
        *(dialects_loops, dialects_vision, dialects_sounds, dialects_text, dialects_docs, dialects_sales),
        *(dialects_patches, dialects_beginners, dialects_trainers, dialects_names, dialects_pairs),
        *(dialects_flights, dialects_music),
        *(dialects_prices, dialects_sensors),
        *(dialects_boxes, dialects_molecules),
        dialects_phones,
        *(dialects_cells, dialects_ads),
        dialects_arm,
    )
    for module in (*own, tables, prints):
        if hasattr(module, name):
            found: Callable[[Records], str] = getattr(module, name)
            return found
    raise KeyError(name)


SUFFIXES = {"csv": ".csv", "json": ".json", "tsv": ".tsv", "lines": ".jsonl", "state": ".json", "history": ".json"}


def write(configuration: Configuration, seed: int, records: Records, folder: Path) -> Path:
    """Write the log of a stored training as its configuration's dialect; the path to give to nn-doctor."""
    suffix = next((s for word, s in SUFFIXES.items() if word in configuration.dialect), ".log")
    tagged = "-tag-train_loss" if configuration.dialect == "tensorboard_tag_csv" else ""
    path = folder / f"{'run-' if tagged else ''}{configuration.name}_{seed}{tagged}{suffix}"
    path.write_text(function(configuration.dialect)(records))
    return path
