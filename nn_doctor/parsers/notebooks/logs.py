"""Which outputs of a cell are a training log, and their curves: through the parsers of tables and text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match
from nn_doctor.parsers.source import Source
from nn_doctor.series.axis_names import is_counter
from nn_doctor.series.channel import Note, Recording
from nn_doctor.series.roles import is_measured, meaning_of

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Parser, ReadOptions
    from nn_doctor.parsers.notebooks.cells import Cell
    from nn_doctor.parsers.notebooks.html import Rows
    from nn_doctor.series.channel import Channel

FEWEST = 2
"""Points along an axis that make a cell's output a log …"""
FEWEST_WITHOUT_AXIS = 10
"""… and without any axis: scores of folds or models are printed one below the other too."""


def recordings_of(cell: Cell, options: ReadOptions, fewest: int = FEWEST) -> list[Recording]:
    """The logs in a cell's output: its tables, else its text; each is named after the cell."""
    found = _from_tables(cell, options, fewest)
    if not found:
        found = [r for r in _from_text(cell, options) if _is_log(r, fewest)]
    name = f"cell {cell.number}"
    named = name if len(found) == 1 else name + ", {}"
    return [replace(r, name=named.format(n), notes=_placed(r.notes)) for n, r in enumerate(found, start=1)]


def _placed(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Notes with lines of the cell's output, not of the file: the number goes into the text."""
    return tuple(Note(f"{n.text} (line {n.line} of the output)") if n.line is not None else n for n in notes)


def _from_tables(cell: Cell, options: ReadOptions, fewest: int) -> list[Recording]:
    """Tables that count epochs or steps in their first column; those with the same header are read as one."""
    joined: dict[tuple[str, ...], Rows] = {}
    for rows in cell.tables:
        if len(rows) > 1 and _is_history(rows[0]):
            joined.setdefault(tuple(rows[0]), []).extend(rows[1:])
    texts = [_as_tsv([list(header), *rows]) for header, rows in joined.items()]
    return [r for text in texts for r in _read(_delimited(), text, options) if _is_log(r, fewest)]


def _is_history(header: list[str]) -> bool:
    """Whether a table is a log: fastai and Hugging Face put the epoch or step first, a DataFrame its index."""
    return is_counter(header[0]) and any(map(is_measured, header[1:]))


def _as_tsv(rows: Rows) -> str:
    return "".join("\t".join(cell.replace('"', "'") for cell in row) + "\n" for row in rows)


def _from_text(cell: Cell, options: ReadOptions) -> list[Recording]:
    """What a parser sure of the text reads, else what the text parser finds anywhere in it."""
    from nn_doctor.parsers.registry import choose

    text = cell.text
    if not text.strip():
        return []
    chosen, match = choose(_source(text).head)
    if chosen is not None and match >= Match.SHAPE:
        found = _read(chosen, text, options)
        if found:
            return found
    return _read(_text(), text, options)


def _source(text: str) -> Source:
    return Source("output.log", given=f"{text}\n".encode("utf-8", errors="replace"))


def _read(parser: Parser, text: str, options: ReadOptions) -> list[Recording]:
    try:
        return parser.read(_source(text), options)
    except ReadError:
        return []


def _delimited() -> Parser:
    from nn_doctor.parsers.delimited import PARSER

    return PARSER


def _text() -> Parser:
    from nn_doctor.parsers.text import PARSER

    return PARSER


def _is_log(recording: Recording, fewest: int) -> bool:
    """Whether some metric has enough points along an axis, or a loss many without one."""
    return any(_is_curve(channel, fewest) for channel in recording.channels)


def _is_curve(channel: Channel, fewest: int) -> bool:
    if channel.step is None and channel.epoch is None:
        return meaning_of(channel.name).metric == "loss" and channel.y.size >= FEWEST_WITHOUT_AXIS
    return is_measured(channel.name) and channel.y.size >= fewest
