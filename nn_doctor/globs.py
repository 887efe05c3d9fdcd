"""Patterns of paths, as .gitignore understands them: ``*`` stays within a folder's name, ``**`` does not."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches(source: str, patterns: Iterable[str], base: str) -> bool:
    """Whether a path, or a folder it lies in, fits one of the patterns.

    A pattern with a slash is relative to the folder ``base``; one without fits a name at any depth. "*" at the end
    of a path never crosses a slash, but everything under a folder that fits does too.
    """
    path = _relative(source, base)
    parts = path.strip("/").split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    for pattern in patterns:
        trimmed = pattern.removeprefix("./").rstrip("/")
        regex = _compiled(trimmed.removeprefix("/"))
        if any(regex.fullmatch(one) for one in (above if "/" in trimmed else parts)):
            return True
    return False


def _relative(source: str, base: str) -> str:
    """``source`` with forward slashes, relative to ``base`` where it lies in it, else absolute."""
    if source == "-" or "\0" in source:
        return source
    path = Path(source).absolute()
    shown = Path(_normal(path))
    folder = Path(_normal(Path(base).absolute()))
    return shown.relative_to(folder).as_posix() if shown.is_relative_to(folder) else shown.as_posix()


def _normal(path: Path) -> str:
    import os.path

    return os.path.normpath(path)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression without nested repetition: it is linear enough for any path."""
    regex, rest = "", pattern
    while rest:
        if rest.startswith("**/"):
            regex, rest = regex + "(?:.*/)?", rest[3:]
        elif rest.startswith("**"):
            regex, rest = regex + ".*", rest[2:]
        elif rest[0] == "*":
            regex, rest = regex + "[^/]*", rest[1:]
        elif rest[0] == "?":
            regex, rest = regex + "[^/]", rest[1:]
        else:
            regex, rest = regex + re.escape(rest[0]), rest[1:]
    return re.compile(regex, re.DOTALL)
