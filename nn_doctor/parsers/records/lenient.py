"""Decoding JSON that is nearly JSON: NaN in any case, trailing commas, huge integers, cut documents."""

from __future__ import annotations

import json
import re

MAX_DEPTH = 100
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_BARE = {
    "nan": "NaN",
    "+nan": "NaN",
    "-nan": "NaN",
    "inf": "Infinity",
    "+inf": "Infinity",
    "-inf": "-Infinity",
    "+infinity": "Infinity",
    "infinity": "Infinity",
    "-infinity": "-Infinity",
    "none": "null",
    "true": "true",
    "false": "false",
}
_CLOSER = {"{": "}", "[": "]"}


class DecodeError(ValueError):
    """The text is not JSON, not even nearly, or is nested too deeply."""


def _integer(digits: str) -> float:
    """Integers through float, for those longer than Python converts."""
    return float(digits)


_DECODER = json.JSONDecoder()
_LONG_DECODER = json.JSONDecoder(parse_int=_integer)


def decode_at(text: str, at: int = 0) -> tuple[object, int]:
    """``(value, offset after it)`` of the JSON value that begins at ``at``; raises DecodeError only."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise DecodeError(str(error)) from None
    except (RecursionError, MemoryError):
        raise DecodeError("nested too deeply") from None
    except ValueError:
        pass
    try:
        return _LONG_DECODER.raw_decode(text, at)
    except (ValueError, RecursionError, MemoryError) as error:
        raise DecodeError(str(error)) from None


def decode(text: str) -> object:
    """The one JSON value in the text; raises DecodeError only."""
    stripped = text.strip()
    value, end = decode_at(stripped)
    if end != len(stripped):
        raise DecodeError("more than one value")
    return value


def repaired(text: str) -> str:
    """The text without commas before closing brackets, and with nan, inf and None as JSON reads them."""
    parts: list[str] = []
    position = 0
    for match in _TOKENS.finditer(text):
        piece = match.group()
        parts.append(text[position : match.start()])
        if piece in "]}" and _ends_with_comma(parts):
            parts.append(piece)
        else:
            parts.append(_BARE.get(piece.lower(), piece) if piece[0] not in '"{}[],:' else piece)
        position = match.end()
    parts.append(text[position:])
    return "".join(parts)


def _ends_with_comma(parts: list[str]) -> bool:
    """Drop a comma that stands last (but for blanks) among the parts, and say whether there was one."""
    for back in range(len(parts) - 1, max(-1, len(parts) - 5), -1):
        if parts[back] == ",":
            parts[back] = ""
            return True
        if parts[back].strip():
            return False
    return False


def completed(text: str, whole_records: bool = True) -> str | None:
    """A document cut anywhere, closed after its last whole value; None if nothing whole is left.

    A record (an object or list within a list) that the cut goes through is dropped as a whole (unless
    ``whole_records`` is off), and so is a last number without anything after it, since digits may be missing.
    """
    stack: list[str] = []
    records = 0
    safe: tuple[int, str] | None = None
    for match in _TOKENS.finditer(text):
        piece = match.group()
        if piece in _CLOSER:
            records += bool(stack) and stack[-1] == "["
            stack.append(piece)
        elif piece in ("]", "}"):
            if not stack or _CLOSER[stack.pop()] != piece:
                break
            records -= bool(stack) and stack[-1] == "["
        if piece in (",", "]", "}") and not (records and whole_records) and 0 < len(stack) <= MAX_DEPTH:
            end = match.start() if piece == "," else match.end()
            safe = end, "".join(_CLOSER[bracket] for bracket in reversed(stack))
    return text[: safe[0]] + safe[1] if safe else None
