"""Several runs in the terminal report: a table with the worst on top, bounded however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.failures import place
from nn_doctor.reporters.style import COLOURS, NARROW, SIGNS, Style, cells, clip, clip_left, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Diagnosis, Report, RunReport

ROWS = 40
"""So many runs are in the table, unless -v asks for all."""
WORST_FIRST = ("critical", "warning", "note", "unjudged", "healthy")
NAME = 24
"""Columns kept for the run's name, at least."""


def worst_first(runs: Sequence[RunReport]) -> list[RunReport]:
    """Runs in the order of their verdicts, those that count for the gate first, then by how sure it is."""

    def key(run: RunReport) -> tuple[int, bool, bool, float]:
        first = run.diagnoses[0] if run.diagnoses else None
        gates = any(d.gates for d in run.diagnoses)
        return WORST_FIRST.index(run.verdict), not gates, _known(run), -first.confidence if first else 0.0

    return sorted(runs, key=key)


def table(runs: Sequence[RunReport], report: Report, style: Style, every: bool) -> list[str]:
    """One line a run: verdict, first diagnosis, how sure, name; ``runs`` are sorted."""
    shown = list(runs) if every else list(runs[:ROWS])
    names = [style.clean(place(run, report)) for run in shown]
    folder = _folder(names)
    rows = [_cells(run, style) for run in shown]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    said = style.width - widths[0] - widths[2] - NAME - 6
    widths[1] = min(widths[1], max(8, said))
    left = style.width - sum(widths) - 2 * sum(width > 0 for width in widths)
    lines = []
    for run, row, name in zip(shown, rows, names, strict=True):
        colour = COLOURS[run.verdict]
        parts = [style.paint(columns_of(row[0], widths[0]), colour, "bold")]
        parts += [columns_of(clip(row[1], widths[1]), widths[1])] if widths[1] else []
        parts += [style.paint(f"{row[2]:>{widths[2]}}", "dim")] if widths[2] else []
        lines.append("  ".join([*parts, clip_left(name[len(folder) :], left)]))
    head = [style.paint(clip_left(f"{len(runs)} runs in {folder}", style.width), "bold"), ""] if folder else []
    return [*head, *lines, *_rest(runs[len(shown) :], style)]


def _cells(run: RunReport, style: Style) -> tuple[str, str, str]:
    """Verdict, diagnosis and confidence; on a narrow screen the sign and the code alone."""
    sign = style.mark(*SIGNS[run.verdict])
    first = run.diagnoses[0] if run.diagnoses else None
    if style.width < NARROW:
        return sign, _code(first), ""
    more = len(run.diagnoses) - 1
    said = f"{_code(first)} {first.slug.replace('-', ' ')}" if first else ""
    said += f" +{more}" if more > 0 else ""
    said += ", known" if _known(run) else ""
    return f"{sign} {run.verdict}", said, f"{round(100 * first.confidence)} %" if first else ""


def _code(diagnosis: Diagnosis | None) -> str:
    return diagnosis.code if diagnosis else ""


def _known(run: RunReport) -> bool:
    return bool(run.diagnoses) and all(d.known for d in run.diagnoses)


def _folder(names: Sequence[str]) -> str:
    """The folder all names lie in, with its slash; "" if there is none."""
    first, last = min(names), max(names)
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: first.rfind("/", 0, shared) + 1]


def _rest(runs: Sequence[RunReport], style: Style) -> list[str]:
    if not runs:
        return []
    counts = [(sum(run.verdict == verdict for run in runs), verdict) for verdict in WORST_FIRST]
    said = ", ".join(f"{n} {verdict}" for n, verdict in counts if n)
    return [clip(f"{style.mark('…', '...')} and {len(runs)} more: {said} (-v shows all)", style.width)]
