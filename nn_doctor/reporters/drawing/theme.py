"""Colours and strokes, light and dark. Every kind of line differs in its dashes too, not in colour alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

BASE: dict[str, dict[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "text": "#1b1f24",
        "muted": "#57606a",
        "grid": "#e4e7eb",
        "axis": "#8c959f",
        "train": "#a84300",
        "val": "#0a5ab3",
        "test": "#6639a6",
        "other": "#2f5d50",
        "critical": "#b3261e",
        "warning": "#835400",
        "note": "#2456b8",
        "healthy": "#176f35",
        "unjudged": "#57606a",
    },
    "dark": {
        "paper": "#14181d",
        "text": "#e8eaed",
        "muted": "#a5aeb8",
        "grid": "#2b323a",
        "axis": "#6c7681",
        "train": "#f2a25c",
        "val": "#72b6f7",
        "test": "#c7a2ef",
        "other": "#86c9b5",
        "critical": "#ff8f85",
        "warning": "#f0c050",
        "note": "#93bbff",
        "healthy": "#74d292",
        "unjudged": "#a5aeb8",
    },
}
"""Every text colour has a contrast of at least 4.5 : 1 on the paper (tested)."""
RUNS = {
    "light": ("#0a5ab3", "#a84300", "#176f35", "#6639a6", "#b3261e", "#00696e", "#835400", "#7a2a63"),
    "dark": ("#72b6f7", "#f2a25c", "#74d292", "#c7a2ef", "#ff8f85", "#63cfd6", "#f0c050", "#f0a3d2"),
}
"""Colours of several runs in one picture."""
DASHES = ("", "7 4", "2 3", "9 3 2 3", "12 3", "5 2 1 2", "3 6", "14 4 4 4")
SEVERITIES = ("critical", "warning", "note")
SPLITS = {"train": "6 3", "val": "", "test": "2 3", "other": ""}


@dataclass(frozen=True, slots=True)
class Ink:
    """How something is drawn: colours by name or #rrggbb, widths in pixels, ``dash`` as in SVG."""

    stroke: str | None = None
    fill: str | None = None
    width: float = 1
    dash: str = ""
    opacity: float = 1


def inks(theme: str) -> dict[str, Ink]:
    """Every ink of a theme ("light" or "dark"), by the names that shapes use."""
    return inks_of(BASE[theme], RUNS[theme])


def inks_of(base: dict[str, str], runs: tuple[str, ...] = ()) -> dict[str, Ink]:
    """The inks of a table of colours; with the names of CSS variables for colours, those of a style sheet."""
    found = {
        "paper": Ink(fill=base["paper"]),
        "tick": Ink(fill=base["muted"]),
        "label": Ink(fill=base["text"]),
        "title": Ink(fill=base["text"]),
        "grid": Ink(stroke=base["grid"]),
        "axis": Ink(stroke=base["axis"]),
        "best": Ink(stroke=base["muted"], dash="1 3"),
    }
    for split, dash in SPLITS.items():
        found |= _line(split, base[split], dash)
    for i, (colour, dash) in enumerate(zip(runs, DASHES, strict=False)):
        found |= _line(f"run{i}", colour, dash)
    for severity in SEVERITIES:
        fill = Ink(fill=base[severity])
        found |= {
            f"span-{severity}": fill,
            f"text-{severity}": fill,
            f"shade-{severity}": replace(fill, opacity=0.08),
        }
    return found


def _line(name: str, colour: str, dash: str) -> dict[str, Ink]:
    return {
        name: Ink(stroke=colour, width=2, dash=dash),
        f"{name}-raw": Ink(stroke=colour, width=1, opacity=0.35),
        f"{name}-extent": Ink(fill=colour, opacity=0.22),
        f"{name}-text": Ink(fill=colour),
    }
