"""Settings that a store keeps as text."""

from __future__ import annotations


def typed(text: str) -> object:
    """A setting as what it was before it became text: truth value, whole number, number, else text."""
    if text in ("True", "False"):
        return text == "True"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
