"""The manual pages of the diagnoses: docstrings of the rule modules, read without importing them.

A rule lives in ``nd202_severe_overfitting.py``; its docstring begins
``ND202 severe-overfitting (critical): one sentence.`` and is the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FILE = re.compile(r"nd(\d{3})_(\w+)\.py")
_HEADER = re.compile(r"(ND\d{3}) ([a-z0-9-]+) \(([a-z ,]+)\): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """One diagnosis: ``title`` is its one sentence, ``text`` the whole page."""

    code: str
    slug: str
    severity: str
    title: str
    text: str


def names() -> dict[str, str]:
    """Code → slug of every rule, sorted, from the file names alone."""
    return {code: path.stem[6:].replace("_", "-") for code, path in _files().items()}


def find(word: str) -> str | None:
    """The code meant by a code or slug in any case, or None."""
    known = names()
    if word.upper() in known:
        return word.upper()
    slug = word.lower().replace("_", "-")
    return next((code for code, name in known.items() if name == slug), None)


def page(code: str) -> Page:
    """The page of a code; raises KeyError."""
    path = _files()[code]
    text = _docstring(path.read_text(encoding="utf-8"))
    match = _HEADER.match(text.split("\n\n")[0])
    slug = path.stem[6:].replace("_", "-")
    if match is None:
        return Page(code, slug, "", text.split("\n")[0], text)
    return Page(code, match[2], match[3], " ".join(match[4].split()), text)


def pages() -> list[Page]:
    """All pages, by code."""
    return [page(code) for code in _files()]


def _files() -> dict[str, Path]:
    found = {}
    for path in sorted(Path(__file__).parent.iterdir()):
        match = _FILE.fullmatch(path.name)
        if match:
            found[f"ND{match[1]}"] = path
    return found


def _docstring(source: str) -> str:
    """The module docstring; only the text up to its end is parsed, which is ten times faster."""
    import ast

    start = source.find('"""')
    end = source.find('"""', start + 3)
    try:
        tree = ast.parse(source[: end + 3] if end > 0 else source)
    except SyntaxError:
        return ""
    return ast.get_docstring(tree) or ""
