"""What a layout is: it looks at a listing of files and claims those that make one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from nn_doctor.series.channel import Note


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle; ``prefix`` ("validation/") goes in front of its channels' names."""

    path: Path
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the files of a run say of it beside its curves: the name it was given, hyper-parameters, notes."""

    name: str = ""
    params: dict[str, object] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The members of one run, and the folder it is named after. ``loose`` members may hold nothing at all.

    ``aside`` are files of the run that are no members (settings, its printed output, the same curves in another
    format): nobody reads them as runs of their own. ``about(folder)`` is asked for name and hyper-parameters when
    the run is read, in place of the files that lie beside other logs. A run with a reason in ``left_out`` is
    passed over, with that as a Note, unless the user names it.
    """

    folder: Path
    members: tuple[Member, ...]
    layout: str
    loose: bool = False
    aside: tuple[Path, ...] = ()
    about: Callable[[Path], About] | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to keep one run in several files. ``claim(paths)`` returns the bundles among the paths.

    Layouts of stores (``store``) come first: what lies inside a store is part of it, whatever it looks like.
    ``partners(path)`` lists the files that may be of one run with a file which the user named by itself, and no
    others: a folder may hold thousands. Without it such a file is read alone.
    """

    name: str
    title: str
    claim: Callable[[Sequence[Path]], list[Bundle]]
    store: bool = False
    partners: Callable[[Path], Iterable[Path]] | None = None
