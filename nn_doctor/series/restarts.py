"""Telling a resumed run from a second run in the same file, by x going back and the level of the loss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from nn_doctor.series.channel import Channel, Note
from nn_doctor.series.pieces import concatenate, in_order, take
from nn_doctor.series.roles import meaning_of

if TYPE_CHECKING:
    from nn_doctor.series.channel import BoolArray, FloatArray, IntArray

Kind = Literal["new run", "continued", "resumed", "interleaved"]
INTERLEAVED_BACKS = 8
"""This many backward steps, each undone at once, are writers alternating, not restarts."""
INTERLEAVED_SHARE = 0.05
MAX_WRITERS = 8
MAX_RESTARTS = 1000
"""An x that goes back more often than this counts neither steps nor epochs."""
FEW_BACKS = 20
WANDERS = 0.5
"""An x that falls more often than this share of the times it rises, and not to one place, may count nothing."""
NEAR_START = 0.5
"""A loss that returns past this share of the way back to its first level has started anew."""


@dataclass(frozen=True, slots=True)
class Restart:
    """x went back from ``x_before`` to ``x_after`` (in the units of ``axis``) at ``line`` of the file."""

    kind: Kind
    axis: str
    x_before: float
    x_after: float
    line: int | None
    overlap: int = 0


@dataclass(frozen=True, eq=False)
class Split:
    """One run's worth of channels, and what was found on the way."""

    channels: list[Channel]
    restarts: tuple[Restart, ...]
    notes: tuple[Note, ...]


def split_restarts(channels: list[Channel], mode: str = "auto") -> list[Split]:
    """Channels of one file → one Split a run, each with x never going back.

    ``mode`` is "auto", "split" (every return to the first x is a new run) or "join" (none is).
    """
    master = _master(channels)
    if master is None:
        return [Split([in_order(c) for c in channels], (), ())]
    x, axis = _axis(master)
    backs = np.flatnonzero(x[1:] < x[:-1]) + 1
    if backs.size == 0:
        return [Split([in_order(c) for c in channels], (), ())]
    wanders = _wanders(x, backs)
    if _is_interleaved(x, backs) and not wanders:
        return _by_writer(channels, master, x, axis)
    if (backs.size > MAX_RESTARTS or wanders) and mode == "auto":
        note = Note(f"{axis} goes back {backs.size} times: it counts nothing, the order of the log does")
        return [Split([replace(c, step=None, epoch=None) for c in channels], (), (note,))]
    return _by_restart(channels, master, x, axis, backs, mode)


def _master(channels: list[Channel]) -> Channel | None:
    """The channel whose x tells restarts: the longest loss that has a step or an epoch, else the longest."""
    able = [c for c in channels if c.step is not None or c.epoch is not None]
    losses = [c for c in able if meaning_of(c.name).metric == "loss"]
    return max(losses or able, key=lambda c: c.y.size, default=None)


def _axis(channel: Channel) -> tuple[FloatArray, str]:
    if channel.step is not None:
        return channel.step, "step"
    assert channel.epoch is not None  # noqa: S101 - _master demands one of the two
    return channel.epoch, "epoch"


def _is_interleaved(x: FloatArray, backs: IntArray) -> bool:
    """Many returns, most of them small and undone at once: several processes wrote to one file."""
    if backs.size < INTERLEAVED_BACKS or backs.size < INTERLEAVED_SHARE * x.size:
        return False
    return bool(np.median(x[backs]) > np.quantile(x, 0.1) and np.median(np.diff(backs, prepend=0)) <= MAX_WRITERS)


def _wanders(x: FloatArray, backs: IntArray) -> bool:
    """Whether x goes down about as often as up, to ever other places, and is no count of several writers either."""
    rises = np.count_nonzero(x[1:] > x[:-1])
    if backs.size <= FEW_BACKS or backs.size <= WANDERS * rises or np.unique(x[backs]).size == 1:
        return False
    owner = _owners(x)
    return any(bool(np.any(np.diff(x[owner == writer]) < 0)) for writer in range(MAX_WRITERS))


def _by_writer(channels: list[Channel], master: Channel, x: FloatArray, axis: str) -> list[Split]:
    """Deal rows out to writers: each row goes to the writer whose last x is the nearest not above it."""
    owner = _owners(x)
    sizes = np.bincount(owner)
    order = np.argsort(-sizes, kind="stable")
    first_back = int(np.flatnonzero(np.diff(x) < 0)[0]) + 1
    restart = Restart("interleaved", axis, float(x[first_back - 1]), float(x[first_back]), _line(master, first_back))
    note = Note(f"{axis}s of {sizes.size} writers alternate in this file: told apart as separate runs", restart.line)
    result = []
    for writer in order:
        keep = owner == writer
        picked = [in_order(take(c, keep if c.y.size == x.size else _nearest(c, master, keep))) for c in channels]
        result.append(Split([c for c in picked if c.y.size], (restart,), (note,)))
    return result


def _owners(x: FloatArray) -> IntArray:
    """The writer of each row, (n,); never more than MAX_WRITERS."""
    last: list[float] = []
    owner = np.zeros(x.size, dtype=np.int64)
    for row, value in enumerate(x.tolist()):
        fitting = [w for w, seen in enumerate(last) if seen <= value]
        if fitting:
            owner[row] = max(fitting, key=lambda w: last[w])
        elif len(last) < MAX_WRITERS:
            last.append(value)
            owner[row] = len(last) - 1
        else:
            owner[row] = int(np.argmin(last))
        last[owner[row]] = value
    return owner


def _nearest(channel: Channel, master: Channel, keep: BoolArray) -> BoolArray:
    """Points of a sparser channel that stand in the same lines as the master's kept points."""
    if channel.line is None or master.line is None:
        return np.zeros(channel.y.size, dtype=bool)
    at = np.searchsorted(master.line, channel.line, side="right") - 1
    return np.asarray(keep[np.clip(at, 0, keep.size - 1)])


def _by_restart(
    channels: list[Channel], master: Channel, x: FloatArray, axis: str, backs: IntArray, mode: str
) -> list[Split]:
    """Cut at each return, then join the pieces that continue or resume the piece before."""
    runs: list[list[Channel]] = []
    found: list[list[Restart]] = []
    pieces = _pieces(channels, master, backs)
    for index, piece in enumerate(pieces):
        restart = _classify(master, x, axis, backs, index, mode) if index else None
        if restart is None or restart.kind == "new run":
            runs.append(piece)
            found.append([] if restart is None else [restart])
            continue
        runs[-1], overlap = _joined(runs[-1], piece, restart)
        found[-1].append(replace(restart, overlap=overlap))
    return [
        Split([in_order(c) for c in run], tuple(restarts), tuple(_note(r) for r in restarts))
        for run, restarts in zip(runs, found, strict=True)
    ]


def _pieces(channels: list[Channel], master: Channel, backs: IntArray) -> list[list[Channel]]:
    """The channels cut at the master's returns: by line where known, else at their own returns."""
    pieces: list[list[Channel]] = [[] for _ in range(backs.size + 1)]
    for channel in channels:
        number = _piece_numbers(channel, master, backs)
        for index in range(backs.size + 1):
            keep = number == index
            if keep.any():
                pieces[index].append(take(channel, keep))
    return [piece for piece in pieces if piece]


def _piece_numbers(channel: Channel, master: Channel, backs: IntArray) -> IntArray:
    if channel is master:
        return np.searchsorted(backs, np.arange(channel.y.size), side="right")
    for mine, theirs in ((channel.line, master.line), (channel.time, master.time)):
        if mine is not None and theirs is not None:
            return np.searchsorted(theirs[backs], mine, side="right")
    own, _ = _axis(channel) if channel.step is not None or channel.epoch is not None else (channel.y * 0, "")
    count: IntArray = np.cumsum(np.diff(own, prepend=own[:1]) < 0)
    return np.minimum(count, backs.size)


def _classify(master: Channel, x: FloatArray, axis: str, backs: IntArray, index: int, mode: str) -> Restart:
    """What the return before piece ``index`` is: a new run, a continuation, or a resume."""
    at = int(backs[index - 1])
    start = int(backs[index - 2]) if index > 1 else 0
    before, after = float(x[at - 1]), float(x[at])
    to_first = after <= x[0] + (x[1] - x[0] if x.size > 1 and x[1] > x[0] else 0)
    kind: Kind = "resumed"
    if to_first and mode != "join":
        kind = "new run" if mode == "split" or _starts_anew(master.y, start, at, backs, index) else "continued"
    elif to_first:
        kind = "continued"
    return Restart(kind, axis, before, after, _line(master, at))


def _starts_anew(y: FloatArray, start: int, at: int, backs: IntArray, index: int) -> bool:
    """Whether the loss is back near its first level rather than near where the piece before ended."""
    end = int(backs[index]) if index < backs.size else y.size
    few = max(1, min(5, (at - start) // 4, (end - at) // 4))
    first, last, now = (_level(y[s : s + few]) for s in (start, at - few, at))
    if not all(map(np.isfinite, (first, last, now))) or first == last:
        return True
    return bool(abs((now - last) / (first - last)) > NEAR_START)


def _level(y: FloatArray) -> float:
    finite = y[np.isfinite(y)]
    return float(np.median(finite)) if finite.size else float("nan")


def _joined(run: list[Channel], piece: list[Channel], restart: Restart) -> tuple[list[Channel], int]:
    """The run with a piece put behind it: shifted if it counts from the start again, else the newer record wins."""
    by_name = {c.name: c for c in run}
    shift = _end(run, restart.axis) - restart.x_after + 1 if restart.kind == "continued" else 0.0
    overlap = 0
    for new in piece:
        shifted = _shift(new, restart.axis, shift, by_name.get(new.name))
        old = by_name.get(new.name)
        if old is None:
            by_name[new.name] = shifted
            continue
        kept, lost = (old, 0) if restart.kind == "continued" else _before(old, shifted, restart.axis)
        overlap = max(overlap, lost)
        by_name[new.name] = concatenate(kept, shifted)
    if restart.kind == "resumed":  # a series that ended in the discarded stretch loses that part too
        by_name = {name: _cut_stale(c, piece, restart) for name, c in by_name.items()}
    return list(by_name.values()), overlap


def _end(run: list[Channel], axis: str) -> float:
    """The last x of a run so far, earlier shifts included."""
    return max(float(getattr(c, axis)[-1]) for c in run if getattr(c, axis) is not None and c.y.size)


def _cut_stale(channel: Channel, piece: list[Channel], restart: Restart) -> Channel:
    if any(new.name == channel.name for new in piece):
        return channel
    x = getattr(channel, restart.axis)
    return channel if x is None else take(channel, x < restart.x_after)


def _shift(channel: Channel, axis: str, shift: float, before: Channel | None) -> Channel:
    """Move the axis that started again; the other one moves on from where it stood if it went back too."""
    if shift == 0:
        return channel
    moved = {}
    for name in ("step", "epoch"):
        x = getattr(channel, name)
        if x is None:
            continue
        done = None if before is None else getattr(before, name)
        if name == axis:
            moved[name] = x + shift
        elif done is not None and done.size and x.size and x[0] < done[-1]:  # a resumed run may have cut it all away
            moved[name] = x + (done[-1] - x[0] + 1)
    return replace(channel, **moved)


def _before(old: Channel, new: Channel, axis: str) -> tuple[Channel, int]:
    """The old points before the new ones begin, and how many were dropped."""
    old_x, new_x = getattr(old, axis), getattr(new, axis)
    if old_x is None or new_x is None:
        return old, 0
    keep = old_x < new_x[0]
    return take(old, keep), int((~keep).sum())


def _line(channel: Channel, index: int) -> int | None:
    return None if channel.line is None else int(channel.line[index])


def _note(restart: Restart) -> Note:
    text = f"{restart.axis} goes back from {restart.x_before:g} to {restart.x_after:g}: "
    endings = {
        "new run": "the loss is back at its first level, so a new run begins here",
        "continued": "counted from the start again, but the loss goes on where it was: joined, with x moved on",
        "resumed": f"resumed from an earlier point: the newer record wins, {restart.overlap} older points dropped",
        "interleaved": "several writers alternate",
    }
    return Note(text + endings[restart.kind], restart.line)
