"""Hyper-parameters printed before the training: ``Namespace(lr=0.1, …)`` and lines of ``key: value``."""

from __future__ import annotations

import re

MOST = 500
_PAIR = re.compile(r"\b([A-Za-z_]\w{0,40})=('[^']{0,80}'|[+\-\w.]{1,40})(?=[,)]|\s|$)")
_LINE = re.compile(
    r"^\s{0,12}(?:--)?([A-Za-z_]\w{0,40})\s{0,30}[:=]\s{0,12}([+-]?[\d.]{1,20}(?:[eE][+-]?\d{1,3})?)\s{0,4}$"
)


def params_of(line: str) -> dict[str, object]:
    """The settings a line prints, empty for a line that prints none."""
    if "Namespace(" in line:
        return {k: _value(v) for k, v in _PAIR.findall(line[line.index("Namespace(") :][:20_000])[:MOST]}
    match = _LINE.match(line[:200])
    return {match.group(1): _value(match.group(2))} if match else {}


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text.strip("'")
