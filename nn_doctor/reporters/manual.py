"""The lists and manual pages that commands print: wrapped to the screen, one line an entry in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.style import COLOURS, Style, cells, clip, columns_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nn_doctor.catalogue.pages import Page
    from nn_doctor.parsers.base import Parser

MARGIN = 4
WIDEST = 88
"""Longer lines of prose are hard to read."""
RULE = "---"


def page(shown: Page, style: Style) -> str:
    """A manual page, its paragraphs wrapped anew and its headings bold."""
    width = min(style.width, WIDEST)
    lines: list[str] = []
    for block in shown.text.strip().split("\n\n"):
        heading, _, rest = block.partition("\n")
        if rest.startswith(RULE):
            rule, _, rest = rest.partition("\n")
            lines += [style.paint(style.clean(heading), "bold"), rule[:width]]
            block = rest
        if block.strip():
            lines += [*wrapped(style.clean(" ".join(block.split())), width), ""]
    return "\n".join(lines).rstrip() + "\n"


def catalogue(found: Sequence[Page], style: Style, terminal: bool) -> str:
    """Every diagnosis: a line each in a pipe; at a terminal its sentence wrapped below."""
    slugs = max((len(p.slug) for p in found), default=0)
    kinds = max((len(p.severity) for p in found), default=0)
    if not terminal:
        return "".join(f"{p.code}  {p.slug:{slugs}}  {p.severity:{kinds}}  {style.clean(p.title)}\n" for p in found)
    narrow = style.width < len("ND000") + slugs + kinds + 4
    lines = []
    for p in found:
        severity = style.paint(p.severity, COLOURS.get(p.severity.split(",")[0], "dim"))
        code = style.paint(p.code, "bold")
        lines += (
            [f"{code}  {severity}", *hung(p.slug, style, 7)] if narrow else [f"{code}  {p.slug:{slugs}}  {severity}"]
        )
        lines += hung(p.title, style, 7)
    return "\n".join(lines) + "\n"


def formats(found: Iterable[Parser], style: Style, terminal: bool) -> str:
    """Every format: its name, what it is, and how it looks."""
    lines = []
    for parser in found:
        suffixes = " ".join(suffix for suffix in parser.suffixes if suffix)  # an empty one stands for a bare name
        title = f"{parser.title} ({suffixes})" if suffixes else parser.title
        if not terminal:
            lines.append(f"{parser.name}  {style.clean(title)}")
        else:
            lines += [style.paint(parser.name, "bold"), *hung(title, style, MARGIN)]
        if parser.example:
            example = style.clean(" ".join(parser.example.split("\n")))
            room = style.width - MARGIN if terminal else 100
            lines.append(" " * MARGIN + style.paint(clip(example, room), "dim"))
    return "\n".join(lines) + "\n"


def hung(text: str, style: Style, margin: int) -> list[str]:
    """``text`` wrapped, each line behind ``margin`` blanks."""
    room = max(10, min(style.width, WIDEST + margin) - margin)
    return [" " * margin + line for line in wrapped(style.clean(text), room)]


def rows(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a table with its columns under each other; the last one is not filled up."""
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(columns_of(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    ]
