"""Arrays from NPY and NPZ bytes: sizes are checked before anything is allocated, objects are never loaded."""

from __future__ import annotations

import ast
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[Any]

MAGIC = b"\x93NUMPY"
MAX_ARRAYS = 10_000
MAX_HEADER = 10_000
_PYTHON_2_LONG = re.compile(r"(\d)L\b")
UNPICKLED = "holds pickled Python objects, which nn-doctor never loads"
SAVE_ARRAYS = "save the lists themselves: np.savez(file, **history)"


class _PickledError(ValueError):
    """An array of objects."""


_DAMAGE = (ValueError, LookupError, OverflowError, MemoryError, RecursionError, TypeError, SyntaxError)


@dataclass(slots=True)
class Arrays:
    """Numeric arrays by name, and what was left out."""

    by_name: dict[str, Array] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    pickled: list[str] = field(default_factory=list)


def arrays_of(data: bytes, where: str, stem: str) -> Arrays:
    """The numeric arrays of a file; raises ReadError if it is damaged or holds nothing but objects."""
    found = Arrays()
    for name, raw in _members(data, where, stem):
        try:
            for part, array in _columns(name, array_of(raw)):
                found.by_name[part] = array
        except _PickledError:
            found.pickled.append(name)
        except _DAMAGE as error:
            raise ReadError(where, f"its array '{name[:80]}' is damaged") from error
    if found.pickled and not found.by_name:
        raise ReadError(where, UNPICKLED, SAVE_ARRAYS)
    if found.pickled:
        found.notes.append(Note(f"{', '.join(found.pickled[:8])}: pickled Python objects, never loaded"))
    return found


def _members(data: bytes, where: str, stem: str) -> Iterator[tuple[str, bytes]]:
    """``(name, bytes of an NPY file)`` of each array."""
    if data.startswith(MAGIC):
        yield stem, data
        return
    from nn_doctor.parsers.packed.compression import Budget
    from nn_doctor.parsers.packed.zip import content_of

    content, budget = content_of(data, where, MAX_ARRAYS), Budget(where, len(data))
    for name, info in content.members.items():
        budget.spend(info.file_size)
        yield name.removesuffix(".npy"), content.read(name)


def array_of(raw: bytes) -> Array:
    """The array in the bytes of an NPY file; raises ValueError and its kin."""
    import numpy as np

    header, start = _header(raw)
    dtype, shape = np.lib.format.descr_to_dtype(header["descr"]), header["shape"]
    if dtype.hasobject:
        raise _PickledError
    if not isinstance(shape, tuple) or not all(isinstance(n, int) and n >= 0 for n in shape):
        raise ValueError("no shape")
    count = math.prod(shape)
    if count * dtype.itemsize > len(raw) - start:
        raise ValueError("shorter than its header says")
    array: Array = np.frombuffer(raw, dtype=dtype, count=count, offset=start)
    return array.reshape(shape, order="F" if header["fortran_order"] is True else "C")


def _header(raw: bytes) -> tuple[dict[str, Any], int]:
    """The header of an NPY file, a Python literal, and where the data begin.

    NumPy's own reader tokenises odd headers, and raises and warns in more ways than can be listed.
    """
    width = {1: 2, 2: 4, 3: 4}[raw[6]] if raw.startswith(MAGIC) and len(raw) > 8 else 0
    length = int.from_bytes(raw[8 : 8 + width], "little")
    if not width or not 0 < length <= MAX_HEADER or 8 + width + length > len(raw):
        raise ValueError("no header")
    text = raw[8 + width : 8 + width + length].decode("utf-8" if raw[6] == 3 else "latin-1")
    header = ast.literal_eval(_PYTHON_2_LONG.sub(r"\1", text.strip()))
    if not isinstance(header, dict):
        raise ValueError("no header")
    return header, 8 + width + length


def _columns(name: str, array: Array) -> Iterator[tuple[str, Array]]:
    """An array under its name, or the fields of a structured one."""
    if array.dtype.names:
        yield from ((field, array[field]) for field in array.dtype.names)
    else:
        yield name, array


def is_numeric(array: Array) -> bool:
    """Whether the array holds real numbers."""
    return array.dtype.kind in "iuf"


def as_float(array: Array) -> npt.NDArray[np.float64]:
    """The numbers in double precision; a NaN that signals, or a number beyond a double, is no reason to warn."""
    import numpy as np

    with np.errstate(invalid="ignore", over="ignore"):
        return np.ascontiguousarray(array, dtype=np.float64)
