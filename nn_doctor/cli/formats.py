"""``nn-doctor formats``."""

from __future__ import annotations

import click

from nn_doctor.cli import common


@click.command("formats")
@click.option("--debug", is_flag=True, hidden=True)
def command(debug: bool) -> int:
    """List the log formats that can be read: the name for --parser, what it is, how it looks."""
    from nn_doctor import safe
    from nn_doctor.parsers import registry

    lines = []
    for parser in sorted(registry.all_parsers(), key=lambda parser: parser.name):
        suffixes = f" ({' '.join(parser.suffixes)})" if parser.suffixes else ""
        lines.append(f"{parser.name}  {parser.title}{suffixes}\n")
        if parser.example:
            lines.append(f"    {safe.one_line(parser.example, 100)}\n")
    common.emit(lines)
    return 0
