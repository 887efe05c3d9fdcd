"""Many processes give the same answer as one; what goes wrong in them is told as ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from nn_doctor.errors import ConfigError, NNDoctorError, ReadError
from nn_doctor.main import main
from nn_doctor.pool import mapped
from tests.cli.test_process import BROKEN, FALLING, one_line
from tests.config.test_resolve import CLIMBING
from tests.signals import heeds_ctrl_c


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    for i in range(6):
        (folder / f"ok{i}.jsonl").write_text(FALLING)
        (folder / f"nan{i}.jsonl").write_text(BROKEN)
        (folder / f"up{i}.csv").write_text(CLIMBING)
    (folder / "broken.json").write_text('{"a": ')
    (folder / "empty.csv").write_text("")
    (folder / "nothing.txt").write_text("hello\n")
    with zipfile.ZipFile(folder / "packed.zip", "w") as archive:
        archive.writestr("a.jsonl", FALLING)
        archive.writestr("b.jsonl", BROKEN)
    return folder


def test_the_same_bytes_as_one_after_the_other(logs, monkeypatch):
    monkeypatch.chdir(logs)
    command = [
        sys.executable,
        "-m",
        "nn_doctor",
        "analyze",
        ".",
        "ok1.jsonl",
        "packed.zip",
        "missing",
        "nothing.txt",
        "-",
    ]
    outputs = []
    for jobs in ("1", "3", "0"):
        done = subprocess.run(
            [*command, "--format", "json", "--jobs", jobs], input=FALLING.encode(), capture_output=True, timeout=120
        )
        outputs.append((done.returncode, done.stdout, done.stderr))
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][0] == 2 and outputs[0][1].count(b'"ND202"') > 6


def test_progress_is_told_after_each():
    told = []
    assert list(mapped(abs, [-1, 2, -3], 1, lambda *counts: told.append(counts))) == [1, 2, 3]
    assert told == [(1, 3), (2, 3), (3, 3)]


def refuse(number):
    if number == 3:
        raise ReadError("x", "why", "hint")
    if number == 5:
        os._exit(9)
    return number


def test_errors_pass_from_the_processes():
    results = mapped(refuse, [1, 2, 3, 4], 2)
    assert [next(results), next(results)] == [1, 2]
    with pytest.raises(ReadError, match=r"^x: why \(hint\)$"):
        next(results)
    with pytest.raises(NNDoctorError, match="a worker process died"):
        list(mapped(refuse, [1, 5], 2))


def test_a_wrong_option_found_while_reading_is_one_line(logs, capsys):
    assert main(["analyze", str(logs), "--objective", "nothing", "--jobs", "2"]) == 2
    one_line(capsys.readouterr().err, "--objective")
    assert issubclass(ConfigError, NNDoctorError)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_with_processes_at_work_is_silent(logs, tmp_path):
    for i in range(2000):  # more than are read in a second and a half
        (tmp_path / f"{i}.csv").write_text(CLIMBING)
    command = [sys.executable, "-m", "nn_doctor", "analyze", str(tmp_path), "--jobs", "2"]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=heeds_ctrl_c)
    time.sleep(1.5)
    os.killpg(child.pid, signal.SIGINT)
    out, error = child.communicate(timeout=60)
    assert (child.returncode, out, error) == (130, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_workers_end_when_they_are_left_alone(logs):
    """Their standard error is a pipe that somebody reads to its end."""
    code = (
        "import os, sys, time; from nn_doctor.pool import mapped\n"
        "next(mapped(abs, [1, 2], 2)); print('busy', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout.readline() == b"busy\n"
    child.kill()
    child.communicate(timeout=30)


@pytest.mark.skipif(os.name == "nt" or not Path("/dev/ptmx").exists(), reason="no pseudo-terminal")
@pytest.mark.parametrize(("seconds", "drawn"), [(2.0, True), (0.0, False)])
def test_a_bar_only_at_a_terminal_and_only_after_a_second(seconds, drawn):
    code = (
        "import time, sys; from nn_doctor.cli.progress import Bar\n"
        f"with Bar() as bar: bar.show(3, 12); time.sleep({seconds})"
    )
    for at_terminal in (True, False):
        ours, theirs = os.openpty()
        target = theirs if at_terminal else subprocess.DEVNULL
        environment = {**os.environ, "TERM": "xterm"}
        subprocess.run([sys.executable, "-c", code], stderr=target, check=True, timeout=60, env=environment)
        os.set_blocking(ours, False)
        try:
            shown = os.read(ours, 10_000).decode()
        except OSError:
            shown = ""
        os.close(theirs)
        os.close(ours)
        assert ("[######------------------] 3 of 12" in shown) is (drawn and at_terminal)
        assert not shown or shown.endswith("\r\x1b[K")
