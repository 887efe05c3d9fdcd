"""``nn-doctor series``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nn_doctor.cli import common, complete, usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.series.model import Run


@click.command("series")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=complete.files)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("--explain", is_flag=True, help="Show how each curve was understood and why (text, or JSON).")
@common.reading
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Print the curves of a log as tidy CSV or JSON, one row a point.

    Names in the CSV are escaped for spreadsheets and terminals; in the JSON they are exact. --explain shows instead
    what each curve was taken for and by which word or rule, which columns count, what was not understood, and the
    option that would help.
    """
    from nn_doctor import doctor
    from nn_doctor.cli.settings import settings_of
    from nn_doctor.reporters import series_table, sink

    settings = settings_of(options)
    if options["output"] is not None:
        sink.check(options["output"], paths)
    found = doctor.read_runs(paths, settings, common.stdin_bytes(paths))
    runs, failures = found.runs, found.failures
    if options["explain"]:
        chunks = _explained(runs, options["form"])
    else:
        chunks = series_table.json_chunks(runs) if options["form"] == "json" else series_table.csv_chunks(runs)
    common.emit(chunks, options["output"])
    for failure in failures:
        known = failure.message.startswith(f"{failure.source}: ")
        usage.complain(failure.message if known else f"{failure.source}: {failure.message}")
    return 2 if failures else 0


def _explained(runs: list[Run], form: str) -> Iterator[str]:
    from nn_doctor.parsers.registry import all_parsers
    from nn_doctor.reporters import explained

    titles = {parser.name: parser.title for parser in all_parsers()}
    return explained.json_chunks(runs, titles) if form == "json" else explained.text_chunks(runs, titles)
