"""Who printed a line: launchers put the rank, the process or the trial before what several of them print.

``[1,0]<stdout>:``, ``[default0]:``, ``[rank1]:``, ``(RayTrainWorker pid=12)``, ``GPU 2:``, ``worker-3 |``, ``0:`` of
srun, ``Fold 2 |`` and the blocks that Ray Tune prints for each trial.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nn_doctor.parsers.textlog.trials import TrialBlocks

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = "rank|default|gpu|worker|process|proc|node|device|replica|trainer|client|cuda|host|task|algo|pod|chain"
_RUNS = "fold|trial|seed|run"
_N = r"[ :=_#\-]{0,2}(\d{1,5})"
_HEAD = re.compile(
    r"[\s|]{0,8}(?:"
    r"\[[^\[\]\s]{0,80}?(\d{1,5})(?:,[A-Za-z][\w.\-]{0,40})?\]<std(?:out|err)>:?"
    r"|\[(xla):(\d{1,5})\]"
    r"|\((?:([\w.\-]{1,60}) )?pid=(\d{1,8})(?:, ip=[\w.:]{1,40})?\)"
    rf"|[\[(](?:(?:global|local)[ _])?({_WORDS}|{_RUNS}){_N}(?:\|\d{{1,5}}|/\d{{1,5}})?[\])]:?"
    rf"|(?:\w{{1,30}}[\-_.]){{0,3}}({_WORDS}|{_RUNS}){_N}(?:/\d{{1,5}})?"
    r"(?:\s{0,20}[:|,](?!\d)|\s{1,3}-?(?=\s{0,2}(?:epoch|step|iter|episode|round|batch|train|test|val|loss)))"
    r") ?",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[\s,|(\[](?:\[)?(?:(?:global|local)[ _])?rank[ :=_#]{0,3}(\d{1,5})(?:[\])](?::)?|,|\b(?![.\d%]))"
    r"|\[(?:gpu|worker|process|proc|device|cuda)[ :=_#\-]{0,2}(\d{1,5})\]:?"
    r"|(?: - |\] |INFO:? )(?:gpu|worker|process|proc|node|device)[ :=_#\-]{0,2}(\d{1,5})\s?[:|,](?!\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s{0,6}(\d{1,5}): ")
_PLACED = re.compile(r"\b(?:epoch|step|iter\w{0,7}|round|batch|episode)\W{0,4}\d", re.IGNORECASE)
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}m")
_TOLD_BY = ("ank", "RANK", "pid=", "<std", "GPU", "gpu", "default", "orker", "rocess", "proc", "node", "evice", "lient",
            "cuda", "eplica", "rainer", "fold", "Fold", "FOLD", "rial", "eed ", "host", "algo", "pod", "task",
            "PROC", "Node", "[xla:", "Run: ", "Run 0", "Run 1", "run 0", "run 1", "Chain ")  # fmt: skip
"""A text without any of these has no such heads (those of srun apart)."""
SEARCHED = 200
"""Characters at the start of a line within which a rank is looked for."""
MOST_VOICES = 16
"""Voices read; the mean over this many is as good as that over hundreds."""
FEWEST_LINES = 2
SRUN_SHARE = 0.9
"""Share of the lines that begin with ``0:`` where a launcher numbers them."""
SRUN_SEEN = 3000
SRUN_REPEATS = 3
TRIAL = "trial"
RUNS = (TRIAL, "fold", "seed", "run")
"""Kinds of voices that are runs of their own."""


class Heard(NamedTuple):
    """The kind of voice that printed a line and its number, both "" where nothing says, and the line without them.

    ``at_start`` is False where they stood within the line.
    """

    kind: str
    voice: str
    text: str
    at_start: bool = True


@dataclass(slots=True)
class Ear:
    """Hears whose line it is; feed it the lines in order."""

    numbered: bool = False
    """Whether lines begin with the bare number of their task."""
    results: frozenset[str] = frozenset()
    """Kinds of voices each of which says what it came to, and no more."""
    _trials: TrialBlocks = field(default_factory=TrialBlocks)

    def heard(self, line: str) -> Heard:
        """Whose the line is."""
        trial, line = self._trials.told(line)
        if trial:
            return Heard(TRIAL, trial, line)
        if self.numbered and (found := _NUMBERED.match(line)):
            return Heard("task", found.group(1), line[found.end() :])
        if line[:1] == "\x1b":
            line = _COLOUR.sub("", line)
        found = _HEAD.match(line)
        if found is None:
            return _later(line)
        kind, voice = _named(found)
        rest = line[found.end() :]
        again = _HEAD.match(rest)
        return Heard(kind, voice, rest[again.end() :] if again else rest)

    def spoken(self, line: str) -> str:
        """The line without a head that names its voice."""
        said = self.heard(line)
        if said.kind in self.results and not _PLACED.search(said.text):
            return ""
        return said.text if said.at_start else line


def _named(found: re.Match[str]) -> tuple[str, str]:
    """The kind and the number of a voice that a head names."""
    mpi, device, replica, actor, pid, boxed, n, bare, m = found.groups()
    if mpi:
        return "rank", mpi
    if device:
        return device, replica
    if pid:
        return f"pid {actor or ''}", pid
    return (boxed or bare).lower(), n or m


def _later(line: str) -> Heard:
    """A rank told behind a clock or among the values."""
    head = line[:SEARCHED]
    if "ank" in head or "RANK" in head or "[" in head or "INFO" in head or " - " in head:
        found = _LATER.search(line, 0, SEARCHED)
        if found:
            voice = next(number for number in found.groups() if number)
            return Heard("rank", voice, f"{line[: found.start()]} {line[found.end() :]}", at_start=False)
    return Heard("", "", line)


def is_numbered(lines: Iterable[str]) -> bool:
    """Whether the lines begin with the number of the task that printed them (``srun --label``)."""
    seen = numbered = 0
    ids: Counter[str] = Counter()
    for line in lines:
        if not line.strip():
            continue
        seen += 1
        if found := _NUMBERED.match(line):
            numbered += 1
            ids[found.group(1)] += 1
        if seen >= SRUN_SEEN:
            break
    return seen > 0 and numbered >= SRUN_SHARE * seen and SRUN_REPEATS * len(ids) <= numbered


def may_speak(text: str) -> bool:
    """Whether a text can hold heads of voices at all: a fast look, so that most logs are read in one pass."""
    return any(word in text for word in _TOLD_BY)


def voices_in(lines: Iterable[str], numbered: bool) -> tuple[str, list[str], Ear | None]:
    """The kind of voice that most lines have, its voices by their numbers, and an ear where any line names a voice.

    The kind is "" where fewer than two speak; trials go before all else, as their numbers are of different runs.
    """
    ear = Ear(numbered)
    found: dict[str, Counter[str]] = {}
    for line in lines:
        said = ear.heard(line)
        if said.kind and said.text.strip():
            found.setdefault(said.kind, Counter())[said.voice] += 1
    speaking = {kind: [v for v, n in counts.items() if n >= FEWEST_LINES] for kind, counts in found.items()}
    able = {kind: voices for kind, voices in speaking.items() if len(voices) > 1}
    if not able:
        results = {kind for kind, counts in found.items() if kind in RUNS and len(counts) == counts.total() > 1}
        return "", [], Ear(numbered, frozenset(results)) if found else None
    kind = max(able, key=lambda k: (k == TRIAL, sum(found[k][v] for v in able[k])))
    voices = able[kind] if kind == TRIAL else sorted(able[kind], key=lambda v: (len(v), v))
    return kind, voices[:MOST_VOICES], Ear(numbered)
