"""Entry points of other packages: loaded when named, in worker processes too; a failing one is a warning."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

MODULE = '''
"""ZZ900 always-told (note): says so on every run."""

from nn_doctor.catalogue.base import Finding, Rule
from nn_doctor.parsers.base import Match, Parser


def check(ctx):
    return Finding(score=1.0, summary="told", evidence=(), causes=(), fixes=(), series=())


def read(source, options):
    import numpy as np
    from nn_doctor.series.channel import Channel, Recording

    y = np.array([float(line) for _, line in source.lines() if line and line != "#mine"])
    return [Recording((Channel("loss", y, step=np.arange(y.size, dtype=float)),))]


def render(report):
    return f"{len(report.runs)} seen\\n"


def sniff(head):
    return Match.SIGNATURE if (head.text or "").startswith("#mine") else Match.NO


RULE = Rule("ZZ900", "always-told", ("note",), "nothing", check)
PARSER = Parser("mine", "my own", sniff, read)
'''
POINTS = """
[nn_doctor.rules]
told = demo
[nn_doctor.parsers]
mine = demo:PARSER
[nn_doctor.reporters]
seen = demo:render
"""


@pytest.fixture
def folder(tmp_path):
    info = tmp_path / "site" / "demo-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: demo\nVersion: 0.1\n")
    points = POINTS.replace("told = demo", "told = demo\nbroken = demo:missing")
    (info / "entry_points.txt").write_text(points)
    (tmp_path / "site" / "demo.py").write_text(MODULE)
    for name in ("a.log", "b.log", "c.log"):
        (tmp_path / name).write_text("#mine\n" + "".join(f"{0.9**i}\n" for i in range(40)))
    return tmp_path


def run(folder, *args):
    path = os.pathsep.join([str(folder / "site"), *(entry for entry in sys.path if entry)])
    return subprocess.run([sys.executable, "-m", "nn_doctor", *args], cwd=folder, capture_output=True, text=True,
                          timeout=60, env={**os.environ, "PYTHONPATH": path})  # fmt: skip


def test_not_loaded_unless_named(folder):
    assert run(folder, "explain", "ZZ900").returncode == 2
    assert "no report format named 'seen'" in run(folder, "analyze", "a.log", "--format", "seen").stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rule_parser_and_reporter(folder, jobs):
    (folder / "nn-doctor.toml").write_text('plugins = ["told", "mine", "seen"]\nseverities = {ZZ900 = "warning"}')
    done = run(folder, "analyze", ".", "--format", "json", "--select", "ZZ900", "--jobs", jobs, "--report", "seen:out")
    assert (done.stderr, done.returncode) == ("", 1)
    report = json.loads(done.stdout)
    assert [(r["parser"], [d["code"] for d in r["diagnoses"]]) for r in report["runs"]] == [("mine", ["ZZ900"])] * 3
    assert report["rules"]["ZZ900"]["title"] == "says so on every run."
    assert (folder / "out").read_text() == "3 seen\n"


def test_a_failing_one_is_a_warning_with_its_name(folder):
    (folder / "nn-doctor.toml").write_text('plugins = ["broken", "absent", "mine"]')
    done = run(folder, "analyze", "a.log", "-q")
    assert done.returncode in (0, 1)
    first, second = done.stderr.splitlines()
    assert "plug-in 'broken' (demo:missing): not loaded: AttributeError" in first
    assert second == "nn-doctor: nn-doctor.toml: plug-in 'absent': no installed package declares it"
