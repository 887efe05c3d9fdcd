"""``nn-doctor watch``."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from nn_doctor.cli import analyze, common, complete, usage

if TYPE_CHECKING:
    from nn_doctor.live.confirm import Told
    from nn_doctor.live.follow import Look

ORDER = ("note", "warning", "critical")
MOST_TOLD = 5
INCOMPLETE = 2
HOME = "\x1b[H\x1b[J"  # the cursor to the top, the screen below it cleared
SHARED = frozenset(
    "fail_on select ignore min_confidence gate_confidence task expect classes batches_per_epoch val_size param "
    "no_color no_config config known parser maps objective x x_from x_to restarts debug".split()
)
"""Options that mean the same as those of ``analyze``."""


@click.command("watch")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=complete.files)
@click.option(
    "--on",
    "commands",
    nargs=2,
    type=(click.Choice(ORDER), str),
    multiple=True,
    metavar="SEVERITY COMMAND",
    help="Run COMMAND when a diagnosis from SEVERITY on is told; NN_DOCTOR_CODE and the like are in its environment.",
)
@click.option("--stop", is_flag=True, help="Exit 1 as soon as a diagnosis at or above --fail-on is told.")
@click.option(
    "--interval",
    type=click.FloatRange(0.1),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Look no more often.",
)
@click.option("--idle", type=click.FloatRange(0.1), metavar="SECONDS", help="End when the log has not grown so long.")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Follow a growing log and tell what has gone wrong as soon as it is sure.

    Only rules that make sense on an unfinished run are asked, and a diagnosis is told once, when it has stood in
    three looks over a tenth more points. At a terminal the report is drawn anew in place; in a pipe each diagnosis
    is a line. The log may not exist yet, may be truncated or rotated. Ctrl-C ends.
    """
    from dataclasses import replace

    from nn_doctor.cli.settings import settings_of
    from nn_doctor.live.follow import follow

    settings = replace(settings_of(options), live=True)
    screen = _Screen(paths, bool(options["no_color"]))
    gated = False
    for look in follow(paths, settings, interval=options["interval"], idle=options["idle"]):
        screen.show(look)
        for told in look.told:
            _act(told, options["commands"])
        gated = gated or any(told.diagnosis.gates for told in look.told)
        if gated and options["stop"]:
            break
        if look.last:
            return _ended(look, gated)
    return int(gated)


command.params += [option for option in analyze.command.params if option.name in SHARED]


def _ended(look: Look, gated: bool) -> int:
    """The exit code of a log that has ended: 2, with a line for each failure, where it could not be read whole."""
    from nn_doctor.reporters.failures import failure_lines

    for line in failure_lines(look.report):
        usage.complain(line)
    return INCOMPLETE if look.report.exit_code == INCOMPLETE else int(gated)


def _act(told: Told, commands: tuple[tuple[str, str], ...]) -> None:
    """Run the user's commands that are for so severe a diagnosis."""
    from nn_doctor.live.command import run

    for severity, text in commands:
        if ORDER.index(told.diagnosis.severity) >= ORDER.index(severity):
            trouble = run(text, told)
            if trouble:
                usage.complain(trouble)


class _Screen:
    """The report in place at a terminal; in a pipe one line for each diagnosis told."""

    def __init__(self, paths: tuple[str, ...], no_color: bool) -> None:
        self._paths, self._no_color = ", ".join(paths), no_color
        self._in_place = sys.stdout is not None and sys.stdout.isatty()
        self._told: list[Told] = []

    def show(self, look: Look) -> None:
        """Draw or print what a look found."""
        from nn_doctor.reporters import concise

        self._told += look.told
        if self._in_place:
            common.emit([HOME, self._drawn(look)])
        else:
            common.emit(concise.line(told.run.run.source, told.diagnosis) + "\n" for told in look.told)
        if sys.stdout is not None:
            sys.stdout.flush()

    def _drawn(self, look: Look) -> str:
        from nn_doctor.cli.screen import style_of
        from nn_doctor.live.confirm import points_of
        from nn_doctor.reporters import concise, terminal
        from nn_doctor.reporters.style import wrapped

        style = style_of(common.encoding(), None, self._no_color)
        points = sum(points_of(run) for run in look.report.runs)
        waiting = look.report.errors[0].message if look.report.errors else "no log yet"
        state = f"{points} points" if look.report.runs else f"waiting: {waiting}"
        head = style.paint(style.clean(f"watching {self._paths} · {state} · Ctrl-C ends"), "dim")
        sure = [concise.line(told.run.run.source, told.diagnosis) for told in self._told[-MOST_TOLD:]]
        told = [line for text in sure for line in wrapped(style.clean(f"told: {text}"), style.width)]
        shown = terminal.render(look.report, style).splitlines() if look.report.runs else []
        room = max(1, shutil.get_terminal_size().lines - len(told) - len(("head", "blank", "cut", "cursor")))
        cut = [style.paint("…" if style.wide else "...", "dim")] if len(shown) > room else []
        return "\n".join([head, "", *shown[:room], *cut, *told]) + "\n"
