"""The protobuf wire format: walking the fields of a message without a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_FIXED = {FIXED64: 8, FIXED32: 4}
_MAX_VARINT = 10


class WireError(ValueError):
    """The bytes are not a protobuf message."""


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """``(value, offset after it)`` of the unsigned varint at ``at``; raises WireError."""
    value = shift = 0
    for position in range(at, min(end, at + _MAX_VARINT)):
        byte = data[position]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, position + 1
        shift += 7
    raise WireError("a number runs over the end of its message")


def signed(value: int) -> int:
    """The 64-bit two's complement reading of an unsigned varint."""
    return value - (1 << 64) if value >= 1 << 63 else value


def fields(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """``(field number, wire type, start, end)`` of each field's payload in ``data[at:end]``.

    A length is checked against the end of the message before anything is done with it; raises WireError
    for lengths over the end, groups and unknown wire types.
    """
    while at < end:
        key = data[at]
        at += 1
        if key >= 0x80:
            key, at = varint(data, at - 1, end)
        wire = key & 7
        if wire == BYTES:
            if at < end and data[at] < 0x80:  # the usual length, without a call
                length, start = data[at], at + 1
            else:
                length, start = varint(data, at, end)
            at = start + length
        elif wire == VARINT:
            start = at
            _, at = varint(data, at, end)
        elif wire in _FIXED:
            start = at
            at += _FIXED[wire]
        else:
            raise WireError(f"unknown wire type {wire}")
        if at > end or key < 8:
            raise WireError("a field runs over the end of its message")
        yield key >> 3, wire, start, at
