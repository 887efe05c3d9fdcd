"""Finding rules by their file names."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING

from nn_doctor.catalogue import pages

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, imported, in the order of the codes."""
    names = (f"{code.lower()}_{slug.replace('-', '_')}" for code, slug in pages.names().items())
    return tuple(importlib.import_module(f"nn_doctor.catalogue.{name}").RULE for name in names)


def matches(rule: Rule, patterns: tuple[str, ...]) -> bool:
    """Whether a rule is named by one of the patterns: a code, a prefix of codes ("ND2"), or a slug."""
    return any(rule.code.startswith(p.upper()) or rule.slug == p.lower() for p in patterns)
