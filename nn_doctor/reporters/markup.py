"""HTML and SVG from function calls: what is text is always escaped, so nothing in a log can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

VOID = frozenset({"br", "meta", "input", "wbr"})
"""HTML elements that have no end tag."""
ALONE = frozenset({"path", "line", "rect", "circle"})
"""SVG elements without children, closed at once (well-formed in HTML and in XML)."""
CASED = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}

LONGEST = 3000
"""Characters of one text; a name in a log may be a megabyte long."""

Attribute = str | float | bool | None


class Raw(str):
    """Markup that is already escaped; made by the functions of this module, and from nn-doctor's own files."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: Attribute) -> Raw:
    """``<name attributes>children</name>``; children that are not Raw are escaped, None is left out.

    ``class_`` becomes class, ``stroke_width`` stroke-width; an attribute that is None or False is left out,
    True is written without a value (HTML only).
    """
    head = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in ALONE:
        return Raw(f"<{head}/>")
    if name in VOID:
        return Raw(f"<{head}>")
    return Raw(f"<{head}>{joined(children)}</{name}>")


def joined(children: Iterable[str | None]) -> Raw:
    """Children one after the other, those that are not Raw escaped."""
    return Raw("".join(c if isinstance(c, Raw) else _escaped(c) for c in children if c is not None))


def number(value: float) -> str:
    """A coordinate: one decimal, no trailing zero, no minus zero."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    name = CASED.get(name, name)
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else number(value)
    return f' {name}="{text if isinstance(text, Raw) else _escaped(text)}"'


def _escaped(text: str) -> str:
    return safe.markup(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
