"""``docs/``: what is made is up to date, what is said holds, links lead somewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from nn_doctor.catalogue import pages
from nn_doctor.cli.root import COMMANDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
PIXELS = 0.21
"""Pictures may differ by the last digit of a coordinate from one machine to another."""


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.build()
    return made


def stored(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["catalogue.md", "gallery.md"])
def test_pages_are_up_to_date(built: dict[str, str], name: str) -> None:
    assert stored(name) == built[name], "run python docs/make.py"


def test_command_help_is_up_to_date(built: dict[str, str]) -> None:
    """Versions of click break lines differently."""
    assert stored("commands.md").split() == built["commands.md"].split(), "run python docs/make.py"


def test_pictures_are_up_to_date(built: dict[str, str]) -> None:
    pictures = sorted(name for name in built if name.endswith(".svg"))
    assert sorted(f"gallery/{p.name}" for p in (DOCS / "gallery").iterdir()) == pictures
    for name in pictures:
        old, new = stored(name), built[name]
        assert NUMBER.sub("#", old) == NUMBER.sub("#", new), f"{name}: run python docs/make.py"
        pairs = zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
        assert all(abs(float(a) - float(b)) <= PIXELS for a, b in pairs), f"{name}: run python docs/make.py"


def test_every_diagnosis_has_its_page_and_picture() -> None:
    catalogue, gallery = stored("catalogue.md"), stored("gallery.md")
    for code, slug in pages.names().items():
        assert f"## {code} {slug.replace('-', ' ')}\n" in catalogue
        assert f"(gallery/{code.lower()}.svg)" in gallery
        root = ElementTree.fromstring(stored(f"gallery/{code.lower()}.svg"))
        assert root.tag.endswith("svg")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_commands_are_what_a_terminal_shows(name: str) -> None:
    done = tool(name, "--help", COLUMNS="80")
    assert " ".join(done.stdout.split()) in " ".join(stored("commands.md").split())


@pytest.mark.parametrize("page", [*sorted(DOCS.glob("*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        goal = page if not file else page.parent / file
        assert goal.exists(), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", goal.read_text(encoding="utf-8"))
            assert anchor in {h.lower().replace(" ", "-") for h in headings}, target


def test_every_page_is_listed() -> None:
    index = stored("index.md")
    assert all(f"({page.name})" in index for page in DOCS.glob("*.md") if page.name != "index.md")


MANUAL = re.search(r"<!-- examples: manual -->\n```sh\n(.*?)```", stored("manual.md"), re.DOTALL)
EXAMPLES = MANUAL[1].strip().split("\n") if MANUAL else []


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_examples_of_the_manual(tmp_path: Path) -> None:
    assert len(EXAMPLES) >= 6
    for example in EXAMPLES:
        done = shell(example, tmp_path)
        assert done.returncode in (0, 1), (example, done.stderr)
        assert done.stdout, example
        assert not done.stderr, example


def tool(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nn_doctor", *arguments], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run in bash or sh, with an ``nn-doctor`` on the path that is this one."""
    script = folder / "nn-doctor"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m nn_doctor "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    python_path = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    return subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env={**os.environ, "PATH": path, "PYTHONPATH": python_path, **environment},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_completion_in_bash(tmp_path: Path) -> None:
    """The line of the page, and then the function that bash calls at the Tab key."""
    example = re.search(r"<!-- example: bash -->\n```sh\n(.*?)```", stored("completion.md"), re.DOTALL)
    assert example is not None
    asked = {
        "nn-doctor anal": "analyze",
        "nn-doctor explain severe": "severe-overfitting",
        "nn-doctor analyze --select ND101,nd201": "ND101,ND201",
        "nn-doctor analyze --format sar": "sarif",
        "nn-doctor analyze --report ju": "junit:",
        "nn-doctor analyze --parser delim": "delimited",
        "nn-doctor analyze sample_logs/nd2": "FILES",
        "nn-doctor config sample": "FILES",
    }
    script = ["compopt() { COMPREPLY=(FILES); }", example[1]]
    for line in asked:
        script += [
            f"COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()",
            '_nn_doctor_completion nn-doctor; echo "${COMPREPLY[*]}"',
        ]
    done = shell("\n".join(script), tmp_path)
    assert done.stdout.split("\n")[:-1] == list(asked.values()), done.stderr


@pytest.mark.parametrize("kind", ["zsh", "fish"])
def test_completion_of_other_shells(kind: str) -> None:
    done = tool(_NN_DOCTOR_COMPLETE=f"{kind}_source")
    assert "_NN_DOCTOR_COMPLETE" in done.stdout
    words = {"COMP_WORDS": "nn-doctor explain sev", "COMP_CWORD": "2" if kind == "zsh" else "sev"}
    done = tool(_NN_DOCTOR_COMPLETE=f"{kind}_complete", **words)
    assert "severe-overfitting" in done.stdout
