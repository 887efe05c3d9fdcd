"""Bytes → text: byte-order marks, UTF-8, UTF-16 without a mark, else Windows-1252; and what is no text at all."""

from __future__ import annotations

import codecs
import re

MAX_ZERO_RUNS = 3
"""A crash, or a file grown before it is written, leaves a run of NULs in a text; binary data has many."""
SAMPLE = 4096
WIDE = 0.8
"""The share of NULs on one side of byte pairs from which they are UTF-16 letters …"""
NARROW = 0.05
"""… if the other side has no more than this share of them."""
_ZEROS = re.compile(rb"\x00{4,}")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = (b"\x89PNG", b"\x7fELF", b"PK\x03\x04", b"\x1f\x8b", b"\x93NUMPY", b"PAR1")


def wide_encoding(data: bytes) -> str:
    """The UTF-16 of these bytes, by their mark or by the NULs beside ASCII letters, or ""."""
    for bom, encoding in _BOMS[1:]:
        if data.startswith(bom):
            return encoding
    sample = data[: min(SAMPLE, len(data) & ~1)]
    if len(sample) < 16:
        return ""
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd >= WIDE and even <= NARROW:
        return _if_text(sample[::2], "utf-16-le")
    return _if_text(sample[1::2], "utf-16-be") if even >= WIDE and odd <= NARROW else ""


def _if_text(letters: bytes, encoding: str) -> str:
    """The encoding if the other bytes are those of a text: a blank or line end and hardly a control byte."""
    return encoding if _odd_share(letters) <= NARROW and re.search(rb"[ \t\r\n,]", letters) else ""


def decoded(data: bytes) -> tuple[str, str]:
    """``(text, what was guessed or repaired)``; the second is "" for UTF-8 and for anything with a mark."""
    encoding = wide_encoding(data)
    if encoding:
        marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data[2 * marked :].decode(encoding, errors="replace")
        return text, "" if marked else f"read as {encoding.upper()}: it has no byte-order mark"
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start)


def _not_utf8(data: bytes, first: int) -> tuple[str, str]:
    """UTF-8 with a few bad bytes if most other characters beyond ASCII are sound, else Windows-1252 or Latin-1."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) - bad >= bad or first >= len(data) - 3:
        return text, f"{bad} characters are not UTF-8 (the first at byte {first}): replaced"
    try:
        return data.decode("cp1252"), f"not UTF-8 at byte {first}: read as Windows-1252 (Latin-1)"
    except UnicodeDecodeError:
        return data.decode("latin-1"), f"not UTF-8 at byte {first}: read as Latin-1"


def decoded_head(data: bytes, cut: bool) -> str | None:
    """The text of a head, without its last line if the file goes on; None where it is binary."""
    if not wide_encoding(data) and looks_binary(data):
        return None
    if cut:
        data = data[: len(data) - _torn(data)]
    text, _ = decoded(data)
    return text[: text.rfind("\n") + 1] if cut and "\n" in text else text


def _torn(data: bytes) -> int:
    """Bytes at the end that may be the beginning of a character."""
    if wide_encoding(data):
        return len(data) % 2
    return next((n for n in (1, 2, 3) if data[-n:][:1] >= b"\xc0"), 0)


def looks_binary(data: bytes) -> bool:
    """Many control bytes: text logs hold tabs, line ends, escapes, backspaces and the odd run of NULs."""
    sample = data[:SAMPLE]
    if len(_ZEROS.findall(sample)) <= MAX_ZERO_RUNS:
        sample = _ZEROS.sub(b"", sample)
    return _odd_share(sample) > 0.1 or sample.startswith(_BINARY)


def _odd_share(sample: bytes) -> float:
    return sum(byte < 7 or 13 < byte < 27 for byte in sample) / len(sample) if sample else 0.0
