"""The group of commands; each is imported only when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from nn_doctor.version import __version__

COMMANDS = {
    "analyze": "Examine training logs and print ranked diagnoses.",
    "plot": "Draw the curves of a log, with its diagnoses marked, as SVG or PNG.",
    "config": "Show the settings in force and where each value comes from.",
    "watch": "Follow a growing log and tell what has gone wrong as soon as it is sure.",
    "explain": "Print the manual page of a diagnosis.",
    "catalogue": "List every diagnosis.",
    "formats": "List the log formats that can be read.",
    "series": "Print the curves of a log as tidy CSV or JSON.",
}


class LazyGroup(click.Group):
    """Knows its commands by name and one-line help; imports ``nn_doctor.cli.NAME`` when asked for one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"nn_doctor.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command named when there is no such one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from nn_doctor.cli import usage

            hint = usage.nearest(args[0], COMMANDS) or _path_hint(args[0])
            raise click.UsageError(f"{args[0]!r} is no command{f' ({hint})' if hint else ''}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their help, from the table above: nothing is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _path_hint(word: str) -> str:
    """Somebody who forgets the command gives the log's path first."""
    return "for a log: nn-doctor analyze PATH" if any(c in word for c in "./\\") else ""


def _version(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"nn-doctor {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version.")
def cli() -> None:
    """Examine training logs: what is wrong with the run, how sure, what shows it, what to try first.

    Exit code: 0 all well, 1 a diagnosis at or above --fail-on, 2 the answer is incomplete.
    """
