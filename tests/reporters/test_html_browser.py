"""The HTML report in a real browser (skipped where Chromium is not installed)."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from nn_doctor.report.model import RunReport
from nn_doctor.reporters import html
from tests.reporters import made
from tests.reporters.test_html import RULES
from tests.reporters.test_reports import HOSTILE, hostile_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = """--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=2000""".split()

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def opened(text, tmp_path):
    """The page's tree after its script has run, and what the console said."""
    page = tmp_path / "report.html"
    page.write_text(text, "utf-8")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [CHROMIUM, *FLAGS, *root, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return result.stdout, [line for line in result.stderr.splitlines() if "CONSOLE" in line]


def test_the_script_runs_under_its_policy_and_nothing_is_refused(tmp_path):
    tree, console = opened(html.render(made.report(rules=RULES)), tmp_path)
    assert console == []
    assert '<output class="values">Point at the picture for values' in tree and "Skip to the report" in tree


def test_hostile_names_run_nothing(tmp_path):
    runs = tuple(replace(hostile_report(text).runs[0]) for text in HOSTILE)
    tree, console = opened(html.render(made.report(runs)), tmp_path)
    assert console == [] and "<script>alert" not in tree


def test_odd_curves_do_not_trouble_the_script(tmp_path):
    run = made.run()
    object.__setattr__(run, "series", (made.series("loss", y=[np.nan] * 5), made.series("b", y=[1.0])))
    object.__setattr__(run, "objective", type(run.objective)(*run.series))
    tree, console = opened(html.render(made.report((RunReport(run, "critical", (made.diagnosis(),), ()),))), tmp_path)
    assert console == [] and "</html>" in tree
