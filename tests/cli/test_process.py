"""The process contract, by real processes where it takes one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nn_doctor.cli import root
from nn_doctor.main import main
from tests.signals import heeds_ctrl_c

FALLING = "".join(json.dumps({"epoch": i, "loss": 1 / (1 + i), "val_loss": 1.1 / (1 + i)}) + "\n" for i in range(40))
BROKEN = "".join(f'{{"epoch": {i}, "loss": {"NaN" if i > 20 else 1 / (1 + i)}}}\n' for i in range(40))


@pytest.fixture
def logs(tmp_path):
    (tmp_path / "ok.jsonl").write_text(FALLING)
    (tmp_path / "nan.jsonl").write_text(BROKEN)
    return tmp_path


def process(*args, env=None, **more):
    command = [sys.executable, "-m", "nn_doctor", *map(str, args)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **(env or {})}, timeout=60, **more)


def one_line(error, *words):
    assert error.count("\n") == 1 and error.startswith("nn-doctor: "), error
    assert all(word in error for word in words), error


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["analyse", "x"], ["analyze"]),
        (["run.csv"], ["nn-doctor analyze PATH"]),
        (["analyze", "x", "--format", "jsn"], ["--format", "json"]),
        (["analyze", "x", "--report", "sraif:x"], ["--report", "sarif"]),
        (["analyze", "x", "--report", "C:\\x.json"], ["--report", "terminal, concise, json"]),
        (["analyze", "x", "--report", "json"], ["--report", "FORMAT:FILE"]),
        (["analyze", "x", "--report", "json:-"], ["--report", "--format json"]),
        (["analyze", "x", "--selct", "ND1"], ["--selct", "--select"]),
        (["analyze", "x", "--select", "ND999"], ["ND999"]),
        (["analyze", "x", "--select", "non-finite-los"], ["non-finite-loss"]),
        (["analyze", "x", "--min-confidence", "nan"], ["--min-confidence"]),
        (["analyze", "x", "--gate-confidence", "1.5"], ["--gate-confidence"]),
        (["analyze", "x", "--classes", "1"], ["--classes"]),
        (["analyze", "x", "--param", "lr"], ["--param", "NAME=VALUE"]),
        (["analyze", "x", "--map", "loss"], ["--map", "NAME=METRIC"]),
        (["analyze", "x", "--from", "9", "--to", "2"], ["--from"]),
        (["analyze"], ["PATH"]),
        (["analyze", "/nowhere/at/all.csv", "-q"], ["/nowhere/at/all.csv"]),
        (["explain", "non-finite"], ["non-finite-loss"]),
        (["analyze", "evil\x1b[31m\n.csv", "-q"], ["\\x1b"]),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(args, words, capsys):
    assert main(args) == 2
    out, error = capsys.readouterr()
    assert out == ""
    one_line(error, *words)


def test_verdicts(logs, capsys):
    assert main(["analyze", str(logs / "nan.jsonl"), "--format", "concise", "--gate-confidence", "0.5"]) == 1
    assert "critical ND103 non-finite-loss" in capsys.readouterr().out
    assert main(["analyze", str(logs / "nan.jsonl"), "-q", "--fail-on", "never"]) == 0
    assert main(["analyze", str(logs / "nan.jsonl"), str(logs / "missing"), "--format", "json"]) == 2
    out, error = capsys.readouterr()
    assert json.loads(out)["exit_code"] == 2
    one_line(error, "missing")


def test_help_names_every_command_and_its_short_help(capsys):
    assert main(["--help"]) == 0
    page = capsys.readouterr().out
    for name, text in root.COMMANDS.items():
        command = root.cli.get_command(None, name)
        assert name in page and text in " ".join(page.split())
        assert command.help.split("\n")[0].rstrip(".").split(",")[0].split(":")[0] in text


def test_an_internal_error_is_one_line(monkeypatch, capsys):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("nn_doctor.doctor.examine", fail)
    assert main(["analyze", "x"]) == 2
    one_line(capsys.readouterr().err, "ZeroDivisionError", "--debug")
    assert main(["analyze", "x", "--debug"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_output_file_and_its_refusals(logs, capsys):
    log, out = str(logs / "ok.jsonl"), logs / "report.json"
    assert main(["analyze", log, "--format", "json", "--output", str(out)]) in (0, 1)
    assert json.loads(out.read_text())["schema_version"] == 1
    assert capsys.readouterr().out == ""
    for bad in (log, str(logs), str(logs / "no" / "file")):
        assert main(["analyze", log, "--output", bad]) == 2
        one_line(capsys.readouterr().err)
    assert (logs / "ok.jsonl").read_text() == FALLING


def test_help_and_explain_import_no_numpy():
    code = "import sys; from nn_doctor.main import main; main(sys.argv[1:]); sys.exit('numpy' in sys.modules)"
    for args in (["--help"], ["explain", "ND103"], ["catalogue"], ["analyze", "--help"]):
        subprocess.run([sys.executable, "-c", code, *args], check=True, stdout=subprocess.DEVNULL)


def test_a_closed_pipe_is_silent_and_keeps_the_verdict(logs):
    for args, code in ((["analyze", logs / "nan.jsonl", "--gate-confidence", "0.5"], 1), (["--help"], 0)):
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "nn_doctor", *map(str, args)]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60)
        os.close(writer)
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_exit_2_with_one_line(logs):
    for args in (["analyze", str(logs / "ok.jsonl")], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "nn_doctor", *args]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 2
        one_line(done.stderr.decode(), "No space left")


def test_standard_input_and_closed_streams(logs):
    assert process("analyze", "-", "-q", input=BROKEN.encode(), env={"X": "1"}).returncode in (0, 1)
    one_line(process("analyze", "-", "-q", input=b"").stderr.decode(), "-: ")
    shell = f"{sys.executable} -m nn_doctor analyze {logs / 'ok.jsonl'}"
    for closing in (">&-", "2>&-", ">&- 2>&- <&-"):
        assert subprocess.run(["sh", "-c", f"{shell} {closing}"], capture_output=True, timeout=60).returncode in (0, 1)
    closed = subprocess.run(["sh", "-c", f"{sys.executable} -m nn_doctor analyze - <&-"], capture_output=True)
    assert closed.returncode == 2
    one_line(closed.stderr.decode())


def test_the_same_bytes_for_any_locale_zone_and_seed(logs):
    settings = ({}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}, {"PYTHONUTF8": "0", "LC_ALL": "C"})
    outputs = {process("analyze", logs, "-v", env=env).stdout for env in settings}
    assert len(outputs) == 1 and outputs.pop()
    ascii_only = process("analyze", logs, env={"PYTHONIOENCODING": "ascii"})
    assert ascii_only.stdout.isascii() and ascii_only.returncode in (0, 1)
    assert process("analyze", logs, env={"COLUMNS": "1", "TERM": "dumb"}).returncode in (0, 1)


def test_colour_only_where_wanted(logs):
    path = logs / "nan.jsonl"
    assert b"\x1b" not in process("analyze", path).stdout
    assert b"\x1b[" in process("analyze", path, env={"FORCE_COLOR": "1"}).stdout
    for env in ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, {"FORCE_COLOR": "0"}):
        assert b"\x1b" not in process("analyze", path, env=env).stdout
    assert b"\x1b" not in process("analyze", path, "--no-color", env={"FORCE_COLOR": "1"}).stdout


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals(signum, code):
    command = [sys.executable, "-m", "nn_doctor", "analyze", "-"]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeds_ctrl_c
    )
    child.stdin.write(b"epoch,loss\n" * 50_000)  # more than a pipe holds: once it is written, the child is reading
    child.send_signal(signum)
    out, error = child.communicate(timeout=30)
    assert (child.returncode, out) == (code, b"")
    assert b"Traceback" not in error
