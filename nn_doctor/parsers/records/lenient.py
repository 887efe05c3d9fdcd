"""Decoding JSON that is nearly JSON: NaN in any case, trailing commas, huge integers, cut documents."""

from __future__ import annotations

import json
import re

MAX_DEPTH = 100
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
_TOKENS = re.compile(_STRING + r"|[{}\[\],]", re.DOTALL)
_REPAIRS = re.compile(_STRING + r'|,(?=\s*[\]}])|(?<![^\s"{}\[\],:])[^\s"{}\[\],:\d][^\s"{}\[\],:]*', re.DOTALL)
"""What may have to be repaired: a comma before a closing bracket, a bare word; and strings, which stay."""
_DAMAGE = re.compile(r",\s*[\]}]|nan|inf|none|true|false", re.IGNORECASE)
"""What a text that can be repaired holds somewhere, be it in a string."""
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


_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)(?:'|\\?\Z)|\"(?:[^\"\\]|\\.)*(?:\"|\\?\Z)", re.DOTALL)
"""A string in quotes of either kind; one that does not end takes the rest, so that no start is tried twice."""
_SCALAR = re.compile(r"(?:np|numpy)\.float\d\d\(([^()]*)\)")
"""A number as newer NumPy prints it in a list."""


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
    return _REPAIRS.sub(_repaired, text) if _DAMAGE.search(text) else text


def _repaired(found: re.Match[str]) -> str:
    piece = found.group()
    return "" if piece == "," else _BARE.get(piece.lower(), piece) if piece[0] != '"' else piece


def completed(text: str, whole_records: bool = True) -> str | None:
    """A document cut anywhere, closed after its last whole value; None if nothing whole is left.

    A record (an object or list within a list) that the cut goes through is dropped as a whole (unless
    ``whole_records`` is off), and so is a last number without anything after it, since digits may be missing.
    What stands behind a place nested deeper than MAX_DEPTH is not looked at.
    """
    stack: list[str] = []
    records = 0
    safe: tuple[int, str] | None = None
    for match in _TOKENS.finditer(text):
        piece = match.group()
        if piece in _CLOSER:
            records += bool(stack) and stack[-1] == "["
            stack.append(piece)
            if len(stack) > MAX_DEPTH:
                break
        elif piece in ("]", "}"):
            if not stack or _CLOSER[stack.pop()] != piece:
                break
            records -= bool(stack) and stack[-1] == "["
        if piece in (",", "]", "}") and not (records and whole_records) and stack:
            end = match.start() if piece == "," else match.end()
            safe = end, "".join(_CLOSER[bracket] for bracket in reversed(stack))
    return text[: safe[0]] + safe[1] if safe else None


def from_python(text: str) -> str:
    """The text of a Python dictionary or list as JSON: its strings in double quotes, NumPy's numbers plain."""
    plain = _SCALAR.sub(r"\1", text)
    return _QUOTED.sub(lambda m: m.group() if m.group(1) is None else json.dumps(m.group(1)), plain)
