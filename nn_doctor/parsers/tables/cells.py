"""Lines → rows of cells, whatever separates them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.numbers import is_absent, parse_duration, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WHITESPACE = " "
"""Stands for any run of blanks and tabs."""
JOINED_LINES = 50
"""A quoted cell may hold line ends, but not more than this many."""


def rows_of(lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """``(line number, cells)`` of every line that is not blank; cells are stripped and without their quotes."""
    pending, start = "", 0
    joined = 0
    for number, line in lines:
        if not pending:
            start, joined = number, 0
        text = f"{pending}\n{line}" if pending else line
        if text.count('"') % 2 and delimiter != WHITESPACE and joined < JOINED_LINES and '"' in text:
            pending, joined = text, joined + 1
            if joined < JOINED_LINES:
                continue
        pending = ""
        for piece in text.split("\n") if text.count('"') % 2 else [text]:
            cells = split_line(piece, delimiter)
            if any(cells) and not is_ruler(cells):
                yield start, cells
    for piece in pending.split("\n"):
        if any(cells := split_line(piece, delimiter)):
            yield start, cells


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line. NULs (a crash while writing) and byte-order marks are dropped."""
    line = line.replace("\x00", "").lstrip("\ufeff")
    if delimiter == WHITESPACE:
        return line.split()
    if '"' not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]
    except csv.Error:
        return [cell.strip().strip('"') for cell in line.split(delimiter)]


def is_ruler(cells: list[str]) -> bool:
    """Whether a row is the line of dashes between a header and its rows."""
    return bool(cells) and cells[0][:2] in ("--", "==", "__") and not any(cell.strip("-=_+|:") for cell in cells)


def number_of(cell: str, decimal_comma: bool = False) -> float | None:
    """The number in a cell: plain, dressed (units, tensors), a duration, or the k of "k/N"; else None."""
    value = parse_number(cell, decimal_comma)
    if value is not None:
        return value
    if ":" in cell or cell[-1:] == "s":
        return parse_duration(cell)
    before, slash, after = cell.partition("/")
    if slash and before.isdecimal() and after.isdecimal() and len(cell) < 40:
        return float(before)
    return None


def is_arrays(cells: list[str]) -> bool:
    """Whether every cell is an array as numpy prints it: no row of this table, whatever stands above it."""
    return all(cell[:1] == "[" and cell[-1:] == "]" and len(cell.split()) > 1 for cell in cells)


def is_clock(cell: str) -> bool:
    """Whether the number in a cell is a duration such as ``00:14``."""
    return ":" in cell and parse_number(cell) is None


def is_text(cell: str, decimal_comma: bool = False) -> bool:
    """Whether a cell holds a word rather than a number or nothing."""
    return not is_absent(cell) and number_of(cell, decimal_comma) is None
