"""AllenNLP's serialization directory: ``metrics_epoch_N.json``, a file an epoch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import files_in, inside
from nn_doctor.parsers.layouts.base import About, Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_EPOCH = re.compile(r"metrics_epoch_(\d{1,9})\.json")
_OTHERS = re.compile(r"metrics\.json|(?:stdout|stderr|out|err|python_logging)[\w.-]*\.log")
"""The final metrics, and what was printed."""


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a folder, its epochs in order; its printed output and events tell of the same run."""
    folders: dict[Path, list[tuple[int, Path]]] = {}
    for path in paths:
        match = _EPOCH.fullmatch(path.name)
        if match:
            folders.setdefault(path.parent, []).append((int(match.group(1)), path))
    bundles = []
    files = inside(paths, folders)
    for home, epochs in sorted(folders.items()):
        aside = tuple(path for path in files[home] if _is_aside(path, home))
        members = tuple(Member(path) for _, path in sorted(epochs))
        bundles.append(Bundle(home, members, "allennlp", aside=aside, about=_about))
    return bundles


def _partners(path: Path) -> list[Path]:
    return [beside for beside in files_in(path.parent) if _EPOCH.fullmatch(beside.name)]


def _is_aside(path: Path, home: Path) -> bool:
    if path.parent == home:
        return _OTHERS.fullmatch(path.name) is not None
    return (home / "log") in path.parents or (home / "vocabulary") in path.parents


def _about(home: Path) -> About:
    from nn_doctor.parsers.common.beside import settings_in

    if not (home / "config.json").is_file():
        return About()
    params, note = settings_in(home / "config.json", "of the run")
    return About(params=params, notes=(note,))


LAYOUT = Layout("allennlp", "AllenNLP folders (metrics_epoch_N.json)", claim, partners=_partners)
