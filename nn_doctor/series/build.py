"""Recording → runs: names understood, restarts told apart, axes chosen, the objective found."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from nn_doctor.errors import ConfigError
from nn_doctor.series import objective as objectives
from nn_doctor.series.axes import epoch_from_name
from nn_doctor.series.channel import Note
from nn_doctor.series.clock import Clock, clock_of
from nn_doctor.series.exponents import exponents
from nn_doctor.series.hyperparameters import without
from nn_doctor.series.model import Run, Series
from nn_doctor.series.neighbours import meanings
from nn_doctor.series.restarts import split_restarts
from nn_doctor.series.roles import MEASURED, Meaning, meaning_of
from nn_doctor.series.sets import trained_on
from nn_doctor.series.within import parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nn_doctor.series.channel import Channel, FloatArray, Recording
    from nn_doctor.series.model import Axis, Goal, Role
    from nn_doctor.series.model import Split as SplitName

IGNORE = "-"
SHARES = frozenset({"dropout", "momentum", "teacher_forcing"})
"""Schedules between 0 and 1."""
HIGHEST_RATE = 100.0
"""No learning rate is as high: a rate of samples is ("Rate=2270")."""
MAX_SERIES = 10_000
"""More series than this in one run are cut, with a Note."""


@dataclass(frozen=True, slots=True)
class SeriesOptions:
    """What the user said about names and axes: --map, --objective, --restarts, --from/--to, --batches-per-epoch."""

    maps: tuple[str, ...] = ()
    objective: str | None = None
    restarts: str = "auto"
    x_from: float | None = None
    x_to: float | None = None
    batches_per_epoch: int | None = None
    params: dict[str, object] = field(default_factory=dict)


def runs_of(recording: Recording, source: str, name: str, parser: str, options: SeriesOptions) -> list[Run]:
    """Every run in a recording; the second and later ones are named ``name#2``, ``name#3`` and so on."""
    everything = [epoch_from_name(c) for c in recording.channels if c.y.size]
    names = [c.name for c in everything[:MAX_SERIES]]
    maps = parse_maps(options.maps, names)
    channels = [c for c in everything[:MAX_SERIES] if maps.get(c.name) is not None or c.name not in maps]
    told = (*recording.notes, *_cut(len(everything)), *_without_effect(options.maps, names))
    splits = split_restarts(channels, options.restarts)
    runs = []
    for number, split in enumerate(splits, start=1):
        own = name if number == 1 else f"{name}#{number}"
        clock = clock_of(split.channels, options.batches_per_epoch)
        series = _series(split.channels, {k: v for k, v in maps.items() if v is not None}, clock, options)
        chosen, made = objectives.choose(series, options.objective)
        runs.append(
            Run(
                id=f"{source}#{own}",
                source=source,
                name=own,
                parser=parser,
                series=(*series, *made),
                clock=clock,
                objective=chosen,
                params={**without(recording.params, options.params), **options.params},
                notes=_unique((*told, *split.notes)),
                restarts=split.restarts,
            )
        )
    return runs


def _cut(count: int) -> list[Note]:
    return [Note(f"{count} series: those after the first {MAX_SERIES} are left out")] if count > MAX_SERIES else []


def _without_effect(maps: Sequence[str], names: Sequence[str]) -> list[Note]:
    """A Note for each --map that fits no name: likely a slip of the pen, unless it was meant for other logs."""
    unused = [text for text in maps if not any(_fits(name, text.rpartition("=")[0]) for name in names)]
    return [Note(f"--map '{text}': no series of this name") for text in unused]


def _unique(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes))


def _series(
    channels: Sequence[Channel], maps: dict[str, Meaning], clock: Clock, options: SeriesOptions
) -> tuple[Series, ...]:
    known = meanings([c.name for c in channels], maps)
    known = exponents(channels, trained_on(channels, known)) | maps
    channels = parted(channels, known)
    axis = _common_axis(channels, known, clock)
    made = [_one(i, c, known[c.name], axis, clock) for i, c in enumerate(channels, start=1)]
    cut = [_between(s, options.x_from, options.x_to) for s in made]
    return tuple(s for s in cut if len(s))


def _plausible(meaning: Meaning, y: FloatArray) -> Meaning:
    """The meaning, unless the values cannot be that: a dropout above 1 is the name of a run or of a set.

    A penalty that never changes is the setting of one.
    """
    if meaning.metric == "penalty" and bool(np.all(y == y[0])):
        why = "a setting, for a penalty changes with the weights"
        return replace(meaning, metric="loss_weight", goal="none", role="schedule", term=None, why=why)
    if meaning.metric == "learning_rate" and np.count_nonzero(y > HIGHEST_RATE) > y.size / 2:
        return replace(meaning, metric="unknown", role="unknown", why="no learning rate, which stays far below")
    if meaning.metric not in SHARES or meaning.role not in ("schedule", "internal") or not np.any(y > 1):
        return meaning
    return replace(meaning, metric="unknown", role="unknown", why=f"no {meaning.metric}, whose values stay below 1")


def _one(number: int, channel: Channel, meaning: Meaning, axis: Axis, clock: Clock) -> Series:
    meaning = _plausible(meaning, channel.y)
    x, own_axis = _x_on(channel, axis, clock)
    averaged = channel.averaged_over
    if averaged is None and meaning.averaged and meaning.split == "train":
        averaged = "epoch"
    return Series(
        id=f"s{number}",
        name=channel.name,
        metric=meaning.metric,
        split=meaning.split,
        goal=meaning.goal,
        role=meaning.role,
        x=x,
        y=channel.y,
        axis=own_axis,
        term=meaning.term,
        step=channel.step,
        epoch=channel.epoch,
        time=channel.time,
        line=channel.line,
        averaged_over=averaged,
        why=meaning.why,
        counted_by=channel.counted_by,
    )


def _common_axis(channels: Sequence[Channel], known: dict[str, Meaning], clock: Clock) -> Axis:
    """The axis the curves that matter share: epochs where each point is its own epoch, else steps."""
    judged = [c for c in channels if known[c.name].role in MEASURED] or list(channels)
    judged = [c for c in judged if c.y.size > 1] or judged
    with_epoch = [c for c in judged if c.epoch is not None]
    with_step = [c for c in judged if c.step is not None]
    if len(with_epoch) == len(judged) and all(_distinct(c.epoch) for c in judged):
        return "epoch"
    if len(with_step) == len(judged):
        return "step"
    if len(with_epoch) == len(judged):
        return "epoch" if _mostly_distinct(judged, known) else "row"
    if clock.step.size > 1:
        return "step" if len(with_step) >= len(with_epoch) else "epoch"
    if with_step or with_epoch:
        return "step" if len(with_step) >= len(with_epoch) else "epoch"
    return "row"


def _distinct(x: FloatArray | None) -> bool:
    return x is not None and (x.size < 2 or bool(np.all(x[1:] > x[:-1])))


def _mostly_distinct(channels: Sequence[Channel], known: dict[str, Meaning]) -> bool:
    """Whether the longest curve (of training, if any) has its own epoch at most points, so that epochs can order it."""
    longest = max(channels, key=lambda c: (_trains(known[c.name]), c.y.size))
    assert longest.epoch is not None  # noqa: S101 - the caller saw to it
    return bool(np.mean(longest.epoch[1:] > longest.epoch[:-1]) > 0.5)


def _trains(meaning: Meaning) -> bool:
    return meaning.split == "train" and meaning.role in {"objective", "term"}


def _x_on(channel: Channel, axis: Axis, clock: Clock) -> tuple[FloatArray, Axis]:
    """The x of a channel on the wanted axis, converted by the clock, else on the axis it has."""
    if axis == "row":
        return np.arange(channel.y.size, dtype=np.float64), "row"
    own = channel.step if axis == "step" else channel.epoch
    if own is not None:
        return own, axis
    other = channel.epoch if axis == "step" else channel.step
    if other is not None and clock.step.size > 1:
        return (clock.to_step(other) if axis == "step" else clock.to_epoch(other)), axis
    if other is not None:
        return other, ("epoch" if axis == "step" else "step")
    if channel.time is not None:
        return channel.time, "time"
    return np.arange(channel.y.size, dtype=np.float64), "row"


def _between(series: Series, low: float | None, high: float | None) -> Series:
    if low is None and high is None:
        return series
    keep = (series.x >= (-np.inf if low is None else low)) & (series.x <= (np.inf if high is None else high))

    def pick(array: FloatArray | None) -> FloatArray | None:
        return None if array is None else array[keep]

    line = None if series.line is None else series.line[keep]
    step, epoch, time = (pick(array) for array in (series.step, series.epoch, series.time))
    return replace(series, x=series.x[keep], y=series.y[keep], step=step, epoch=epoch, time=time, line=line)


def parse_maps(maps: Sequence[str], names: Sequence[str]) -> dict[str, Meaning | None]:
    """``--map`` texts → meaning by name, None for names to ignore; exact names beat globs. Raises ConfigError."""
    result: dict[str, Meaning | None] = {}
    parsed = [_parse_map(text) for text in maps]
    for exact in (False, True):
        for pattern, meaning in parsed:
            for name in names:
                if name == pattern if exact else _fits(name, pattern):
                    result[name] = meaning
    return result


def _fits(name: str, pattern: str) -> bool:
    """Whether a name is meant: the very name, or a glob (a name with brackets is a glob that it does not fit)."""
    return name == pattern or fnmatch.fnmatchcase(name, pattern)


def _parse_map(text: str) -> tuple[str, Meaning | None]:
    """``NAME=METRIC[:min|max][/SPLIT[/TERM]]``, split at the last "="."""
    name, equals, wanted = text.rpartition("=")
    if not equals or not name or not wanted:
        raise ConfigError(f"--map '{text}': write NAME=METRIC[:min|max][/SPLIT[/TERM]], or NAME=- to ignore it")
    if wanted == IGNORE:
        return name, None
    metric, _, rest = wanted.partition("/")
    split, _, term = rest.partition("/")
    metric, _, goal = metric.partition(":")
    if split not in {"", "train", "val", "test", "none"} or goal not in {"", "min", "max"}:
        raise ConfigError(f"--map '{text}': the split is train, val, test or none, the direction min or max")
    return name, _mapped(metric, cast("Goal", goal) or None, cast("SplitName", split) or None, term)


def _mapped(metric: str, goal: Goal | None, split: SplitName | None, term: str) -> Meaning:
    known = meaning_of(metric)
    role: Role = known.role if known.role != "unknown" else ("metric" if goal else "unknown")
    if role == "objective" and term:
        role = "term"
    side = split or (known.split if known.split != "none" else "train")
    return Meaning(
        known.metric if known.metric != "unknown" else metric,
        side,
        goal or known.goal,
        role,
        term or known.term,
        why="as --map says",
    )
