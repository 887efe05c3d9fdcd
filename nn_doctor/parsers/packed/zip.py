"""Members of a zip archive held in memory, within limits."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_WITHIN = 22 + 65535
MAX_DIRECTORY = 1 << 24
"""Bytes of the table of contents; 10,000 members of usual names need about one million."""
_ENCRYPTED = 1


@dataclass(slots=True)
class ZipContent:
    """The regular files of a zip archive; ``read`` unpacks one."""

    where: str
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    notes: list[Note] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        """The content of a member, never longer than its stated size; raises ReadError if it is damaged."""
        info = self.members[name]
        where = f"{self.where}/{name}"
        try:
            with self.archive.open(info) as stream:
                return stream.read(info.file_size)
        except NotImplementedError as error:
            raise ReadError(where, "compressed in a way that is not supported") from error
        except Exception as error:
            raise ReadError(where, "damaged in the archive", "copy or download it again") from error


def names_in_head(head: bytes) -> Iterator[str]:
    """Names of the members that begin in the first bytes of a zip file, as far as sizes are stated there."""
    at = 0
    while head[at : at + 4] == MAGIC and at + 30 <= len(head):
        flags = int.from_bytes(head[at + 6 : at + 8], "little")
        packed = int.from_bytes(head[at + 18 : at + 22], "little")
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        extra = int.from_bytes(head[at + 28 : at + 30], "little")
        yield head[at + 30 : at + 30 + length].decode("utf-8", errors="replace")
        if flags & 8 or packed == 0xFFFFFFFF:
            packed = _to_next(head, at + 30 + length + extra)
        at += 30 + length + extra + packed


def _to_next(head: bytes, start: int) -> int:
    """Bytes up to the next member where its size is only stated behind it."""
    found = head.find(MAGIC, start)
    return (found if found >= 0 else len(head)) - start


def is_archive(head: bytes) -> bool:
    """Whether a zip file holds files, and not NumPy's arrays (NPZ) or PyTorch's checkpoint."""
    names = list(names_in_head(head))
    arrays = bool(names) and all(name.endswith(".npy") and "/" not in name for name in names)
    return not arrays and not any(name.endswith("data.pkl") for name in names[:1])


def content_of(data: bytes, where: str, most: int) -> ZipContent:
    """The first ``most`` regular files; links, encrypted and surplus members are Notes. Raises ReadError."""
    _check_directory(data, where, most)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        listed = archive.infolist()
    except Exception as error:
        raise ReadError(where, "a zip archive that is damaged or cut off", "copy or download it again") from error
    found = ZipContent(where, archive, {})
    for info in listed:
        why = _why_not(info)
        if why:
            found.notes.append(Note(f"{info.filename}: {why}"))
        elif not info.filename.endswith("/"):  # a folder; ZipInfo.is_dir fails on an empty name
            found.members[info.filename] = info
    return found


def _check_directory(data: bytes, where: str, most: int) -> None:
    """Refuse a table of contents beyond the limits before it is read."""
    at = data.rfind(_END, max(0, len(data) - _END_WITHIN))
    if at < 0 or at + 22 > len(data):
        raise ReadError(where, "a zip archive that is cut off: its table of contents is missing", "download it again")
    count = int.from_bytes(data[at + 10 : at + 12], "little")
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    if count > most or (size > MAX_DIRECTORY and size != 0xFFFFFFFF):
        raise ReadError(where, f"an archive of more than {most} members", "unpack it and name the folder")


def _why_not(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted: left out"
    return "a link, not followed" if stat.S_ISLNK(info.external_attr >> 16) else ""
