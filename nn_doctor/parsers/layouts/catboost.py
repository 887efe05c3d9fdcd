"""``catboost_info/``: the same curves as tables, as JSON and as TensorBoard events; one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.common.listing import inside
from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TABLES = {"learn_error.tsv": "learn/", "test_error.tsv": "test/"}
_JSON = "catboost_training.json"
_TIMES = "time_left.tsv"
_EVENTS = frozenset({"learn", "test"})


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle a folder: the tables, or the JSON document where there are none."""
    folders: dict[Path, list[Member]] = {}
    for path in paths:
        if path.name in _TABLES:
            folders.setdefault(path.parent, []).append(Member(path, _TABLES[path.name]))
    for path in paths:
        if path.name == _JSON:
            folders.setdefault(path.parent, [Member(path)])
    bundles = []
    files = inside(paths, folders)
    for home, members in sorted(folders.items()):
        curves = {member.path for member in members}
        aside = tuple(path for path in files[home] if path not in curves and _is_aside(path, home))
        folder = home if aside or len(members) > 1 or members[0].prefix else members[0].path
        bundles.append(Bundle(folder, tuple(members), "catboost", aside=aside))
    return bundles


def _partners(path: Path) -> list[Path]:
    return [path.with_name(name) for name in _TABLES if path.with_name(name).is_file()]


def _is_aside(path: Path, home: Path) -> bool:
    if path.parent == home:
        return path.name in (_JSON, _TIMES, *_TABLES)
    return path.parent.parent == home and path.parent.name in _EVENTS and "tfevents" in path.name


LAYOUT = Layout("catboost", "catboost_info/ (tables, JSON and events of one run)", claim, partners=_partners)
