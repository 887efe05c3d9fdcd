"""Finding layouts, and bundling a listing of files."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

from nn_doctor.parsers import layouts
from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NOT_LAYOUTS = frozenset({"base", "registry"})


@lru_cache(maxsize=1)
def all_layouts() -> tuple[Layout, ...]:
    """Every layout: the modules of this package that define LAYOUT, stores first, then by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(layouts.__path__) if m.name not in _NOT_LAYOUTS)
    found = [importlib.import_module(f"{layouts.__name__}.{name}").LAYOUT for name in names]
    return tuple(sorted(found, key=lambda layout: not layout.store))


def partners_of(alone: Bundle) -> Bundle:
    """The bundle of a file that is claimed by itself, with the files that lie near it and are of the same run."""
    layout = next((layout for layout in all_layouts() if layout.name == alone.layout), None)
    if layout is None or layout.partners is None:
        return alone
    path = alone.members[0].path
    claimed = layout.claim(sorted({path, *layout.partners(path)}))
    return next((bundle for bundle in claimed if any(member.path == path for member in bundle.members)), alone)


def bundles_of(paths: Sequence[Path]) -> list[Bundle]:
    """Paths → bundles: those a layout claims, then each other file by itself; by folder and name."""
    left = list(paths)
    bundles: list[Bundle] = []
    for layout in all_layouts():
        claimed = layout.claim(left)
        taken = {path for bundle in claimed for path in (*(m.path for m in bundle.members), *bundle.aside)}
        left = [path for path in left if path not in taken]
        bundles.extend(claimed)
    bundles.extend(Bundle(path, (Member(path),), "") for path in left)
    return sorted(bundles, key=lambda bundle: (str(bundle.folder), bundle.members[0].path))
