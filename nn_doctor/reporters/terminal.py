"""The report for a person: verdict of each run, picture, ranked diagnoses, a footer.

Several runs are a table first, worst on top; then those that have diagnoses, as long as they are few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.report.model import SEVERITIES
from nn_doctor.reporters import overview, picture
from nn_doctor.reporters.failures import place
from nn_doctor.reporters.numbers import short
from nn_doctor.reporters.style import COLOURS, NARROW, SIGNS, Style, cells, clip_left, wrapped
from nn_doctor.reporters.words import settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Diagnosis, Report, RunReport

LABEL = 16
NAMES = 6
"""So many curves are named in a run's header."""
DETAILED = 8
"""So many of several runs are shown in full, the worst, unless -v asks for all."""


def render(report: Report, style: Style, verbose: bool = False, why: Sequence[str] = ()) -> str:
    """The whole report as text. ``why`` are codes or prefixes whose measured values are shown."""
    runs = overview.worst_first(report.runs)
    lines: list[str] = []
    if len(runs) > 1:
        lines += overview.table(runs, report, style, verbose)
    detailed = [run for run in runs if len(runs) == 1 or verbose or run.diagnoses or _why(run, why, style)]
    for run in detailed if verbose else detailed[:DETAILED]:
        lines += [""] if lines else []
        lines += _run(run, report, style, verbose) + _why(run, why, style)
    if len(detailed) > DETAILED and not verbose:
        lines += ["", *_hang("", _left_out(len(detailed) - DETAILED, style), style)]
    if verbose and report.notes:
        lines += ["", *(line for note in report.notes for line in _hang("note: ", note.text, style))]
    return "".join(line.rstrip() + "\n" for line in [*lines, *_footer(report, runs, style)])


def _left_out(count: int, style: Style) -> str:
    more = f"{count} more run{'' if count == 1 else 's'} with diagnoses"
    return f"{style.mark('…', '...')} {more}: analyze one alone, -v shows all, --format html is a page of them"


def _run(run: RunReport, report: Report, style: Style, verbose: bool) -> list[str]:
    name = style.clean(place(run, report))
    sign = style.mark(*SIGNS[run.verdict])
    verdict = style.paint(f"{sign} {run.verdict}", COLOURS[run.verdict], "bold")
    head = f"{verdict}  {style.paint(clip_left(name, style.width - len(run.verdict) - 4), 'bold')}"
    lines = [head, *_hang("  ", _looked_at(run, style), style)]
    settings = settings_of(run.run.params)
    lines += _hang("  ", settings, style) if settings else []
    if run.verdict == "unjudged":
        lines += _hang("  ", _unjudged(run), style)
    if run.diagnoses and (run.verdict != "note" or len(report.runs) == 1 or verbose):
        chart = picture.draw(run, style)
        lines += ["", *chart] if chart else []
    for diagnosis in run.diagnoses:
        lines += ["", *_diagnosis(diagnosis, style)]
    if verbose:
        lines += _details(run, style)
    return lines


def _looked_at(run: RunReport, style: Style) -> str:
    """What was read and looked at, in one line."""
    series = run.run.series
    goals = run.run.objective
    judging = [s for s in (goals.train, goals.val, goals.metric_train, goals.metric_val) if s is not None]
    ordered = list(dict.fromkeys(s.name for s in (*judging, *series)))
    names = ordered[:NAMES] + ([f"… ({len(ordered) - NAMES} more)"] if len(ordered) > NAMES else [])
    judged = sum(outcome.status in ("fired", "clear") for outcome in run.outcomes)
    longest = max(series, key=len, default=None)
    length = f"{len(longest)} points by {longest.axis}" if longest is not None else "no curve"
    return " · ".join([run.run.parser, length, ", ".join(names), f"{judged} check{'' if judged == 1 else 's'} made"])


def _unjudged(run: RunReport) -> str:
    reasons = [o.reason for o in run.outcomes if o.status == "not_applicable" and o.reason]
    reason = run.run.objective.reason or (max(reasons, key=reasons.count) if reasons else "")
    return f"not judged: {reason}" if reason else "not judged: no curve that could judge the run"


def _diagnosis(diagnosis: Diagnosis, style: Style) -> list[str]:
    sign = style.mark(*SIGNS[diagnosis.severity])
    title = f"{sign} {diagnosis.severity}  {diagnosis.slug.replace('-', ' ')}"
    sure = f"{diagnosis.code}{style.dot}{round(100 * diagnosis.confidence)} % sure"
    if diagnosis.because_of:
        sure += f"{style.dot}follows from {diagnosis.because_of}"
    if diagnosis.known:
        sure += f"{style.dot}known"
    colour = COLOURS[diagnosis.severity]
    room = style.width - cells(title) - cells(sure)
    if room >= 2:
        lines = [style.paint(title, colour, "bold") + " " * room + style.paint(sure, "dim")]
    else:
        lines = [style.paint(line, colour, "bold") for line in _hang("", title, style)]
        lines += [style.paint(line, "dim") for line in _hang("  ", sure, style)]
    lines += [style.paint(line, "bold") for line in _hang("  ", diagnosis.summary, style)] + [""]
    lines += _section("what shows it", [e.text for e in diagnosis.evidence], style)
    lines += _section("likely because", diagnosis.causes, style)
    fixes = diagnosis.fixes
    numbered = [f"{i}. {fix}" for i, fix in enumerate(fixes, 1)] if len(fixes) > 1 else list(fixes)
    return lines + _section("try first", numbered, style)


def _section(label: str, items: Sequence[str], style: Style) -> list[str]:
    """A label and its items; beside each other, or below where the screen is narrow."""
    if not items:
        return []
    narrow = style.width < NARROW
    lines = [style.paint(f"  {label}", "cyan")] if narrow else []
    for i, item in enumerate(items):
        shown = f"  {label:{LABEL}}" if i == 0 and not narrow else " " * (4 if narrow else LABEL + 2)
        hung = _hang(shown, item, style, 3 if item[:1].isdigit() and item[1:3] == ". " else 0)
        hung[0] = hung[0].replace(label, style.paint(label, "cyan"), 1) if not narrow and i == 0 else hung[0]
        lines += hung
    return lines


def _hang(lead: str, text: str, style: Style, extra: int = 0) -> list[str]:
    """``text`` wrapped behind ``lead``, later lines indented as far (and ``extra`` more)."""
    room = max(10, style.width - len(lead) - extra)
    return [
        (lead if i == 0 else " " * (len(lead) + extra)) + line
        for i, line in enumerate(wrapped(style.clean(text), room))
    ]


def _details(run: RunReport, style: Style) -> list[str]:
    """With -v: the notes made while reading, and what could not be looked at."""
    lines = [""] if run.run.notes else []
    for note in run.run.notes:
        where = f"line {note.line}: " if note.line is not None else ""
        lines += _hang("  note: ", where + note.text, style)
    skipped = [o for o in run.outcomes if o.status == "not_applicable"]
    lines += [""] if skipped else []
    for outcome in skipped:
        lines += _hang(f"  {outcome.code} ", f"not applicable: {outcome.reason}", style)
    return lines


def _why(run: RunReport, codes: Sequence[str], style: Style) -> list[str]:
    """How the rules asked for ended, and the numbers they saw."""
    lines: list[str] = []
    for outcome in run.outcomes:
        if not any(outcome.code.startswith(code) for code in codes):
            continue
        lines += ["", f"  why {outcome.code} {outcome.slug}: {outcome.status.replace('_', ' ')}"]
        lines += _hang("    ", outcome.reason, style) if outcome.reason else []
        lines += [f"    {style.clean(name)} = {short(value)}" for name, value in outcome.measured.items()]
    return lines


def _footer(report: Report, ordered: Sequence[RunReport], style: Style) -> list[str]:
    """How many runs and diagnoses; those known from before are counted apart."""
    found = [d for run in ordered for d in run.diagnoses]
    new = [d for d in found if not d.known]
    counts = {s: sum(d.severity == s for d in new) for s in reversed(SEVERITIES)}
    named = [*counts.items(), ("known", len(found) - len(new))]
    said = ", ".join(f"{n} {s}" for s, n in named if n) or ("nothing to report" if report.runs else "")
    runs = len(report.runs)
    parts = [f"{runs} run{'' if runs == 1 else 's'}", *([said] if said else [])]
    if report.errors:
        parts.append(f"{len(report.errors)} not read")
    parts.append(f"exit {report.exit_code}")
    if any(not d.calibrated for d in found):
        parts.append("(confidence uncalibrated)")
    line = style.dot.join(parts).replace(f"{style.dot}(", " (")
    lines = ["", *_hang("", line, style)]
    if found:
        lines += _hang("", f"nn-doctor explain {(new or found)[0].code} for the whole page", style)
    return lines
