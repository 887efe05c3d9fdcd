"""Tables inside text: boxes of ``| name | value |``, tables under a ruler, YOLO's rows, Training | Validation.

A row of a table means nothing without its header, so the header is remembered and each row (or each box) is
written anew as one line of ``name: value`` text, which the general mechanism then reads as any other line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog import dialects
from nn_doctor.parsers.textlog.reports import SplitTable, TuneResult
from nn_doctor.parsers.textlog.words import split_of

_NUM = r"[+-]?(?:\d[\d.]{0,29}(?:[eE][+-]?\d{1,3})?|\.\d{1,20}|nan|inf)"
_BOX_ROW = re.compile(rf"^\s*\|\s{{0,40}}([A-Za-z_][\w/ ]{{0,60}}?)\s{{0,60}}\|\s{{0,20}}({_NUM})\s{{0,40}}\|\s*$")
_BOX_SECTION = re.compile(r"^\s*\|\s{0,40}([A-Za-z_]\w{0,40})/\s{0,60}\|\s{0,60}\|\s*$")
_RULER = re.compile(r"^\s*-{1,60}(?:\s{1,20}-{2,60}){2,60}\s*$")
_PIPES = re.compile(r"^\s*\|(?:\s{0,60}:?-{1,60}:?\s{0,60}\|){2,60}\s*$")
_YOLO = re.compile(r"^\s*(?:Epoch\s+gpu_mem|Class\s+Images|classes\s+top1_acc)\b", re.IGNORECASE)
_COUNTED = re.compile(r"^\s*(?:Iter|Iteration|Epoch|Step)\s{2,60}[A-Za-z]")
_DIGIT = re.compile(r"\d")
_GAP = re.compile(r"\s{2,}")
_RESULTS = re.compile(r"\*{3,5} ?(Eval|Test|Train)\w{0,10} results", re.IGNORECASE)
_RESULT = re.compile(rf"^[\s|:]*([A-Za-z][\w ]{{0,60}}?) = ({_NUM})\s*$")
_BEHIND = re.compile(r"\)?:\s*\d{1,3}%.*$")
_CELL = re.compile(rf"(?:{_NUM}|\d{{1,9}}/\d{{1,9}}|\d[\d.]{{0,9}}(?:[KMG]B?|[smh])|-)")
_DONE = re.compile(r"\s(\d{1,9}/\d{1,9}) ")
_TWO = re.compile(r"\b(Training|Train)\s{0,40}\|\s{0,40}(Validation|Valid|Val|Dev)\s*$", re.IGNORECASE)
_TWO_ROW = re.compile(
    rf"(?<!\S)([A-Za-z][\w@./-]{{0,60}})\s{{0,40}}\|\s{{0,40}}({_NUM}|N/A)\s{{0,40}}\|\s{{0,40}}({_NUM}|N/A)\s*$"
)
_COPY = re.compile(r"\bcopypaste: (?:Task: (\w{1,40})|([A-Za-z][\w,./@-]{0,400})|([\d.,naif-]{1,400}))\s*$")

TALLEST = 300
"""Rows of a box."""
_NO_VALUE = ("No log", "no log", "None", "N/A", "n/a")
_EPOCHS = frozenset({"epoch", "e", "itn", "epochs"})
_STEPS = frozenset(
    "# step steps global_step iter iteration total_timesteps num_timesteps timesteps timestepssofar totalenvinteracts "
    "total_num_steps".split()
)
_YOLO_LOSSES = frozenset("box obj cls dfl seg pose kobj giou rbox theta total".split())
_YOLO_METRICS = {"p": "precision", "r": "recall", "map@.5": "mAP50", "map@.5:.95": "mAP50-95", "map50": "mAP50"}


@dataclass(slots=True)
class Blocks:
    """The table being read, if any."""

    _box: list[tuple[str, str]] = field(default_factory=list)
    _section: str = ""
    _last: str = ""
    _columns: list[str] = field(default_factory=list)
    _results: str = ""
    _yolo: dict[str, list[str]] = field(default_factory=dict)
    _two: bool = False
    _task: str = ""
    _names: list[str] = field(default_factory=list)
    _splits: SplitTable = field(default_factory=SplitTable)
    _tune: TuneResult = field(default_factory=TuneResult)

    @property
    def inside(self) -> bool:
        """Whether a table or a result of several lines may go on, so that any line may end it."""
        return bool(self._box or self._columns or self._results or self._two or self._tune.inside)

    @property
    def quiet(self) -> bool:
        """Whether no line changes its meaning by what stood before it."""
        return not (self._columns or self._box or self._results or self._two or self._yolo or self._tune.inside)

    def passed(self) -> None:
        """A line of numbers outside all tables was read elsewhere: it heads none."""
        self._last = ""

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines to read now in place of ``text``: itself, none, or what a table says in words."""
        if self._tune.inside or text.startswith("Result for "):
            ended = self._tune.lines(text)
            if self._tune.inside or not text.strip():
                return ended
            return (*ended, *self._lines(text))
        return self._lines(text)

    def _lines(self, text: str) -> tuple[str, ...]:
        start = text.lstrip()[:1]
        if (start == "|" and self._in_box(text)) or (self._results and self._in_results(text)):
            return ()
        ended = self.rest() if self._box else ()
        inside = self._splits.lines(text) if start in ("|", "\u2502") else None
        if inside is None:
            inside = self._in_table(text, start)
        self._last = text
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

    def _in_table(self, text: str, start: str) -> tuple[str, ...] | None:
        """The row of a known table as text, () for its header, None for a line outside all tables."""
        if start == "-" and _RULER.match(text[:2000]):
            self._columns = _under(text, self._last)
            return ()
        if start == "|" and _PIPES.match(text[:2000]):
            self._columns = _counting([name.strip() for name in self._last.strip().strip("|").split("|")])
            return ()
        if self._columns:
            if (row := _row(text, self._columns)) is not None:
                return (_named(self._columns, row),)
            self._columns = [] if text.strip() else self._columns
        if start in "EeCcIS" and (found := self._header(text)) is not None:
            return found
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
        if _COUNTED.match(text[:200]) and not any(c.isdigit() for c in text[:400]):
            self._columns = _counting(_GAP.split(text[:400].strip()))
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
        if not all(_CELL.fullmatch(cell) for cell in cells):
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
    counted, rest = [], []
    for name, value in box:
        word = name.rsplit("/", 1)[-1].lower()
        if word in _EPOCHS or word in _STEPS:
            counted.append(f"{'epoch' if word in _EPOCHS else 'step'} {value}")
        elif not name.startswith("time/"):
            rest.append(f"{name}: {value}")
    return " | ".join([*sorted(set(counted)), *rest])


def _under(ruler: str, header: str) -> list[str]:
    """The names above the dashes of a ruler; none if they count nothing: a table of something else."""
    names = [header[dashes.start() : dashes.end()].strip() for dashes in re.finditer(r"-+", ruler[:2000])]
    return _counting(names)


def _counting(names: list[str]) -> list[str]:
    """The names if one of them counts, else none."""
    counts = {name.lower() for name in names} & (_EPOCHS | _STEPS)
    return names if counts and all(names) else []


def _row(text: str, columns: list[str]) -> list[str] | None:
    piped = text.lstrip().startswith("|")
    cells = [c.strip() or "-" for c in text.strip().strip("|").split("|")] if piped else text[:2000].split()
    cells = ["-" if cell in _NO_VALUE else cell for cell in cells]
    if len(cells) != len(columns) or not all(_CELL.fullmatch(cell) for cell in cells):
        return None
    return cells


def _named(columns: list[str], cells: list[str]) -> str:
    words = []
    for name, cell in zip(columns, cells, strict=True):
        lowered = name.lower()
        if lowered in _EPOCHS or lowered in _STEPS:
            words.append(f"{'epoch' if lowered in _EPOCHS else 'step'} {cell}")
        elif cell != "-":  # spaCy scores what it trains on the development set
            scored = columns[0].lower() in ("e", "itn") and "loss" not in lowered
            words.append(f"val/{name}: {cell}" if scored else f"{name}: {cell}")
    return " | ".join(words)


def _yolo_metrics(columns: list[str], tokens: list[str]) -> str:
    """The row of all classes: precision, recall and average precision on the validation set."""
    words, kind = [], ""
    if len(tokens) != len(columns) or not all(_CELL.fullmatch(cell) for cell in tokens[1:]):
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
