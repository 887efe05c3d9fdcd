"""Finding parsers without a list to edit, and choosing one by content."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

from nn_doctor import parsers
from nn_doctor.errors import ConfigError
from nn_doctor.parsers.base import Match, Parser

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head

_NOT_FORMATS = frozenset({"base", "registry", "source"})


@lru_cache(maxsize=1)
def all_parsers() -> tuple[Parser, ...]:
    """Every parser: the modules of this package that define PARSER, by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(parsers.__path__) if not m.ispkg and m.name not in _NOT_FORMATS)
    modules = (importlib.import_module(f"{parsers.__name__}.{name}") for name in names)
    return tuple(module.PARSER for module in modules)


def parser_named(name: str) -> Parser:
    """The parser of that name (--parser); raises ConfigError naming the nearest."""
    known = {parser.name: parser for parser in all_parsers()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        raise ConfigError(f"--parser: no parser named '{name}' ({hint})")
    return known[name]


def choose(head: Head) -> tuple[Parser | None, Match]:
    """The parser surest of this file; on a tie the one that declares it specialises the other, else by name."""
    matches = [(parser.sniff(head), parser) for parser in all_parsers()]
    best = max((match for match, _ in matches), default=Match.NO)
    if best is Match.NO:
        return None, Match.NO
    tied = [parser for match, parser in matches if match is best]
    beaten = {name for parser in tied for name in parser.specialises}
    return next((p for p in tied if p.name not in beaten), tied[0]), best
