"""A short run of the fuzzer, where atheris is installed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("atheris")

SEEDS = {
    "text": b"\x00Epoch 1/3 loss: 0.5 acc=0.9\nEpoch 2/3 loss: 0.4 acc=0.95\n" * 2,
    "csv": b"\x01epoch,loss,val_loss\n0,1.5,1.6\n1,1.2,nan\n2,1.0,1.3\n",
    "json": b'\x02{"loss": [2.3, 1.9, NaN], "val_loss": [2.2, 2.0, 1.9]}',
    "lines": b'\x03{"step": 1, "loss": 2.3}\n{"step": 2, "loss": 2.1}\n',
    "table": b"\x00|  Epoch | Loss |\n|--------|------|\n|  1 | 0.5 |\n|  2 | 0.4 |\n",
}


def test_no_bytes_break_the_reading(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, content in SEEDS.items():
        (corpus / name).write_bytes(content)
    command = [sys.executable, "-m", "tests.fuzz.reading", str(corpus), "-runs=2000", "-max_total_time=30"]
    command.append(f"-artifact_prefix={tmp_path}/")
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
