"""Archives as folders: their members are paths that layouts and parsers use like those of files.

Names of members never touch the disk: a MemberPath reads from the archive it came out of, and from nothing else.
"""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from nn_doctor.parsers.packed.compression import Budget

MAX_MEMBERS = 10_000


class Archive:
    """Members by path; ``notes`` tell what was passed over, ``budget`` what may still be unpacked of members."""

    def __init__(self, where: str, budget: Budget, notes: Iterable[Note]) -> None:
        self.where = where
        self.budget = budget
        self.notes = list(notes)
        self._readers: dict[PurePosixPath, Callable[[], bytes]] = {}
        self._listed: dict[PurePosixPath, None] = {}
        self._folders: dict[PurePosixPath, dict[PurePosixPath, None]] = {}
        self._last: tuple[PurePosixPath, bytes] | None = None
        self._kind = type("MemberPath", (MemberPath,), {"archive": self, "__slots__": ()})

    def add(self, name: str, reader: Callable[[], bytes], listed: bool = True) -> None:
        """Take a member in under its name without "..", "." and a leading "/"; of equal names the last one counts.

        One that is not ``listed`` is no log itself, but may be read beside one (settings).
        """
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts:
            return
        path = self._kind(self.where, *parts)
        if path in self._readers:
            self.notes.append(Note(f"{path}: twice in the archive, the last one is read"))
        self._readers[path] = reader
        if listed:
            self._listed[path] = None
        above = path
        for _ in parts:
            self._folders.setdefault(above.parent, {})[above] = None
            above = above.parent

    def files(self) -> list[Path]:
        """The paths of the members that may be logs, sorted."""
        return cast("list[Path]", sorted(self._listed))

    def everything(self) -> list[PurePosixPath]:
        """The paths of all members, sorted."""
        return sorted(self._readers)

    def read(self, path: PurePosixPath) -> bytes:
        """The content of a member; raises FileNotFoundError, or ReadError if it is damaged."""
        if self._last is None or self._last[0] != path:
            if path not in self._readers:
                raise FileNotFoundError(2, "no such file in the archive", str(path))
            self._last = path, self._readers[path]()
        return self._last[1]

    def is_file(self, path: PurePosixPath) -> bool:
        """Whether a member has this path."""
        return path in self._readers

    def inside(self, path: PurePosixPath) -> list[PurePosixPath] | None:
        """What lies directly in a folder, or None where there is no such folder."""
        found = self._folders.get(path)
        return None if found is None else sorted(found)


class MemberPath(PurePosixPath):
    """A path in an archive; it has what layouts use of ``pathlib.Path``, and only for reading."""

    __slots__ = ()
    archive: ClassVar[Archive]

    def __fspath__(self) -> str:
        """Nothing outside the archive has this path: what would open it on the disk meets an OSError."""
        raise FileNotFoundError(2, "inside an archive, not on the disk", str(self))

    def is_file(self) -> bool:
        """Whether it is a file of the archive."""
        return self.archive.is_file(self)

    def is_dir(self) -> bool:
        """Whether it is a folder of the archive."""
        return self.archive.inside(self) is not None

    def exists(self) -> bool:
        """Whether the archive holds it."""
        return self.is_file() or self.is_dir()

    def is_symlink(self) -> bool:
        """Never: links are left out."""
        return False

    def iterdir(self) -> Iterator[PurePosixPath]:
        """What lies in this folder."""
        found = self.archive.inside(self)
        if found is None:
            raise FileNotFoundError(2, "no such folder in the archive", str(self))
        return iter(found)

    def glob(self, pattern: str) -> list[PurePosixPath]:
        """Files below this folder by a pattern without "**", sorted."""
        depth = len(self.parts) + len(PurePosixPath(pattern).parts)
        return [path for path in self.rglob(pattern) if len(path.parts) == depth]

    def rglob(self, pattern: str) -> list[PurePosixPath]:
        """Files anywhere below this folder by a pattern, sorted."""
        return [path for path in self.archive.everything() if self in path.parents and path.match(pattern)]

    def stat(self) -> Any:
        """Its size, and a time of 0."""
        return SimpleNamespace(st_size=len(self.read_bytes()), st_mtime=0.0, st_mtime_ns=0)

    def read_bytes(self) -> bytes:
        """Its content; raises OSError."""
        try:
            return self.archive.read(self)
        except ReadError as error:
            raise OSError(5, error.why, str(self)) from error

    def read_text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Its content as text."""
        return self.read_bytes().decode(encoding, errors)

    def open(self, mode: str = "r", encoding: str = "utf-8", newline: str | None = None, **_: Any) -> Any:
        """A stream of its content."""
        raw = io.BytesIO(self.read_bytes())
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding=encoding, newline=newline)
