"""TensorBoard scalars: our reader against EventAccumulator in the same run.

Usage: python -m benchmarks.tensorboard [SCALARS], since run as a script this file would hide its namesake.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.tensorboard import PARSER

TAGS = ("train/loss", "train/learning_rate", "train/grad_norm")


def write(path: Path, scalars: int) -> None:
    with path.open("wb") as stream:
        writer = RecordWriter(stream)
        for i in range(scalars):
            value = Summary.Value(tag=TAGS[i % len(TAGS)], simple_value=1 / (i + 1))
            record = Event(wall_time=1.6e9 + i / 10, step=i // len(TAGS), summary=Summary(value=[value]))
            writer.write(record.SerializeToString())


def ours(path: Path) -> int:
    return sum(c.y.size for c in PARSER.read(Source(str(path), path), ReadOptions())[0].channels)


def theirs(path: Path) -> int:
    accumulator = EventAccumulator(str(path), size_guidance={"scalars": 0})
    accumulator.Reload()
    return sum(len(accumulator.Scalars(tag)) for tag in accumulator.Tags()["scalars"])


def seconds(function, path: Path, repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        begin = time.perf_counter()
        function(path)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    scalars = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.out.tfevents.1"
        write(path, scalars)
        assert ours(path) == theirs(path) == scalars
        own, peer = seconds(ours, path, 3), seconds(theirs, path, 1)
    print(f"{scalars} scalars, {len(TAGS)} tags: {own:.3f} s, EventAccumulator {peer:.2f} s, ratio {own / peer:.3f}")


if __name__ == "__main__":
    main()
