"""Members of a tar archive held in memory; read by hand, so that damage and hostile headers cost nothing.

Old, POSIX (ustar, pax) and GNU archives (long names). A cut archive gives the members before the cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.series.channel import Note

BLOCK = 512
_PAX = re.compile(rb"\d{1,6} (path|size)=([^\n]{0,65536})\n")
_FILES = b"0\x007"
_LINKS = b"12"
_SILENT = b"5gVM"


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file: its name as stored, and where its content lies."""

    name: str
    start: int
    size: int


@dataclass(slots=True)
class _State:
    """What the headers before a member say of it."""

    name: str = ""
    size: int | None = None


@dataclass(slots=True)
class Listing:
    """The regular files of an archive in their order, and what was passed over."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def is_tar(data: bytes) -> bool:
    """Whether ``data`` begin with the header of a tar member: by its checksum."""
    return len(data) >= BLOCK and _is_header(data[:BLOCK])


def members_of(data: bytes, most: int) -> Listing:
    """The first ``most`` regular files of an archive; links, devices and damage are Notes."""
    found, at, state = Listing(), 0, _State()
    while at + BLOCK <= len(data):
        header = data[at : at + BLOCK]
        if not header.strip(b"\0"):
            return found
        if not _is_header(header):
            found.notes.append(Note("the archive is damaged: read up to there"))
            return found
        if len(found.entries) >= most:
            found.notes.append(Note(f"more than {most} members: the others are left out"))
            return found
        kind, size = header[156:157], _number(header[124:136]) if state.size is None else state.size
        start = at + BLOCK
        if kind == b"L":
            state.name = _text(data[start : start + min(size, 65536)])
        elif kind == b"x":
            _take_pax(data[start : start + min(size, 1 << 20)], state)
        else:
            _take_member(found, state.name or _name(header), kind, start, min(size, len(data) - start))
            state = _State()
        at = start + -(-size // BLOCK) * BLOCK
    found.notes.append(Note("the archive is cut off: read up to there"))
    return found


def _take_member(found: Listing, name: str, kind: bytes, start: int, size: int) -> None:
    if kind in _FILES and not name.endswith("/"):
        found.entries.append(Entry(name, start, size))
    elif kind in _LINKS:
        found.notes.append(Note(f"{name}: a link, not followed"))
    elif kind not in _SILENT and kind not in _FILES:
        found.notes.append(Note(f"{name}: not a regular file"))


def _is_header(header: bytes) -> bool:
    """The sum of all bytes, the field of the sum itself taken as blanks."""
    stated = header[148:156].strip(b" \0")
    if not stated.isdigit() or len(stated) > 7 or stated.strip(b"01234567"):
        return False
    return sum(header) - sum(header[148:156]) + 8 * 32 == int(stated, 8)


def _number(raw: bytes) -> int:
    """An octal number, or GNU's base 256; 0 for nonsense."""
    if raw[0] & 0x80:
        return int.from_bytes(bytes([raw[0] & 0x3F]) + raw[1:], "big")
    digits = raw.strip(b" \0")
    return int(digits, 8) if digits and not digits.strip(b"01234567") else 0


def _name(header: bytes) -> str:
    name = _text(header[:100])
    folder = _text(header[345:500]) if header[257:263] == b"ustar\0" else ""
    return f"{folder}/{name}" if folder else name


def _text(raw: bytes) -> str:
    return raw.split(b"\0", 1)[0].decode("utf-8", errors="replace")


def _take_pax(records: bytes, state: _State) -> None:
    for key, value in _PAX.findall(records):
        if key == b"path":
            state.name = value.decode("utf-8", errors="replace")
        elif value.isdigit() and len(value) < 20:
            state.size = int(value)
