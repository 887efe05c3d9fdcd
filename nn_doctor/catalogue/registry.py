"""Finding rules by their file names, and their pages without importing them."""

from __future__ import annotations

import ast
import difflib
import importlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Rule

_FILE = re.compile(r"nd(\d{3})_(\w+)\.py")
_TITLE = re.compile(r"(ND\d{3}) ([\w-]+) \(([^)]*)\): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's manual page: its docstring, with the first paragraph taken apart."""

    code: str
    slug: str
    severity: str
    title: str
    text: str


@lru_cache(maxsize=1)
def modules() -> dict[str, str]:
    """Code → module name, in the order of the codes."""
    found = (_FILE.fullmatch(path.name) for path in Path(__file__).parent.glob("nd*.py"))
    return dict(sorted((f"ND{match[1]}", match[0][:-3]) for match in found if match))


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, imported, in the order of the codes."""
    return tuple(importlib.import_module(f"nn_doctor.catalogue.{name}").RULE for name in modules().values())


@lru_cache(maxsize=256)
def page(code: str) -> Page:
    """The page of a code, read from the source with ``ast``; raises KeyError for an unknown code."""
    path = Path(__file__).parent / f"{modules()[code]}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    match = _TITLE.match(text.split("\n\n", 1)[0])
    if match is None:
        return Page(code, "", "", "", text)
    return Page(match[1], match[2], match[3], " ".join(match[4].split()), text)


def code_of(name: str) -> str:
    """The code for a code or slug in any case; raises ConfigError naming the nearest."""
    known = {code: code for code in modules()} | {page(code).slug: code for code in modules()}
    wanted = name if name in known else (name.upper() if name.upper() in known else name.lower())
    if wanted not in known:
        near = difflib.get_close_matches(name.lower(), [k.lower() for k in known], n=1)
        hint = f"did you mean '{near[0]}'?" if near else "nn-doctor catalogue lists them"
        raise ConfigError(f"no diagnosis '{name}' ({hint})")
    return known[wanted]


def matches(code: str, patterns: tuple[str, ...]) -> bool:
    """Whether a code is named by one of the patterns: a code, a prefix of codes ("ND2"), or a slug."""
    return any(code.startswith(p.upper()) or page(code).slug == p.lower() for p in patterns)
