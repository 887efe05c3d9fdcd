"""Tables in text: a header that counts, rulers of any kind, and rows of as many numbers.

A row means nothing without its header, so the header is remembered and each row is written anew as one line of
``name: value`` text. Columns stand between bars or wide gaps; a header may take two lines, come again, or stand over
an index that has no name; a cell may be empty, a percentage, a clock, bold, or a list of the terms of a loss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog.words import split_of

NUMBER = r"[+-]?(?:\d[\d.]{0,29}(?:[eE][+-]?\d{1,3})?|\.\d{1,20}|nan|inf)"
EPOCHS = frozenset({"epoch", "e", "itn", "epochs"})
STEPS = frozenset(
    "# step steps global_step iter iteration total_timesteps num_timesteps timesteps timestepssofar totalenvinteracts "
    "total_num_steps totalenvsteps".split()
)
_BATCHES = frozenset({"batch", "minibatch"})
CELL = re.compile(rf"(?:{NUMBER}%?|\d{{1,9}}/\d{{1,9}}|\d[\d.]{{0,9}}(?:[KMG]B?|[smh])|-)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,4}:\d\d(?::\d\d)?(?:\.\d{1,6})?")
_BARS = re.compile("[|\u2502\u2503]")
_TOKEN = re.compile(r"\[[^\[\]]{0,400}\]|\S+")
_WORDS = re.compile(r"\S+(?: \S+)*")
_OF_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[\d.]{1,12} (?:min|m?sec|\w{1,12}/sec)", re.IGNORECASE)
"""Cells of H2O's history that are no numbers: when, how long, how fast."""
_GAP = re.compile(r"\s{2,}|\t")
_COUNT_WORD = re.compile(
    r"(?:^|[\s|\u2502\u2503])(?:epochs?|e|itn|iter|iteration|steps?|global_step|[a-z_]{0,20}timesteps|total\w{1,20}|#)"
    r"(?=[\s|\u2502\u2503]|$)",
    re.IGNORECASE,
)
_LOOSE_DIGIT = re.compile(r"\s+(?=\d)")
_NO_VALUE = ("No log", "no log", "None", "N/A", "n/a", "NA")
_RULES = frozenset("-=+_ |[]:") | frozenset(map(chr, range(0x2500, 0x2580)))
"""What rulers are drawn with: the box characters of Unicode too, corners and crossings."""
LONGEST = 2000
HEAD_LINES = 2
"""Lines a header may take."""


@dataclass(slots=True)
class Grid:
    """The table being read, if any; feed it every line that no other block has taken."""

    columns: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    """The header split at every blank: names that stand one blank apart."""
    _header: str = ""
    _heads: list[str] = field(default_factory=list)
    """Lines that may be a header."""

    def passed(self) -> None:
        """A line was read elsewhere: what stood before it heads no table."""
        self._heads.clear()

    def lines(self, text: str, raw: str) -> tuple[str, ...] | None:
        """A row as text, () for a header or a ruler, None for a line outside all tables.

        ``raw`` is the line with its clocks and dates, which may be cells.
        """
        if is_ruler(text):
            return self._ruled(text)
        if self.columns or self._heads:
            if (row := self._row(text, raw)) is not None:
                return (row,)
            if self.columns and text.strip():
                self.columns = []
        return self._headed(text)

    def _ruled(self, ruler: str) -> tuple[str, ...] | None:
        """A ruler under what may be a header."""
        if not self.columns and self._heads:
            self._open(*self._titles(ruler))
        self._heads.clear()
        several = len(ruler.split()) > 1 or bool(_BARS.search(ruler)) or "+" in ruler
        return () if self.columns or several else None

    def _titles(self, ruler: str) -> tuple[list[str], str]:
        """The names of the columns, of one or two lines."""
        heads = [cells_of(head) for head in self._heads]
        last = self._heads[-1]
        if _BARS.search(last):
            joined = [h for h in heads if len(h) == len(heads[-1])]
            return [" ".join(p for p in parts if p) for parts in zip(*joined, strict=True)], last
        groups = [(m.start(), m.end()) for m in re.finditer(r"[-=_\u2500\u2501]+", ruler[:LONGEST])]
        if len(groups) > 1:
            return [last[a:b].strip() for a, b in groups], last
        return _GAP.split(last.strip()), last

    def _open(self, names: list[str], header: str) -> None:
        self.columns = counting(names)
        self._header, self._words = header, []

    def _headed(self, text: str) -> tuple[str, ...] | None:
        """Remember what may be a header; () if it is one without any ruler."""
        if len(text) > LONGEST:
            self._heads.clear()
            return None
        bars = bool(_BARS.search(text))
        stripped = text.strip()
        if not _COUNT_WORD.search(text):
            self._heads = [*self._heads, text][-HEAD_LINES:] if bars and self._heads and not _numbers(text) else []
            return None
        if not bars and "  " in stripped and ":" not in text and "=" not in text:
            names = _without_mark(_GAP.split(stripped))
            if len(names) > 1 and counting(names) and not _numbers(text) and all(_is_name(n) for n in names):
                self._open(names, text)
                self._words = [word for word in stripped.split() if word != "#"]
                self._heads.clear()
                return ()
        self._heads = [] if _numbers(text) else [text]
        return None

    def _row(self, text: str, raw: str) -> str | None:
        """The row as ``name: value`` text, None for a line that is none of this table."""
        if not self.columns:
            if not _BARS.search(text) or not (names := counting(cells_of(self._heads[-1]))):
                return None
            found = _checked(cells_of(text), len(names))
            if found is None:
                return None
            self._open(names, self._heads[-1])
            return named(self.columns, found)
        if _BARS.search(text) and _BARS.search(raw):  # a date taken out leaves one
            found = _checked(cells_of(text), len(self.columns))
            return None if found is None else named(self.columns, found)
        return (
            self._gapped(text) or self._gapped(raw) or self._under_names(raw, _WORDS) or self._under_names(raw, _TOKEN)
        )

    def _gapped(self, text: str) -> str | None:
        """A row whose cells stand apart, perhaps behind a split or an index."""
        tokens = _TOKEN.findall(text[:LONGEST])
        while tokens and tokens[0] in ("!", "*"):
            tokens = tokens[1:]
        labels = []
        while tokens and tokens[0].isalpha() and not CELL.fullmatch(tokens[0]):
            labels.append(tokens.pop(0))
        split = next((s for s in map(split_of, labels) if s), "")
        if labels and not split:
            return None
        if len(self._words) == len(tokens) != len(self.columns) and counting(self._words):
            self.columns = self._words
        if len(tokens) == len(self.columns) + 1 and tokens[0].isdigit() and self._header[:1] == " ":
            tokens = tokens[1:]
        found = _checked(tokens, len(self.columns))
        return None if found is None else named(self.columns, found, split)

    def _under_names(self, raw: str, cells: re.Pattern[str]) -> str | None:
        """A row with empty cells: each cell belongs to the name it stands under, but for an index before them all."""
        spans = [(m.start(), m.end()) for m in _WORDS.finditer(self._header)]
        if len(spans) != len(self.columns) or len(raw) > LONGEST:
            return None
        found = ["-"] * len(spans)
        absent = ("nan",) if raw[:2] == "0 " else ()  # the first row of a printed frame, before anything was measured
        for token in cells.finditer(raw):
            at = [i for i, (a, b) in enumerate(spans) if token.start() < b and token.end() > a]
            if not at and token.start() == 0 and token.group().isdecimal():
                continue
            if len(at) != 1 or found[at[0]] != "-":
                return None
            said = token.group()
            found[at[0]] = "-" if said.lower() in absent or _OF_TIME.fullmatch(said) else said
        checked = _checked(found, len(spans))
        return None if checked is None else named(self.columns, checked)


def is_ruler(text: str) -> bool:
    """Whether a line is drawn rather than written: three signs or more, no letters, no digits."""
    return (
        len(text) > 2
        and not any(c.isalnum() for c in text)
        and _RULES.issuperset(text.strip())
        and (sum(c in "-=_\u2500\u2501\u2550" for c in text) > 2 or "[=]" in text)
    )


def cells_of(text: str) -> list[str]:
    """The cells of a line: between bars where there are any, else its words."""
    if not _BARS.search(text):
        return text.split()
    return [cell.strip(" *`\t") for cell in _BARS.split(text.strip().strip("|\u2502\u2503"))]


def counting(names: list[str]) -> list[str]:
    """The names if one of them counts, else none."""
    counts = {name.lower() for name in names} & (EPOCHS | STEPS)
    return names if counts and all(names) else []


def named(columns: list[str], cells: list[str], split: str = "") -> str | None:
    """A row in words, what counts first; None if nothing is counted."""
    words: list[tuple[bool, str]] = []
    counted = []
    for name, cell in zip(columns, cells, strict=True):
        lowered = name.lower()
        kind = _kind(lowered)
        if kind and cell != "-":
            counted.append(f"{kind} {cell}")
        elif not kind and cell != "-":  # spaCy scores what it trains on the development set
            scored = columns[0].lower() in ("e", "itn") and "loss" not in lowered
            prefix = split or ("val" if scored else "")
            own = bool(split_of(name.replace("_", " ").split()[0]))
            front = f"{prefix}/{_plain(name)}" if prefix else _plain(name)
            words.append((own, f"{front}: {_summed(cell)}"))
            words += [(own, f"{front}_term{i}: {term}") for i, term in enumerate(_terms(cell, lowered), start=1)]
    words.sort(key=lambda word: word[0])  # the split of a column is not that of the next
    return " | ".join(counted + [word for _, word in words]) if counted else None


def _kind(lowered: str) -> str:
    if lowered in EPOCHS:
        return "epoch"
    return "step" if lowered in STEPS else "batch" if lowered in _BATCHES else ""


def _plain(name: str) -> str:
    """A name that holds no number of its own: "top 1" is "top1"."""
    return _LOOSE_DIGIT.sub("", name).strip("|")


def _checked(cells: list[str], count: int) -> list[str] | None:
    """The cells as numbers in text, "-" for those that say nothing; None if they are no row of ``count``."""
    if len(cells) != count:
        return None
    found = [_summed(cell) for cell in cells]
    found = ["-" if not c or c in _NO_VALUE or _CLOCK.fullmatch(c) else c for c in found]
    if not all(map(CELL.fullmatch, found)) or all(c == "-" for c in found):
        return None
    return [cell if cell[:1] == "[" and c != "-" else c for cell, c in zip(cells, found, strict=True)]


def _summed(cell: str) -> str:
    """A list of the terms of a loss as their sum, the loss that is minimised; "-" for an empty list."""
    if cell[:1] != "[":
        return cell
    terms = cell.strip("[]").replace(",", " ").split()
    if not terms:
        return "-"
    try:
        return repr(float(f"{sum(map(float, terms)):.10g}"))
    except ValueError:
        return "?"


def _terms(cell: str, lowered: str) -> list[str]:
    """The terms of a loss that are listed in a cell, where there are several."""
    terms = cell.strip("[]").replace(",", " ").split() if cell[:1] == "[" and "loss" in lowered else []
    return terms if len(terms) > 1 else []


def _numbers(text: str) -> bool:
    """Whether a cell of the line is a number: then it heads no table."""
    return any(cell != "-" and CELL.fullmatch(cell) for cell in cells_of(text))


def _is_name(cell: str) -> bool:
    return cell[:1].isalpha() or cell[:1] in "_#|"


def _without_mark(names: list[str]) -> list[str]:
    """The names behind a "#" that begins the header ("Train  #  Epoch", "# Epoch")."""
    if "#" in names[:2] and counting(rest := names[names.index("#") + 1 :]):
        names = rest
    return [name.removeprefix("# ") for name in names]
