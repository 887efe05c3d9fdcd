"""``nn-doctor explain``."""

from __future__ import annotations

import click

from nn_doctor.cli import complete, usage


@click.command("explain")
@click.argument("code", metavar="CODE|SLUG", shell_complete=complete.codes)
@click.option("--debug", is_flag=True, hidden=True)
def command(code: str, debug: bool) -> int:
    """Print the manual page of a diagnosis, by code (ND202) or slug (severe-overfitting)."""
    from nn_doctor.catalogue import pages
    from nn_doctor.cli import screen
    from nn_doctor.reporters import manual

    found = pages.find(code)
    if found is None:
        known = pages.names()
        hint = usage.nearest(code, [*known, *known.values()]) or "nn-doctor catalogue lists them"
        raise click.UsageError(f"no diagnosis is called {code!r} ({hint})")
    style, _ = screen.plain_style()
    screen.page(manual.page(pages.page(found), style))
    return 0
