"""Scalars of many records at once: equally long records that agree in all but a few bytes form one array.

The first record of a group is parsed and becomes a template; records of the same length whose bytes agree
with it everywhere but in wall time, step and values are viewed as columns. What fits no template is parsed
one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.wire import WireError
from nn_doctor.parsers.tfevents.event import event_of
from nn_doctor.parsers.tfevents.framing import CHECKED_BYTES, stored_words
from nn_doctor.parsers.tfevents.points import Points
from nn_doctor.parsers.tfevents.template import Template, template_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from nn_doctor.parsers.tfevents.event import Event
    from nn_doctor.parsers.tfevents.framing import Frames

    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

_FEW = 6
"""Fewer records of one length than this are not worth a template."""
_LONGEST = 1 << 14
_MAX_TEMPLATES = 256
_MAX_MISSES = 8
"""After so many records that make no template, the others of that length go through the plain loop."""
_CHUNK_BYTES = 1 << 22


@dataclass(slots=True)
class Decoded:
    """What the records hold: points, data of plug-ins, undecodable records, the first damaged one."""

    points: Points = field(default_factory=Points)
    plugin_data: list[tuple[str, bytes]] = field(default_factory=list)
    undecodable: list[int] = field(default_factory=list)
    damaged: int | None = None


def decode(data: Bytes, frames: Frames) -> Decoded:
    """All scalars in the records."""
    import numpy as np

    out = Decoded()
    odd: list[Ints] = []
    order = np.argsort(frames.lengths, kind="stable")
    cuts = np.flatnonzero(np.diff(frames.lengths[order])) + 1
    for members in np.split(order, cuts):
        if members.size < _FEW or frames.lengths[members[0]] > _LONGEST:
            odd.append(members)
        else:
            odd.append(_decode_group(data, frames, members, out.points))
    plain = np.sort(np.concatenate(odd)) if odd else np.zeros(0, dtype=np.int64)
    _decode_plain(data, frames, plain, out)
    return out


def _decode_group(data: Bytes, frames: Frames, members: Ints, points: Points) -> Ints:
    """Add the points of equally long records; returns the records that fitted no template."""
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    length = int(frames.lengths[members[0]])
    if length == 0:
        return members
    windows = sliding_window_view(data, length)
    templates: list[Template] = []
    left: list[Ints] = []
    per_chunk = max(_FEW, _CHUNK_BYTES // length)
    for first in range(0, members.size, per_chunk):
        chunk = members[first : first + per_chunk]
        left.append(_decode_chunk(windows[frames.starts[chunk]], chunk, templates, points))
    return np.concatenate(left)


def _decode_chunk(rows: Bytes, records: Ints, templates: list[Template], points: Points) -> Ints:
    """Add the points of rows (n, length); makes templates as needed, tries those known first."""
    import numpy as np

    columns = np.ascontiguousarray(rows.T)
    rest = np.arange(records.size)
    left: list[int] = []
    tried = 0
    while rest.size:
        if tried < len(templates):
            template = templates[tried]
            tried += 1
        else:
            made = _new_template(rows[rest[0]]) if len(templates) < _MAX_TEMPLATES else None
            if made is None:
                left.append(int(rest[0]))
                rest = rest[1:]
                if len(left) >= _MAX_MISSES or len(templates) >= _MAX_TEMPLATES:
                    break
                continue
            template = made
            templates.append(made)
            tried = len(templates)
        whole = rest.size == records.size
        fits = template.fits(columns if whole else columns[:, rest])
        matched = rest[fits]
        if matched.size:
            template.add(rows if matched.size == records.size else rows[matched], records[matched], points)
        rest = rest[~fits]
    unmatched: Ints = records[np.concatenate([np.array(left, dtype=np.int64), rest])]
    return unmatched


def _new_template(row: Bytes) -> Template | None:
    event = _event(row.tobytes())
    return template_of(event, row) if event is not None and event.has_fixed_layout else None


def _event(data: bytes) -> Event | None:
    try:
        return event_of(data)
    except WireError:
        return None


def _decode_plain(data: Bytes, frames: Frames, records: Ints, out: Decoded) -> None:
    """Parse records one by one, up to the first long one with scalars whose checksum fails."""
    starts, lengths = frames.starts[records].tolist(), frames.lengths[records].tolist()
    for record, start, length in zip(records.tolist(), starts, lengths, strict=True):
        event = _event(data[start : start + length].tobytes())
        if event is None:
            out.undecodable.append(record)
            continue
        if length > CHECKED_BYTES and event.values and not _is_sound(data, start, length):
            out.damaged = record
            return
        out.points.add_event(record, event)
        out.plugin_data.extend(event.plugin_data)


def _is_sound(data: Bytes, start: int, length: int) -> bool:
    import numpy as np

    from nn_doctor.parsers.tfevents.crc32c import masked_crcs

    starts, lengths = np.array([start]), np.array([length])
    return bool(masked_crcs(data, starts, lengths)[0] == stored_words(data, starts + lengths)[0])
