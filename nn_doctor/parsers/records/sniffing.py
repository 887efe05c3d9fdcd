"""Recognising JSON by its first characters and records."""

from __future__ import annotations

import re

from nn_doctor.parsers.base import Head, Match

_SPACE = " \t\r\n\ufeff\0"
_DOCUMENT_SIGNATURES = ('"log_history"', '"learn_metrics"')
_OPENING = re.compile(
    r'\{\s*(?:"|\}|\Z)|\[\s*(?:\{\s*(?:"|\Z)|\[\s*-?[\d.]+(?:[eE][+-]?\d+)?\s*,|\[\s*"[^"\n]{1,100}"\s*,)'
)
_PYTHON = re.compile(r"\{\s*'[^'\n]{1,100}'\s*:\s*\[")
"""A dictionary of lists as Python prints it; one of numbers is a line of a log."""
_NUMBERS = re.compile(r"\[[\s\d.,eE+\-NaInfity]*(?:\]\s*)?\Z")
_NOTEBOOK = re.compile(r'"(?:nbformat|cell_type|cells)"\s*:')


def start_of(head: Head) -> str:
    """The head's text from its first character that counts; "" for what JSON parsers never read."""
    if head.text is None or head.suffix == ".ipynb":
        return ""
    return head.text.lstrip(_SPACE)


def sniff_lines(head: Head) -> Match:
    """JSON lines: the first lines are objects, each whole on its line."""
    text = start_of(head)
    if not text.startswith("{"):
        return Match.NO
    lines = [line.strip(_SPACE) for line in re.split(r"[\r\n]+", text[:4096]) if line.strip(_SPACE)]
    whole = [line for line in lines[:3] if line.startswith('{"') and line.endswith("}")]
    if head.suffix in (".jsonl", ".ndjson"):
        return Match.SHAPE
    if len(lines) > 1 and (len(whole) == min(3, len(lines)) or (whole and lines[1].startswith('{"'))):
        return Match.SHAPE
    long_first = len(lines) == 1 and '}\n{"' in text.replace("\r", "")
    return Match.SHAPE if long_first else Match.NO


def sniff_document(head: Head) -> Match:
    """One JSON document, or several written over many lines."""
    text = start_of(head)
    if not text or _NOTEBOOK.search(text[:65536]):
        return Match.NO
    if any(key in text for key in _DOCUMENT_SIGNATURES) and text[0] == "{":
        return Match.SIGNATURE
    if _OPENING.match(text):
        return Match.POSSIBLE if sniff_lines(head) >= Match.SHAPE else Match.SHAPE
    if _PYTHON.match(text):
        return Match.SHAPE
    return Match.SHAPE if len(text) > 2 and "," in text[:4096] and _NUMBERS.match(text[:4096]) else Match.NO
