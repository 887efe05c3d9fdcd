"""What a rule is, and what it is given to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from nn_doctor.errors import ConfigError, InsufficientData

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nn_doctor.report.model import Evidence, Severity, Span
    from nn_doctor.series.model import Objective, Run, Series

    P = ParamSpec("P")
T = TypeVar("T")
LARGEST = 1e9
"""A ratio to nothing is measured as this: what a rule measured is always a number."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named limit of a rule: its default, unit, allowed range, and the reason for the default."""

    name: str
    default: float
    unit: str
    low: float
    high: float
    reason: str

    def checked(self, value: float) -> float:
        """``value`` if the threshold may be set to it; raises ConfigError."""
        if not self.low <= value <= self.high:
            why = f"{value:g} is outside {self.low:g} to {self.high:g}"
            raise ConfigError(f"{why} (unit: {self.unit}; default {self.default:g}: {self.reason})")
        return float(value)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule fired. ``score`` in [0, 1] is the rule's own belief, before any calibration.

    ``severity`` overrides the rule's first (default) severity; ``measured`` are the numbers held against
    the thresholds.
    """

    score: float
    summary: str
    evidence: tuple[Evidence, ...]
    causes: tuple[str, ...]
    fixes: tuple[str, ...]
    series: tuple[Series, ...]
    span: Span | None = None
    severity: Severity | None = None
    measured: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clear:
    """A rule looked and found nothing: why, and the numbers it saw."""

    reason: str
    measured: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the user says of the run: see ``nn-doctor analyze --help`` for each option."""

    task: str = "auto"
    expect: str = "normal"
    classes: int | None = None
    batches_per_epoch: int | None = None
    val_size: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One diagnosis: its identity, what it needs, how it stands to others, and its check.

    ``severities`` lists the default first. ``needs`` says in words what the log must hold; which part of it a
    log lacks is said by the InsufficientData of the check.
    ``yields_to``: codes whose firing makes this rule's finding "covered by".
    ``explained_by``: codes that, when they fired, are the root of this finding (``because_of``).
    ``judges`` is "objective" for rules that are not applicable to runs whose loss is not a supervised
    training curve (GAN, reinforcement learning), "log" for rules that look at the log or at single values.
    ``by_degree``: every run shows a little of it, so that the second opinion may doubt it on runs that look healthy.
    """

    code: str
    slug: str
    severities: tuple[Severity, ...]
    needs: str
    check: Callable[[Context], Finding | Clear]
    thresholds: tuple[Threshold, ...] = ()
    yields_to: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()
    judges: str = "objective"
    live: bool = False
    by_degree: bool = False


@dataclass(frozen=True)
class Context:
    """A run as a rule sees it: series, params, thresholds and expectation, nothing else."""

    run: Run
    expectation: Expectation = field(default_factory=Expectation)
    limits: Mapping[str, float] = field(default_factory=dict)
    _memo: dict[object, Any] = field(default_factory=dict, repr=False)

    @property
    def objective(self) -> Objective:
        """The curves that judge the run."""
        return self.run.objective

    @property
    def train(self) -> Series:
        """The train objective, a quantity to be minimised; raises InsufficientData if there is none."""
        series = self.objective.train
        if series is None or series.goal != "min":
            raise InsufficientData("no train loss in the log (--map 'NAME=loss/train' names one)")
        return series

    @property
    def val(self) -> Series:
        """The validation objective, a quantity to be minimised; raises InsufficientData if there is none."""
        series = self.objective.val
        if series is None or series.goal != "min":
            raise InsufficientData("no validation loss in the log (--map 'NAME=loss/val' names one)")
        return series

    @property
    def learning_curve(self) -> Series:
        """The train loss, or validation's where no train loss is logged; raises InsufficientData without both."""
        return self.val if self.objective.train is None and self.objective.val is not None else self.train

    @property
    def learning_rate(self) -> Series | None:
        """The learning rate as logged (the first of several parameter groups), or None."""
        return next((s for s in self.run.series if s.metric == "learning_rate"), None)

    def limit(self, threshold: Threshold) -> float:
        """The value in force of a threshold."""
        return self.limits.get(threshold.name, threshold.default)

    def of(self, analyzer: Callable[..., T], *series: Series, **params: Any) -> T:
        """``analyzer(x, y, [x2, y2 …], **params)`` on the finite points of the series, computed once a run.

        An InsufficientData it raises passes through and makes the calling rule not applicable.
        """
        key = (analyzer, tuple(s.id for s in series), tuple(sorted(params.items())))
        if key not in self._memo:
            arrays = [array for s in series for array in s.finite]
            self._memo[key] = analyzer(*arrays, **params)
        result: T = self._memo[key]
        return result
