"""Tables inside text: boxes of ``| name | value |``, tables under a ruler, YOLO's rows, Training | Validation.

A row of a table means nothing without its header, so the header is remembered and each row (or each box) is
written anew as one line of ``name: value`` text, which the general mechanism then reads as any other line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog import dialects
from nn_doctor.parsers.textlog.grid import CELL, EPOCHS, NUMBER, STEPS, Grid
from nn_doctor.parsers.textlog.pairs import PairBox
from nn_doctor.parsers.textlog.reports import SplitTable, TuneResult
from nn_doctor.parsers.textlog.verdicts import ClassReport
from nn_doctor.parsers.textlog.words import split_of

_BOX_ROW = re.compile(rf"^\s*\|\s{{0,40}}([A-Za-z_][\w/ ]{{0,60}}?)\s{{0,60}}\|\s{{0,20}}({NUMBER})\s{{0,40}}\|\s*$")
_BOX_SECTION = re.compile(r"^\s*\|\s{0,40}([A-Za-z_]\w{0,40})/\s{0,60}\|\s{0,60}\|\s*$")
_YOLO = re.compile(r"^\s*(?:Epoch\s+gpu_mem|Class\s+Images|classes\s+top1_acc)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_RESULTS = re.compile(r"\*{3,5} ?(Eval|Test|Train)\w{0,10} results", re.IGNORECASE)
_RESULT = re.compile(rf"^[\s|:]*([A-Za-z][\w ]{{0,60}}?) = ({NUMBER})\s*$")
_BEHIND = re.compile(r"\)?:\s*\d{1,3}%.*$")
_DONE = re.compile(r"\s(\d{1,9}/\d{1,9}) ")
_TWO = re.compile(r"\b(Training|Train)\s{0,40}\|\s{0,40}(Validation|Valid|Val|Dev)\s*$", re.IGNORECASE)
_TWO_ROW = re.compile(
    rf"(?<!\S)([A-Za-z][\w@./-]{{0,60}})\s{{0,40}}\|\s{{0,40}}({NUMBER}|N/A)\s{{0,40}}\|\s{{0,40}}({NUMBER}|N/A)\s*$"
)
_COPY = re.compile(r"\bcopypaste: (?:Task: (\w{1,40})|([A-Za-z][\w,./@-]{0,400})|([\d.,naif-]{1,400}))\s*$")

TALLEST = 300
"""Rows of a box."""
_YOLO_LOSSES = frozenset("box obj cls dfl seg pose kobj giou rbox theta total".split())
_YOLO_METRICS = {"p": "precision", "r": "recall", "map@.5": "mAP50", "map@.5:.95": "mAP50-95", "map50": "mAP50"}


@dataclass(slots=True)
class Blocks:
    """The table being read, if any."""

    _box: list[tuple[str, str]] = field(default_factory=list)
    _section: str = ""
    _grid: Grid = field(default_factory=Grid)
    _pairs: PairBox = field(default_factory=PairBox)
    _results: str = ""
    _yolo: dict[str, list[str]] = field(default_factory=dict)
    _two: bool = False
    _task: str = ""
    _names: list[str] = field(default_factory=list)
    _splits: SplitTable = field(default_factory=SplitTable)
    _tune: TuneResult = field(default_factory=TuneResult)
    _report: ClassReport = field(default_factory=ClassReport)

    @property
    def inside(self) -> bool:
        """Whether a table or a result of several lines may go on, so that any line may end it."""
        return bool(
            self._box
            or self._grid.columns
            or self._pairs.inside
            or self._results
            or self._two
            or self._tune.inside
            or self._report.inside
        )

    @property
    def quiet(self) -> bool:
        """Whether no line changes its meaning by what stood before it."""
        return not (self.inside or self._yolo)

    def passed(self) -> None:
        """A line of numbers outside all tables was read elsewhere: it heads none."""
        self._grid.passed()

    def lines(self, text: str, raw: str = "") -> tuple[str, ...]:
        """The lines to read now in place of ``text``: itself, none, or what a table says in words.

        ``raw`` is the line as it was printed, with clocks.
        """
        if self._tune.inside or text.startswith("Result for "):
            ended = self._tune.lines(text)
            if self._tune.inside or not text.strip():
                return ended
            return (*ended, *self._lines(text, raw))
        return self._lines(text, raw)

    def _lines(self, text: str, raw: str) -> tuple[str, ...]:
        if self._report.passes(text):
            return self.rest()
        start = text.lstrip()[:1]
        if (start == "|" and self._in_box(text)) or (self._results and self._in_results(text)):
            return ()
        ended = self.rest() if self._box else ()
        inside = self._splits.lines(text) if start in ("|", "\u2502") else None
        if inside is None:
            inside = self._in_table(text, start, raw or text)
        if inside is not None:
            return (*ended, *inside) if ended else inside
        line = dialects.rewritten(text) if _DIGIT.search(text) else text
        return (*ended, line) if ended else (line,)

    def rest(self) -> tuple[str, ...]:
        """The box that ended with the line before, as one line."""
        box, self._box, self._section, self._results = self._box, [], "", ""
        return (*((_joined(box),) if box else ()), *self._tune.rest())

    def _in_box(self, text: str) -> bool:
        if row := _BOX_ROW.match(text[:200]):
            name = row.group(1).strip()
            if len(self._box) >= TALLEST:  # no logger prints such a box
                self._box = []
            self._box.append((f"{self._section}/{name}" if self._section else name, row.group(2)))
            return True
        if section := _BOX_SECTION.match(text[:200]):
            self._section = section.group(1)
            return True
        return False

    def _in_results(self, text: str) -> bool:
        """Lines of ``name = value`` under "Eval results": the step stands somewhere among them."""
        if row := _RESULT.match(text[:200]):
            name = row.group(1).strip()
            own = name == "global_step" or "/" in name or split_of(name.split("_")[0])
            self._box.append((name if own else f"{self._results}/{name}", row.group(2)))
        elif self._box or text.strip(" |"):
            self._results = ""
        return bool(row)

    def _in_table(self, text: str, start: str, raw: str) -> tuple[str, ...] | None:
        """The row of a known table as text, () for its header, None for a line outside all tables."""
        if start in "EeCc" and (found := self._header(text)) is not None:
            return found
        if (found := self._grid.lines(text, raw)) is not None:
            return found
        if (rows := self._pairs.lines(text)) is not None:
            return (_joined(rows),) if any(map(_counts, rows)) else ()
        if "*** " in text and (heading := _RESULTS.search(text[:200])):
            self._results = "val" if heading.group(1).lower() == "eval" else heading.group(1).lower()
            return ()
        if self._yolo and (row_text := self._yolo_row(text)):
            return (row_text,)
        return self._in_pairs(text)

    def _header(self, text: str) -> tuple[str, ...] | None:
        """Remember the header of a table without a ruler; None for any other line."""
        if _YOLO.match(text[:100]):
            cells = _BEHIND.sub("", text[:400]).split()
            self._yolo["class" if cells[0].lower() == "classes" else cells[0].lower()] = cells
            return ()
        return None

    def _yolo_row(self, text: str) -> str:
        tokens = text[:400].replace(":", " ", 1).split() if ":" in text else text[:400].split()
        if not tokens:
            return ""
        if tokens[0] == "all" and "class" in self._yolo:
            return _yolo_metrics(self._yolo["class"], tokens)
        columns = self._yolo.get("epoch")
        if columns is None or "/" not in tokens[0] or len(tokens) < len(columns):
            return ""
        cells = tokens[: len(columns)]
        if not all(CELL.fullmatch(cell) for cell in cells):
            return ""
        losses = [(n, c) for n, c in zip(columns, cells, strict=True) if n in _YOLO_LOSSES or n.endswith("loss")]
        done = _DONE.search(text[text.find(cells[0]) + len(cells[0]) : 600])
        words = [f"epoch {cells[0]}"] + ([f"[=] {done.group(1)}"] if done else [])
        words += [f"train/{n if n.endswith('loss') else n + '_loss'}: {c}" for n, c in losses]
        return " | ".join(words)

    def _in_pairs(self, text: str) -> tuple[str, ...] | None:
        """Rows of ``name | training | validation``, and the copied tables of detectron2."""
        if "|" in text:
            if _TWO.search(text[-120:]):
                self._two = True
                return ()
            if self._two and (row := _TWO_ROW.search(text[-200:])):
                name, train, val = row.groups()
                pairs = [f"{s}/{name}: {v}" for s, v in (("training", train), ("validation", val)) if v != "N/A"]
                return () if "memory" in name else (" | ".join(pairs),)
        self._two = False
        if "copypaste: " in text and (found := _COPY.search(text[-600:])):
            return self._copied(*found.groups())
        return None

    def _copied(self, task: str | None, names: str | None, values: str | None) -> tuple[str, ...]:
        if task:
            self._task = task
        elif names:
            self._names = names.split(",")
        elif values and len(cells := values.split(",")) == len(self._names):
            prefix = f"val/{self._task}/" if self._task else "val/"
            return (" | ".join(f"{prefix}{n}: {c}" for n, c in zip(self._names, cells, strict=True)),)
        return ()


def _joined(box: list[tuple[str, str]]) -> str:
    """A box as one line, what counts first; clocks and rates of its "time" section left out."""
    counted: dict[str, str] = {}
    rest = []
    for name, value in box:
        word = name.rsplit("/", 1)[-1].lower()
        if word in EPOCHS or word in STEPS:
            kind = "epoch" if word in EPOCHS else "step"
            if kind not in counted or word.startswith("total"):  # garage prints iterations beside steps
                counted[kind] = value
        elif not name.startswith("time/"):
            rest.append(f"{name}: {value}")
    return " | ".join([*(f"{kind} {value}" for kind, value in sorted(counted.items())), *rest])


def _counts(row: tuple[str, str]) -> bool:
    return row[0].rsplit("/", 1)[-1].lower() in EPOCHS | STEPS


def _yolo_metrics(columns: list[str], tokens: list[str]) -> str:
    """The row of all classes: precision, recall and average precision on the validation set."""
    words, kind = [], ""
    if len(tokens) != len(columns) or not all(CELL.fullmatch(cell) for cell in tokens[1:]):
        return ""
    for name, cell in zip(columns[1:], tokens[1:], strict=True):
        if name.lower() in ("images", "instances", "labels"):
            continue
        group, opened, inner = name.partition("(")
        kind = f"({group[0]})" if opened and group else kind
        plain = (inner or name).strip("():").lower()
        words.append(
            f"val/{_YOLO_METRICS.get(plain, plain.replace('map', 'mAP'))}{kind if kind != '(B)' else ''}: {cell}"
        )
    return " | ".join(words)
