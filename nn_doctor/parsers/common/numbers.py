"""Numbers as logs write them: units, percent signs, tensors, thousands separators, every spelling of NaN."""

from __future__ import annotations

import re

LONGEST = 10_000
"""A longer text is no number; shorter ones of any number of digits are safe (``float`` is linear)."""

_ABSENT = frozenset({"", "-", "--", "_", "none", "null", "na", "n/a", "<na>", "no log", "nil", "n.a.", "–", "—"})
_SPELLINGS = {
    "1.#qnan": "nan",
    "1.#snan": "nan",
    "1.#ind": "nan",
    "1.#inf": "inf",
    "nan(ind)": "nan",
    "nan(snan)": "nan",
}
_SCALES = {"K": 1e3, "k": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12}
_UNITS = frozenset(
    "% s sec secs second seconds ms us µs μs ns m min mins h hr hrs d db b it/s s/it img/s imgs/s samples/s "
    "tok/s tokens/s steps/s px x ° c w kb kib mb mib gb gib tb tib byte bytes hz khz mhz ghz".split()
)
_BARE = re.compile(r"[+-]?(?:\d[\d,]*\.?\d*|\.\d+|nan|inf)(?:[eE][+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_GROUPED_EUROPEAN = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")
_WRAPPER = re.compile(r"(?:[A-Za-z_][\w.]{0,40})?\(")
_CLOCK = re.compile(r"(?:(\d{1,6}) days?,? )?(?:(\d{1,6}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,9})?)")
_SPELT = re.compile(
    r"(?:(\d{1,6}) ?d(?:ays?)? ?)?(?:(\d{1,6}) ?h(?:ours?|r)? ?)?"
    r"(?:(\d{1,6}) ?m(?:in)? ?)?(?:(\d{1,6}(?:\.\d{1,9})?) ?s(?:ec)?)?"
)


def is_absent(text: str) -> bool:
    """Whether a cell says that there is no value: blank, None, null, NA, "-", "_", "No log"."""
    return text.strip().strip("\"'").strip().lower() in _ABSENT


def parse_number(text: str, decimal_comma: bool = False) -> float | None:
    """The number a cell holds, or None if it holds none (absent or text: ``is_absent`` tells them apart).

    Units are dropped (``12 %`` → 12, ``30ms`` → 30), magnitudes count (``12K`` → 12000), ``tensor(0.3, …)``,
    ``[0.59]`` and quotes are taken off, and a sentence's dot too. ``1_000`` is 1000 as in Python, digits of
    any script count; ``3,840`` is 3840, but 0.38 for "0,38" only with ``decimal_comma``. Too large is inf.
    Booleans, complex numbers, hexadecimal floats and lists of several numbers are text. Linear time.
    """
    if len(text) > LONGEST:
        return None
    text = text.strip().strip("\"'").strip()
    if decimal_comma:
        text = _with_point(text)
    try:
        return float(text)
    except ValueError:
        return _parse_dressed(text.replace("\u2212", "-"))


def parse_duration(text: str) -> float | None:
    """Seconds in ``00:14``, ``1:02:03``, ``2 days, 0:00:05`` or ``2m 22s``; None for anything else."""
    text = text.strip().strip("\"'").strip()
    match = _CLOCK.fullmatch(text) or (_SPELT.fullmatch(text) if text[:1].isdigit() else None)
    if match is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds


def _with_point(text: str) -> str:
    """A number of continental writing (``1.234,5``) in English writing."""
    if _GROUPED_EUROPEAN.fullmatch(text):
        text = text.replace(".", "")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _parse_dressed(text: str) -> float | None:
    """A number with something around it."""
    inner = _unwrapped(text)
    sign = inner[0] if inner[:1] in ("+", "-") else ""
    special = _SPELLINGS.get(inner[len(sign) :].lower())
    if special is not None:
        return float(sign + special)
    match = _BARE.match(inner)
    if match is None:
        return _plain(inner)
    value = _plain(match.group())
    scale = _scale(inner[match.end() :])
    return None if value is None or scale is None else value * scale


def _unwrapped(text: str) -> str:
    """The text inside ``tensor(…, device=…)``, ``np.float64(…)`` or ``[…]``; at most four layers deep."""
    for _ in range(4):
        if text[:1] == "[" and text[-1:] == "]":
            text = text[1:-1].strip()
            continue
        match = _WRAPPER.match(text)
        if match is None or text[-1:] != ")" or not _is_wrapper(match.group()):
            break
        text = text[match.end() : -1].split(", ", 1)[0].strip()
    return text


def _is_wrapper(opening: str) -> bool:
    lowered = opening.lower()
    return lowered in ("(", "tensor(", "torch.tensor(", "array(", "np.array(") or "float" in lowered or "int" in lowered


def _plain(digits: str) -> float | None:
    if "," in digits:
        if not _GROUPED.fullmatch(digits):
            return None
        digits = digits.replace(",", "")
    try:
        return float(digits)
    except ValueError:
        return None


def _scale(unit: str) -> float | None:
    """What a trailing unit multiplies by: 1 for a known unit, None for a word that is none."""
    unit = unit.strip()
    if unit in ("", "."):
        return 1.0
    unit = unit.removesuffix(".")
    if unit in _SCALES:
        return _SCALES[unit]
    if unit[0] in _SCALES and unit[1:].lower() in ("it/s", "tok/s", "tokens/s"):
        return _SCALES[unit[0]]
    return 1.0 if unit.lower() in _UNITS else None
