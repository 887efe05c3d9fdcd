"""A labelled log, and where labelled logs come from: the laboratory and, where present, logs of other people."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.lab.base import HEALTHY, NOTES, Configuration, Family, all_families
from benchmarks.lab.dialects import write
from benchmarks.lab.store import Stored, load
from benchmarks.overfitguard import model_of

OVERFITTING = ("overfitting", "severe-overfitting")


@dataclass(frozen=True)
class Case:
    """One log with what an expert would say of it. ``group``: cases that are repeats of one another.

    ``part`` is tuning, judging or held-out. ``options`` are keywords of ``nn_doctor.diagnose``.
    """

    id: str
    path: Path
    corpus: str
    part: str
    group: str
    first: frozenset[str]
    accepted: frozenset[str]
    blunders: frozenset[str]
    label: str
    options: dict[str, object] = field(default_factory=dict)

    @property
    def healthy(self) -> bool:
        return self.first == {HEALTHY}


def half(name: str) -> str:
    """Tuning or judging, by a fixed hash of the name of a repository or model."""
    return "judging" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tuning"


def laboratory(folder: Path) -> Iterator[Case]:
    """Every stored log of the laboratory, written into ``folder`` in its dialect."""
    for family, configuration, run in _stored():
        path = write(configuration, run.seed, run.records, folder)
        yield _case(family, configuration, run.seed, path)


def thinned(folder: Path) -> Iterator[Case]:
    """The same as if every second record had never been logged: what a rule fitted to its logs stumbles over."""
    for family, configuration, run in _stored():
        path = write(configuration, run.seed, every_second(run.records), folder)
        case = _case(family, configuration, run.seed, path)
        yield replace(case, id=f"thinned/{case.id}", group=f"thinned/{case.group}", corpus="thinned")


def every_second(records: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Every second record among those that hold the same names, from the first on."""
    seen: Counter[frozenset[str]] = Counter()
    kept = []
    for record in records:
        names = frozenset(record)
        if seen[names] % 2 == 0:
            kept.append(record)
        seen[names] += 1
    return kept


def _stored() -> Iterator[tuple[Family, Configuration, Stored]]:
    for family in all_families().values():
        configurations = {c.name: c for c in family.configurations}
        for run in load(family.name):
            if run.configuration in configurations:
                yield family, configurations[run.configuration], run


def _case(family: Family, c: Configuration, seed: int, path: Path) -> Case:
    options = c.options | ({"params": c.params} if c.params else {})
    return Case(f"{family.name}/{c.name}/{seed}", path, "laboratory", family.part, f"{family.name}/{c.name}",
                frozenset(c.first), c.accepted, c.blunders, c.first[0], options)  # fmt: skip


def wild(folder: Path) -> Iterator[Case]:
    """Logs of other people with an expert's labels, but for those the expert himself calls debatable."""
    with (folder / "manifest.csv").open() as stream:
        repository = {row["id"]: row["repo"] for row in csv.DictReader(stream)}
    for line in (folder / "labels.jsonl").read_text().splitlines():
        label = json.loads(line)
        if label["certainty"] == "debatable":
            continue
        first = frozenset(label["expect_any"])
        accepted = first | frozenset(label["also_ok"]) | frozenset(NOTES)
        blunders = frozenset(label["must_not"]) - accepted
        owner = repository[label["id"]]
        yield Case(label["id"], folder / label["file"], "wild", half(owner), owner, first, accepted, blunders,
                   label["expect_any"][0])  # fmt: skip


def overfitguard(folder: Path) -> Iterator[Case]:
    """The labelled histories of Li et al. 2024: overfit or not, nothing else is known of them."""
    for name, first in (("overfit", OVERFITTING), ("non_overfit", (HEALTHY,))):
        for path in sorted((folder / name).glob("*.json")):
            model, ill = model_of(path), name == "overfit"
            accepted = frozenset((*first, *NOTES))
            yield Case(f"{name}/{path.stem}", path, "overfitguard", half(model), model, frozenset(first), accepted,
                       frozenset(() if ill else OVERFITTING), "overfitting" if ill else HEALTHY)  # fmt: skip


def algoperf(folder: Path) -> Iterator[Case]:
    """Submissions to the AlgoPerf competition: no labels, so only the rate of alarms means something."""
    for path in sorted(folder.glob("*/measurements.csv")):
        name = path.parent.name
        yield Case(name, path, "algoperf", half(name), name, frozenset(), frozenset(NOTES), frozenset(), "unknown")
