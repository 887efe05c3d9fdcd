"""What a layout is: it looks at a listing of files and claims those that make one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle; ``prefix`` ("validation/") goes in front of its channels' names."""

    path: Path
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The members of one run, and the folder it is named after. ``loose`` members may hold nothing at all."""

    folder: Path
    members: tuple[Member, ...]
    layout: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to keep one run in several files. ``claim(paths)`` returns the bundles among the paths."""

    name: str
    title: str
    claim: Callable[[Sequence[Path]], list[Bundle]]
