"""CRC-32C (Castagnoli) of many pieces of one buffer at once.

The checksum is linear: that of a row of bytes is the exclusive or of one table entry for each
(position, byte), so equally long rows are done a column at a time. Long rows are cut into blocks of 64 bytes
whose checksums are joined in pairs.
Constants and the mask are those of TensorFlow's record files (tsl/lib/hash/crc32c.h).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Words = npt.NDArray[np.uint32]

_POLYNOMIAL = 0x82F63B78
_MASK_DELTA = 0xA282EAD8
_BLOCK = 64
_CHUNK_BYTES = 1 << 21
_ALL_ONES = 0xFFFFFFFF


@cache
def byte_table() -> tuple[int, ...]:
    """The 256 checksums of one byte (no initial value, no final inversion)."""
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return tuple(table)


def masked_crc(data: bytes) -> int:
    """The masked checksum of a few bytes, without numpy (a byte at a time)."""
    table = byte_table()
    crc = _ALL_ONES
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= _ALL_ONES
    return ((crc >> 15 | crc << 17) + _MASK_DELTA) & _ALL_ONES


def masked_crcs(data: Bytes, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> Words:
    """Masked checksums (n,) of the pieces ``data[start : start + length]``; time is linear in the bytes.

    Pieces are right-aligned in rows of equal width: zeros in front do not change a linear checksum.
    """
    import numpy as np

    crcs = np.zeros(starts.size, dtype=np.uint32)
    widths = _widths(lengths)
    for width in np.unique(widths).tolist():
        members = np.flatnonzero(widths == width)
        per_chunk = max(1, _CHUNK_BYTES // width)
        for first in range(0, members.size, per_chunk):
            chunk = members[first : first + per_chunk]
            crcs[chunk] = _crcs_of_width(data, starts[chunk], lengths[chunk], width)
    masked: Words = (crcs >> np.uint32(15) | crcs << np.uint32(17)) + np.uint32(_MASK_DELTA)
    return masked


def _widths(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Row widths: the next multiple of 4 up to one block, then one block times a power of two."""
    import numpy as np

    small = (lengths + 3) // 4 * 4
    blocks = np.maximum((lengths + _BLOCK - 1) // _BLOCK, 1)
    powers = np.left_shift(np.int64(1), np.ceil(np.log2(blocks)).astype(np.int64))
    return np.where(lengths <= _BLOCK, np.maximum(small, 4), powers * _BLOCK)


def _crcs_of_width(data: Bytes, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], width: int) -> Words:
    """Unmasked checksums of pieces no longer than ``width``."""
    import numpy as np

    short = lengths < 4
    if short.any():
        return _with_short(data, starts, lengths, width, short)
    rows = _right_aligned(data, starts + lengths, width)
    pad = width - lengths
    if pad.any():
        rows[np.arange(width) < pad[:, None]] = 0
    at = np.arange(rows.shape[0])
    for offset in range(4):
        rows[at, pad + offset] ^= np.uint8(0xFF)
    return _linear(rows) ^ np.uint32(_ALL_ONES)


def _with_short(
    data: Bytes,
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    width: int,
    short: npt.NDArray[np.bool_],
) -> Words:
    """Pieces of fewer than four bytes one at a time, the others as usual."""
    import numpy as np

    crcs = np.zeros(starts.size, dtype=np.uint32)
    if not short.all():
        crcs[~short] = _crcs_of_width(data, starts[~short], lengths[~short], width)
    for index in np.flatnonzero(short).tolist():
        piece = data[starts[index] : starts[index] + lengths[index]].tobytes()
        crc, table = _ALL_ONES, byte_table()
        for byte in piece:
            crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        crcs[index] = crc ^ _ALL_ONES
    return crcs


def _right_aligned(data: Bytes, ends: npt.NDArray[np.int64], width: int) -> Bytes:
    """Rows (n, width) of the bytes before each end, as a copy; zeros where the buffer has not begun."""
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    early = ends < width
    if not early.any():
        windows: Bytes = sliding_window_view(data, width)
        return windows[ends - width]
    padded = np.concatenate([np.zeros(width, dtype=np.uint8), data[:width]])
    rows = np.empty((ends.size, width), dtype=np.uint8)
    rows[early] = sliding_window_view(padded, width)[ends[early]]
    if not early.all():
        rows[~early] = sliding_window_view(data, width)[ends[~early] - width]
    return rows


def _linear(rows: Bytes) -> Words:
    """Checksums of rows without initial value or inversion; a width above a block is one times 2^k."""
    import numpy as np

    width = rows.shape[1]
    tables = _position_tables()
    if width > _BLOCK:
        crcs = _linear(rows.reshape(-1, _BLOCK)).reshape(rows.shape[0], -1)
        level = 0
        while crcs.shape[1] > 1:
            crcs = _shifted(crcs[:, 0::2], level) ^ crcs[:, 1::2]
            level += 1
        joined: Words = crcs.ravel()
        return joined
    columns = np.ascontiguousarray(rows.T)
    out: Words = tables[width - 1].take(columns[0])
    for column in range(1, width):
        out ^= tables[width - 1 - column].take(columns[column])
    return out


@cache
def _position_tables() -> Words:
    """(64, 256): the checksum of a byte followed by k zero bytes."""
    import numpy as np

    tables = np.empty((_BLOCK, 256), dtype=np.uint32)
    tables[0] = np.array(byte_table(), dtype=np.uint32)
    for position in range(1, _BLOCK):
        tables[position] = _one_byte_on(tables[position - 1])
    return tables


def _one_byte_on(crcs: Words) -> Words:
    import numpy as np

    table = np.array(byte_table(), dtype=np.uint32)
    on: Words = table[crcs & np.uint32(0xFF)] ^ (crcs >> np.uint32(8))
    return on


@cache
def _shift_tables(level: int) -> Words:
    """(4, 256): what ``64 · 2^level`` zero bytes make of each byte of a checksum."""
    import numpy as np

    if level == 0:
        values = np.arange(256, dtype=np.uint32)
        crcs = np.stack([values << np.uint32(8 * byte) for byte in range(4)])
        for _ in range(_BLOCK):
            crcs = _one_byte_on(crcs)
        return crcs
    return _shifted(_shift_tables(level - 1), level - 1)


def _shifted(crcs: Words, level: int) -> Words:
    import numpy as np

    tables = _shift_tables(level)
    out: Words = tables[0][crcs & np.uint32(0xFF)]
    for byte in range(1, 4):
        out = out ^ tables[byte][crcs >> np.uint32(8 * byte) & np.uint32(0xFF)]
    return out
