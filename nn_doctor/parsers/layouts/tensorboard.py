"""TensorBoard folders: all event files of a folder are one run, and train/ and validation/ belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.layouts.base import Bundle, Layout, Member
from nn_doctor.series.roles import split_of_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """Bundle event files by folder; folders named after a split join their siblings under the parent."""
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        if "tfevents" in path.name:
            folders.setdefault(path.parent, []).append(path)
    runs: dict[Path, list[Member]] = {}
    for folder, members in sorted(folders.items()):
        joined = _is_split(folder) and _has_sibling(folder, folders)
        home, prefix = (folder.parent, f"{folder.name}/") if joined else (folder, "")
        runs.setdefault(home, []).extend(Member(path, prefix) for path in sorted(members))
    return [Bundle(home, tuple(members), "tensorboard", loose=True) for home, members in sorted(runs.items())]


def _is_split(folder: Path) -> bool:
    return split_of_word(folder.name) is not None


def _has_sibling(folder: Path, folders: dict[Path, list[Path]]) -> bool:
    return (
        any(other.parent == folder.parent and _is_split(other) and other != folder for other in folders)
        or folder.parent in folders
    )


LAYOUT = Layout("tensorboard", "TensorBoard folders (train/ and validation/ joined)", claim)
