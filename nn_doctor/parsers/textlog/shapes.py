"""Lines that are no records whatever numbers they hold: code, configuration, tracebacks; and headings."""

from __future__ import annotations

import re

from nn_doctor.parsers.textlog.words import split_of

_CODE = re.compile(
    r"^\s*(?:def |class |import |from [\w.]+ import|return\b|if [^:]{0,80}:|elif |else:|try:|except|with [^:]{0,80}:"
    r"|for \w+(?:, ?\w+)* in |while |print ?\(|raise |assert |@\w|#include|//|/\*|File \"|\$ |\+ |>>> |async |await "
    r"|--\w|Traceback|\w{1,40}=\S{1,80},\s*$|\"[^\"]{0,60}\": |#(?!\w{2,12}\s?[=:#]))"
)
_MARKS = re.compile(
    r"\b(?:self\.|torch\.|np\.(?!float)|tf\.|nn\.|dict\(|Namespace\(|lambda |args\.|plt\.|loss_weight|optim\.)|\btype='"
    r"| == |\+=|!=|(?<![-\d])(?<!\d )->(?! ?[+-]?\.?\d)|&&"
    r"|\$\{|\.{4,}|[{;\\(]\s*$|\bf\"|\bf'|\w\[:|\*\*\w|--\w+[ =]|\)\.\w+\("
)
_SIGNS = re.compile(r"[({;\\$&!>'\"*\[+=]")
_DOTTED = re.compile(r"\.(?<=[a-z]\.)")
_HEADING = re.compile(
    r"^\W{0,30}(?:(?:now|start\w{0,4}|begin\w{0,4}|run\w{0,4}|doing|continu\w{1,3}) ){0,2}"
    r"(train|training|validation|validating|validate|val|valid|test|testing|eval|evaluation|evaluating)\b"
    r"(?:\W|set|data|on|phase|results?|metrics|errors?|begin|start|epoch|dataset|model|the|summary|stats"
    r"|in eval mode){0,8}\W{0,30}$",
    re.IGNORECASE,
)
_LAYER = re.compile(r"^\s*\d{1,4}\s+\|\s+[\w.]+\s+\|\s+[A-Z]\w+\s+\|\s+[\d.,]+(?: [KMB]\b)?\s*(?:\||$)")
"""A row of what Lightning says of a model: ``3 | criterion | MSELoss | 0``."""
_REPORTED = re.compile(r"\breporting \w{3,12} on (?:the )?([a-z]{2,10}) set\b", re.IGNORECASE)

_FRAME = re.compile(r"(?:^|[\s|])([*=#-])\1{2,80}\s")
_RULE = " \t-=*#~_\u2500\u2501\u2550"
"""What rulers are drawn with."""
_SEPARATED = 2
"""This many semicolons inside a line separate its values: the last one ends no statement."""


def is_code(line: str) -> bool:
    """Whether a line is source code, a command, a configuration or a traceback rather than a print of numbers."""
    if line.rstrip()[-1:] == ";" and line.count("; ") >= _SEPARATED and " = " not in line:
        line = line.rstrip().rstrip(";")
    if line.count("|") > 2 and _LAYER.match(line[:400]):
        return True
    return bool(_CODE.match(line[:200]) or (_may_have_marks(line) and _MARKS.search(line[:2000])))


def _may_have_marks(line: str) -> bool:
    """Whether the line holds what none of the marks of code can do without: this is asked of every new form of line."""
    if _SIGNS.search(line) or _DOTTED.search(line):
        return True
    return "--" in line or "...." in line or "lambda " in line or "loss_weight" in line


def reported(line: str) -> str:
    """The split of ``reporting errors on validation set``, which holds for all lines to come ("" for none)."""
    found = _REPORTED.search(line[:400]) if "eporting " in line else None
    return split_of(found.group(1)) if found else ""


def framed(begin: str, end: str) -> bool:
    """Whether a line of this begin and end is a title between rulers (``***** DEV SET | AFTER 30 BATCHES *****``)."""
    ruler = _FRAME.search(begin[:160])
    return bool(ruler and ruler.group(1) * 3 == end.rstrip()[-3:] and any(c.isalpha() for c in begin + end))


def heading(line: str) -> str:
    """The split that a line without numbers announces for the lines after it ("" for none)."""
    line = line.rpartition(" - ")[2].strip(_RULE)  # behind the names of loggers, between rulers
    if len(line) > 80:
        return ""
    match = _HEADING.match(line)
    return split_of(match.group(1)) if match else ""
