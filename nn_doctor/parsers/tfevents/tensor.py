"""The one number in a TensorProto (tensorflow/core/framework/tensor.proto), whichever field holds it."""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack

from nn_doctor.parsers.common.wire import BYTES, FIXED32, FIXED64, VARINT, fields, signed, varint

_HALF, _BFLOAT16 = 19, 14
_FLOAT_VAL, _DOUBLE_VAL, _HALF_VAL, _CONTENT = 5, 6, 13, 4
_INTEGER_VALS = (7, 10, 16, 17)
_CONTENT_FORMATS = {
    1: ("<f", "<f4"),
    2: ("<d", "<f8"),
    3: ("<i", "<i4"),
    4: ("<B", "<u1"),
    5: ("<h", "<i2"),
    6: ("<b", "<i1"),
    9: ("<q", "<i8"),
    17: ("<H", "<u2"),
    _HALF: ("<e", "<f2"),
    22: ("<I", "<u4"),
    23: ("<Q", "<u8"),
}
"""Data type → (struct format, numpy type) of ``tensor_content``."""


@dataclass(frozen=True, slots=True)
class TensorValue:
    """A number, and where its bytes lie as ``dtype`` (None if it must be decoded each time)."""

    number: float
    at: int | None
    dtype: str


def scalar_of_tensor(data: bytes, lo: int, hi: int) -> TensorValue | None:
    """The number in a tensor of one element; None for strings, booleans, several elements or none."""
    kind = 0
    spans: list[tuple[int, int, int, int]] = []
    for number, wire, start, end in fields(data, lo, hi):
        if number == 1 and wire == VARINT:
            kind, _ = varint(data, start, end)
        elif number > 2 and end > start:
            spans.append((number, wire, start, end))
    spans = [span for span in spans if span[0] != 3]  # the version number
    if len(spans) != 1:
        return None
    number, wire, start, end = spans[0]
    if number == _CONTENT and wire == BYTES:
        return _from_content(data, kind, start, end)
    if number in (_FLOAT_VAL, _DOUBLE_VAL):
        return _from_floats(data, number, wire, start, end)
    if wire in (BYTES, VARINT):
        return _from_varint(data, kind, number, start, end)
    return None


def _from_content(data: bytes, kind: int, start: int, end: int) -> TensorValue | None:
    if kind == _BFLOAT16 and end - start == 2:
        return TensorValue(_bfloat16(int.from_bytes(data[start:end], "little")), None, "")
    code, dtype = _CONTENT_FORMATS.get(kind, ("", ""))
    if not code or end - start != int(dtype[2]):
        return None
    return TensorValue(float(unpack(code, data[start:end])[0]), start, dtype)


def _from_floats(data: bytes, number: int, wire: int, start: int, end: int) -> TensorValue | None:
    size, fixed, code = (4, FIXED32, "<f") if number == _FLOAT_VAL else (8, FIXED64, "<d")
    if wire not in (BYTES, fixed) or end - start != size:
        return None
    return TensorValue(float(unpack(code, data[start:end])[0]), start, f"<f{size}")


def _from_varint(data: bytes, kind: int, number: int, start: int, end: int) -> TensorValue | None:
    bits, after = varint(data, start, end)
    if after != end:
        return None
    if number == _HALF_VAL and kind == _BFLOAT16:
        return TensorValue(_bfloat16(bits & 0xFFFF), None, "")
    if number == _HALF_VAL:
        return TensorValue(float(unpack("<e", (bits & 0xFFFF).to_bytes(2, "little"))[0]), None, "")
    if number in _INTEGER_VALS:
        return TensorValue(float(bits if number == 17 else signed(bits)), None, "")
    return None


def _bfloat16(bits: int) -> float:
    return float(unpack("<f", (bits << 16).to_bytes(4, "little"))[0])
