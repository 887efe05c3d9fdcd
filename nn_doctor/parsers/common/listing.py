"""Looking at the small files of a run's folder, on disk or in an archive."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

LONGEST = 1 << 16
_DEEPEST = 8


def inside(paths: Iterable[Path], homes: Collection[Path]) -> dict[Path, list[Path]]:
    """Each home with the paths anywhere below it; of homes within homes the nearest counts."""
    found: dict[Path, list[Path]] = {home: [] for home in homes}
    for path in paths if found else ():
        home = next((folder for folder in path.parents if folder in found), None)
        if home is not None:
            found[home].append(path)
    return found


def files_in(folder: Path) -> list[Path]:
    """The regular files in a folder, links to such included, sorted; none where it may not be read."""
    try:
        with os.scandir(folder) as found:
            return sorted(folder / entry.name for entry in found if entry.is_file())
    except OSError:
        return []


def folders_beside(folder: Path) -> list[Path]:
    """The folders beside one, itself among them, sorted; links to folders are other names of them."""
    try:
        with os.scandir(folder.parent) as found:
            return sorted(folder.parent / entry.name for entry in found if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def text_of(path: Path, most: int = LONGEST) -> str:
    """The beginning of a text file; "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(most).decode("utf-8", "replace")
    except OSError:
        return ""


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where it cannot be read."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def files_below(folder: Path, most: int, depth: int = 0) -> Iterator[Path]:
    """At most ``most`` files below a folder, sorted; links are not followed."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    for path in found:
        if most <= 0:
            return
        if path.is_symlink():
            continue
        if path.is_file():
            most -= 1
            yield path
        elif depth < _DEEPEST and path.is_dir():
            for inner in files_below(path, most, depth + 1):
                most -= 1
                yield inner
