"""NumPy files: NPZ archives of arrays and single NPY arrays; pickled objects are never loaded."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Channel

_MAGICS = (b"\x93NUMPY", b"PK\x03\x04")
_NO_METRIC = "none of its arrays is named like a metric"
_NAME_THEM = "name them: np.savez(file, loss=…, val_loss=…)"


def sniff(head: Head) -> Match:
    """SHAPE where an array (or the file that is one) is named like a metric, else POSSIBLE."""
    names = _names(head)
    if not names:
        return Match.NO
    from nn_doctor.series.roles import is_measured

    known = any(map(is_measured, names))
    return Match.SHAPE if known or {"timesteps", "results"} <= set(names) else Match.POSSIBLE


def _names(head: Head) -> list[str]:
    """The names of the arrays that begin in the head; none if it is no NumPy file."""
    if not head.data.startswith(_MAGICS):
        return []
    from nn_doctor.parsers.arrays.npy import MAGIC
    from nn_doctor.parsers.packed import zip as zipped

    if head.data.startswith(MAGIC):
        return [PurePath(head.name).stem]
    if zipped.is_archive(head.data):
        return []
    names = list(zipped.names_in_head(head.data))
    return [name.removesuffix(".npy") for name in names if name.endswith(".npy")]


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """One Recording of the arrays; raises ReadError if they are objects, damaged, or no curves."""
    from nn_doctor.parsers.arrays.npy import arrays_of
    from nn_doctor.parsers.arrays.tables import tables_in
    from nn_doctor.series.axes import channels_of

    arrays = arrays_of(source.read_bytes(), source.where, PurePath(source.name).stem)
    tables, notes = tables_in(arrays, everything=options.x is not None)
    channels: list[Channel] = []
    told: list[Note] = []
    for table in tables:
        found, more = channels_of(table, options.x)
        channels.extend(found)
        told.extend(more)
    if not any(channel.y.size for channel in channels):
        raise ReadError(source.where, _NO_METRIC, _NAME_THEM)
    return [Recording(tuple(channels), notes=(*arrays.notes, *notes, *told))]


PARSER = Parser(
    name="npz",
    title="NumPy arrays (NPZ, NPY), Stable-Baselines' evaluations.npz; never pickled objects",
    sniff=sniff,
    read=read,
    suffixes=(".npz", ".npy"),
    example="np.savez('history.npz', loss=[2.3, 1.9], val_loss=[2.2, 2.0]) (binary)",
)
