"""A configuration of a training with its labels, and a family of them."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache

from benchmarks.lab import families as _families

HEALTHY = "healthy"
NOTES = (
    "too-short",
    "resumed-log",
    "still-improving",
    "saturated-early",
    "validation-better-than-training",
    "epoch-steps",
)
"""Slugs that are no alarm on any run."""

SERIOUS = frozenset({
    "not-learning", "diverging", "non-finite-loss", "severe-overfitting", "overfitting", "underfitting", "loss-jump",
    "frozen-metric", "learning-rate-too-high", "learning-rate-too-low", "unshuffled-data", "slow-start",
    "wrong-initial-loss", "exploding-gradients", "vanishing-gradients", "dead-units", "activation-collapse",
    "clipping-saturated", "regularisation-dominates", "update-ratio",
})  # fmt: skip
"""To say one of these of a run that has it neither first nor also is a blunder, unless ``excused`` says otherwise."""


@dataclass(frozen=True)
class Configuration:
    """One training to repeat with several seeds.

    ``args`` go to the script's ``train(seed, **args)``. ``fault`` tells in words what was injected ("" if nothing).
    ``first``: slugs an expert would accept as the first diagnosis, or ("healthy",). ``also``: others that are true.
    ``excused``: neither true nor a blunder. ``kind``: of a healthy run, the frightening thing it shows.
    ``dialect`` names a function of ``dialects``; ``options`` are keywords of ``nn_doctor.diagnose`` (classes, task …)
    that the user of such a run would give.
    """

    name: str
    args: dict[str, object]
    first: tuple[str, ...]
    also: tuple[str, ...] = ()
    fault: str = ""
    kind: str = ""
    excused: tuple[str, ...] = ()
    dialect: str = "step_or_epoch_csv"
    options: dict[str, object] = field(default_factory=dict)
    params: dict[str, object] = field(default_factory=dict)
    seeds: int = 4

    @property
    def healthy(self) -> bool:
        return self.first == (HEALTHY,)

    @property
    def accepted(self) -> frozenset[str]:
        """Slugs that are no false alarm here."""
        return frozenset((*self.first, *self.also, *NOTES))

    @property
    def blunders(self) -> frozenset[str]:
        """Slugs that would be a blunder here."""
        return SERIOUS - self.accepted - frozenset(self.excused)


@dataclass(frozen=True)
class Family:
    """Configurations of one data set, model and script. ``part``: tuning, judging or held-out.

    ``unmet``: of the tuning part, but no limit of a rule was chosen by it, so that rules stand before it as before a
    stranger's log.
    "unlabelled" families are not scored: nobody has looked at their pictures yet.
    """

    name: str
    script: str
    data: str
    model: str
    part: str
    configurations: tuple[Configuration, ...]
    unmet: bool = False

    def train(self, configuration: Configuration, seed: int) -> list[dict[str, float]]:
        """The records of one training (needs the dependency group ``lab``)."""
        script = importlib.import_module(f"benchmarks.lab.scripts.{self.script}")
        records: list[dict[str, float]] = script.train(seed, **configuration.args)
        return records


@cache
def all_families() -> dict[str, Family]:
    """Every family by name, without importing PyTorch."""
    names = [found.name for found in pkgutil.iter_modules(_families.__path__)]
    found = [importlib.import_module(f"{_families.__name__}.{name}").FAMILY for name in names]
    return {family.name: family for family in found}
