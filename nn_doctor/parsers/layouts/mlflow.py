"""MLflow's file store: ``<run>/meta.yaml`` with a file a metric, a parameter and a tag; one run a folder."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import files_below, text_of
from nn_doctor.parsers.common.typed import typed
from nn_doctor.parsers.layouts.base import About, Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PARTS = frozenset({"metrics", "params", "tags", "artifacts", "inputs", "outputs"})
_SYSTEM = "system/"
_ENTRY = re.compile(r"^(\w+):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_RUN_KEYS = ("run_id", "run_uuid")
_MOST_PARAMS = 1000
_MOST_METRICS = 10_000


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a run that has metrics; its parameters, tags and artifacts are no logs of their own."""
    metas: dict[Path, dict[str, str]] = {}
    runs: dict[Path, list[Path]] = {}
    strays: list[Path] = []
    for path in paths:
        home = _home(path, metas)
        if home is not None:
            runs.setdefault(home, []).append(path)
    bundles = []
    for home, files in sorted(runs.items()):
        metrics = [path for path in files if path.relative_to(home).parts[0] == "metrics"]
        members = [Member(path, _prefix(path, home)) for path in sorted(metrics)]
        members = [member for member in members if member.prefix[: len(_SYSTEM)] != _SYSTEM] or members
        if not members or not any(key in metas[home] for key in _RUN_KEYS):
            strays.extend(path for path in files if path.relative_to(home).parts[0] in ("params", "tags", "metrics"))
            continue
        aside = set(files) - {member.path for member in members}
        deleted = metas[home].get("lifecycle_stage") == "deleted"
        reason = "a run deleted in MLflow: left out" if deleted else ""
        bundles.append(Bundle(home, tuple(members), "mlflow", aside=tuple(sorted(aside)), about=about, left_out=reason))
    if bundles and strays:
        bundles[0] = replace(bundles[0], aside=(*bundles[0].aside, *strays))
    return bundles


def _home(path: Path, metas: dict[Path, dict[str, str]]) -> Path | None:
    """The outermost folder above one of MLflow's with a ``meta.yaml``, or None."""
    for folder in reversed(path.parents):
        if folder.name in _PARTS:
            home = folder.parent
            if home not in metas:
                metas[home] = meta_of(home)
            if metas[home]:
                return home
    return None


def _partners(path: Path) -> Iterator[Path]:
    home = _home(path, {})
    return files_below((home or path.parent) / "metrics", _MOST_METRICS)


def _prefix(path: Path, home: Path) -> str:
    nested = path.parent.relative_to(home / "metrics").as_posix()
    return "" if nested == "." else f"{nested}/"


def meta_of(home: Path) -> dict[str, str]:
    """The plain entries of ``meta.yaml``, quotes off; nothing where there is none."""
    return {key: value.strip("'\"") for key, value in _ENTRY.findall(text_of(home / "meta.yaml"))}


def about(home: Path) -> About:
    """The run's name and its parameters, a file each."""
    name = text_of(home / "tags" / "mlflow.runName").strip() or meta_of(home).get("run_name", "")
    folder = home / "params"
    params: dict[str, object] = {
        path.relative_to(folder).as_posix(): typed(text_of(path).removesuffix("\n"))
        for path in files_below(folder, _MOST_PARAMS)
    }
    return About(name, params)


LAYOUT = Layout("mlflow", "MLflow's file store (mlruns/)", claim, store=True, partners=_partners)
