"""The cells of a notebook (nbformat 3 and 4) with what they printed; anything malformed is passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.parsers.notebooks.html import tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.notebooks.html import Rows

MAX_TEXT = 1 << 28
"""Characters of text taken from one cell."""
_WIDGET = "widget-view+json"


@dataclass(slots=True)
class Cell:
    """What one code cell printed: ``number`` is its place among all cells, from 1."""

    number: int
    texts: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    widgets: int = 0
    size: int = 0
    stream: str = ""

    @property
    def text(self) -> str:
        """Everything printed to standard output and error, in the notebook's order."""
        return "".join(self.texts)

    def add_text(self, text: str, stream: str) -> None:
        """Take printed text in; where the other stream goes on, a line begins."""
        if self.stream not in ("", stream) and self.texts and not self.texts[-1].endswith(("\n", "\r")):
            self.texts.append("\n")
        if text and self.size < MAX_TEXT:
            self.stream, self.size = stream, self.size + len(text)
            self.texts.append(text)


def cells_of(document: object) -> Iterator[Cell]:
    """The code cells that printed something."""
    for number, raw in enumerate(_raw_cells(document), start=1):
        outputs = raw.get("outputs") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or raw.get("cell_type") != "code" or not isinstance(outputs, list):
            continue
        cell = Cell(number)
        for output in outputs:
            if isinstance(output, dict):
                _take(output, cell)
        if cell.texts or cell.tables or cell.widgets:
            yield cell


def _raw_cells(document: object) -> list[object]:
    """Cells of a notebook; nbformat 3 keeps them in worksheets."""
    if not isinstance(document, dict):
        return []
    cells = _list(document.get("cells"))
    for sheet in _list(document.get("worksheets")):
        cells = cells + _list(sheet.get("cells") if isinstance(sheet, dict) else None)
    return cells


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _take(output: dict[str, object], cell: Cell) -> None:
    """One output; pictures and the tracebacks of errors hold no log."""
    kind = output.get("output_type")
    if kind == "stream":
        cell.add_text(_text(output.get("text")), str(output.get("name") or output.get("stream")))
    elif kind in ("display_data", "execute_result", "update_display_data", "pyout"):
        data = output.get("data")
        bundle = data if isinstance(data, dict) else output
        cell.widgets += any(isinstance(key, str) and _WIDGET in key for key in bundle)
        html = _text(bundle.get("text/html", bundle.get("html")))
        if "<table" in html:
            cell.tables.extend(tables_in(html))


def _text(value: object) -> str:
    """A text, which notebooks keep whole or as a list of lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
