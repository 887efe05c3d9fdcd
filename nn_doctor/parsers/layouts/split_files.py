"""One quantity a file: TensorBoard's CSV export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_EXPORT = re.compile(r"run-(.+?)-tag-(.+)\.csv$")


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """Bundles of files that hold one quantity each, by folder and run."""
    runs: dict[tuple[Path, str], list[Member]] = {}
    for path in paths:
        export = _EXPORT.fullmatch(path.name)
        if export:
            run = export.group(1).removesuffix("_train").removesuffix("_validation")
            runs.setdefault((path.parent, run), []).append(Member(path))
    return [Bundle(folder, tuple(members), "split files") for (folder, _), members in sorted(runs.items())]


LAYOUT = Layout("split files", "one quantity a file (TensorBoard CSV export)", claim)
