"""Making a line of a log plain: escapes, backspaces, log prefixes and clocks off."""

from __future__ import annotations

import re

_ANSI = re.compile(r"\x1b(?:\[[0-9;?]{0,20}[A-Za-z]|[@-Z\\-_])")
_BACKSPACES = re.compile(r"\x08+")
_STAMP = re.compile(
    r"\d(?<!\w\d)\d{3}[-/]\d\d[-/]\d\d(?:[T _]\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?)?Z?(?:\]|:? -(?=\s)|:(?=\s))?"
)
"""A date. (Patterns that are tried at every place of every line begin with a class of characters, which Python's engine
looks for fast; what must not stand before it is looked at behind it.)"""
_TITLE = re.compile(r"^Training: (?=\d{4}-\d\d-\d\d \d)")
"""What insightface's logger writes before every date, whatever the line is about."""
_DAY = re.compile(r"(?<![\w/.])[0-3]?\d/[0-3]?\d/(?:20)?\d\d(?=[\s,T\-])")
_SPELT_DAY = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? (?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} {1,2}\d{1,2})(?: \d{4})?"
    r" \d\d:\d\d:\d\d(?: \d{4}\b)?"
)
"""``Mon 10 Jan 2022 17:42:14``, ``Tue Sep 17 15:31:41 2019``."""
_DAYS_SPELT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TREE = str.maketrans(dict.fromkeys("\u2502\u251c\u2514\u2500", " "))
_WIDE = str.maketrans("\uff1a\uff0c\uff08\uff09\uff1d\uff0f", ":,()=/")
_GLOG = re.compile(r"[IWE]\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s{1,9}\d{1,18} [\w.\-]{1,60}:\d{1,6}\] ?")
_LEVEL = re.compile(
    r"[IDWtra](?<!\w[IDWtra])(?:(?<=I)NFO|(?<=D)EBUG|(?<=W)ARNING|(?<=t)ensorflow|(?<=r)oot|(?<=a)bsl)\b"
    r"(?::(?=\S)|\])?(?:\s-(?=\s))?"
)
_PLACE = re.compile(r"\b[\w./]{0,80}(?:logg\w{0,20}|\.py|\.cc|\.cpp|\.cu):\d{1,6}\]")
_NEMO = re.compile(r"\[[A-Za-z]{1,12} [DIWECF] [\s|]{0,8}(?:rank\d{1,5} )?[\w.]{1,60}:\d{1,6}(?: rank:\d{1,5})?\]")
"""``[NeMo I 2023-05-11 14:02:00 ctc_models:541]`` without its date."""
_LOGURU = re.compile(r"\| [\w.<>]{1,80}:(?:[\w<>]{1,80}:)?\d{1,6} - ")
"""Module, perhaps function, and line, as loguru writes them behind the level."""
_MODULE = re.compile(
    r"\[[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,9}:\d{1,6}\]"
    r"|(?:[\w.-]{1,80}:\d{1,5}\t)?[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,9}:\d{1,6}\s{1,4}(?=(?:INFO|DEBUG|WARNING)\b)"
)
"""A logger and its line, beside the level: ``INFO [tool.train.console:68]``, ``tool.train.console:68 INFO``."""
_PM2 = re.compile(r"^\d{1,3}\|[\w.-]{1,40} {1,20}\| ")
"""``0|train   | ``: the process manager's number and name of a process."""
_D2 = re.compile(r"\[\d\d/\d\d \d\d:\d\d:\d\d(?: [\w.]{1,60})?\](?::| [\w.]{1,60} INFO:)?")
_CLOCKED = re.compile(r"\d:\d\d")
_DAYS = re.compile(r"\d/\d{1,2}/\d")
_CLOCK = re.compile(r"\d(?<![\w.:]\d)\d{0,3}(?: days?, \d{1,4})?:\d\d(?::\d\d)?(?:[.,]\d{1,6})?(?![\w.])")
_SPELT = re.compile(r"(?<![\w.])(?:\d{1,4}d )?(?:\d{1,3}h )?\d{1,4}m \d{1,3}(?:\.\d{1,3})?s\b")
_TENSOR_END = re.compile(r", (?:device|dtype|grad_fn|requires_grad)=[^,)]{0,60}")
_TQDM = re.compile("%\\|[#0-9 \u2580-\u259f]{1,200}\\|")
_COUNTS = re.compile(r"(?i)\b(?:step|iter|epoch|batch)|\d/\d")
_BAR = re.compile("[\u2580-\u259f\u2501-\u257f\u25a0#\u2588]{2,}|\\[[=>.\u2501-]{3,}\\]?")


_COMMA = re.compile(r"(?<![\d.,])\d{1,4},(?:\d{1,2}|\d{4,20})(?![\d,.])")
_POINT = re.compile(r"(?<![\d.])\d{1,4}\.\d")
_BETWEEN = re.compile(r"(?<=\d),(?=\d)")
SAMPLE = 50_000
"""Characters in which a decimal comma must show."""
FEWEST_COMMAS = 3


def has_decimal_commas(text: str) -> bool:
    """Whether numbers are written ``0,75``: several that no thousands explain, and not one with a point."""
    commas = sum(1 for _ in _COMMA.finditer(text[:SAMPLE]))
    return commas >= FEWEST_COMMAS and _POINT.search(text) is None


def with_points(line: str) -> str:
    """The line with decimal points for commas."""
    return _BETWEEN.sub(".", line)


def is_redrawn(state: str) -> bool:
    """Whether a state that comes twice was drawn again: a bar, or a line that counts, would have moved on."""
    return "%" in state or bool(_BAR.search(state) or _COUNTS.search(state))


def updates(line: str) -> list[str]:
    """The states a physical line went through: text between runs of backspaces, ANSI colours removed."""
    if "\x1b" in line:
        line = _ANSI.sub("", line)
    return [part for part in _BACKSPACES.split(line) if part.strip()] if "\x08" in line else [line]


def plain(line: str) -> str:
    """The line without what only says when and where it was logged; quotes of a printed dict off too.

    Every pattern stands behind a test for what it cannot do without: most lines hold little of all this.
    """
    if not line.isascii():
        line = _unicode(line)
    line = _undated(_unheaded(line))
    if "]" in line[:90]:
        line = _D2.sub(" ", _GLOG.sub("", line, count=1), count=1)
        line = _NEMO.sub("", line, count=1) if line[:1] == "[" else line
        if any(mark in line[:90] for mark in (".py:", "logg", ".cc:", ".cpp:", ".cu:")):
            line = _PLACE.sub("]", line[:120], count=1) + line[120:]
    head = line[:160]
    if _has_level(head):
        head = _MODULE.sub(" | ", head, count=1)
        line = _LOGURU.sub("| ", _LEVEL.sub(" | ", head), count=1) + line[160:]
    if ":" in line and _CLOCKED.search(line):
        line = _CLOCK.sub(" ", line)
    if "m " in line:
        line = _SPELT.sub(" ", line)
    if "device=" in line or "grad_fn" in line or "dtype=" in line:
        line = _TENSOR_END.sub("", line)
    if "%|" in line:  # an ASCII bar holds a digit of its own: "3%|#4   | 34/999"
        line = _TQDM.sub("%|[=] |", line)
    if "##" in line or "[=" in line or "[>" in line or "[." in line or not line.isascii():
        line = _BAR.sub("[=] ", line)
    return line


def _unheaded(line: str) -> str:
    """The line without the heads of a process manager, and what became of signs that no text holds."""
    if "\x00" in line:
        line = line.replace("\x00", "")
    if "#011" in line:  # a tab, as syslog and what copies from it write one
        line = line.replace("#011", "\t")
    return _PM2.sub("", line, count=1) if "|" in line[1:4] else line


def _has_level(head: str) -> bool:
    """Whether a word of loggers stands in the text (spelt out: this is asked of every line)."""
    levels = "INFO" in head or "DEBUG" in head or "WARNING" in head
    return levels or "root" in head or "tensorflow" in head or "absl" in head


def _unicode(line: str) -> str:
    """Signs beyond ASCII that stand for plain ones: minus, wide colons and brackets, the branches of a tree."""
    line = line.replace("\u2212", "-").translate(_WIDE)
    if "\u2500 " in line and ("\u251c" in line or "\u2514" in line):
        line = line.translate(_TREE)
    return line


def _undated(line: str) -> str:
    """The line without dates and the clocks behind them."""
    if line.count("-") > 1 or line.count("/") > 1:
        if line[:10] == "Training: ":
            line = _TITLE.sub("", line)
        line = _STAMP.sub(" | ", line).replace("[ | ", " | ")
    if line.count("/") > 1 and _DAYS.search(line):
        line = _DAY.sub(" | ", line)
    if line.count(":") > 1 and any(day in line for day in _DAYS_SPELT):
        line = _SPELT_DAY.sub(" | ", line)
    return line
