"""Tables in HTML → rows of cells: one pass over the tags, linear whatever the text."""

from __future__ import annotations

import html
import re

Rows = list[list[str]]

_TAG = re.compile(r"<(/?)(table|tr|th|td)\b[^<>]{0,2000}>", re.IGNORECASE)
_OTHER_TAGS = re.compile(r"<[^<>]{0,2000}>")
_SPACE = re.compile(r"\s+")
MAX_CELLS = 1 << 22


def tables_in(text: str) -> list[Rows]:
    """Every table of an HTML text that has rows; cells are plain text on one line."""
    tables: list[Rows] = []
    rows: Rows | None = None
    start, count = -1, 0
    for tag in _TAG.finditer(text):
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if start >= 0 and rows:
            rows[-1].append(_plain(text[start : tag.start()]))
            start, count = -1, count + 1
        if name == "table":
            rows = None if closes else []
            if rows is not None:
                tables.append(rows)
        elif name == "tr" and rows is not None and not closes:
            rows.append([])
        elif name in ("td", "th") and rows and not closes and count < MAX_CELLS:
            start = tag.end()
    return [kept for kept in ([row for row in table if row] for table in tables) if kept]


def _plain(text: str) -> str:
    return _SPACE.sub(" ", html.unescape(_OTHER_TAGS.sub(" ", text))).strip()
