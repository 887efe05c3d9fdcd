"""The style sheet: style.css, the theme's colours as variables, its inks as classes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nn_doctor.reporters.drawing.theme import BASE, Ink, inks_of

GROUND = {"light": "#f6f7f9", "dark": "#0d1014"}
"""Behind the cards."""


@cache
def sheet() -> str:
    """The whole style sheet, light by default, dark where the reader prefers it; paper is always light."""
    variables = {name: f"var(--{name})" for name in BASE["light"]}
    rules = [_rule(name, ink) for name, ink in inks_of(variables).items()]
    dark = f"@media screen and (prefers-color-scheme:dark){{{_colours('dark')}}}"
    return "\n".join([_colours("light"), dark, Path(__file__).with_name("style.css").read_text("utf-8"), *rules])


@cache
def script() -> str:
    """The script that adds values under the pointer, zoom and a filter; the page reads as well without it."""
    return Path(__file__).with_name("script.js").read_text("utf-8")


def _colours(theme: str) -> str:
    pairs = {"ground": GROUND[theme], **BASE[theme]}
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in pairs.items()) + "}"


def _rule(name: str, ink: Ink) -> str:
    if ink.fill is not None:
        opacity = f";fill-opacity:{ink.opacity:g}" if ink.opacity < 1 else ""
        place = ".plot path" if name.endswith("-extent") else ""
        return f"{place}.i-{name}{{fill:{ink.fill}{opacity}}}"
    dash = f";stroke-dasharray:{ink.dash}" if ink.dash else ""
    opacity = f";stroke-opacity:{ink.opacity:g}" if ink.opacity < 1 else ""
    return f".i-{name}{{stroke:{ink.stroke};stroke-width:{ink.width:g}{dash}{opacity}}}"
