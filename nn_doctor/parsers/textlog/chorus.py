"""Several voices in one text: the same step told by every rank is one point, several trials are several runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.parsers.textlog.assemble import Assembler
from nn_doctor.parsers.textlog.select import records_of
from nn_doctor.parsers.textlog.voices import RUNS, TRIAL, Ear, is_numbered, may_speak, voices_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARED = 0.5
"""Share of what the other voices print that more than one voice must print for the same step."""
FEWEST_SHARED = 2
FEWEST_VOICES = 2
NAMED = 5
"""Names told in a note."""
_TUNED = ("Trial name", "Number of trials", "Result for ")
SAME = 1e-9
"""Relative difference below which ranks agree."""

Record = dict[str, float]
Point = tuple[str, tuple[float | None, ...], int]
"""A name, the x it was printed for, and how often the voice had printed it for that x before."""
_X = ("epoch", "step", "batch", "batches")


@dataclass(slots=True)
class Voice:
    """What one rank or trial printed."""

    name: str
    reader: Assembler = field(default_factory=Assembler)
    own: set[int] = field(default_factory=set)
    """Lines that bear its name; those that bear none are read with every voice."""
    records: list[Record] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    averaged: set[str] = field(default_factory=set)
    whole: bool = True

    def settle(self, x: str | None) -> None:
        """End the reading."""
        self.whole = self.reader.finish()
        self.records, self.lines, self.averaged = records_of(self.reader, x)

    def points(self) -> Iterator[tuple[int, list[Point]]]:
        """The points of every record, with its index."""
        seen: Counter[tuple[str, tuple[float | None, ...]]] = Counter()
        for index, record in enumerate(self.records):
            x = tuple(record.get(name) for name in _X)
            points = []
            for name in record:
                if name not in _X:
                    points.append((name, x, seen[name, x]))
                    seen[name, x] += 1
            yield index, points

    def told(self, own: bool) -> set[Point]:
        """Every point, or those of the voice's own lines."""
        return {p for index, points in self.points() if not own or self.lines[index] in self.own for p in points}


@dataclass(slots=True)
class Chorus:
    """The voices of a text; none where one alone printed everything."""

    kind: str = ""
    voices: list[Voice] = field(default_factory=list)
    runs: bool = False
    """Whether each voice is a run of its own."""
    ear: Ear | None = None
    """What takes the heads off the lines of a text that one voice printed; None where there are none."""

    def title(self, voice: Voice) -> str:
        """The name of the run of a voice."""
        return voice.name if self.kind == TRIAL else f"{_title(self.kind)} {voice.name}"

    def note(self, differing: set[str]) -> str:
        """What was done, in words."""
        names = f"{_title(self.kind)} {self.voices[0].name} to {self.voices[-1].name}"
        if not differing:
            return f"{len(self.voices)} processes print the same numbers for the same steps: taken once ({names})"
        told = ", ".join(f"'{name}'" for name in sorted(differing)[:NAMED])
        return f"{len(self.voices)} processes print the same steps: their mean is read ({names}; they differ in {told})"


def chorus_of(text: str, lines: Iterable[tuple[int, str]], x: str | None) -> Chorus:
    """The voices in a text, each with its records; without voices where one alone prints or they share no steps."""
    physical = text.split("\n")
    numbered = is_numbered(physical)
    if not numbered and not may_speak(text):
        return Chorus()
    kind, names, ear = voices_in((part for line in physical for part in line.split("\r")), numbered)
    alone = Chorus(ear=ear)
    if not kind:
        return alone
    tuned = kind.startswith("pid") and "orker" not in kind and any(word in text for word in _TUNED)
    found = Chorus(kind, [Voice(name) for name in names], kind in RUNS or tuned)
    _listen(found, lines, Ear(numbered))
    for voice in found.voices:
        voice.settle(x)
    found.voices = [v for v in found.voices if v.records and (found.runs or not v.own.isdisjoint(v.lines))]
    return found if _together(found) else alone


def _listen(chorus: Chorus, lines: Iterable[tuple[int, str]], ear: Ear) -> None:
    """Feed every line to the voice that printed it; one that nobody owns to all, unless they are runs of their own."""
    by_name = {voice.name: voice for voice in chorus.voices}
    for number, line in lines:
        said = ear.heard(line)
        if said.kind == chorus.kind:
            voice = by_name.get(said.voice)
            if voice is not None:
                voice.own.add(number)
                voice.reader.feed(number, said.text)
        elif not (chorus.runs and said.kind):
            text = said.text if said.at_start else line
            for voice in chorus.voices:
                voice.reader.feed(number, text)


def _together(chorus: Chorus) -> bool:
    """Whether the voices print the same things for the same steps: then they are to be told apart, else not."""
    if len(chorus.voices) < FEWEST_VOICES:
        return False
    told = [voice.told(own=not chorus.runs) for voice in chorus.voices]
    if chorus.runs:
        return all(sum(any(v is not None for v in x) for _, x, _ in each) >= FEWEST_SHARED for each in told)
    counts = Counter(point for each in told for point in each)
    main = max(told, key=len)
    others: set[Point] = set().union(*(each for each in told if each is not main))
    shared = sum(counts[point] > 1 for point in others)
    return shared >= FEWEST_SHARED and shared >= SHARED * len(others)


def merged(chorus: Chorus) -> tuple[list[Record], list[int], set[str]]:
    """Records with the mean over the voices for every point, their lines, and the names in which voices differ."""
    values: dict[Point, list[float]] = {}
    for voice in chorus.voices:
        for index, points in voice.points():
            for point in points:
                values.setdefault(point, []).append(voice.records[index][point[0]])
    differing: set[str] = set()
    records: list[tuple[int, Record]] = []
    for voice in chorus.voices:
        for index, points in voice.points():
            new = {point[0]: _mean(point[0], values.pop(point), differing) for point in points if point in values}
            if new:
                x = {name: value for name, value in voice.records[index].items() if name in _X}
                records.append((voice.lines[index], x | new))
    records.sort(key=lambda item: item[0])
    return [record for _, record in records], [line for line, _ in records], differing


def _mean(name: str, found: list[float], differing: set[str]) -> float:
    first = found[0]
    if all(value == first or abs(value - first) <= SAME * abs(first) for value in found):
        return first
    differing.add(name)
    return sum(found) / len(found)


def _title(kind: str) -> str:
    """A kind in words: the name of a Ray actor, or the word before the number."""
    return kind.removeprefix("pid").strip() or "process"
