"""Coverage-guided fuzzing of everything that reads a file. Usage: python -m tests.fuzz.reading [libFuzzer's options].

Needs ``pip install atheris``. Any bytes under any name must give runs or a ReadError: another exception is a fault.
The first byte chooses the name, and so what the suffix suggests. ``-max_total_time=300`` stops after five minutes; a
folder as argument keeps the inputs that reached something new (``python -m tests.fuzz.reading corpus/``).
"""

from __future__ import annotations

import contextlib
import sys
import warnings

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["nn_doctor"]):
    from nn_doctor import reading
    from nn_doctor.errors import ReadError
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.parsers.registry import all_parsers
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.build import SeriesOptions

NAMES = (
    "run.log", "run.csv", "run.json", "run.jsonl", "results.txt", "events.out.tfevents.1.x", "run", "run.tsv",
    "run.ipynb",
    "run.npz",
)  # fmt: skip


def one(data: bytes) -> None:
    """Read one input as every sniffer and the winner would."""
    if len(data) < 2:
        return
    name, content = NAMES[data[0] % len(NAMES)], data[1:]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        head = Source(name, given=content).head
        for parser in all_parsers():
            parser.sniff(head)
        with contextlib.suppress(ReadError):
            reading.read_bytes(content, name, None, ReadOptions(), SeriesOptions())


def main() -> None:
    """Run until told to stop, or until a fault."""
    all_parsers()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
