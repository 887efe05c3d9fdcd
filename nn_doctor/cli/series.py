"""``nn-doctor series``."""

from __future__ import annotations

from typing import Any

import click

from nn_doctor.cli import common, usage


@click.command("series")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@common.reading
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Print the curves of a log as tidy CSV or JSON, one row a point.

    Names in the CSV are escaped for spreadsheets and terminals; in the JSON they are exact.
    """
    from nn_doctor import doctor
    from nn_doctor.cli.settings import settings_of
    from nn_doctor.reporters import series_table, sink

    settings = settings_of(options)
    if options["output"] is not None:
        sink.check(options["output"], paths)
    found = doctor.read_runs(paths, settings, common.stdin_bytes(paths))
    runs, failures = found.runs, found.failures
    chunks = series_table.json_chunks(runs) if options["form"] == "json" else series_table.csv_chunks(runs)
    common.emit(chunks, options["output"])
    for failure in failures:
        known = failure.message.startswith(f"{failure.source}: ")
        usage.complain(failure.message if known else f"{failure.source}: {failure.message}")
    return 2 if failures else 0
