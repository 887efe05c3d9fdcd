r"""Every escape in one place: what may stand in a terminal line, a message, a CSV cell, a file name.

A log is written by strangers. Its names and paths reach the reader escaped *visibly* (``\x1b``, ``\u202e``),
never dropped and never interpreted. JSON needs no function here: ``ensure_ascii`` keeps it pure ASCII and
exact, and only DEL, which JSON allows bare, is added by ``json_text``.
"""

from __future__ import annotations

import re

MESSAGE_LIMIT = 600
"""Characters of a message on standard error; a name in it may be a megabyte long."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))
_FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet read a cell as a formula. (Tab and CR would too; they are escaped anyway.)"""

_MARKDOWN = {char: f"\\{char}" for char in "\\`*_[]~!"}
_MARKDOWN |= {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "$": "&#36;", "@": "@<!-- -->"}
_MARKDOWN |= {"#": "#<!-- -->"}
"""What must not reach a Markdown renderer bare (a dollar sign makes formulas)."""
_LINKS = re.compile(r":(?=//|\w)|(?<=www)\.", re.IGNORECASE)
"""The character of a URL or a ``:sign:`` without which it is plain text."""


def printable(text: str) -> str:
    """``text`` with everything that is not plainly visible escaped.

    That is: control characters (C0, DEL, C1), bidi overrides and other invisible formatting, line and
    paragraph separators, lone surrogates.
    One string is one line afterwards. O(n).
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def one_line(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """``text`` as one printable line of at most ``limit`` characters, cut in the middle."""
    line = printable(" ".join(text[: 4 * limit].split("\n")))
    if len(line) <= limit:
        return line
    keep = (limit - 1) // 2
    return f"{line[:keep]}…{line[-keep:]}"


def csv_cell(text: str) -> str:
    """``text`` as one CSV cell: printable, quoted where needed, never a spreadsheet formula.

    A cell that starts with ``= + - @`` gets an apostrophe in front, as spreadsheets themselves write it. That
    is not data-true, on purpose: such a name is rare in a log and a formula that runs is worse; the JSON
    formats carry every name exactly.
    """
    cell = printable(text)
    if cell.startswith(_FORMULA):
        cell = f"'{cell}"
    if any(mark in cell for mark in ',";') or cell != cell.strip():
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def markdown(text: str) -> str:
    """``text`` as plain words in GitHub's Markdown (also in a table cell): no markup, tag, link or mention is made.

    An empty HTML comment after ``@`` and ``#`` keeps people and issues from being notified.
    """
    escaped = "".join(_MARKDOWN.get(char, char) for char in printable(text))
    return _LINKS.sub(lambda match: f"&#{ord(match[0])};", escaped)


def workflow_data(text: str) -> str:
    """``text`` as the message of a GitHub workflow command; its line breaks stay line breaks."""
    lines = "\n".join(map(printable, text.split("\n")))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """``text`` as the value of a property (``file=``, ``title=``) of a GitHub workflow command."""
    return workflow_data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def markup(text: str) -> str:
    """``text`` as character data or a quoted attribute value of HTML, SVG or XML: printable, nothing left to parse."""
    clean = printable(text)
    for sign, entity in _ENTITIES:
        clean = clean.replace(sign, entity)
    return clean


def json_text(text: str) -> str:
    """JSON as written by ``json.dumps(ensure_ascii=True)``, with DEL escaped too: no control byte is left."""
    return text.replace("\x7f", "\\u007f")


def _escaped(char: str) -> str:
    """One character as a Python string literal would show it."""
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
