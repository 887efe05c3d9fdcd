"""W&B run files (``run-ID.wandb``): history, configuration and the run's name, whether synced or offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.parsers.wandbfile.framing import HEADER, MAGIC
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.parsers.wandbfile.framing import Frames
    from nn_doctor.parsers.wandbfile.record import Collected

SUFFIX = ".wandb"
_LFS = b"version https://git-lfs.github.com/spec/"
_UNTRACKED = "_wandb"
"""The configuration's own key for what the tool keeps of itself."""


def sniff(head: Head) -> Match:
    """By the first bytes, whatever the file is called."""
    if head.data.startswith(MAGIC):
        return Match.SIGNATURE
    damaged = head.text is None or head.data.startswith(_LFS) or MAGIC.startswith(head.data)
    return Match.SIGNATURE if head.suffix == SUFFIX and head.size and damaged else Match.NO


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The history of one run; a damaged or cut file gives what lies before the damage, with a Note."""
    from nn_doctor.parsers.wandbfile.framing import Frames
    from nn_doctor.parsers.wandbfile.tables import channels_of_rows

    data = source.read_bytes()
    if data.startswith(_LFS):
        raise ReadError(source.where, "a Git LFS pointer, not the log", "run: git lfs pull")
    if not data.startswith(MAGIC) and not MAGIC.startswith(data):
        raise ReadError(source.where, "not a W&B run file, or damaged at its first bytes")
    frames = Frames(data)
    found, notes = _collected(frames)
    if len(data) < HEADER:
        notes.append(Note("the file ends within its header"))
    channels, told = channels_of_rows(found, options.x)
    params = _params(found.config)
    return [Recording(channels, found.name or found.run_id, params, (*notes, *told))]


def _collected(frames: Frames) -> tuple[Collected, list[Note]]:
    from nn_doctor.parsers.common.wire import WireError
    from nn_doctor.parsers.wandbfile.record import Collected

    found = Collected()
    notes: list[Note] = []
    for number, record in enumerate(frames, start=1):
        try:
            found.add(record, number)
        except WireError:
            notes.append(Note("a record that is no W&B record: skipped", number))
    if frames.problem:
        notes.append(Note(f"{frames.problem}: read up to there", frames.count + 1))
    if found.stats:
        notes.append(Note(f"{found.stats} records of system metrics (memory, load) left out"))
    return found, notes


def _params(config: dict[str, object]) -> dict[str, object]:
    from nn_doctor.parsers.common.beside import flat_settings

    return flat_settings({name: value for name, value in config.items() if name.split(".", 1)[0] != _UNTRACKED})


PARSER = Parser(
    name="wandb",
    title="W&B run file (.wandb)",
    sniff=sniff,
    read=read,
    suffixes=(SUFFIX,),
    example="offline-run-20240101_120000-abcd1234/run-abcd1234.wandb (binary)",
)
