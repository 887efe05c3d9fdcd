"""DVCLive: one file a metric below ``plots/metrics/`` (in older versions other folders), settings beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import files_below, inside
from nn_doctor.parsers.layouts.base import About, Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_INSIDE = (("plots", "metrics"), ("plots", "scalars"), ("scalars",), ("static",), ())
"""Folders with the metrics below a run's own, newest version first; the last one only in a folder of this name:"""
_NAME = "dvclive"
_SETTINGS = "params.yaml"
_MOST_FILES = 10_000


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a folder that DVCLive wrote; its summary and other plots are no runs of their own."""
    runs: dict[Path, list[Member]] = {}
    beside: dict[Path, list[Path]] = {}
    for path in paths:
        if path.suffix == ".json":
            beside.setdefault(path.parent, []).append(path)
        found = _home(path)
        if found is not None:
            runs.setdefault(found[0], []).append(Member(path, found[1]))
    bundles = []
    files = inside(paths, runs)
    for home, members in sorted(runs.items()):
        curves = {member.path for member in members}
        aside = [path for path in files[home] if path not in curves and _is_aside(path, home)]
        aside += [path for path in beside.get(home.parent, []) if path.stem == home.name]
        bundles.append(Bundle(home, tuple(members), "dvclive", aside=tuple(aside), about=_about))
    return bundles


def _home(path: Path) -> tuple[Path, str] | None:
    """``(folder of the run, prefix of the metric)`` of a metric's file, or None."""
    if path.suffix != ".tsv":
        return None
    folders = path.parent.parts
    for middle in _INSIDE:
        for end in range(len(folders), len(middle) - 1, -1):
            start = end - len(middle)
            if folders[start:end] != middle or not _is_home(folders[:start], middle):
                continue
            nested = "".join(f"{folder}/" for folder in folders[end:])
            return path.parents[len(folders) - start], nested
    return None


def _partners(path: Path) -> Iterator[Path]:
    found = _home(path)
    return files_below(found[0] if found else path.parent, _MOST_FILES)


def _is_home(above: tuple[str, ...], middle: tuple[str, ...]) -> bool:
    """The two folders of the newest version say enough; the others count in a folder named after the tool."""
    return middle == _INSIDE[0] or above[-1:] == (_NAME,)


def _is_aside(path: Path, home: Path) -> bool:
    return path == home / "metrics.json" or (home / "plots") in path.parents


def _about(home: Path) -> About:
    """The settings in ``params.yaml``: DVCLive's own, else DVC's beside the folder."""
    from nn_doctor.parsers.common.beside import settings_in

    for file, where in ((home / _SETTINGS, "of the run"), (home.parent / _SETTINGS, f"beside {home.name}")):
        if file.is_file():
            params, note = settings_in(file, where)
            return About(params=params, notes=(note,))
    return About()


LAYOUT = Layout("dvclive", "DVCLive folders (plots/metrics/)", claim, partners=_partners)
