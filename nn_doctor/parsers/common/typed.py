"""Settings given as text: in a store, or at the prompt."""

from __future__ import annotations


def typed(text: str) -> object:
    """A setting as what it was before it became text: truth value, whole number, number, else text."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
