"""``nn-doctor catalogue``."""

from __future__ import annotations

import click

from nn_doctor.cli import common


@click.command("catalogue")
@click.option("--debug", is_flag=True, hidden=True)
def command(debug: bool) -> int:
    """List every diagnosis: code, slug, severity, what it says."""
    from nn_doctor.catalogue import pages

    found = pages.pages()
    width = max((len(page.slug) for page in found), default=0)
    kinds = max((len(page.severity) for page in found), default=0)
    common.emit(f"{p.code}  {p.slug:{width}}  {p.severity:{kinds}}  {p.title}\n" for p in found)
    return 0
