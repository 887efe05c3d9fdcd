"""What the shell is offered where the Tab key is pressed: files, codes, names of formats and parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shell's own completion of files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes and slugs; of a list with commas, its last word. A slug is offered once it has been begun."""
    from click.shell_completion import CompletionItem

    from nn_doctor.catalogue import pages

    before, comma, word = incomplete.rpartition(",")
    known = pages.names()
    offered = [(code, slug) for code, slug in known.items() if code.startswith(word.upper())]
    slugs = [(slug, code) for code, slug in known.items() if word and slug.startswith(word.lower())]
    return [CompletionItem(before + comma + name, help=told) for name, told in [*offered, *slugs]]


def forms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Formats of reports."""
    from nn_doctor.reporters.registry import FORMATS

    return _beginning(FORMATS, incomplete)


def reports(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``FORMAT:`` of ``--report``; behind the colon the shell cannot be asked for files."""
    from nn_doctor.reporters.registry import FORMATS

    return _beginning((f"{name}:" for name in FORMATS), incomplete)


def parsers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of parsers."""
    from nn_doctor.parsers import registry

    return _beginning(sorted(parser.name for parser in registry.all_parsers()), incomplete)


def _beginning(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
