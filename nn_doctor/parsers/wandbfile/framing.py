"""The framing of ``run-*.wandb``: LevelDB's log format in blocks of 32 KiB after a header of seven bytes.

Each chunk has a checksum (4 bytes; plain CRC-32 over kind and data, where LevelDB has a masked CRC-32C), a length (2)
and a kind (1): a whole record, or the first, a middle or the last part of one. A block whose rest is too short for a
chunk is filled with zeros.
"""

from __future__ import annotations

import zlib
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b":W&B"
HEADER = 7
BLOCK = 1 << 15
_CHUNK = Struct("<IHB")
_WHOLE, _FIRST, _MIDDLE, _LAST = 1, 2, 3, 4
_SEEDS = {kind: zlib.crc32(bytes([kind])) for kind in (_WHOLE, _FIRST, _MIDDLE, _LAST)}


class Frames:
    """The sound records of a file, one after the other; ``problem`` says afterwards why reading stopped early."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.count = 0
        self.problem = ""

    def __iter__(self) -> Iterator[bytes]:
        parts: list[bytes] = []
        for kind, piece in self._chunks():
            if (kind in (_WHOLE, _FIRST)) is bool(parts):
                self.problem = f"record {self.count + 1} is damaged: its parts do not follow each other"
                return
            parts.append(piece)
            if kind in (_WHOLE, _LAST):
                self.count += 1
                yield piece if kind == _WHOLE else b"".join(parts)
                parts = []
        if parts and not self.problem:
            self.problem = f"the file ends within record {self.count + 1}"

    def _chunks(self) -> Iterator[tuple[int, bytes]]:
        """``(kind, data)`` of each chunk up to the first that is cut off or fails its checksum."""
        data, at, size = self.data, HEADER, len(self.data)
        while at < size:
            left = BLOCK - at % BLOCK
            if left < _CHUNK.size:
                at += left
                continue
            if at + _CHUNK.size > size:
                self.problem = f"the file ends within record {self.count + 1} (byte {at})"
                return
            checksum, length, kind = _CHUNK.unpack_from(data, at)
            if not (checksum or length or kind):  # space set aside and not yet written
                at += left
                continue
            start = at + _CHUNK.size
            at = start + length
            if at > size and kind in _SEEDS and length <= left - _CHUNK.size:
                self.problem = f"the file ends within record {self.count + 1} (byte {start})"
                return
            piece = data[start:at]
            if kind not in _SEEDS or zlib.crc32(piece, _SEEDS[kind]) != checksum:
                self.problem = f"record {self.count + 1} (byte {start}) is damaged: it fails the checksum"
                return
            yield kind, piece
