"""Source: one member of a log as bytes, text or lines, within stated limits."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import HEAD_BYTES, Head
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT_LIMIT = 1 << 30
"""Documents and standard input are read whole up to 1 GiB."""
LINE_LIMIT = 1 << 20
"""A longer line is cut, with a Note; a carriage return ends a line too."""
MAX_ZERO_RUNS = 3
"""A crash, or a file grown before it is written, leaves a run of NULs in a text; binary data has many."""
_ZEROS = re.compile(rb"\x00{4,}")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(eq=False)
class Source:
    """One file (``path``) or text from standard input (``given``), opened read-only when first needed.

    ``where`` is how it is named in messages. Problems met while decoding are collected in ``notes``.
    """

    where: str
    path: Path | None = None
    given: bytes | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without folders; the parser of a format may take metric or run names from it."""
        return Path(self.where).name

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.given) if self.given is not None else self._stat_size

    @cached_property
    def head(self) -> Head:
        """The first 64 KiB, for sniffing."""
        data = self.given[:HEAD_BYTES] if self.given is not None else self._read(HEAD_BYTES)
        cut = self.size > len(data)
        return Head(data, _decode_head(data, cut), self.name, Path(self.name).suffix.lower(), self.size)

    def read_bytes(self) -> bytes:
        """The whole content; raises ReadError over DOCUMENT_LIMIT or if the file cannot be read."""
        if self.size > DOCUMENT_LIMIT:
            raise ReadError(self.where, "larger than 1 GiB", "cut it, or log fewer points")
        return self.given if self.given is not None else self._read(-1)

    def text(self) -> str:
        """The whole content decoded: by its byte-order mark, else UTF-8, else Latin-1 with a Note."""
        data = self.read_bytes()
        for bom, encoding in _BOMS:
            if data.startswith(bom):
                return data[len(bom) :].decode(encoding, errors="replace")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.notes.append(Note(f"not UTF-8 at byte {error.start}: read as Latin-1"))
            return data.decode("latin-1")

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


def _decode_head(data: bytes, cut: bool) -> str | None:
    """The text of a head, or None where it is binary (NUL bytes without a UTF-16 mark)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    if _looks_binary(data):
        return None
    text = data.decode("utf-8", errors="replace")
    if cut and "\n" in text:
        text = text[: text.rfind("\n") + 1]
    return text


def _looks_binary(data: bytes) -> bool:
    """Many control bytes: text logs hold tabs, line ends, escapes, backspaces and the odd run of NULs."""
    sample = data[:4096]
    blanks = _ZEROS.findall(sample)
    if len(blanks) <= MAX_ZERO_RUNS:
        sample = _ZEROS.sub(b"", sample)
    odd = sum(byte < 7 or 13 < byte < 27 for byte in sample)
    return odd * 10 > len(sample) or sample.startswith((b"\x89PNG", b"\x7fELF", b"PK\x03\x04", b"\x1f\x8b"))
