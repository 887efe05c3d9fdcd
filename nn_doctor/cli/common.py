"""Option types, standard input and standard output that the commands share."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from nn_doctor.cli import complete
from nn_doctor.config import choices
from nn_doctor.errors import ConfigError, ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from click.shell_completion import CompletionItem

    from nn_doctor.config.load import Config

STDIN_LIMIT = 1 << 30


class Codes(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """Codes, prefixes of codes or slugs, separated by commas; each must exist."""

    name = "codes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The codes and prefixes in upper case."""
        from nn_doctor.catalogue import pages

        words = [word.strip() for word in str(value).split(",") if word.strip()]
        try:
            return tuple(map(pages.resolve, words))
        except ConfigError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What the Tab key offers."""
        return complete.codes(ctx, param, incomplete)


class Share(click.FloatRange):
    """A number from 0 to 1; not a NaN."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        number: float = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is not in the range 0<=x<=1", param, ctx)
        return number


class Assignment(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """``NAME=VALUE``: a number, true, false, or text."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, object]:
        """The name and the value."""
        from nn_doctor.parsers.common.typed import typed

        name, equals, text = str(value).partition("=")
        if not (name and equals):
            self.fail(f"{value!r} has no NAME=VALUE", param, ctx)
        return name, typed(text)


class Form(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """The name of a report format, plug-ins' included."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        from nn_doctor.reporters.registry import known

        try:
            return known(str(value))
        except ConfigError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What the Tab key offers."""
        return complete.forms(ctx, param, incomplete)


class ReportTo(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """``FORMAT:FILE``; the file may hold colons itself (``json:C:/report.json``)."""

    name = "format:file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The format's name and the file."""
        if isinstance(value, tuple):
            return value
        from nn_doctor.reporters.registry import known

        form, colon, file = str(value).partition(":")
        if not (colon and file):
            self.fail(f"{value!r} is not FORMAT:FILE (e.g. sarif:report.sarif)", param, ctx)
        if file == "-":
            self.fail(f"{value!r} names no file (--format {form} writes to standard output)", param, ctx)
        try:
            known(form)
        except ConfigError as error:
            self.fail(str(error), param, ctx)
        return form, file

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What the Tab key offers."""
        return complete.reports(ctx, param, incomplete)


def _config(ctx: click.Context, param: click.Parameter, value: str | None) -> Config | None:
    """The configuration in force; before other options are looked at, since plug-ins bring codes they may name."""
    if ctx.resilient_parsing or (value is None and ctx.params.get("no_config")):
        return None
    from nn_doctor.cli import usage
    from nn_doctor.config import load

    config = load.find() if value is None else load.load(value)
    for warning in config.warnings:
        usage.complain(warning)
    return config


READING = (
    click.option(
        "--parser", metavar="NAME", shell_complete=complete.parsers,
        help="Read with this parser (nn-doctor formats lists them).",
    ),
    click.option(
        "--map", "maps", multiple=True, metavar="'NAME=METRIC[:min|max][/SPLIT[/TERM]]'",
        help="Say what a column is; NAME=- ignores it. Repeatable.",
    ),
    click.option("--objective", metavar="NAME", help="The curve that judges the run."),
    click.option("--x", metavar="COLUMN", help="The column that counts steps."),
    click.option("--from", "x_from", type=float, metavar="X", help="Look only from here."),
    click.option("--to", "x_to", type=float, metavar="X", help="Look only up to here."),
    click.option(
        "--restarts", type=click.Choice(choices.RESTARTS), default="auto",
        help="Steps that go back.",
    ),
    click.option("--no-config", is_flag=True, is_eager=True, help="Read no configuration file."),
    click.option(
        "--config", metavar="FILE", shell_complete=complete.files, is_eager=True, callback=_config,
        help="The configuration; by default [tool.nn-doctor] in pyproject.toml, or nn-doctor.toml, found upwards.",
    ),
    click.option(
        "-o", "--output", metavar="FILE", shell_complete=complete.files, help="Write to FILE, whole or not at all.",
    ),
    click.option("--debug", is_flag=True, help="Show the traceback of an internal error."),
)  # fmt: skip


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about reading a log."""
    for option in reversed(READING):
        command = option(command)
    return command


def stdin_bytes(paths: Sequence[str]) -> bytes | None:
    """Standard input if "-" is among the paths; raises ReadError if it is closed or over 1 GiB."""
    if "-" not in paths:
        return None
    if sys.stdin is None or sys.stdin.closed:
        raise ReadError("-", "standard input is closed", "pipe a log into nn-doctor analyze -")
    if sys.stdin.isatty():
        click.echo("nn-doctor: -: reading from the terminal (Ctrl-D ends it)", err=True)
    data = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(data) > STDIN_LIMIT:
        raise ReadError("-", "standard input is larger than 1 GiB", "write it to a file, or log fewer points")
    return data


def encoding() -> str:
    """UTF-8 into pipes (the same bytes for any locale) unless PYTHONIOENCODING says other; else the terminal's.

    A terminal under an explicit C locale is ASCII, whatever Python's UTF-8 mode makes of it.
    """
    stream = sys.stdout
    if stream is None:
        return "utf-8"
    if not stream.isatty():
        return (stream.encoding or "utf-8") if os.environ.get("PYTHONIOENCODING") else "utf-8"
    explicit = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or ""
    return "ascii" if explicit in ("C", "POSIX") else (stream.encoding or "ascii")


def emit(chunks: Iterable[str | bytes], output: str | None = None) -> None:
    """Write a report (bytes: a picture) to ``output``, or to standard output; a closed pipe is no error.

    Raises ConfigError if it cannot be written (a full disk).
    """
    if output is not None and output != "-":
        from nn_doctor.reporters import sink

        sink.write(output, chunks)
        return
    code = encoding()
    try:
        for chunk in chunks:
            if isinstance(chunk, bytes):
                click.echo(chunk, nl=False)
            elif os.name == "nt" and sys.stdout is not None and sys.stdout.isatty():
                click.echo(chunk, nl=False, color=True)
            else:
                click.echo(chunk.encode(code, "backslashreplace"), nl=False)
    except BrokenPipeError:
        _drop_stdout()
    except OSError as error:
        _drop_stdout()
        raise ConfigError(f"standard output: {error.strerror or 'cannot be written'}") from error


def _drop_stdout() -> None:
    """What is still in the buffer goes nowhere: its flush at exit must not fail again."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        return
