"""One W&B record: history rows, configuration, summary, the run's name and what its steps are.

Field numbers are those of wandb/proto/wandb_internal.proto.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import unpack_from

from nn_doctor.parsers.common.wire import BYTES, FIXED64, VARINT, fields, signed, varint
from nn_doctor.parsers.records.lenient import DecodeError, decode

HISTORY, SUMMARY, CONFIG, STATS, METRIC, RUN = 2, 3, 5, 7, 12, 17
_VALUE_JSON = 16
_VALUE_TAG = b"\x82\x01"
"""Field 16 as a run of bytes, as it stands in the file."""
STEP = "_step"


@dataclass(slots=True)
class Collected:
    """What the records of a file say; ``rows`` are (record number, values by name)."""

    rows: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    config: dict[str, object] = field(default_factory=dict)
    summary: dict[str, object] = field(default_factory=dict)
    step_metrics: dict[str, str] = field(default_factory=dict)
    """Metric, or pattern of metrics, → the metric that counts its steps."""
    name: str = ""
    run_id: str = ""
    stats: int = 0

    def add(self, record: bytes, number: int) -> None:
        """Take what counts from one record; raises WireError if it is none."""
        for kind, wire, lo, hi in fields(record, 0, len(record)):
            if wire != BYTES:
                continue
            if kind == HISTORY:
                self.rows.append((number, _history(record, lo, hi)))
            elif kind == STATS:
                self.stats += 1
            elif kind == CONFIG:
                _update(self.config, record, lo, hi)
            elif kind == SUMMARY:
                _update(self.summary, record, lo, hi)
            elif kind == METRIC:
                self._add_metric(record, lo, hi)
            elif kind == RUN:
                self._add_run(record, lo, hi)

    def _add_metric(self, data: bytes, lo: int, hi: int) -> None:
        texts = {number: _text(data, a, b) for number, wire, a, b in fields(data, lo, hi) if wire == BYTES}
        name, step = texts.get(1) or texts.get(2), texts.get(4)
        if name and step and step != name:
            self.step_metrics[name] = step

    def _add_run(self, data: bytes, lo: int, hi: int) -> None:
        for number, wire, start, end in fields(data, lo, hi):
            if wire != BYTES:
                continue
            if number == 1:
                self.run_id = _text(data, start, end)
            elif number == 4:
                _update(self.config, data, start, end)
            elif number == 8:
                self.name = _text(data, start, end)


def _history(data: bytes, lo: int, hi: int) -> dict[str, object]:
    """The values of one row by name; the step of the row itself where no item names it."""
    row: dict[str, object] = {}
    step: int | None = None
    for number, wire, start, end in fields(data, lo, hi):
        if number == 1 and wire == BYTES:
            name, value = _item(data, start, end)
            if name:
                row[name] = value
        elif number == 2 and wire == BYTES:
            nums = [signed(varint(data, a, b)[0]) for n, w, a, b in fields(data, start, end) if (n, w) == (1, VARINT)]
            step = nums[-1] if nums else 0
    if step is not None:
        row.setdefault(STEP, step)
    return row


def _update(target: dict[str, object], data: bytes, lo: int, hi: int) -> None:
    """Take over the items that a configuration or summary record sets, and drop those it removes."""
    for number, wire, start, end in fields(data, lo, hi):
        if wire != BYTES or number not in (1, 2):
            continue
        name, value = _item(data, start, end)
        if number == 1 and name:
            target[name] = value
        else:
            target.pop(name, None)


def _item(data: bytes, lo: int, hi: int) -> tuple[str, object]:
    """Name (nested keys joined with ".") and value of an item of a history, configuration or summary record."""
    quick = _quick_item(data, lo, hi)
    if quick is not None:
        return quick
    parts: list[str] = []
    value: object = None
    for number, wire, start, end in fields(data, lo, hi):
        if wire == BYTES and number in (1, 2):
            parts.append(_text(data, start, end))
        elif wire == BYTES and number in (8, _VALUE_JSON):
            value = _json(data[start:end])
        elif wire == BYTES and number == 7:
            value = _text(data, start, end)
        elif wire == FIXED64 and number == 6:
            value = unpack_from("<d", data, start)[0]
        elif wire == VARINT and number == 5:
            zigzag = varint(data, start, end)[0]
            value = (zigzag >> 1) ^ -(zigzag & 1)
        elif wire == VARINT and number == 4:
            value = bool(varint(data, start, end)[0])
    return ".".join(part for part in parts if part), value


def _quick_item(data: bytes, lo: int, hi: int) -> tuple[str, object] | None:
    """The usual item, a short key and a short number in JSON, without walking its fields; None for any other."""
    if hi - lo < 6 or data[lo] not in (0x0A, 0x12):
        return None
    at = lo + 2 + data[lo + 1]
    if at + 3 >= hi or data[at : at + 2] != _VALUE_TAG or at + 3 + data[at + 2] != hi or hi - at > 0x7F + 3:
        return None
    try:
        return data[lo + 2 : at].decode(), float(data[at + 3 : hi])
    except ValueError:
        return None


def _text(data: bytes, lo: int, hi: int) -> str:
    return data[lo:hi].decode("utf-8", "backslashreplace")


def _json(raw: bytes) -> object:
    try:
        return decode(raw.decode("utf-8", "replace"))
    except DecodeError:
        return None
