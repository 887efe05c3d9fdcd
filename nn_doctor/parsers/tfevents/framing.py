"""TFRecord framing: length (8 bytes), its checksum (4), data, its checksum (4), record after record."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING

from nn_doctor.parsers.tfevents.crc32c import masked_crc, masked_crcs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

HEADER = 12
FOOTER = 4
CHECKED_BYTES = 1 << 16
"""Longer records hold images or graphs; their checksum is verified only if scalars are found in them."""
_HEADER_STRUCT = Struct("<QI")


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The sound records of a file: where their data begin and how long they are, both int64 (n,).

    ``problem`` says why reading stopped before the end of the file, or is "".
    """

    starts: Ints
    lengths: Ints
    problem: str = ""

    def upto(self, count: int, problem: str) -> Frames:
        """The first ``count`` records."""
        return Frames(self.starts[:count], self.lengths[:count], problem)


def begins_with_record(data: bytes) -> bool:
    """Whether the bytes begin with a record header whose checksum is right."""
    if len(data) < HEADER:
        return False
    _, crc = _HEADER_STRUCT.unpack_from(data)
    return bool(masked_crc(data[:8]) == crc)


def frames_of(data: Bytes) -> Frames:
    """Walk the records as far as headers and checksums are sound and the stated length lies in the file."""
    import numpy as np

    positions, end = _walk(data)
    starts = np.frombuffer(positions, dtype=np.int64) + HEADER
    ends = np.append(starts[1:] - HEADER, end)[: starts.size]
    frames = Frames(starts, ends - FOOTER - starts)
    if end < data.size:
        frames = frames.upto(starts.size, _tail_problem(data, end, starts.size))
    frames = _checked(data, frames, frames.starts - HEADER, np.full(starts.size, 8), "header")
    small = np.flatnonzero(frames.lengths <= CHECKED_BYTES)
    return _checked(data, frames, frames.starts[small], frames.lengths[small], "data", small)


def _walk(data: Bytes) -> tuple[array[int], int]:
    """Offsets of the records that fit into the file, and where the last of them ends."""
    unpack = Struct("<Q").unpack_from
    positions = array("q")
    append = positions.append
    position, size, view = 0, int(data.size), data.data
    last = size - HEADER - FOOTER
    while position <= last:
        (length,) = unpack(view, position)
        if length > last - position:
            break
        append(position)
        position += length + HEADER + FOOTER
    return positions, position


def _tail_problem(data: Bytes, end: int, count: int) -> str:
    """Why the bytes after the last whole record are not one: cut off, or a damaged length."""
    head = data[end : end + HEADER].tobytes()
    if len(head) == HEADER and not begins_with_record(head):
        return f"record {count + 1} (byte {end}) is damaged: its length fails the checksum"
    return f"the file ends within record {count + 1} (byte {end})"


def _checked(data: Bytes, frames: Frames, starts: Ints, lengths: Ints, what: str, which: Ints | None = None) -> Frames:
    """The records before the first whose piece (header or data) does not agree with the checksum after it."""
    import numpy as np

    if not starts.size:
        return frames
    stored = stored_words(data, starts + lengths)
    bad = np.flatnonzero(masked_crcs(data, starts, lengths) != stored)
    if not bad.size:
        return frames
    record = int(bad[0] if which is None else which[bad[0]])
    return frames.upto(record, f"record {record + 1} is damaged: its {what} fails the checksum")


def stored_words(data: Bytes, at: Ints) -> npt.NDArray[np.uint32]:
    """The little-endian 32-bit words (n,) at these offsets."""
    import numpy as np

    words = np.zeros(at.size, dtype=np.uint32)
    for byte in range(4):
        words |= data[at + byte].astype(np.uint32) << np.uint32(8 * byte)
    return words
