"""gzip, bzip2, xz and zstd: unpacked in memory, within limits, as far as the data are whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_UNPACKED = 1 << 30
"""Bytes that may come out of one file."""
MAX_RATIO = 200
"""A file that unpacks to more than so many times its size is no log but a bomb …"""
RATIO_FROM = 1 << 24
"""… from so many bytes on: a short log of one line over and over may shrink by more."""
MAX_STREAMS = 100_000
"""Streams put one behind the other in one file."""
PIECE = 1 << 10
"""Bytes fed at a time: no format makes more than some 32 MB of them, so the limits act in time."""
MAX_WINDOW = 1 << 27
SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one file of ``packed`` bytes; raises ReadError when it is used up."""

    where: str
    packed: int
    spent: int = 0

    def spend(self, count: int) -> None:
        """Take ``count`` unpacked bytes into account."""
        self.spent += count
        if self.spent > MAX_UNPACKED:
            raise ReadError(self.where, "unpacks to more than 1 GiB", "unpack it and name what is inside")
        if self.spent > max(RATIO_FROM, MAX_RATIO * self.packed):
            raise ReadError(self.where, f"unpacks to more than {MAX_RATIO} times its size: not read")


@dataclass(frozen=True, slots=True)
class Codec:
    """A kind of compression; ``new(where)`` makes an engine with ``decompress``, ``eof`` and ``unused_data``."""

    name: str
    new: Callable[[str], Any]


def codec_of(data: bytes) -> Codec | None:
    """The compression whose magic bytes ``data`` begins with, or None."""
    if data.startswith(b"\x1f\x8b\x08"):
        return GZIP
    if _BZIP2.match(data):
        return BZIP2
    if data.startswith(b"\xfd7zXZ\x00"):
        return XZ
    return ZSTD if data.startswith(b"\x28\xb5\x2f\xfd") else None


def name_inside(name: str) -> str:
    """The name of a file without the suffix of its compression: ``run.csv.gz`` holds ``run.csv``."""
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def unpacked(data: bytes, budget: Budget, enough: int = 0) -> tuple[bytes, list[Note]]:
    """What compressed ``data`` hold; at least the first ``enough`` bytes of it, or all for 0.

    Data cut off give what is whole, with a Note. Raises ReadError for damaged data, beyond the budget, and where
    the package for zstd is missing.
    """
    codec = codec_of(data)
    if codec is None:
        return data, []
    job = _Job(data, codec, budget, enough)
    job.run()
    if not job.total:
        raise ReadError(budget.where, f"{codec.name} data without content")
    return b"".join(job.parts), job.notes


@dataclass(slots=True)
class _Job:
    data: bytes
    codec: Codec
    budget: Budget
    enough: int
    total: int = 0
    parts: list[bytes] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def run(self) -> None:
        """Unpack stream after stream."""
        at = 0
        for _ in range(MAX_STREAMS):
            at, whole = self._stream(at)
            if self.enough and self.total >= self.enough:
                return
            if not whole:
                self.notes.append(Note(f"the {self.codec.name} data are cut off: read up to there"))
                return
            if codec_of(self.data[at : at + 16]) is not self.codec:
                if self.data[at:].strip(b"\0"):
                    self.notes.append(Note(f"bytes after the end of the {self.codec.name} data: left out"))
                return
        raise ReadError(self.budget.where, f"more than {MAX_STREAMS} compressed streams in one file")

    def _stream(self, at: int) -> tuple[int, bool]:
        """Unpack the stream that begins ``at``: where it ends, and whether it does."""
        engine = self.codec.new(self.budget.where)
        while at < len(self.data) and not engine.eof:
            piece = self.data[at : at + PIECE]
            at += len(piece)
            out = self._decompressed(engine, piece)
            self.budget.spend(len(out))
            self.total += len(out)
            self.parts.append(out)
            if self.enough and self.total >= self.enough:
                return at, True
        return at - len(engine.unused_data), engine.eof

    def _decompressed(self, engine: Any, piece: bytes) -> bytes:
        try:
            out: bytes = engine.decompress(piece)
        except Exception as error:
            why = f"damaged: its {self.codec.name} data are not sound"
            raise ReadError(self.budget.where, why, "copy or download it again") from error
        return out


def _gzip(where: str) -> Any:
    import zlib

    return zlib.decompressobj(wbits=31)


def _bzip2(where: str) -> Any:
    import bz2

    return bz2.BZ2Decompressor()


def _xz(where: str) -> Any:
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=2 * MAX_WINDOW)


def _zstd(where: str) -> Any:
    try:
        import zstandard
    except ImportError:
        hint = 'pip install "nn-doctor[zstd]"'
        raise ReadError(where, "compressed with zstd, which needs the package zstandard", hint) from None
    return zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()


GZIP, BZIP2, XZ, ZSTD = Codec("gzip", _gzip), Codec("bzip2", _bzip2), Codec("xz", _xz), Codec("zstd", _zstd)
