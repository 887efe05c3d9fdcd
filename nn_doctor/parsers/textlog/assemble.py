"""Records from lines, one after the other: the current epoch, step and section carried from line to line."""

from __future__ import annotations

from dataclasses import dataclass, field

from nn_doctor.parsers.textlog import dialects, shapes
from nn_doctor.parsers.textlog.blocks import Blocks
from nn_doctor.parsers.textlog.clean import is_redrawn, plain, updates
from nn_doctor.parsers.textlog.forms import Forms
from nn_doctor.parsers.textlog.loop import Loop
from nn_doctor.parsers.textlog.params import options_of, params_of
from nn_doctor.parsers.textlog.plan import EMPTY, LONGEST, NUMBER, Field, Plan, make_plan
from nn_doctor.parsers.textlog.prefix import ProgramSkipper

SHAPES_KEPT = 4096
"""Line shapes remembered; a log prints a few dozen, prose as many as it has lines."""
SHORTEST = 3
"""A shorter line cannot hold a name and a value."""
TOLD_LINES = 8
"""Lines of one step that are looked at for one that says the same."""
JULIA = ("\u2502", "\u2514")
"""How the lines of a record of Julia's ``@info`` begin, a name and a value on each."""
_X = ("epoch", "step", "batch")


@dataclass(slots=True)
class Row:
    """One record: its line, the x it prints itself or takes over, its values, and which x were its own."""

    line: int
    x: dict[str, float]
    values: dict[str, float]
    own: frozenset[str]
    keras: bool = False
    known: bool = True
    bar: bool = False
    leading: bool = False
    """Its bar stands before its epoch."""
    evaluating: bool = False
    """It tells how far an evaluation has come."""


@dataclass(slots=True)
class Assembler:
    """What has been read so far; feed it lines, then call ``finish``."""

    rows: list[Row] = field(default_factory=list)
    params: dict[str, object] = field(default_factory=dict)
    measures: set[str] = field(default_factory=set)
    beside_x: set[str] = field(default_factory=set)
    """Names printed on a line with its own epoch or step, or with a known metric."""
    ends: list[tuple[int, float]] = field(default_factory=list)
    """How many rows there were, and which epoch it was, wherever a line said that an epoch was over."""
    x: dict[str, float] = field(default_factory=dict)
    section: str = ""
    _plans: dict[tuple[str, ...], Plan] = field(default_factory=dict)
    _forms: Forms = field(default_factory=Forms)
    _program: ProgramSkipper = field(default_factory=ProgramSkipper)
    headed: set[str] = field(default_factory=set)
    """Names that owe their split to a heading above them alone."""
    _blocks: Blocks = field(default_factory=Blocks)
    _step_total: float = 0.0
    _loop: Loop = field(default_factory=Loop)
    _bar: Row | None = None
    _bar_total: float = 0.0
    _evaluating: bool = False
    _skip_next: bool = False
    _reported: str = ""
    """The split whose errors the log says it reports."""
    _last_line: int = 0
    _state: str = ""
    _state_line: int = -1
    _redrawn: bool | None = None
    """Whether the state, come again, says nothing new; None while it has come once."""

    def feed(self, number: int, line: str) -> None:
        """Take one physical line (or the part of it up to a carriage return)."""
        if len(line) < SHORTEST and not (self._program.inside or self._blocks.inside):
            return
        if self.rows and not self._program.inside:
            self._read(number, line)
            return
        for at, text in self._program.passed(number, line):
            self._read(at, text)

    def finish(self) -> bool:
        """End the last progress bar; False if it was cut short and left out."""
        for at, text in self._program.rest():
            self._read(at, text)
        for text in self._blocks.rest():
            self._numbered(self._last_line, text)
        bar, self._bar = self._bar, None
        if bar is None:
            return True
        if bar.x.get("batch", 0.0) < self._bar_total and any(row.keras for row in self.rows):
            return False
        self._keep_bar(bar)
        return True

    def _read(self, number: int, line: str) -> None:
        for state in updates(line):
            if state != self._state or number != self._state_line:
                self._state, self._state_line, self._redrawn = state, number, None
            else:
                if self._redrawn is None:
                    self._redrawn = is_redrawn(state)
                if self._redrawn:  # drawn again as it stood
                    continue
            if state and not state.isspace():
                self._take(number, state[:LONGEST])

    def _take(self, number: int, line: str) -> None:
        """Take one state of a line: by its form if that is known, else all the way."""
        quiet = bool(self.rows) and self._blocks.quiet
        form = self._forms.of(line) if quiet else None
        if form is None:
            self._take_new(number, line, quiet)
            return
        self._blocks.passed()
        self._last_line = number
        if form.plan.fields:
            self._record(number, form.plan, [line[place] for place in form.places], form.lead)
        elif form.plan.heads and self.rows:
            self._head(form.plan.split)

    def _take_new(self, number: int, line: str, quiet: bool) -> None:
        if "Namespace(" in line:
            self.params.update(params_of(line))
            return
        if " --" in line and not self.rows:
            self.params.update(options_of(line))
        if "train_runtime" in line or line.startswith("wandb: "):  # a summary at the end of a run, no point of a curve
            return
        self._last_line = number
        texts = self._blocks.lines(plain(line), line)
        for text in texts:
            known = self._numbered(number, text)
        if quiet and len(texts) == 1 and known and self._blocks.quiet:
            self._forms.learn(line, *known)

    def _numbered(self, number: int, line: str) -> tuple[Plan, list[str]] | None:
        """Take one line of ``name: value`` text; its plan and its parts, if it holds any number."""
        parts = NUMBER.split(line)
        if len(parts) == 1:
            self._head(shapes.heading(line))
            self._reported = shapes.reported(line) or self._reported
            self._skip_next = "best iteration" in line or self._skip_next
            return None
        shape = tuple(parts[::2])
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._learn(shape, parts, line)
        if plan.fields:
            self._record(number, plan, parts[1::2], parts[0])
        elif plan.heads and self.rows:
            self._head(plan.split)
        elif plan is EMPTY and not self.rows and len(self.params) < 500:
            self.params.update(params_of(line))
        return plan, parts

    def _head(self, split: str) -> None:
        """Take what a heading says of the lines below it, if anything."""
        if split:
            self.section = split
            if split != "train" and "epoch" in self.x:
                self._loop.announce()

    def _learn(self, shape: tuple[str, ...], parts: list[str], line: str) -> Plan:
        """Make and remember the plan of a new shape."""
        if len(self._plans) >= SHAPES_KEPT:
            self._plans.clear()
        plan = EMPTY if shapes.is_code(line) else make_plan(parts)
        self.measures.update(f.name for f in plan.fields if f.measure)
        self._plans[shape] = plan
        return plan

    def _record(self, number: int, plan: Plan, numbers: list[str], lead: str) -> None:
        """Take the numbers of a line, as its plan says what they are; ``lead`` is the text before them."""
        if self._skip_next and plan.has_value:
            self._skip_next = False
            return
        within = self._is_within(plan, numbers)
        x, values = self._numbers(plan, numbers, within or self._tells_again(plan, numbers))
        if plan.keras:
            self._take_bar(Row(number, x, values, frozenset(x), True))
            return
        if within:
            x = {"batch": x.get("step", x.get("batch", 0.0)), "batches": _value(numbers[plan.loop_total])}
        elif plan.step_total >= 0:
            self._own_count(x, plan, _value(numbers[plan.step_total]))
        if not within:
            self._advance(x, plan)
        if not values:
            if plan.ends:
                self.ends.append((len(self.rows), x["epoch"]))
            return
        own = frozenset(x)
        for name in self.x:
            if name not in x and (name == "epoch" or not own):
                x[name] = self.x[name]
        row = Row(number, x, values, own, known=plan.has_measure, bar=plan.drawn, leading=plan.bar_first)
        row.evaluating = within or (plan.averaged and plan.evaluating and "batches" in x)
        again = plan.bar or "step" in own or lead.startswith(dialects.REPEATED)
        if again and self._is_told(x, values):
            return
        self._drop_redrawn(row)
        self.rows.append(row)
        if plan.has_measure or "epoch" in own or "step" in own or lead.startswith(JULIA):
            self.beside_x.update(values)

    def _is_told(self, x: dict[str, float], values: dict[str, float]) -> bool:
        """Whether one of the last lines of the same x holds these values: two loggers, or several processes, say it."""
        for row in self.rows[: -TOLD_LINES - 1 : -1]:
            if row.x != x:
                return False
            if row.values == values or self._measure_alike(row.values, values):
                return True
        return False

    def _drop_redrawn(self, row: Row) -> None:
        """Forget a bar that is drawn at the same step once more, now with the figures of that step."""
        before = self.rows[-1] if self.rows and row.bar and "step" in row.own else row
        if before is not row and before.bar and before.x == row.x and before.values.keys() == row.values.keys():
            self.rows.pop()

    def _measure_alike(self, told: dict[str, float], values: dict[str, float]) -> bool:
        """Whether all that is measured is the same, and nothing but speeds and the like differs between processes."""
        measured = [name for name in values if name in self.measures]
        return len(measured) > 1 and told.keys() == values.keys() and all(told[n] == values[n] for n in measured)

    def _is_within(self, plan: Plan, numbers: list[str]) -> bool:
        """Whether the ``k/N`` of a line counts an evaluation that a heading announced."""
        if plan.loop_total < 0 or plan.split or plan.keras:
            return False
        count, total = map(_value, numbers[plan.loop_total - 1 : plan.loop_total + 1])
        return self._loop.is_evaluations(count, total, self.section in ("val", "test"))

    def _tells_again(self, plan: Plan, numbers: list[str]) -> bool:
        """Whether below a heading of an evaluation the same epoch comes with the same names once more."""
        if self.section not in ("val", "test") or plan.split or plan.keras or not self.rows:
            return False
        counts = [f for f in plan.fields if f.kind != "value"]
        names = {f.name for f in plan.fields if f.kind == "value"}
        last = self.rows[-1]
        alone = [f.kind for f in counts] == ["epoch"]
        return alone and last.x.get("epoch") == _value(numbers[counts[0].place]) and names == last.values.keys()

    def _numbers(self, plan: Plan, numbers: list[str], within: bool) -> tuple[dict[str, float], dict[str, float]]:
        """The x values and the other values of a line; ``within`` a section the counts of a line end none."""
        x: dict[str, float] = {}
        values: dict[str, float] = {}
        section = (plan.split if plan.has_x and not within else self.section) or self._reported
        for item in plan.fields:
            place = item.average if plan.evaluating and item.average >= 0 else item.place
            value = _value(numbers[place]) * item.scale
            if item.kind == "value":
                name = f"{section}/{item.name}" if section and item.free else item.name
                if section and item.free and not plan.has_x:
                    self.headed.add(name)
                if item.measure:
                    self.measures.add(name)
                values[name] = _shared(item, value, numbers)
            else:
                x[item.kind] = value
                if item.kind == "batch" and item.total >= 0:
                    x["batches"] = _value(numbers[item.total])
        return x, values

    def _own_count(self, x: dict[str, float], plan: Plan, total: float) -> None:
        """``Iter(val) [100/100]`` counts the batches of the validation loader: no step of the training."""
        if plan.split in ("", "train"):
            self._step_total = total
        elif self._step_total and total != self._step_total:
            del x["step"]

    def _advance(self, x: dict[str, float], plan: Plan) -> None:
        """Take over the x of a line, and the section it opens or ends."""
        if not x:
            return
        if "epoch" in x:
            if self.x.get("epoch") != x["epoch"]:
                self._end_bar()
                self.x.pop("step", None)
            self.x["epoch"] = x["epoch"]
            self._evaluating = False
        if "step" in x:
            self.x["step"] = x["step"]
        self.section = plan.split
        self._loop.end()

    def _take_bar(self, row: Row) -> None:
        """An update of a Keras bar: it replaces the one before, unless a new bar has begun."""
        if not row.values or self._evaluating:
            return
        if "epoch" in self.x:
            row.x["epoch"] = self.x["epoch"]
        if self._bar is not None and "epoch" not in self.x and self._is_next(row, self._bar):
            self._end_bar()
        if self._bar is not None and row.x["batch"] < self._bar.x["batch"]:
            self._end_bar()
            if "epoch" in self.x:
                self._evaluating = True
                return
        if self._bar is not None:
            self._bar.values.update(row.values)
            self._bar.x, self._bar.line = row.x, row.line
        else:
            self._bar = row
        self._bar_total = row.x.get("batches", 0.0)

    @staticmethod
    def _is_next(row: Row, bar: Row) -> bool:
        """Whether a full bar after a full bar is another epoch's: Keras repeats one only to add val_*."""
        full = all(r.x["batch"] >= r.x.get("batches", float("inf")) for r in (row, bar))
        added = set(row.values) - set(bar.values)
        repeats = row.line == bar.line or any(name.lower().startswith("val") for name in added)
        return full and not repeats

    def _end_bar(self) -> None:
        if self._bar is not None:
            self._keep_bar(self._bar)
            self._bar = None

    def _keep_bar(self, bar: Row) -> None:
        x = {"epoch": bar.x["epoch"]} if "epoch" in bar.x else {}
        self.beside_x.update(bar.values)
        self.rows.append(Row(bar.line, x, bar.values, frozenset(x), True))


def _value(text: str) -> float:
    """A number that NUMBER matched, as a float."""
    if "#" in text:  # how old C libraries of Windows print what is no number
        return float("nan") if "INF" not in text else float("-inf" if text[0] == "-" else "inf")
    return float(text.replace(",", "") if "," in text else text)


def _shared(item: Field, value: float, numbers: list[str]) -> float:
    """The percentage beside ``k/N``, else the ratio, else the value itself."""
    if item.percent >= 0:
        return _value(numbers[item.percent])
    if item.total < 0:
        return value
    total = _value(numbers[item.total])
    return value / total if total else value
