"""From what the user typed to bundles of files: files, folders, archives, globs."""

from __future__ import annotations

import glob
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.layouts.registry import bundles_of, partners_of
from nn_doctor.parsers.packed.compression import name_inside
from nn_doctor.parsers.packed.opening import NESTED, archive_at, archive_in
from nn_doctor.parsers.source import DOCUMENT_LIMIT
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.layouts.base import Bundle
    from nn_doctor.parsers.packed.archive import Archive

NEVER_LOGS = frozenset(
    """
    .py .pyc .c .cc .cpp .h .cu .rs .go .js .ts .sh .bat .html .css .svg .png .jpg .jpeg .gif .pdf .mp4 .wav
    .pt .pth .ckpt .pkl .pickle .joblib .h5 .hdf5 .onnx .safetensors .bin .so .toml .lock .cfg .ini .yaml .yml
    .md .rst .7z .rar .whl .jar .egg .woff .woff2 .ico .docx .xlsx .pptx .keras
    """.split()
)
"""Suffixes passed over while walking a folder (a file named by the user is always tried)."""
ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst"})
"""Suffixes of archives, which are opened where the user names them, and nowhere else."""
SETTINGS = frozenset({".yaml", ".yml", ".toml"})
"""Suffixes of members of an archive that are no logs, but tell of one beside them."""
NEVER_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "checkpoints", "__MACOSX"})
MAX_DEPTH = 64
"""Folders nested deeper than this are not entered, with a Note."""


@dataclass
class Found:
    """Bundles in the order of the paths given; ``named`` holds the bundles the user named one by one."""

    bundles: list[Bundle] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    _known: set[Bundle] = field(default_factory=set)

    def add(self, bundles: list[Bundle], named: bool) -> None:
        """Append bundles, each once."""
        for bundle in bundles:
            if bundle not in self._known:
                self._known.add(bundle)
                self.bundles.append(bundle)
                self.named.append(named)

    def add_archive(self, archive: Archive) -> None:
        """Append the bundles among the members of an archive, as if it were a folder."""
        files = archive.files()
        if not files:
            within = any("archive" in note.text for note in archive.notes)
            raise ReadError(archive.where, "no log files in this archive", NESTED if within else "")
        self.notes.extend(archive.notes)
        self.add(bundles_of(files), named=False)


def find(path: str) -> Found:
    """The bundles behind one path; raises ReadError if it does not exist or a folder holds no file."""
    found = Found()
    target = Path(path)
    if not path:
        raise ReadError("''", "an empty path", "a variable that is not set?")
    if target.is_dir():
        try:
            files = sorted(_walk(target, found.notes))
        except OSError as error:  # the current folder is gone
            raise ReadError(path, error.strerror or "cannot be read") from error
        if not files:
            raise ReadError(path, "no log files in this folder")
        found.add(bundles_of(files), named=False)
    elif (archive := _archive(target)) is not None:
        found.add_archive(archive)
    elif os.path.lexists(path):
        found.add([_alone_or_with_partners(target, found.notes)], named=True)
    elif any(sign in path for sign in "*?["):
        hits = _hits(path)
        if not hits:
            raise ReadError(path, "no file matches this pattern")
        for hit in hits:
            if not os.path.isfile(hit) and not os.path.isdir(hit):  # noqa: PTH112, PTH113 - many hits, plain strings
                found.notes.append(Note(f"{hit}: not a regular file"))
                continue
            inner = find(hit)
            found.add(inner.bundles, named=False)
            found.notes.extend(inner.notes)
    else:
        raise ReadError(path, "no such file or folder")
    return found


def piped(path: str) -> bytes | None:
    """The content of a pipe or device that the user named (``<(zcat run.csv.gz)``); None for anything else.

    It can be read only once, and has no size beforehand. Raises ReadError, also over 1 GiB.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path may be empty
    except (OSError, ValueError):
        return None
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        return None
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(DOCUMENT_LIMIT + 1)
    except OSError as error:
        raise ReadError(path, error.strerror or "cannot be read") from error
    if len(data) > DOCUMENT_LIMIT:
        raise ReadError(path, "larger than 1 GiB", "write it to a file, or log fewer points")
    return data


def _hits(pattern: str) -> list[str]:
    """What a pattern names, sorted. ``**`` does not go through links to folders: a loop of them has no end."""
    parts = Path(pattern).parts
    if "**" not in parts:
        return sorted(glob.glob(pattern))  # noqa: PTH207 - a pattern may be absolute
    top = Path(Path(pattern).anchor)
    wanted = [part if part == "**" else part.replace("**", "*") for part in parts if part != top.anchor]
    hits = [path.relative_to(top).parts for path in top.glob("/".join(wanted))]
    shown = [hit for hit in hits if not any(part.startswith(".") and part not in parts for part in hit)]
    return sorted(str(top.joinpath(*hit)) for hit in shown)


def find_given(data: bytes, where: str) -> Found | None:
    """The bundles in an archive that came through standard input; None if it is no archive."""
    archive = archive_in(data, where, _Filter())
    if archive is None:
        return None
    found = Found()
    found.add_archive(archive)
    return found


def _archive(path: Path) -> Archive | None:
    """The archive a regular file is, or None; what NumPy and PyTorch keep in zip files is none."""
    if not path.is_file():
        return None
    keep = _Filter()
    archive = archive_at(path, keep)
    if archive is not None:
        archive.notes.extend(keep.notes)
    return archive


def _alone_or_with_partners(path: Path, notes: list[Note]) -> Bundle:
    """Naming one file of a bundle (TensorBoard's train/ and validation/, a metric of MLflow) loads its partners."""
    (alone,) = bundles_of([path])
    if not alone.layout:
        return alone
    bundle = partners_of(alone)
    if len(bundle.members) > 1 and (bundle.about or len({member.prefix for member in bundle.members}) > 1):
        notes.append(Note(f"{path.name}: read together with the other files of its run"))
        return bundle
    return alone


def _real(path: Path) -> Path:
    """Where a link leads; a link to itself leads nowhere, and is not an error (as it is for ``Path.resolve``)."""
    return Path(os.path.realpath(path))


def _is_entered(folder: str) -> bool:
    """Caches and the like are not searched, nor hidden folders, which are some tool's own."""
    return folder not in NEVER_FOLDERS and not folder.startswith(".")


def _is_passed_over(name: str) -> bool:
    """Whether a file is no log by its name; that of a compressed file counts without its last suffix."""
    return name.startswith(".") or Path(name_inside(name)).suffix.lower() in NEVER_LOGS


def _is_archive_name(name: str) -> bool:
    return Path(name_inside(name)).suffix.lower() in ARCHIVES


@dataclass
class _Filter:
    """Which members of an archive are looked at, by the rules for folders; what is not is a Note if it matters."""

    notes: list[Note] = field(default_factory=list)

    def __call__(self, name: str) -> bool:
        *folders, last = [part for part in name.split("/") if part not in ("", ".", "..")] or [""]
        if not all(map(_is_entered, folders)) or _is_passed_over(last):
            return False
        if len(folders) >= MAX_DEPTH:
            self.notes.append(Note(f"{name}: nested too deeply, not entered"))
        elif _is_archive_name(last):
            self.notes.append(Note(f"{name}: {NESTED}"))
        else:
            return True
        return False

    def beside(self, name: str) -> bool:
        """Settings are read beside a log."""
        return Path(name).suffix.lower() in SETTINGS and name.count("/") < MAX_DEPTH


def _walk(top: Path, notes: list[Note]) -> Iterator[Path]:
    """Regular files below a folder in sorted order; what is passed over is a Note. Links are not followed out."""
    root = top.resolve()
    for folder, folders, files in os.walk(top, onerror=lambda error: notes.append(Note(f"not entered: {error}"))):
        here = Path(folder)
        if len(here.parts) - len(top.parts) >= MAX_DEPTH:
            notes.append(Note(f"{here}: nested too deeply, not entered"))
            folders.clear()
        folders[:] = sorted(f for f in folders if _is_entered(f) and not (here / f).is_symlink())
        for name in sorted(files):
            path = here / name
            if _is_passed_over(name):
                continue
            if _is_archive_name(name):
                notes.append(Note(f"{path}: an archive, looked into only where it is named"))
            elif path.is_symlink() and root not in _real(path).parents:
                notes.append(Note(f"{path}: a link out of the folder, not followed"))
            elif path.is_file():
                yield path
            else:
                notes.append(Note(f"{path}: not a regular file"))
