"""TensorBoard event files (events.out.tfevents.*): old and new scalars, checksums verified."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.parsers.tfevents.framing import begins_with_record
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.parsers.tfevents.decode import Decoded
    from nn_doctor.parsers.tfevents.framing import Frames

_NAME_PART = ".tfevents."
_LFS = b"version https://git-lfs.github.com/spec/"
_READ_WHOLE = 1 << 26
"""Files up to 64 MiB are read, so that one truncated meanwhile does no harm; larger ones are mapped."""


def sniff(head: Head) -> Match:
    """By the checksum of the first record's length, whatever the file is called."""
    if begins_with_record(head.data):
        return Match.SIGNATURE
    if _NAME_PART not in head.name:
        return Match.NO
    damaged = head.text is None and head.size > 0
    return Match.SIGNATURE if damaged or head.data.startswith(_LFS) else Match.POSSIBLE


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The scalars of one event file; a damaged or cut file gives what lies before the damage, with a Note."""
    from nn_doctor.parsers.tfevents.decode import decode
    from nn_doctor.parsers.tfevents.framing import frames_of

    _refuse_other_files(source)
    data = _bytes_of(source)
    frames = frames_of(data)
    decoded = decode(data, frames)
    if decoded.damaged is not None:
        damaged = decoded.damaged
        frames = frames.upto(damaged, f"record {damaged + 1} is damaged: its data fails the checksum")
        decoded = decode(data, frames)
    channels = decoded.points.channels()
    if not channels:
        raise ReadError(source.where, _why_empty(frames))
    return [Recording(channels, params=_params(decoded), notes=tuple(_notes(frames, decoded)))]


def _refuse_other_files(source: Source) -> None:
    head = source.head
    if head.data.startswith(_LFS):
        raise ReadError(source.where, "a Git LFS pointer, not the log", "run: git lfs pull")
    if not head.data:
        raise ReadError(source.where, "empty file")
    if not begins_with_record(head.data):
        binary = head.text is None or b"\0" in head.data
        why = "damaged at its first record" if binary else "not a TensorBoard event file"
        raise ReadError(source.where, why)


def _bytes_of(source: Source) -> npt.NDArray[np.uint8]:
    import numpy as np

    if source.path is None or source.size <= _READ_WHOLE:
        return np.frombuffer(source.read_bytes(), dtype=np.uint8)
    try:
        with source.path.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ReadError(source.where, "cannot be read") from error
    return np.frombuffer(mapped, dtype=np.uint8)


def _why_empty(frames: Frames) -> str:
    return f"holds no scalars ({frames.problem})" if frames.problem else "holds no scalars"


def _params(decoded: Decoded) -> dict[str, object]:
    from nn_doctor.parsers.tfevents.event import HPARAMS
    from nn_doctor.parsers.tfevents.hparams import hparams_of

    params: dict[str, object] = {}
    for plugin, content in decoded.plugin_data:
        if plugin == HPARAMS:
            params.update(hparams_of(content))
    return params


def _notes(frames: Frames, decoded: Decoded) -> list[Note]:
    notes = []
    if frames.problem:
        notes.append(Note(f"{frames.problem}: read up to there", int(frames.starts.size) + 1))
    if decoded.undecodable:
        first = decoded.undecodable[0] + 1
        notes.append(Note(f"{len(decoded.undecodable)} records are no events: skipped", first))
    if decoded.points.dropped:
        notes.append(Note("more than 10,000 tags: the others are skipped"))
    return notes


PARSER = Parser(
    name="tensorboard",
    title="TensorBoard event file",
    sniff=sniff,
    read=read,
    example="events.out.tfevents.1700000000.host.1234.0 (binary)",
)
