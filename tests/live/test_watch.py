"""``nn-doctor watch`` on logs that a real process is writing, truncates and rotates."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nn_doctor.doctor import Settings
from nn_doctor.live.follow import follow

WRITER = """
import math, sys, time
with open(sys.argv[1], "w") as log:
    log.write("epoch,loss,val_loss\\n")
    for e in range(int(sys.argv[2])):
        rise = 0.03 * (e - 20) if sys.argv[3] == "ill" else 0.0
        val = 1 + math.exp(-e / 5) if e < 20 else 1.02 + rise
        train = 2 * math.exp(-e / 15) if sys.argv[3] == "ill" else 0.95 + math.exp(-e / 5)
        log.write(f"{e},{train:.6f},{val:.6f}\\n")
        log.flush()
        time.sleep(0.03)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1"}


def watch(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nn_doctor", "watch", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=ENVIRONMENT)


def writer(path: Path, kind: str, epochs: int = 150) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(epochs), kind])


def test_a_growing_ill_log_is_told_and_the_watch_ends_before_the_training_does(tmp_path: Path) -> None:
    log, told = tmp_path / "run.csv", tmp_path / "told.txt"
    process = writer(log, "ill", epochs=5000)
    try:
        command = f'printf "%s|%s|%s\\n" "$NN_DOCTOR_CODE" "$NN_DOCTOR_SEVERITY" "$NN_DOCTOR_SOURCE" >> {told}'
        options = ["--interval", "0.1", "--stop", "--fail-on", "critical", "--on", "critical", command]
        done = watch(str(log), *options)
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
    assert done.returncode == 1, done.stderr
    assert [line.split()[2] for line in done.stdout.splitlines() if "critical" in line] == ["ND202"]
    assert told.read_text() == f"ND202|critical|{log}\n"


def test_a_healthy_log_is_silent(tmp_path: Path) -> None:
    log = tmp_path / "run.csv"
    process = writer(log, "well", epochs=80)
    try:
        done = watch(str(log), "--interval", "0.1", "--idle", "3")
    finally:
        process.kill()
        process.wait()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class Clock:
    """Time that passes only when somebody sleeps; ``events`` happen at their time."""

    def __init__(self, events):
        self.now, self.events = 0.0, sorted(events.items())

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        while self.events and self.events[0][0] <= self.now:
            self.events.pop(0)[1]()


def rows(start: int, stop: int) -> str:
    return "".join(f"{e},{2 * 0.95**e:.6f}\n" for e in range(start, stop))


@pytest.mark.parametrize("how", ["truncated", "rotated"])
def test_truncated_and_rotated_logs_are_read_anew(how: str, tmp_path: Path) -> None:
    log = tmp_path / "run.csv"

    def anew() -> None:
        if how == "rotated":
            log.rename(tmp_path / "run.csv.1")
        log.write_text("epoch,loss\n" + rows(0, 12))

    clock = Clock(
        {
            1.0: lambda: log.write_text("epoch,loss\n" + rows(0, 30)),
            5.0: lambda: log.write_text("epoch,loss\n" + rows(0, 60)),
            9.0: anew,
            13.0: log.unlink,
        }
    )
    looks = follow([str(log)], Settings(live=True), idle=6.0, interval=0.1, clock=clock, sleep=clock.sleep)
    points = [max((len(s) for r in look.report.runs for s in r.run.series), default=0) for look in looks]
    assert points == [0, 30, 60, 12, 0, 0]


def test_a_folder_of_event_files_is_followed(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    events = EventFileWriter(str(tmp_path))

    def write(start: int, stop: int) -> None:
        for step in range(start, stop):
            value = Summary.Value(tag="loss", simple_value=2 * 0.95**step)
            events.add_event(Event(wall_time=1e9 + step, step=step, summary=Summary(value=[value])))
        events.flush()

    clock = Clock({1.0: lambda: write(0, 20), 5.0: lambda: write(20, 50)})
    looks = follow([str(tmp_path)], Settings(live=True), idle=6.0, interval=0.1, clock=clock, sleep=clock.sleep)
    points = [max((len(s) for r in look.report.runs for s in r.run.series), default=0) for look in looks]
    events.close()
    assert next(p for p in points if p) == 20
    assert points[-1] == 50


def test_a_log_that_never_comes_is_an_incomplete_answer(tmp_path: Path) -> None:
    done = watch(str(tmp_path / "none.csv"), "--interval", "0.1", "--idle", "0.5")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "none.csv" in done.stderr


def test_a_wrong_call_is_one_line() -> None:
    done = watch("x.csv", "--on", "dreadful", "true")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
