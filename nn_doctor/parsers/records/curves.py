"""Curves with an x of their own: ``{"loss": {"steps": […], "values": […]}}`` (Sacred), ``x`` and ``y`` (ClearML)."""

from __future__ import annotations

from itertools import pairwise

from nn_doctor.parsers.records.cells import number_of

_VALUES = ("values", "y")
_PLACES = {
    "steps": "step",
    "step": "step",
    "x": "step",
    "iterations": "step",
    "epochs": "epoch",
    "epoch": "epoch",
}
_TIMES = ("timestamps", "timestamp", "wall_time")
_DEEPEST = 4
_SHORTEST = 3
"""Pairs that make a curve rather than corners or ranges."""
MOST = 10_000

Lists = dict[str, list[object]]


def curves_in(document: object) -> list[Lists]:
    """The curves of a document by the names of the objects above them, each with its x and, as numbers, its times."""
    found: list[Lists] = []
    if isinstance(document, dict):
        _collect(document, "", found, 0)
    return found


def _collect(node: dict[str, object], name: str, found: list[Lists], depth: int) -> None:
    curve = _curve(node, name) if name else None
    if curve is not None:
        found.append(curve)
        return
    for key, inner in node.items():
        below = f"{name}/{key}" if name else key
        pairs = _pairs(inner, below) if isinstance(inner, list) and len(found) < MOST else None
        if pairs is not None:
            found.append(pairs)
        if isinstance(inner, dict) and depth < _DEEPEST and len(found) < MOST:
            _collect(inner, below, found, depth + 1)


def _pairs(listed: list[object], name: str) -> Lists | None:
    """The lists of ``[[step, value], …]``, whose steps are whole numbers that rise."""
    if len(listed) < _SHORTEST or not all(isinstance(item, list) and len(item) == 2 for item in listed):
        return None
    steps, values = ([item[i] for item in listed if isinstance(item, list)] for i in (0, 1))
    if not all(isinstance(step, int) and not isinstance(step, bool) for step in steps):
        return None
    if any(b <= a for a, b in pairwise(steps)) or not any(number_of(value) is not None for value in values):
        return None
    return {"step": steps, name: values}


def _curve(node: dict[str, object], name: str) -> Lists | None:
    """The lists of one curve, or None where the object is none."""
    values = next((v for key in _VALUES if isinstance(v := node.get(key), list)), None)
    place = next((key for key in _PLACES if isinstance(node.get(key), list)), None)
    if values is None or place is None or not any(number_of(value) is not None for value in values):
        return None
    lists: Lists = {}
    for key, axis in ((place, _PLACES[place]), *((time, "wall_time") for time in _TIMES)):
        listed = node.get(key)
        if isinstance(listed, list) and len(listed) == len(values) and number_of(listed[0]) is not None:
            lists[axis] = listed
    return {**lists, name: values}
