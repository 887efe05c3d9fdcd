"""``python -m benchmarks.lab``: train, plot, panel, count."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from benchmarks.lab import panel as anonymous
from benchmarks.lab.base import all_families
from benchmarks.lab.plots import sheets
from benchmarks.lab.store import Stored, load, save


def train(family: str, only: str = "") -> None:
    """Train the configurations whose name contains ``only``, and store them in place of what was stored."""
    chosen = all_families()[family]
    names = {c.name for c in chosen.configurations}
    fresh = [c for c in chosen.configurations if only in c.name]
    kept = [run for run in load(family) if run.configuration in names and only not in run.configuration]
    for configuration in fresh:
        kept += [Stored(configuration.name, s, chosen.train(configuration, s)) for s in range(configuration.seeds)]
        print(configuration.name, flush=True)
    save(family, kept)


def plot(family: str, folder: str, only: str = "") -> None:
    """A picture a configuration."""
    sheets(all_families()[family], Path(folder), only)


def panel(folder: str, part: str, only: str = "") -> None:
    """Anonymous pictures of the configurations of a part whose family/name contains ``only``, and the key to them."""
    families = all_families()
    anonymous.sheets(Path(folder), lambda name: families[name.split("/")[0]].part == part and only in name)


def count() -> None:
    """Configurations and stored runs by first label and part."""
    table: dict[str, Counter[str]] = {}
    for family in all_families().values():
        stored = Counter(run.configuration for run in load(family.name))
        for configuration in family.configurations:
            row = table.setdefault(configuration.first[0], Counter())
            row[f"{family.part} configurations"] += 1
            row[f"{family.part} runs"] += stored[configuration.name]
    for label, row in sorted(table.items()):
        print(f"{label:34}", ", ".join(f"{n} {what}" for what, n in sorted(row.items())))


if __name__ == "__main__":
    {"train": train, "plot": plot, "panel": panel, "count": count}[sys.argv[1]](*sys.argv[2:])
