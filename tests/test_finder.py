"""What lies about in folders: links, loops, pipes, devices; and what a pattern reaches."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from nn_doctor import finder
from nn_doctor.errors import ReadError
from nn_doctor.main import main
from tests.cli.test_process import BROKEN, FALLING, one_line

POSIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes")


@pytest.fixture
def tangled(tmp_path):
    """A folder with one log, links that lead nowhere, round in circles and out, and a pipe nobody writes to."""
    top = tmp_path / "top"
    (top / "deep" / ".hidden").mkdir(parents=True)
    for log in ("deep/run.jsonl", "deep/.hidden/no.jsonl", "deep/.no.jsonl"):
        (top / log).write_text(FALLING)
    for name, target in (("one", "."), ("two", "."), ("up", ".."), ("self", "self"), ("gone.jsonl", "nowhere")):
        (top / name).symlink_to(target)
    os.mkfifo(top / "pipe.jsonl")
    return top


@POSIX
def test_a_folder_with_links_that_go_in_circles_is_read(tangled, capsys):
    assert main(["analyze", str(tangled), "-v"]) == 0
    out, error = capsys.readouterr()
    assert error == "" and out.count("healthy") == 1
    assert all(name in "".join(out.split()) for name in ("self", "gone.jsonl", "pipe.jsonl"))


@POSIX
def test_patterns_end_where_links_go_in_circles(tangled, monkeypatch):
    found = finder.find(f"{tangled}/**/*.jsonl")
    assert [bundle.folder for bundle in found.bundles] == [tangled / "deep" / "run.jsonl"]
    assert {note.text.split(": ")[0] for note in found.notes} == {
        str(tangled / n) for n in ("gone.jsonl", "pipe.jsonl")
    }
    monkeypatch.chdir(tangled)
    for pattern in ("**/run.jsonl", "./**/r*.jsonl", "../top/**/*.jsonl", "deep/**", "**/deep/*", "de**/*.jsonl"):
        assert [b.folder.resolve() for b in finder.find(pattern).bundles] == [tangled / "deep" / "run.jsonl"], pattern
    assert [b.folder.name for b in finder.find("**/.hidden/*").bundles] == ["no.jsonl"]
    with pytest.raises(ReadError, match="no file matches"):
        finder.find("**/*.csv")


@POSIX
@pytest.mark.parametrize("packed", [False, True])
def test_pipes_are_read_once_like_standard_input(tmp_path, capsys, packed):
    import gzip

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = gzip.compress(BROKEN.encode()) if packed else BROKEN.encode()
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    assert main(["analyze", str(pipe), "--format", "concise"]) == 1
    writer.join()
    assert capsys.readouterr().out.startswith(f"{pipe}: critical ND103")


@POSIX
def test_a_device_without_an_end_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(finder, "DOCUMENT_LIMIT", 1 << 16)
    assert main(["analyze", "/dev/zero", "-q"]) == 2
    one_line(capsys.readouterr().err, "/dev/zero", "larger than")
    assert main(["analyze", os.devnull, "-q"]) == 2
    one_line(capsys.readouterr().err, "empty")


@pytest.mark.skipif(sys.platform != "linux", reason="a current folder that is gone")
def test_the_current_folder_may_be_gone(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, sys; os.rmdir(os.getcwd()); from nn_doctor.main import main; sys.exit(main(['analyze', '.', '-q']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    one_line(done.stderr, "nn-doctor: .: No such file")
