"""Build the pages of ``docs/`` that are not written by hand: ``python docs/make.py``.

``catalogue.md`` comes from the rules' docstrings, ``commands.md`` from the commands' help, ``gallery.md`` and its
pictures from the sample logs. ``tests/test_docs.py`` compares the files with what is built here.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

import nn_doctor
from nn_doctor import safe
from nn_doctor.catalogue import pages
from nn_doctor.cli.root import COMMANDS, cli
from nn_doctor.reporters import plot
from nn_doctor.reporters.drawing import svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.catalogue.pages import Page
    from nn_doctor.report.model import Diagnosis, Report, RunReport

DOCS = Path(__file__).resolve().parent
SAMPLES = DOCS.parent / "sample_logs"
MADE = "<!-- Made by docs/make.py; do not edit. -->\n"
HELP_WIDTH = 78
"""What click makes of a terminal of 80 columns."""
PICTURE_WIDTH = 640
CURVES = 2
"""So many of the curves that show a diagnosis are drawn where they are not the objective."""
OPTIONS = {"--classes": "classes"}
"""Options of the samples' expect files, by their names in Python."""


def anchor(page: Page) -> str:
    """What GitHub makes of the page's heading."""
    return f"{page.code.lower()}-{page.slug}"


def heading(page: Page) -> str:
    return f"## {page.code} {page.slug.replace('-', ' ')}"


def catalogue() -> str:
    """Every diagnosis: a table, then the pages."""
    found = pages.pages()
    lines = [MADE, "# Diagnoses", "", "`nn-doctor explain CODE` prints a page, `nn-doctor catalogue` the list.", ""]
    lines += ["| code | severity | what it says |", "|---|---|---|"]
    lines += [f"| [{p.code}](#{anchor(p)}) {p.slug} | {p.severity} | {p.title} |" for p in found]
    for page in found:
        body = page.text.partition("\n\n")[2]
        sections = re.sub(r"(?m)^(.+)\n-{3,}$", r"### \1\n", body)
        lines += ["", heading(page), "", f"*{page.severity}*: {page.title}", "", sections.rstrip()]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The help of every command as a terminal of 80 columns shows it."""
    top = click.Context(cli, info_name="nn-doctor", terminal_width=HELP_WIDTH, **cli.context_settings)
    said = [MADE, "# Commands", "", "```text", cli.get_help(top), "```"]
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command is not None
        ctx = click.Context(command, info_name=name, parent=top, terminal_width=HELP_WIDTH)
        said += ["", f"## nn-doctor {name}", "", "```text", command.get_help(ctx), "```"]
    return "\n".join(said) + "\n"


def gallery() -> dict[str, str]:
    """``gallery.md`` and ``gallery/CODE.svg``: each diagnosis where a sample log has it."""
    lines = [MADE, "# Gallery", "", "Every diagnosis on a log of [`sample_logs`](../sample_logs): real trainings, ill "]
    lines[-1] += "on purpose.\nThe pictures are made by `nn-doctor plot`."
    made = {}
    for page in pages.pages():
        sample, expect, report = _sample(page)
        run, diagnosis = next((r, d) for r in report.runs for d in r.diagnoses if d.code == page.code)
        file = f"gallery/{page.code.lower()}.svg"
        made[file] = _picture(report, run, diagnosis, sample)
        lines += [
            "",
            heading(page),
            "",
            f"![{_alt(diagnosis)}]({file})",
            "",
            *_paragraph(page, diagnosis, expect, sample),
        ]
    return {"gallery.md": "\n".join(lines) + "\n", **made}


def _sample(page: Page) -> tuple[str, Mapping[str, object], Report]:
    """The first sample log named after the code: its name, what is known of it, what the doctor says of it."""
    for path in sorted(SAMPLES.glob(f"{page.code.lower()}_*.expect.toml")):
        expect = tomllib.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(".expect.toml")
        log = next(p for p in SAMPLES.iterdir() if p.name.split(".")[0] == stem and p != path)
        args = expect["args"]
        options = {OPTIONS[name]: int(value) for name, value in zip(args[::2], args[1::2], strict=True)}
        report = nn_doctor.diagnose(log, **options)
        if any(d.code == page.code for run in report.runs for d in run.diagnoses):
            return log.name, expect, report
    raise SystemExit(f"no sample log in {SAMPLES} has {page.code}")


def _picture(report: Report, run: RunReport, diagnosis: Diagnosis, sample: str) -> str:
    """The judging curves, or those that show it, with this one diagnosis marked."""
    only = replace(run, diagnoses=(diagnosis,))
    goals = run.run.objective
    judging = {s.name for s in (goals.train, goals.val) if s is not None}
    names = [] if judging & set(diagnosis.series) else list(diagnosis.series[:CURVES])
    shown = replace(report, runs=(only,))
    return svg.render(plot.figure(shown, names=names, width=PICTURE_WIDTH, title=sample), "light")


def _alt(diagnosis: Diagnosis) -> str:
    drawn = ", ".join(diagnosis.series[:CURVES])
    return safe.markdown(f"{drawn}: {diagnosis.summary}" if drawn else diagnosis.summary)


def _paragraph(page: Page, diagnosis: Diagnosis, expect: Mapping[str, object], sample: str) -> list[str]:
    shown = diagnosis.evidence[0].text if diagnosis.evidence else ""
    sentences = [page.title[:1].upper() + page.title[1:], f"Here: {_small(str(expect['about']))}"]
    said = safe.markdown(f"“{diagnosis.summary}” ({shown})" if shown else f"“{diagnosis.summary}”")
    first = f"Try first: {safe.markdown(diagnosis.fixes[0])}." if diagnosis.fixes else ""
    return [
        " ".join([*map(safe.markdown, sentences), f"The doctor says: {said}.", first]).strip(),
        "",
        f"`nn-doctor analyze sample_logs/{sample}` · [the whole page](catalogue.md#{anchor(page)})",
    ]


def _small(text: str) -> str:
    """A sentence behind a colon begins small, unless its first word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def build() -> dict[str, str]:
    """Every file made: its path below ``docs/`` and its text."""
    return {"catalogue.md": catalogue(), "commands.md": commands(), **gallery()}


def main() -> None:
    """Write the files, and remove pictures of diagnoses that are no more."""
    os.chdir(DOCS.parent)
    made = build()
    for old in (DOCS / "gallery").glob("*.svg"):
        if f"gallery/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
