"""A text that ends without a line end: what stands behind the last one may be half a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.ending import is_whole
from nn_doctor.parsers.textlog.forms import parts_of
from nn_doctor.parsers.textlog.plan import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TAIL = 1 << 16
"""Characters at the end that are looked at."""
LINES = 200
_ENDS = re.compile(r"[\n\r\x08]+")


def cut_end(text: str) -> int:
    """How many characters at the end to leave out, since they may be half a line; 0 if the text ends well.

    A last line without its end is taken for whole if a line before has the same text between its numbers, and the
    last number, where nothing stands behind it, ends as it does there.
    """
    *before, last = _ENDS.split(text[-TAIL:])[-LINES:]
    if len(last) >= LONGEST:  # its end is not looked at
        return 0
    parts = parts_of(last) if last.strip() else [""]
    if len(parts) == 1:
        return 0
    alike = [found for line in before if (found := parts_of(line[:LONGEST]))[::2] == parts[::2]]
    whole = bool(alike) and (parts[-1] != "" or is_whole(parts[-2], [found[-2] for found in alike]))
    return 0 if whole else len(last)


def but_last(lines: Iterable[tuple[int, str]], cut: int) -> Iterator[tuple[int, str]]:
    """The lines without ``cut`` characters of the last one."""
    held: tuple[int, str] | None = None
    for item in lines:
        if held is not None:
            yield held
        held = item
    if held is not None:
        number, line = held
        yield number, line[: len(line) - cut] if cut else line
