"""``nn-doctor catalogue``."""

from __future__ import annotations

import click


@click.command("catalogue")
@click.option("--debug", is_flag=True, hidden=True)
def command(debug: bool) -> int:
    """List every diagnosis: code, slug, severity, what it says."""
    from nn_doctor.catalogue import pages
    from nn_doctor.cli import screen
    from nn_doctor.reporters import manual

    screen.page(manual.catalogue(pages.pages(), *screen.plain_style()))
    return 0
