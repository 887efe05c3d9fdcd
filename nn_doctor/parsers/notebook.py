"""Jupyter notebooks: each cell whose output holds a training log is a run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

_KEYS = re.compile(r'"(?:nbformat|nbformat_minor|cell_type|worksheets)"\s*:')
_WIDGETS = "{} progress widgets hold no text: left out (print the log, or use a text progress bar)"


def sniff(head: Head) -> Match:
    """SHAPE, since most notebooks hold no log: a folder of them is no list of failures."""
    text = (head.text or "").lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return Match.NO
    return Match.SHAPE if head.suffix == ".ipynb" or _KEYS.search(text) else Match.NO


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """One Recording a cell with a log in its output; raises ReadError if there is none."""
    from dataclasses import replace

    from nn_doctor.parsers.notebooks.cells import cells_of
    from nn_doctor.parsers.notebooks.logs import recordings_of

    document, notes = _decoded(source)
    cells = list(cells_of(document))
    widgets = sum(cell.widgets for cell in cells)
    if widgets:
        notes.append(Note(_WIDGETS.format(widgets)))
    found = [r for cell in cells for r in recordings_of(cell, options)]
    if not found:  # a single epoch is a log too, where there is no better one
        found = [r for cell in cells for r in recordings_of(cell, options, fewest=1)]
    if not found:
        why = "no training log in the outputs of its cells" if cells else "a notebook without any outputs"
        raise ReadError(source.where, why, _hint(widgets))
    return [replace(r, notes=(*r.notes, *notes)) for r in found]


def _hint(widgets: int) -> str:
    return "progress widgets hold no text" if widgets else "run it and save it with its outputs"


def _decoded(source: Source) -> tuple[object, list[Note]]:
    """The notebook's document; one that is cut off as far as it goes, with a Note."""
    from nn_doctor.parsers.records.lenient import DecodeError, completed, decode, repaired

    text = source.text().lstrip("\ufeff").replace("\0", "")
    notes = list(source.notes)
    for prepared in (str, repaired):
        try:
            return decode(prepared(text)), notes
        except DecodeError:
            continue
    whole = completed(text, whole_records=False)
    try:
        document = decode(whole or "")
    except DecodeError:
        raise ReadError(source.where, "a damaged notebook: not JSON") from None
    notes.append(Note("the notebook is cut off or damaged: read up to its last whole value"))
    return document, notes


PARSER = Parser(
    name="notebook",
    title="Jupyter notebook with training logs in its outputs",
    sniff=sniff,
    read=read,
    suffixes=(".ipynb",),
    specialises=("json_document", "json_lines", "text"),
    example='{"cells": [{"cell_type": "code", "outputs": [{"output_type": "stream", "text": ["Epoch 1/10 …',
)
