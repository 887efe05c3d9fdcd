"""Lines on standard error, and the one-line form of click's usage errors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from nn_doctor import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click


def complain(message: str, plain: bool = False) -> None:
    """Print ``nn-doctor: MESSAGE`` as one printable line on standard error; a closed one is no error.

    ``plain`` prints the text as it is, over several lines (a help page).
    """
    line = message if plain else f"nn-doctor: {safe.one_line(message)}"
    try:
        if sys.stderr is not None:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        return


def nearest(word: str, known: Iterable[str]) -> str:
    """``did you mean X?`` for a misspelt word, or "" if nothing is near."""
    import difflib

    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word[:60].lower(), lower, n=1)
    return f"did you mean {lower[close[0]]}?" if close else ""


def line_of(error: click.ClickException) -> str:
    """``WHERE: WHY (HINT)`` for a usage error."""
    import click

    where, why, hint = "command line", error.message.rstrip("."), ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"{error.ctx.command_path} --help shows the usage"
    if isinstance(error, click.NoSuchOption):
        where, why = error.option_name, "no such option"
        options = [o for p in error.ctx.command.params for o in p.opts] if error.ctx else []
        hint = nearest(error.option_name, options) or hint
    elif isinstance(error, click.MissingParameter):
        where, why = _parameter(error), "missing"
    elif isinstance(error, click.BadParameter):
        where = _parameter(error)
        hint = _choice_hint(error) or hint
    return f"{where}: {why} ({hint})" if hint and not why.endswith(")") else f"{where}: {why}"


def _parameter(error: click.BadParameter) -> str:
    """The option or argument as the user writes it."""
    if error.param is None:
        return str(error.param_hint or "command line")
    return max(error.param.opts, key=len) if error.param.param_type_name == "option" else _metavar(error)


def _metavar(error: click.BadParameter) -> str:
    return (error.param.metavar or error.param.name or "argument").upper() if error.param else "argument"


def _choice_hint(error: click.BadParameter) -> str:
    """The nearest choice to the value given, where the option takes one of a few words."""
    import click

    kind = error.param.type if error.param else None
    if not isinstance(kind, click.Choice):
        return ""
    given = error.message.split("'")
    return nearest(given[1], [str(c) for c in kind.choices]) if len(given) > 2 else ""
