"""Finding rules by their file names."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING

from nn_doctor.catalogue import pages

if TYPE_CHECKING:
    from types import ModuleType

    from nn_doctor.catalogue.base import Rule


_more: dict[str, Rule] = {}
"""Rules that other packages bring, by code."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, imported, in the order of the codes; those of other packages last."""
    own = ((code, slug) for code, slug in pages.names().items() if code not in _more)
    names = (f"{code.lower()}_{slug.replace('-', '_')}" for code, slug in own)
    return (*(importlib.import_module(f"nn_doctor.catalogue.{name}").RULE for name in names), *_more.values())


def add(module: ModuleType) -> None:
    """Take in a rule of another package: a module made like those here. Raises ValueError if it is not."""
    rule = getattr(module, "RULE", None)
    if not (hasattr(rule, "check") and module.__doc__):
        raise ValueError("no module with a docstring and RULE")
    pages.add(rule.code, rule.slug, module.__doc__)  # type: ignore[union-attr]
    _more[rule.code] = rule  # type: ignore[union-attr, assignment]
    all_rules.cache_clear()


def matches(rule: Rule, patterns: tuple[str, ...]) -> bool:
    """Whether a rule is named by one of the patterns: a code, a prefix of codes ("ND2"), or a slug."""
    return any(rule.code.startswith(p.upper()) or rule.slug == p.lower() for p in patterns)
