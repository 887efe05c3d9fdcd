"""What separates the cells of a table, where its header stands, whether commas are decimal points."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nn_doctor.parsers.common.long import long_of
from nn_doctor.parsers.tables import headers
from nn_doctor.parsers.tables.cells import WHITESPACE, is_arrays, is_ruler, is_text, number_of, rows_of, split_line

SAMPLE_LINES = 200
HEADER_WITHIN = 30
"""Title lines may stand before the header, up to this many rows."""
CONSISTENT = 0.7
"""The share of rows that must have about as many cells as most rows have."""
NUMERIC = 0.3
"""The share of cells in data rows that must be numbers."""
KEYED = 0.1
"""More cells than this share that name their own value ("rmse: 0.3") make it text, not a table."""
_KEY_VALUE = re.compile(r"[A-Za-z][^:=]{0,40}[:=] ?[-+]?\d*\.?\d+$")
_LIST = re.compile(r"[A-Za-z_][^:,]{0,60}: *\[")
"""A name with a list begins each row: YAML."""
LABELS = 0.3
"""More rows than this share that begin with "name:" make a list of settings, not a table."""
_BAR = re.compile(r"\d/\d+ \[[=>.]{2}")
"""The bar of a training under way: text."""
_TQDM = re.compile(r"\d%\|[^|]{0,300}\| *\d+/\d+ \[")
FEWEST_BARS = 2
"""Bars of tqdm that make a file text, whatever commas stand in it."""
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read a table: ``header`` are the names ([] for none), ``first`` the line number of the first data row.

    ``skipped`` are title and comment lines before the header.
    """

    delimiter: str
    header: tuple[str, ...]
    first: int
    width: int
    decimal_comma: bool = False
    skipped: tuple[int, ...] = ()


def head_lines(text: str) -> list[tuple[int, str]]:
    """The first lines with their numbers, as ``Source.lines`` gives them; where only CR ends lines, counted."""
    if "\n" not in text:
        return list(enumerate(text.split("\r")[:SAMPLE_LINES], start=1))
    physical = enumerate(text.split("\n")[:SAMPLE_LINES], start=1)
    return [(number, part) for number, line in physical for part in line.rstrip("\r").split("\r")]


@lru_cache(maxsize=2)
def detect(text: str) -> Dialect | None:
    """The dialect of the table whose head is ``text``, or None if it is no table. Linear in the text."""
    lines = head_lines(text)
    if "%|" in text and sum(bool(_TQDM.search(line)) for _, line in lines) >= FEWEST_BARS:
        return None
    found = [d for delimiter in (",", "\t", ";") if (d := _try(lines, delimiter)) is not None]
    if not found:
        return _named_values(lines) or _try(lines, WHITESPACE)
    return max(found, key=lambda d: (d.decimal_comma, d.width, bool(d.header)))


def _named_values(lines: list[tuple[int, str]]) -> Dialect | None:
    """A long table by its first line: most of its cells are words."""
    number, first = lines[0]
    headers = {delimiter: tuple(split_line(first, delimiter)) for delimiter in (",", "\t", ";")}
    found = ((delimiter, header) for delimiter, header in headers.items() if long_of(header))
    return next((Dialect(delimiter, header, number + 1, len(header)) for delimiter, header in found), None)


def _try(lines: list[tuple[int, str]], delimiter: str) -> Dialect | None:
    if delimiter == WHITESPACE and (_has_names_of_words(lines) or any(_BAR.search(line) for _, line in lines)):
        return None
    everything = list(rows_of(lines, delimiter))
    rows = [(n, cells) for n, cells in everything if not (_is_comment(cells) or is_arrays(cells))]
    comments = [(n, cells) for n, cells in everything if _is_comment(cells)]
    decimal_comma = delimiter != "," and _uses_decimal_comma(rows)
    data = [(n, cells) for n, cells in rows if _numbers(cells, decimal_comma)]
    if not data:
        return _header_only(rows, delimiter)
    width = Counter(len(cells) for _, cells in data).most_common(1)[0][0]
    if width < 2 or not _is_consistent(rows, data, width, decimal_comma):
        return None
    prose = delimiter == WHITESPACE and _is_prose(rows, data[0][0], width)
    if prose or (delimiter == WHITESPACE and _is_key_value([cells for _, cells in data])):
        return None
    if delimiter == WHITESPACE and _is_drawn(lines, rows, data[0][0], width):
        return None
    return _with_header(rows, comments, data, delimiter, width, decimal_comma)


def _has_names_of_words(lines: list[tuple[int, str]]) -> bool:
    """Whether a ruler shows that names above it hold blanks ("LOSS NER"): only its dashes tell the columns then.

    So they do where a row below is shorter: its cells stand under their names, and some are empty.
    """
    for at, ((_, header), (_, ruler)) in enumerate(pairwise(lines[:HEADER_WITHIN])):
        cells = split_line(ruler, WHITESPACE)
        if is_ruler(cells) and len(cells) > 2:
            rows = (line for _, line in lines[at + 2 :] if line.lstrip()[:1].isdecimal())
            widths = {len(split_line(line, WHITESPACE)) for line in rows}
            if len(cells) != len(split_line(header, WHITESPACE)) or any(width < len(cells) for width in widths):
                return True
    return False


def _is_comment(cells: list[str]) -> bool:
    return cells[0].startswith(("#", "//", "%"))


def _numbers(cells: list[str], decimal_comma: bool) -> int:
    return sum(bool(cell) and number_of(cell, decimal_comma) is not None for cell in cells)


def _uses_decimal_comma(rows: list[tuple[int, list[str]]]) -> bool:
    cells = [cell for _, row in rows[:HEADER_WITHIN] for cell in row if cell]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    points = sum("." in cell and cell.replace(".", "").isdecimal() for cell in cells)
    return commas > 0 and commas > points


def _is_consistent(
    rows: list[tuple[int, list[str]]], data: list[tuple[int, list[str]]], width: int, decimal_comma: bool
) -> bool:
    """Most rows as wide as the others, and numbers in a good part of them."""
    alike = sum(abs(len(cells) - width) <= 1 or len(cells) < width for _, cells in data)
    full = sum(abs(len(cells) - width) <= 1 for _, cells in rows)
    if alike < CONSISTENT * len(data) or full < 0.5 * len(rows):
        return False
    if all(_LIST.match(cells[0]) for _, cells in data):
        return False
    filled = [cell for _, cells in data for cell in cells if cell]
    words = sum(is_text(cell, decimal_comma) for cell in filled)
    if sum(bool(_KEY_VALUE.search(cell)) for cell in filled) > KEYED * len(filled):
        return False
    return words <= (1 - NUMERIC) * len(filled) and len(data) >= 0.5 * len(rows[1:])


def _is_key_value(rows: list[list[str]]) -> bool:
    """Whether a column holds one word over and over ("iter 100 loss 2.3"): text for the text parser."""
    if len(rows) < 2:
        return any(is_text(cell) for cell in rows[0])
    width = Counter(map(len, rows)).most_common(1)[0][0]
    for column in zip(*(row for row in rows if len(row) == width), strict=False):
        if is_text(column[0]) and len(set(column)) <= max(1, len(column) // 10):
            return True
    return False


def _is_prose(rows: list[tuple[int, list[str]]], first: int, width: int) -> bool:
    """Whether lines of other widths stand before the first numbers or words "name:" begin the rows.

    Blanks are no delimiters anybody chose, so a title above such a table makes it text with figures in it.
    """
    before = [cells for number, cells in rows if number < first]
    labels = sum(cells[0].endswith(":") for _, cells in rows)
    return labels > LABELS * len(rows) or any(abs(len(cells) - width) > 1 for cells in before)


def _is_drawn(lines: list[tuple[int, str]], rows: list[tuple[int, list[str]]], first: int, width: int) -> bool:
    """Whether a table is drawn for the eye, its names not one a column: the text parser looks where they stand."""
    drawn = any("\x1b[" in line for _, line in lines[:HEADER_WITHIN])
    first = next((n for n, cells in rows if n >= first and len(cells) == width), first)
    heads = [(n, cells) for n, cells in rows if n < first and not (is_ruler(cells) or _numbers(cells, False))]
    if not heads:
        return drawn or any(is_ruler(split_line(line, WHITESPACE)) for _, line in lines[:HEADER_WITHIN] if line.strip())
    number, names = heads[-1]
    header = next(line for n, line in lines if n == number)
    indexed = len(headers.with_index(tuple(names), [cells for n, cells in rows if n >= first])) > len(names)
    return drawn or len(names) > width or (len(names) < width and header[:1] == " " and not indexed)


def _header_only(rows: list[tuple[int, list[str]]], delimiter: str) -> Dialect | None:
    """A header without a single row: known axis names, and nothing else in the file."""
    if len(rows) != 1 or delimiter == WHITESPACE:
        return None
    number, cells = rows[0]
    known = {"epoch", "step", "iteration", "iter", "loss", "train_loss", "val_loss"}
    if len(cells) < 2 or not known & {cell.lower() for cell in cells}:
        return None
    return Dialect(delimiter, tuple(cells), number + 1, len(cells))


def _with_header(
    rows: list[tuple[int, list[str]]],
    comments: list[tuple[int, list[str]]],
    data: list[tuple[int, list[str]]],
    delimiter: str,
    width: int,
    decimal_comma: bool,
) -> Dialect:
    """Find the header: the last row of words before the first row of numbers, or a comment of the same width."""
    heads = [n for n, cells in rows if len(cells) >= width - 1 and not _numbers(cells, decimal_comma)]
    first = next((n for n, cells in data if heads and n > heads[0]), 0)
    first = first or next(n for n, cells in data if len(cells) >= max(2, width - 1))
    before = [(n, cells) for n, cells in rows if n < first]
    named = [(n, cells) for n, cells in before if len(cells) >= width - 1 and sum(map(bool, cells)) > len(cells) / 3]
    skipped = tuple(n for n, _ in before[:-1])
    if named:
        number = named[-1][0]
        header = headers.header_of([cells for _, cells in named], [cells for n, cells in before if n > number])
        header = headers.with_index(header, [cells for n, cells in data if n >= first])
        used = named[-1:] if header[-1] == named[-1][1][-1] else named[-2:]
        skipped = tuple(n for n, cells in before if (n, cells) not in used)
        return Dialect(delimiter, header, first, width, decimal_comma, skipped)
    for number, cells in comments:
        names = [cells[0].lstrip("#/% "), *cells[1:]] if cells[0].lstrip("#/% ") else cells[1:]
        if number < first and abs(len(names) - width) <= 1 and not _numbers(names, False):
            return Dialect(delimiter, tuple(names), first, width, decimal_comma)
    return Dialect(delimiter, (), first, width, decimal_comma, skipped)
