"""One quantity a file: CatBoost's learn/test tables, DVCLive's train/ and eval/ folders, TensorBoard's CSV export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CATBOOST = {"learn_error.tsv": "learn/", "test_error.tsv": "test/"}
_DVCLIVE = re.compile(r"dvclive/(?:static|plots)?/?(?:metrics/)?((?:[^/]+/)*)[^/]+\.tsv$")
_EXPORT = re.compile(r"run-(.+?)-tag-(.+)\.csv$")


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """Bundles of files that hold one quantity or one split each."""
    runs: dict[tuple[Path, str], list[Member]] = {}
    for path in paths:
        found = _home(path)
        if found is not None:
            folder, key, prefix = found
            runs.setdefault((folder, key), []).append(Member(path, prefix))
    return [Bundle(folder, tuple(members), "split files") for (folder, _), members in sorted(runs.items())]


def _home(path: Path) -> tuple[Path, str, str] | None:
    """(folder of the run, what tells runs in it apart, prefix) of a member, or None."""
    if path.name in _CATBOOST:
        return path.parent, "", _CATBOOST[path.name]
    live = _DVCLIVE.search(path.as_posix())
    if live is not None:
        depth = live.group(1).count("/")
        return path.parents[depth], "", live.group(1)
    export = _EXPORT.fullmatch(path.name)
    return (path.parent, export.group(1).removesuffix("_train").removesuffix("_validation"), "") if export else None


LAYOUT = Layout("split files", "one quantity a file (CatBoost, DVCLive, TensorBoard CSV export)", claim)
