"""A report is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nn_doctor.errors import ConfigError
from nn_doctor.reporters import sink


def test_replaces_a_file_and_leaves_nothing_beside_it(tmp_path):
    out = tmp_path / "out.json"
    out.write_text("old")
    out.chmod(0o640)
    sink.write(str(out), ["new", "\ud800"])
    assert out.read_bytes() == b"new\\ud800"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert out.stat().st_mode & 0o777 == 0o640


def test_a_failure_while_writing_leaves_the_old_file(tmp_path):
    def chunks():
        yield "half"
        raise KeyboardInterrupt

    out = tmp_path / "out.json"
    out.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        sink.write(str(out), chunks())
    assert out.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_a_link_is_followed(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    sink.write(str(link), ["new"])
    assert link.is_symlink() and target.read_text() == "new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_device_is_said_in_one_line():
    with pytest.raises(ConfigError, match=r"^/dev/full: No space left on device$"):
        sink.write("/dev/full", ["text"])


def test_refusals(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("x")
    (tmp_path / "link").symlink_to(log)
    for output in (str(tmp_path), str(tmp_path / "no" / "file"), str(log), str(tmp_path / "link"), "a\0b"):
        with pytest.raises(ConfigError):
            sink.check(output, [str(log)])
    sink.check(str(tmp_path / "new"), [str(log)])


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd")
def test_a_pipe_without_a_name_is_written_straight():
    ours, theirs = os.pipe()
    name = f"/dev/fd/{theirs}"
    sink.check_all([name, name])
    sink.write(name, ["text"])
    os.close(theirs)
    assert os.read(ours, 100) == b"text"
    os.close(ours)
