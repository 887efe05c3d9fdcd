"""The action, the hook and every example of docs/, executed in a shell as they stand there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nn_doctor.config import load
from tests.cli.test_process import FALLING
from tests.config.test_resolve import CLIMBING

ROOT = Path(__file__).parent.parent
PAGES = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("ci.md", "configuration.md"))
EXAMPLES = dict(re.findall(r"<!-- example: ([\w-]+) -->\n```\w+\n(.*?)```", PAGES, re.DOTALL))
pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs bash")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with an ill and a healthy log, and a command nn-doctor on PATH that is this one."""
    folder = tmp_path / "project"
    (folder / "runs").mkdir(parents=True)
    (folder / "runs" / "ill.csv").write_text(CLIMBING)
    (folder / "runs" / "well.jsonl").write_text(FALLING)
    command = tmp_path / "bin" / "nn-doctor"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nn_doctor "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv(
        "PATH", f"{command.parent}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(entry for entry in sys.path if entry))
    monkeypatch.chdir(folder)
    return folder


def shell(text):
    return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", text], capture_output=True, text=True, timeout=120)


def run_action(**inputs):
    words = [f"{name}={value}" for name, value in ({"install": "false"} | inputs).items()]
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "steps.py", ROOT / "action.yml", *words],
        capture_output=True,
        text=True,
        timeout=120,
    )
    *lines, outputs = done.stdout.splitlines() or [done.stderr]
    return done.returncode, lines, json.loads(outputs)


def test_every_example_is_run_here():
    assert set(EXAMPLES) == {"github", "gitlab", "pre-commit", "known", "pytest", "configuration"}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("vendor.github-actions", (ROOT / "action.yml").read_text("utf-8")),
        ("vendor.github-workflows", EXAMPLES["github"]),
        ("vendor.gitlab-ci", EXAMPLES["gitlab"]),
    ],
)
def test_follows_the_published_schema(tmp_path, schema, text):
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    (tmp_path / "file.yml").write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "file.yml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_the_action_as_in_the_workflow(project):
    (step,) = [s for s in yaml.safe_load(EXAMPLES["github"])["jobs"]["logs"]["steps"] if "nn-doctor@" in s["uses"]]
    code, lines, outputs = run_action(**step["with"])
    assert (code, outputs["exit-code"]) == (1, "1")
    assert lines[0].startswith("::error file=runs/ill.csv,line=") and lines[-1].startswith("::notice title=nn-doctor::")
    assert outputs["summary"].startswith("## nn-doctor: 2 runs: 1 critical")
    assert json.loads((project / "nn-doctor.sarif").read_text())["version"] == "2.1.0"


def test_the_action_on_healthy_missing_and_oddly_named_logs(project):
    assert run_action(paths="runs/well.jsonl", summary="false")[0] == 0
    code, lines, outputs = run_action(paths="runs/missing.csv\n", args="--fail-on\nnever\n")
    assert (code, outputs["exit-code"]) == (2, "2") and lines[0].startswith("::error file=runs/missing.csv")
    odd = "$(touch pwned) `touch pwned`; touch pwned %0A::error::x.csv"
    (project / odd).write_text(CLIMBING)
    (project / "-q.csv").write_text(CLIMBING)
    code, lines, _ = run_action(paths=f"{odd}\n-q.csv")
    assert code == 1 and len(lines) == 3 and not list(project.rglob("pwned"))


def test_gitlab(project):
    job = yaml.safe_load(EXAMPLES["gitlab"])["nn-doctor"]
    assert job["before_script"] == ["pip install nn-doctor"]
    assert shell("\n".join(job["script"])).returncode == 1
    reports = job["artifacts"]["reports"]
    issues = json.loads((project / reports["codequality"]).read_text())
    assert issues[0]["check_name"] == "ND202"
    assert (project / reports["junit"]).read_text().startswith("<?xml")


def test_pre_commit(project):
    if importlib.util.find_spec("pre_commit") is None or not shutil.which("git"):
        pytest.skip("pre-commit is not installed")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (used,) = yaml.safe_load(EXAMPLES["pre-commit"])["repos"][0]["hooks"]
    command = [sys.executable, "-m", "pre_commit"]
    manifest = [*command, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(manifest, timeout=60).returncode == 0
    (project / "experiments").mkdir()
    (project / "experiments" / "a.csv").write_text(CLIMBING)
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)

    def run(overrides):
        local = {"repos": [{"repo": "local", "hooks": [hook | overrides | {"language": "system"}]}]}
        (project / ".pre-commit-config.yaml").write_text(json.dumps(local))
        environment = os.environ | {"PRE_COMMIT_HOME": str(project.parent / "cache")}
        done = subprocess.run([*command, "run", "-a"], capture_output=True, text=True, timeout=120, env=environment)
        return done.returncode, done.stdout

    code, out = run({})
    assert code == 1 and "runs/ill.csv: critical ND202" in out and "experiments" not in out
    code, out = run(used)
    assert code == 1 and "experiments/a.csv: critical ND202" in out and "runs" not in out
    shutil.copy(project / "runs" / "well.jsonl", project / "experiments" / "a.csv")
    assert run(used)[0] == 0


def test_known(project):
    assert shell("nn-doctor analyze runs/").returncode == 1
    first, second = EXAMPLES["known"].strip().splitlines()
    assert shell(first).returncode == 0
    done = shell(second)
    assert done.returncode == 0 and "· known" in done.stdout
    (project / "runs" / "new.csv").write_text(CLIMBING)
    assert shell(second).returncode == 1


def test_the_test_of_training_code(project):
    (project / "test_training.py").write_text(EXAMPLES["pytest"])
    (project / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "nn_doctor.integrations.pytest_plugin"]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_configuration(project):
    (project / "pyproject.toml").write_text(EXAMPLES["configuration"])
    found = load.find()
    assert found.values["limits"] == {"nd202.rise": 0.3} and found.overrides[0].values == {"task": "gan"}
    shutil.copy(project / "runs" / "ill.csv", project / "runs" / "gan-1")
    shown = shell("nn-doctor config runs/gan-1")
    assert shown.returncode == 0 and 'task = "gan"' in shown.stdout and "# overrides[0]" in shown.stdout
