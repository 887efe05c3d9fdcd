"""Run the shell steps of a composite GitHub Action the way its runner does, on this machine.

    python .ci/steps.py action.yml paths=runs/ install=false

Inputs are given as NAME=VALUE. Each step's ``run`` is executed by bash with the runner's flags, with the step's
``env`` after its expressions are filled in, and with the files the runner provides (path, output, summary). Prints
the action's outputs as JSON on the last line; the exit code is that of the first step that failed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
BASH = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]


def filled(text: str, values: dict[str, str]) -> str:
    """``text`` with each ``${{ name }}`` replaced; a KeyError for one that is not known."""
    return EXPRESSION.sub(lambda match: values[match[1]], text)


def holds(condition: str, values: dict[str, str]) -> bool:
    """Whether ``${{ name == 'word' }}`` is true; other conditions are not understood."""
    name, word = re.fullmatch(r"\$\{\{ (\S+) == '(\w*)' \}\}", condition).groups()
    return values[name] == word


def outputs_of(file: Path) -> dict[str, str]:
    """The NAME=VALUE lines of an output file."""
    return dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines() if line)


def run_action(action: dict, given: dict[str, str], folder: Path, home: Path) -> tuple[int, dict[str, str]]:
    """Run the steps in the current folder; the exit code, and the outputs of the action."""
    unknown = given.keys() - action["inputs"].keys()
    missing = {n for n, i in action["inputs"].items() if i.get("required") and n not in given}
    assert not unknown and not missing, (unknown, missing)
    values = {f"inputs.{name}": given.get(name, spec.get("default", "")) for name, spec in action["inputs"].items()}
    values["github.action_path"] = str(home)
    files = {name: folder / name.lower() for name in ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    code = 0
    for step in action["runs"]["steps"]:
        if code or ("if" in step and not holds(step["if"], values)):
            continue
        assert step["shell"] == "bash"
        for file in files.values():
            file.touch()
        files["GITHUB_OUTPUT"].write_text("")
        added = files["GITHUB_PATH"].read_text("utf-8").splitlines()
        environment = dict(os.environ) | {name: str(file) for name, file in files.items()}
        environment |= {"RUNNER_TEMP": str(folder), "GITHUB_ACTIONS": "true"}
        environment["PATH"] = os.pathsep.join([*reversed(added), os.environ["PATH"]])
        environment |= {name: filled(text, values) for name, text in step.get("env", {}).items()}
        script = folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        sys.stdout.flush()
        code = subprocess.run([*BASH, str(script)], env=environment, check=False).returncode
        for name, value in outputs_of(files["GITHUB_OUTPUT"]).items():
            values[f"steps.{step.get('id')}.outputs.{name}"] = value
    outputs = {name: filled(spec["value"], values) for name, spec in action.get("outputs", {}).items()}
    return code, outputs | {"summary": files["GITHUB_STEP_SUMMARY"].read_text("utf-8")}


if __name__ == "__main__":
    path = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        inputs = dict(word.split("=", 1) for word in sys.argv[2:])
        result, told = run_action(yaml.safe_load(path.read_text("utf-8")), inputs, Path(temporary), path.parent)
    print(json.dumps(told))
    sys.exit(result)
