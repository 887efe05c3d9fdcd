"""TensorBoard folders: all event files of a folder are one run, and train/ and validation/ belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import files_in, folders_beside
from nn_doctor.parsers.layouts.base import Bundle, Layout, Member
from nn_doctor.series.roles import is_measured, split_of_word

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
        if not joined and _is_one_of_scalars(folder, folders):
            home, prefix = folder.parent, f"{_scalar(folder)[1]}/"
        runs.setdefault(home, []).extend(Member(path, prefix) for path in sorted(members))
    return [Bundle(home, tuple(members), "tensorboard", loose=True) for home, members in sorted(runs.items())]


def _partners(path: Path) -> list[Path]:
    """Event files in the same folder and, if it is named after a split, in those beside it that are as well."""
    folders = [path.parent]
    if _is_split(path.parent) or _scalar(path.parent)[0]:
        folders += [f for f in folders_beside(path.parent) if f != path.parent and (_is_split(f) or _scalar(f)[0])]
    return [event for folder in folders for event in files_in(folder) if "tfevents" in event.name]


def _is_split(folder: Path) -> bool:
    return split_of_word(folder.name) is not None


def _has_sibling(folder: Path, folders: dict[Path, list[Path]]) -> bool:
    return (
        any(other.parent == folder.parent and _is_split(other) and other != folder for other in folders)
        or folder.parent in folders
    )


def _scalar(folder: Path) -> tuple[str, str]:
    """``(metric, split)`` of a folder such as ``loss_train``, which ``SummaryWriter.add_scalars`` makes; or blanks."""
    metric, _, word = folder.name.rpartition("_")
    known = bool(metric) and split_of_word(word) is not None
    return (metric, word) if known and is_measured(metric) else ("", "")


def _is_one_of_scalars(folder: Path, folders: dict[Path, list[Path]]) -> bool:
    """Whether the same metric of another split has a folder beside this one."""
    metric, word = _scalar(folder)
    beside = (_scalar(other) for other in folders if other.parent == folder.parent)
    return bool(metric) and any(other == metric and split != word for other, split in beside)


LAYOUT = Layout("tensorboard", "TensorBoard folders (train/ and validation/ joined)", claim, partners=_partners)
