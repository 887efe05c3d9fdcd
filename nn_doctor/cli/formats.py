"""``nn-doctor formats``."""

from __future__ import annotations

import click


@click.command("formats")
@click.option("--debug", is_flag=True, hidden=True)
def command(debug: bool) -> int:
    """List the log formats that can be read: the name for --parser, what it is, how it looks."""
    from nn_doctor.cli import screen
    from nn_doctor.parsers import registry
    from nn_doctor.reporters import manual

    found = sorted(registry.all_parsers(), key=lambda parser: parser.name)
    screen.page(manual.formats(found, *screen.plain_style()))
    return 0
