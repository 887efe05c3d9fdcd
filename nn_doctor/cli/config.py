"""``nn-doctor config``."""

from __future__ import annotations

from typing import Any

import click

from nn_doctor.cli import analyze, common, complete

_NOT_SETTINGS = {"paths", "form", "output", "why", "quiet", "verbose", "no_color", "step_summary", "reports"}


@click.command("config")
@click.argument("path", required=False, shell_complete=complete.files)
@click.option("--format", "shown_as", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--thresholds", is_flag=True, help="List every threshold with its value, range and reason.")
def command(path: str | None, shown_as: str, thresholds: bool, **options: Any) -> int:
    """Show the settings in force and where each value comes from.

    The options of analyze are understood, to see what they would change. With PATH, a log or folder, its settings by
    path are laid over the others.
    """
    from nn_doctor.cli import screen
    from nn_doctor.cli.settings import resolved
    from nn_doctor.config import show
    from nn_doctor.config.load import Config

    found = resolved(options, compared=False)
    if thresholds:
        settings = found.settings if path is None else found.settings.at(path)
        if shown_as == "json":
            common.emit([show.thresholds_json(settings)])
        else:
            screen.page(show.thresholds(settings, screen.plain_style()[0]))
        return 0
    shown = show.as_dict(found, options.get("config") or Config(), path)
    common.emit([show.as_json(shown) if shown_as == "json" else show.as_text(shown)])
    return 0


command.params += [param for param in analyze.command.params if param.name not in _NOT_SETTINGS]
