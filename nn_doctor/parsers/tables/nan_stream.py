"""A file as pandas reads it, with every "nan" turned into a number nobody logs.

pandas cannot tell a blank cell from a NaN without making strings of the whole column, which costs more than
all the rest. A stand-in keeps the column numeric; it is turned back into NaN in the arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

STAND_IN = 2.0**-1000
"""An exact power of two, written so that every parser gives back the same bits."""
_TEXT = b"9.332636185032189e-302"
_SPELLINGS = {b"n": (b"nan",), b"N": (b"NaN", b"NAN")}
_LETTERS = tuple(_SPELLINGS)
RARE = 256
"""A letter in less than every so many bytes is gone to one by one."""
_TAIL = 2


class NanStream:
    """A binary stream for ``pandas.read_csv``; a spelling cut by the end of a block is put together again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self.taken = 0
        """Bytes read so far."""
        self.used = False
        """Whether a stand-in was put in so far."""

    def read(self, size: int = -1) -> bytes:
        """About ``size`` bytes (all for -1), b"" at the end."""
        block = self._stream.read(size)
        data = self._rest + block
        self.taken += len(block)
        data = self._replaced(data)
        tail = _TAIL if block and size >= 0 and any(letter in data[-_TAIL:] for letter in _LETTERS) else 0
        whole = max(len(data) - tail, 0)
        self._rest = data[whole:]
        data = data[:whole] if tail else data
        return data if data or not block else self.read(size)

    def _replaced(self, data: bytes) -> bytes:
        for letter, spellings in _SPELLINGS.items():
            if letter not in data:  # found many times as fast as it is counted
                continue
            if data.count(letter) * RARE < len(data):
                data = self._replaced_rare(data, letter, spellings)
                continue
            for spelling in spellings:
                self.used = self.used or spelling in data
                data = data.replace(spelling, _TEXT)
        return data

    def _replaced_rare(self, data: bytes, letter: bytes, spellings: tuple[bytes, ...]) -> bytes:
        """The same where the letter is rare: one letter is found many times as fast as three."""
        pieces, done = [], 0
        at = data.find(letter)
        while at >= 0:
            after = at + len(spellings[0])
            if data[at:after] in spellings:
                pieces += [data[done:at], _TEXT]
                done = after
            at = data.find(letter, max(done, at + 1))
        self.used = self.used or bool(pieces)
        return b"".join([*pieces, data[done:]]) if pieces else data

    def __iter__(self) -> Iterator[bytes]:
        """Blocks; pandas asks for an iterable without using it."""
        return iter(lambda: self.read(1 << 16), b"")

    @staticmethod
    def restored(cell: str) -> str:
        """A cell as it stands in the file."""
        return cell.replace(_TEXT.decode(), "nan")
