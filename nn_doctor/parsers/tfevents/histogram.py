"""The Euclidean norm of what a histogram counted: for gradients of which nothing but histograms was logged.

Old histograms (HistogramProto, framework/summary.proto in tensorflow/core) carry the sum of squares; new ones are a
tensor of rows (left edge, right edge, count), from whose middles it is estimated.
"""

from __future__ import annotations

from struct import iter_unpack, unpack_from

from nn_doctor.parsers.common.wire import BYTES, FIXED64, fields

PLUGIN = "histograms"
_SUM_SQUARES, _CONTENT, _ROW = 5, 4, 24


def is_wanted(tag: str) -> bool:
    """Whether the tag speaks of gradients; other histograms (weights, activations) are no curves."""
    return "grad" in tag.lower()


def norm_of_histogram(data: bytes, lo: int, hi: int) -> float | None:
    """The norm from a HistogramProto in ``data[lo:hi]``; None where it has no sum of squares. Raises WireError."""
    for number, wire, start, _ in fields(data, lo, hi):
        if number == _SUM_SQUARES and wire == FIXED64:
            square: float = unpack_from("<d", data, start)[0]
            return square**0.5 if square >= 0 else float("nan")
    return None


def norm_of_tensor(data: bytes, lo: int, hi: int) -> float | None:
    """The norm from a TensorProto of doubles (k, 3); None where it is something else. Raises WireError."""
    for number, wire, start, end in fields(data, lo, hi):
        if number == _CONTENT and wire == BYTES and end > start and (end - start) % _ROW == 0:
            rows = iter_unpack("<ddd", data[start:end])
            square = sum(count * ((left + right) / 2) ** 2 for left, right, count in rows)
            return float(square**0.5) if square >= 0 else float("nan")
    return None
