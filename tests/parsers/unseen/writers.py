"""Small writers of binary stores: event files by TensorBoard itself, W&B's record log and NumPy arrays by hand."""

from __future__ import annotations

import io
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

WANDB_HEADER = b":W&B" + struct.pack("<HB", 0xBEE1, 0)
HISTORY, ITEM, NESTED_KEY, VALUE_JSON = 2, 1, 2, 16  # field numbers of wandb's records


def arrays(values: Sequence[float]) -> bytes:
    """A ``.npy`` file of the values."""
    import numpy as np

    out = io.BytesIO()
    np.save(out, np.array(values))
    return out.getvalue()


def events(tags: dict[str, Sequence[float]], steps: Sequence[int]) -> Callable[[Path], None]:
    """Writes an event file with a scalar per tag and step into the folder given later."""

    def write(folder: Path) -> None:
        import pytest

        writer = pytest.importorskip("tensorboard.summary.writer.event_file_writer").EventFileWriter(str(folder))
        proto = pytest.importorskip("tensorboard.compat.proto.event_pb2")
        for i, step in enumerate(steps):
            for tag, values in tags.items():
                event = proto.Event(step=step, wall_time=1714644672.0 + i)
                event.summary.value.add(tag=tag, simple_value=values[i])
                writer.add_event(event)
        writer.close()

    return write


def wandb_file(history: list[dict[str, Any]]) -> bytes:
    """An offline run's record log with one history record per row."""
    out = bytearray(WANDB_HEADER)
    for row in history:
        items = b"".join(
            _field(ITEM, _field(NESTED_KEY, key.encode()) + _field(VALUE_JSON, json.dumps(value).encode()))
            for key, value in row.items()
        )
        record = _field(HISTORY, items)
        out += struct.pack("<IHB", zlib.crc32(record, zlib.crc32(b"\x01")), len(record), 1) + record
    assert len(out) < 32768  # one block of the log
    return bytes(out)


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
