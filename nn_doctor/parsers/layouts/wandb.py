"""W&B folders: each ``run-*/`` or ``offline-run-*/`` is one run, whatever lies in it beside its history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import files_in, folders_beside
from nn_doctor.parsers.layouts.base import About, Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_RUN = re.compile(r"(?:offline-|dry)?run-\d{8}_\d{6}-(.+)")
_RUN_FILE = re.compile(r"run-(.+)\.wandb")
_HISTORIES = ("wandb-history.jsonl", "files/wandb-history.jsonl", "files/output.log", "output.log")
"""Where the curves of a run without its ``.wandb`` file may be found, best first."""
_CONFIGS = ("files/config.yaml", "config.yaml")
_TOOLS_OWN = frozenset({"_wandb", "wandb_version"})
_DEBUG = re.compile(r"debug(?:-[\w-]+)?(?:\.\w+)?\.log")


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a run; a run resumed in a second folder is one with the first."""
    inside: dict[Path, list[Path]] = {}
    for path in paths:
        home = next((folder for folder in path.parents if _RUN.fullmatch(folder.name)), None)
        home = home or _home_of_run_file(path)
        if home is not None:
            inside.setdefault(home, [])
    for path in paths:
        home = next((folder for folder in path.parents if folder in inside), None)
        if home is not None:
            inside[home].append(path)
    runs: dict[tuple[Path, str], list[Path]] = {}
    for home, files in sorted(inside.items()):
        history = _history(home, files)
        if history is not None:
            runs.setdefault((home.parent, _run_id(home, history)), []).append(history)
    logs = {path for path in paths if _DEBUG.fullmatch(path.name)}
    return [_bundle(histories, inside, logs) for _, histories in sorted(runs.items())]


def _home_of_run_file(path: Path) -> Path | None:
    """The folder of a ``.wandb`` file with ``files/`` beside it, where a link or "." hides the folder's own name."""
    return path.parent if _RUN_FILE.fullmatch(path.name) and (path.parent / "files").is_dir() else None


def _partners(path: Path) -> list[Path]:
    """The files of the folders of this run, which has several if it was resumed."""
    home = next((folder for folder in path.parents if _RUN.fullmatch(folder.name)), path.parent)
    named = _RUN.fullmatch(home.name)
    ending = f"-{named.group(1)}" if named else "/"
    own = [f for f in folders_beside(home) if f.name.endswith(ending) and _RUN.fullmatch(f.name)] or [home]
    return [file for folder in own for file in files_in(folder)]


def _history(home: Path, files: list[Path]) -> Path | None:
    """The file with the curves of a run."""
    own = [path for path in files if path.parent == home and _RUN_FILE.fullmatch(path.name)]
    others = [home / name for name in _HISTORIES if home / name in files]
    return next(iter([*own, *others]), None)


def _run_id(home: Path, history: Path) -> str:
    found = _RUN_FILE.fullmatch(history.name) or _RUN.fullmatch(home.name)
    return found.group(1) if found else home.name


def _home(history: Path, inside: dict[Path, list[Path]]) -> Path:
    return next(folder for folder in history.parents if folder in inside)


def _bundle(histories: list[Path], inside: dict[Path, list[Path]], logs: set[Path]) -> Bundle:
    homes = [_home(history, inside) for history in histories]
    aside = {path for home in homes for path in inside[home]} - set(histories)
    aside |= {path for path in logs if path.parent == homes[0].parent}
    return Bundle(homes[0], tuple(map(Member, histories)), "wandb", aside=tuple(sorted(aside)), about=_about)


def _about(home: Path) -> About:
    """The configuration beside a history that has none of its own (the ``.wandb`` file holds it)."""
    from nn_doctor.parsers.common.beside import settings_in

    file = next((home / name for name in _CONFIGS if (home / name).is_file()), None)
    if file is None or any(_RUN_FILE.fullmatch(path.name) for path in home.iterdir()):
        return About()
    found, note = settings_in(file, "of the run")
    own = {name: value for name, value in found.items() if name.split(".", 1)[0] not in _TOOLS_OWN}
    return About(params=own, notes=(note,))


LAYOUT = Layout("wandb", "W&B folders (run-*/, offline-run-*/)", claim, store=True, partners=_partners)
