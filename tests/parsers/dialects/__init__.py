"""Text dialects by the tools that print them, as data: a short log each, and what has to be read from it.

The logs are written by hand after the tools' documentation and sources, with numbers made up; what is expected was
written down from the log, before any parser was run on it.
"""

from __future__ import annotations

Expected = dict[str, tuple[str, str, str, list[float], list[float]]]
"""Name → metric, split, axis, x and y of the series."""
Dialects = dict[str, tuple[str, Expected]]


def rows(pattern: str, *values: tuple[object, ...]) -> str:
    """The pattern filled in with each tuple of values, one after the other."""
    return "".join(pattern.format(*v) for v in values)
