"""Finding parsers without a list to edit, and choosing one by content."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from nn_doctor import parsers
from nn_doctor.errors import ConfigError
from nn_doctor.parsers.base import Match, Parser

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head

_NOT_FORMATS = frozenset({"base", "registry", "source"})
_more: list[Parser] = []
"""Parsers that other packages bring."""


def all_parsers() -> tuple[Parser, ...]:
    """Every parser: the modules of this package that define PARSER, by name."""
    return (*map(_load, _names()), *_more)


def add(parser: Parser) -> None:
    """Take in a parser of another package; raises ValueError if it is none or its name is taken."""
    if not isinstance(parser, Parser) or parser.name in {known.name for known in all_parsers()}:
        raise ValueError("no Parser, or its name is taken")
    _more.append(parser)


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    found = pkgutil.iter_modules(parsers.__path__)
    return tuple(sorted(m.name for m in found if not m.ispkg and m.name not in _NOT_FORMATS))


@cache
def _load(name: str) -> Parser:
    parser: Parser = importlib.import_module(f"{parsers.__name__}.{name}").PARSER
    return parser


def parser_named(name: str) -> Parser:
    """The parser of that name (--parser); raises ConfigError naming the nearest."""
    known = {parser.name: parser for parser in all_parsers()}
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        raise ConfigError(f"--parser: no parser named '{name}' ({hint})")
    return known[name]


def choose(head: Head) -> tuple[Parser | None, Match]:
    """The parser surest of this file; on a tie the one that declares it specialises the other, else by name.

    A signature is beyond doubt: the parsers after it are not even imported.
    """
    matches = []
    for parser in chain(_more, map(_load, _names())):
        matches.append((parser.sniff(head), parser))
        if matches[-1][0] is Match.SIGNATURE:
            break
    best = max((match for match, _ in matches), default=Match.NO)
    if best is Match.NO:
        return None, Match.NO
    tied = [parser for match, parser in matches if match is best]
    beaten = {name for parser in tied for name in parser.specialises}
    return next((p for p in tied if p.name not in beaten), tied[0]), best
