"""The commands and chains shown in the README, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAINS = dict(re.findall(r"<!-- chain: (\w+) -->\n```\w+\n(.*?)```", README, re.DOTALL))


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )


def test_the_readme_has_its_chains() -> None:
    assert set(CHAINS) == {"pipe", "gate", "reports", "python", "live"}


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_pipe() -> None:
    result = run(["sh", "-c", CHAINS["pipe"]])
    assert (result.stdout, result.stderr, result.returncode) == ("severe-overfitting\n", "", 0)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_gate() -> None:
    assert run(["sh", "-c", CHAINS["gate"]]).returncode == 1
    healthy = next((ROOT / "sample_logs").glob("healthy_cosine_warmup*[!l]"))
    assert run(["sh", "-c", CHAINS["gate"].replace("sample_logs/", str(healthy))]).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_reports(tmp_path: Path) -> None:
    assert run(["sh", "-c", CHAINS["reports"]], OUT=str(tmp_path)).returncode == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["nn-doctor.sarif", "nn-doctor.xml"]


def test_python() -> None:
    result = run([sys.executable, "-c", CHAINS["python"]])
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def test_live() -> None:
    result = run([sys.executable, "-c", CHAINS["live"]])
    assert result.returncode == 0, result.stderr
    epoch, code = result.stdout.split()[:2]
    assert code == "ND101"
    assert int(epoch) < 30
