"""JSON lines: our reader against the standard library a line at a time. Usage: json_lines.py [RECORDS]."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.json_lines import PARSER
from nn_doctor.parsers.source import Source


def write(path: Path, records: int) -> None:
    rng = random.Random(0)
    with path.open("w") as stream:
        for i in range(records):
            record = {"step": i, "epoch": i / 1000, "loss": rng.random(), "grad_norm": rng.random(), "lr": 1e-4}
            stream.write(json.dumps(record) + "\n")


def ours(path: Path) -> None:
    PARSER.read(Source(str(path), path), ReadOptions())


def theirs(path: Path) -> None:
    with path.open() as stream:
        for line in stream:
            json.loads(line)


def seconds(function, path: Path) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        function(path)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "metrics.jsonl"
        write(path, records)
        own, peer = seconds(ours, path), seconds(theirs, path)
    print(f"{records} records, 5 keys: {own:.2f} s, json.loads a line {peer:.2f} s, ratio {own / peer:.2f}")


if __name__ == "__main__":
    main()
