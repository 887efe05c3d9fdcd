"""What a parser is and what it is given: the contract every format fulfils.

A format is one module in this package that defines ``PARSER = Parser(...)``. Its ``sniff`` must be cheap and
must not import numpy at module level; its ``read`` may import what it needs, inside the function.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

HEAD_BYTES = 64 * 1024
"""How much of a file a sniffer may look at."""
ONE_ROW = "one row of values, no curve"
"""The Note on a file that sums a run up; of a bundle's members some always do."""


class Match(IntEnum):
    """How sure a parser is that a file is its own; the highest wins."""

    NO = 0
    POSSIBLE = 1
    """It could read this, as a last resort."""
    SHAPE = 2
    """The text has the right shape."""
    SIGNATURE = 3
    """Nothing else looks like this; failing to read it is an error."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, as sniffers see it.

    ``text`` is the decoded head, cut after its last whole line if the file goes on, or None if it is binary.
    ``name`` is the file's name (without folders), ``suffix`` its lower-case suffix with the dot.
    """

    data: bytes
    text: str | None
    name: str
    suffix: str
    size: int


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about reading: ``x`` is the column to use as x axis (--x)."""

    x: str | None = None


@dataclass(frozen=True, slots=True)
class Parser:
    """A format: how to recognise it and how to read it.

    ``sniff(head)`` never raises. ``read(source, options)`` returns one Recording for each run in the file,
    raises ReadError if the file holds no log, and never raises anything else; a file cut anywhere gives the
    whole records before the cut, with a Note. ``specialises`` names parsers that lose a tie against this one.
    ``example`` is one line as the format looks, shown by ``nn-doctor formats``.
    """

    name: str
    title: str
    sniff: Callable[[Head], Match]
    read: Callable[[Source, ReadOptions], list[Recording]]
    suffixes: tuple[str, ...] = ()
    specialises: tuple[str, ...] = ()
    example: str = ""
