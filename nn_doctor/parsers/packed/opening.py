"""From a path or bytes to what is inside: a Source of a file, compressed or not, or the members of an archive."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import HEAD_BYTES
from nn_doctor.parsers.packed.archive import MAX_MEMBERS, Archive, MemberPath
from nn_doctor.parsers.packed.compression import Budget, codec_of, name_inside, unpacked
from nn_doctor.parsers.packed.tar import is_tar, members_of
from nn_doctor.parsers.source import Source
from nn_doctor.series.channel import Note


class Keep(Protocol):
    """Which members of an archive to take in, by their names."""

    def __call__(self, name: str) -> bool:
        """Whether it may be a log."""

    def beside(self, name: str) -> bool:
        """Whether it may be read beside one."""


PEEKED = 1 << 20
"""Compressed bytes that are looked at to know what they hold."""
ZIP, EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
NESTED = "an archive inside an archive: not opened"


def source_of(path: Path, head_only: bool = False) -> Source:
    """The Source of a file or member, unpacked if it is compressed; its first 64 KiB only if ``head_only``.

    Raises ReadError for damaged data, beyond the limits, and for archives where no archive may stand.
    """
    where = str(path)
    if isinstance(path, MemberPath):
        return given_source(path.archive.read(path), where, path.archive.budget, head_only)
    plain = Source(where, path)
    if codec_of(plain.peek(16)) is None:
        return plain
    data = plain.peek(PEEKED) if head_only else plain.read_bytes()
    return given_source(data, where, Budget(where, plain.size), head_only)


def given_source(data: bytes, where: str, budget: Budget | None = None, head_only: bool = False) -> Source:
    """The Source of bytes, unpacked if they are compressed."""
    if codec_of(data) is None:
        if budget is not None and _is_archive(data):
            raise ReadError(where, NESTED, "unpack it first")
        return Source(where, given=data)
    enough = HEAD_BYTES + 1 if head_only else 0
    content, notes = unpacked(data, budget or Budget(where, len(data)), enough)
    if _is_archive(content) or codec_of(content) is not None:
        raise ReadError(where, NESTED, "unpack it first")
    return Source(where, given=content, notes=notes, called=name_inside(Path(where).name))


def archive_at(path: Path, keep: Keep) -> Archive | None:
    """The archive that a regular file is, or None."""
    plain = Source(str(path), path)
    try:
        head = _peeked(plain.peek(PEEKED))
    except ReadError:
        return None
    return archive_in(plain.read_bytes(), str(path), keep) if _is_archive(head) else None


def archive_in(data: bytes, where: str, keep: Keep) -> Archive | None:
    """The archive that ``data`` are, compressed or not, or None. Raises ReadError if it cannot be read."""
    budget, notes = Budget(where, len(data)), list[Note]()
    if codec_of(data) is not None:
        try:
            head = _peeked(data[:PEEKED])
        except ReadError:
            return None
        if not _is_archive(head):
            return None
        data, notes = unpacked(data, budget)
    if is_tar(data):
        return _tar(data, where, keep, budget, notes)
    return _zip(data, where, keep, budget) if _is_archive(data) else None


def _peeked(head: bytes) -> bytes:
    """The beginning of a file, unpacked if it is compressed."""
    return unpacked(head, Budget("", PEEKED), enough=1 << 12)[0] if codec_of(head) is not None else head


def _is_archive(head: bytes) -> bool:
    if head.startswith(ZIP):
        from nn_doctor.parsers.packed.zip import is_archive

        return is_archive(head)
    return head.startswith(EMPTY_ZIP) or is_tar(head)


def _tar(data: bytes, where: str, keep: Keep, budget: Budget, notes: list[Note]) -> Archive:
    listing = members_of(data, MAX_MEMBERS)
    archive = Archive(where, budget, (*notes, *listing.notes))
    for entry in listing.entries:
        listed = keep(entry.name)
        if listed or keep.beside(entry.name):
            archive.add(entry.name, partial(_slice, data, entry.start, entry.start + entry.size), listed)
    return archive


def _slice(data: bytes, start: int, end: int) -> bytes:
    return data[start:end]


def _zip(data: bytes, where: str, keep: Keep, budget: Budget) -> Archive:
    from nn_doctor.parsers.packed.zip import content_of

    content = content_of(data, where, MAX_MEMBERS)
    archive = Archive(where, budget, content.notes)
    for name, info in content.members.items():
        listed = keep(name)
        if listed or keep.beside(name):
            budget.spend(info.file_size)
            archive.add(name, partial(content.read, name), listed)
    return archive
