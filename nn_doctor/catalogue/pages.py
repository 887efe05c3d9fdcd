"""The manual pages of the diagnoses: docstrings of the rule modules, read without importing them.

A rule lives in ``nd202_severe_overfitting.py``; its docstring begins
``ND202 severe-overfitting (critical): one sentence.`` and is the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nn_doctor.errors import ConfigError

_FILE = re.compile(r"nd(\d{3})_(\w+)\.py")
_CODE = re.compile(r"[A-Z]{2,8}[0-9]{1,5}")
_HEADER = re.compile(r"([A-Z]{2,8}\d{1,5}) ([a-z0-9-]+) \(([a-z ,]+)\): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """One diagnosis: ``title`` is its one sentence, ``text`` the whole page."""

    code: str
    slug: str
    severity: str
    title: str
    text: str


_more: dict[str, Page] = {}
"""Pages of rules that other packages bring."""


def add(code: str, slug: str, text: str) -> None:
    """Make a page known that has no file here; raises ValueError if the code is taken or badly made."""
    if not _CODE.fullmatch(code) or code in names():
        raise ValueError(f"the code {code!r} is taken, or is not capitals and digits")
    _more[code] = _parsed(code, slug, text)


def names() -> dict[str, str]:
    """Code → slug of every rule, sorted, from the file names alone."""
    return {code: path.stem[6:].replace("_", "-") for code, path in _files().items()} | {
        code: page.slug for code, page in _more.items()
    }


def find(word: str) -> str | None:
    """The code meant by a code or slug in any case, or None."""
    known = names()
    if word.upper() in known:
        return word.upper()
    slug = word.lower().replace("_", "-")
    return next((code for code, name in known.items() if name == slug), None)


def resolve(word: str) -> str:
    """The code, or prefix of codes, meant by a word; raises ConfigError naming the nearest."""
    known = names()
    code = find(word)
    if code:
        return code
    if word and any(known_code.startswith(word.upper()) for known_code in known):
        return word.upper()
    import difflib

    everything = {name.lower(): name for name in (*known, *known.values())}
    near = difflib.get_close_matches(word[:60].lower(), everything, n=1)
    hint = f"did you mean {everything[near[0]]}?" if near else "nn-doctor catalogue lists them"
    raise ConfigError(f"no diagnosis is called {word!r} ({hint})")


def page(code: str) -> Page:
    """The page of a code; raises KeyError."""
    if code in _more:
        return _more[code]
    path = _files()[code]
    return _parsed(code, path.stem[6:].replace("_", "-"), _docstring(path.read_text(encoding="utf-8")))


def _parsed(code: str, slug: str, text: str) -> Page:
    match = _HEADER.match(text.split("\n\n")[0])
    if match is None:
        return Page(code, slug, "", text.split("\n")[0], text)
    return Page(code, match[2], match[3], " ".join(match[4].split()), text)


def section(code: str, heading: str) -> str:
    """What the page of a code says under a heading; empty if it has none."""
    parts = re.split(r"^(.+)\n-+\n", page(code).text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(heading, "").strip()


def pages() -> list[Page]:
    """All pages, by code."""
    return [page(code) for code in names()]


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
