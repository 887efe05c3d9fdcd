"""Source: one member of a log as bytes, text or lines, within stated limits."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import HEAD_BYTES, Head
from nn_doctor.parsers.common.decoding import decoded, decoded_head
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

DOCUMENT_LIMIT = 1 << 30
"""Documents and standard input are read whole up to 1 GiB."""
LINE_LIMIT = 1 << 20
"""A longer line is cut, with a Note; a carriage return ends a line too."""


@dataclass(eq=False)
class Source:
    """One file (``path``), or bytes from elsewhere (``given``: standard input, a compressed file, an archive).

    Files are opened read-only when first needed. ``where`` is how it is named in messages, ``called`` the name
    that parsers see where that is another. Problems met while decoding are collected in ``notes``.
    """

    where: str
    path: Path | None = None
    given: bytes | None = None
    notes: list[Note] = field(default_factory=list)
    called: str = ""

    @property
    def name(self) -> str:
        """The file's name without folders; the parser of a format may take metric or run names from it."""
        return self.called or Path(self.where).name

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.given) if self.given is not None else self._stat_size

    @cached_property
    def head(self) -> Head:
        """The first 64 KiB, for sniffing."""
        data = self.peek(HEAD_BYTES)
        cut = self.size > len(data)
        return Head(data, decoded_head(data, cut), self.name, Path(self.name).suffix.lower(), self.size)

    def peek(self, count: int) -> bytes:
        """The first ``count`` bytes; raises ReadError if the file cannot be read."""
        return self.given[:count] if self.given is not None else self._read(count)

    def stream(self) -> BinaryIO:
        """A binary stream of the whole content, to be closed by the caller; raises OSError."""
        return io.BytesIO(self.given) if self.given is not None else Path(self.path or self.where).open("rb")

    def read_bytes(self) -> bytes:
        """The whole content; raises ReadError over DOCUMENT_LIMIT or if the file cannot be read."""
        if self.size > DOCUMENT_LIMIT:
            raise ReadError(self.where, "larger than 1 GiB", "cut it, or log fewer points")
        return self.given if self.given is not None else self._read(-1)

    def text(self) -> str:
        """The whole content decoded (see ``common.decoding``); what had to be guessed is a Note."""
        text, guess = decoded(self.read_bytes())
        if guess and not any(note.text == guess for note in self.notes):
            self.notes.append(Note(guess))
        return text

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""``(number, line)`` from 1; ``\n``, ``\r\n`` and a lone ``\r`` end a line, nothing else does.

        A carriage return starts a new item under the *same* number when it only rewrites the line
        (progress bars), so numbers are those an editor shows.
        """
        for number, physical in enumerate(self.text().split("\n"), start=1):
            for part in physical.rstrip("\r").split("\r"):
                if len(part) > LINE_LIMIT:
                    self.notes.append(Note("line longer than 1 MB: cut", number))
                yield number, part[:LINE_LIMIT]

    @cached_property
    def _stat_size(self) -> int:
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError as error:
            raise ReadError(self.where, error.strerror or "cannot be read") from error

    def _read(self, count: int) -> bytes:
        assert self.path is not None  # noqa: S101 - one of path and given is always set
        try:
            with self.path.open("rb") as stream:
                return stream.read(count)
        except OSError as error:
            raise ReadError(self.where, error.strerror or "cannot be read") from error
