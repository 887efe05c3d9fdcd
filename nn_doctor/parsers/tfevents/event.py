"""One Event message: its step, wall time and scalar values, and where their bytes lie.

Field numbers are those of util/event.proto and framework/summary.proto in tensorflow/core.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from

from nn_doctor.parsers.common.wire import BYTES, FIXED32, FIXED64, VARINT, fields, signed, varint
from nn_doctor.parsers.tfevents.histogram import PLUGIN, is_wanted, norm_of_histogram, norm_of_tensor
from nn_doctor.parsers.tfevents.tensor import TensorValue, scalar_of_tensor

SCALARS = "scalars"
HPARAMS = "hparams"


@dataclass(frozen=True, slots=True)
class Value:
    """One scalar: ``at`` and ``dtype`` say where its bytes lie, if they can be read as they stand.

    ``plugin`` is the name in the metadata beside a tensor, None without; old scalars have ``tensor`` False.
    """

    tag: str
    number: float
    at: int | None
    dtype: str
    tensor: bool = False
    plugin: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """``wall_at`` and ``step_at`` are where the bytes of time and step lie, or None if left out (then 0)."""

    wall: float
    step: int
    wall_at: int | None
    step_at: tuple[int, int] | None
    values: tuple[Value, ...]
    plugin_data: tuple[tuple[str, bytes], ...] = ()
    """(plugin, content) of values that carry data for a plug-in and no scalar."""

    @property
    def has_fixed_layout(self) -> bool:
        """Whether every value can be read from its place in other records of the same layout."""
        return bool(self.values) and not self.plugin_data and all(v.at is not None for v in self.values)


def event_of(data: bytes) -> Event:
    """Parse one record; raises WireError if it is no Event."""
    wall, step, wall_at, step_at = 0.0, 0, None, None
    values: list[Value] = []
    extra: list[tuple[str, bytes]] = []
    for number, wire, lo, hi in fields(data, 0, len(data)):
        if number == 1 and wire == FIXED64:
            wall, wall_at = unpack_from("<d", data, lo)[0], lo
        elif number == 2 and wire == VARINT:
            step, step_at = signed(varint(data, lo, hi)[0]), (lo, hi)
        elif number == 5 and wire == BYTES:
            _read_summary(data, lo, hi, values, extra)
    return Event(wall, step, wall_at, step_at, tuple(values), tuple(extra))


def _read_summary(data: bytes, lo: int, hi: int, values: list[Value], extra: list[tuple[str, bytes]]) -> None:
    for number, wire, start, end in fields(data, lo, hi):
        if number == 1 and wire == BYTES:
            value, plugin, content = _read_value(data, start, end)
            if value is not None:
                values.append(value)
            elif plugin and content:
                extra.append((plugin, content))


def _read_value(data: bytes, lo: int, hi: int) -> tuple[Value | None, str | None, bytes]:
    """The scalar in a Summary.Value, if it holds one, and the plug-in data beside it."""
    tag, node, plugin, content = "", "", None, b""
    simple: tuple[float, int] | None = None
    tensor: TensorValue | None = None
    histogram: tuple[int, int, bool] | None = None  # where it lies, and whether it is a tensor
    for number, wire, start, end in fields(data, lo, hi):
        if number == 2 and wire == FIXED32:
            simple = unpack_from("<f", data, start)[0], start
        elif wire != BYTES:
            continue
        elif number == 1:
            tag = data[start:end].decode("utf-8", "backslashreplace")
        elif number == 5:
            histogram = start, end, False
        elif number == 7:
            node = data[start:end].decode("utf-8", "backslashreplace")
        elif number == 8:
            tensor = scalar_of_tensor(data, start, end)
            histogram = start, end, True
        elif number == 9:
            plugin, content = _plugin_of(data, start, end)
    if simple is not None:
        return Value(tag, simple[0], simple[1], "<f4"), plugin, content
    if tensor is not None and plugin in (None, SCALARS):
        return Value(tag or node, tensor.number, tensor.at, tensor.dtype, True, plugin), plugin, content
    if histogram is not None and is_wanted(tag) and (plugin == PLUGIN) is histogram[2]:
        return _gradient(data, tag, histogram), plugin, content
    return None, plugin, content


def _gradient(data: bytes, tag: str, histogram: tuple[int, int, bool]) -> Value | None:
    """The norm of a gradient's histogram, under its tag with "/norm" behind it."""
    start, end, as_tensor = histogram
    norm = (norm_of_tensor if as_tensor else norm_of_histogram)(data, start, end)
    return None if norm is None else Value(f"{tag}/norm", norm, None, "", as_tensor)


def _plugin_of(data: bytes, lo: int, hi: int) -> tuple[str | None, bytes]:
    """Name and content of SummaryMetadata.plugin_data."""
    name, content = None, b""
    for number, wire, start, end in fields(data, lo, hi):
        if number != 1 or wire != BYTES:
            continue
        for inner, inner_wire, first, last in fields(data, start, end):
            if inner == 1 and inner_wire == BYTES:
                name = data[first:last].decode("utf-8", "backslashreplace")
            elif inner == 2 and inner_wire == BYTES:
                content = data[first:last]
    return name, content
