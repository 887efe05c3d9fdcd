"""Coverage-guided fuzzing of everything that reads a file. Usage: python -m tests.fuzz.reading CORPUS [--as NAME] …

Needs ``pip install atheris``. Any bytes under any name must give runs or a ReadError, in silence: another exception, a
warning or anything printed is a fault. The first byte chooses the name, and so what the suffix suggests; ``--as``
leaves one of them (``--as run.jsonl``). ``--seed`` puts the sample logs into the corpus first. What else stands there
goes to libFuzzer: ``-max_total_time=300`` stops after five minutes. Inputs that reach something new are kept in CORPUS.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["nn_doctor"]):
    from nn_doctor import reading
    from nn_doctor.errors import ReadError
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.parsers.registry import all_parsers
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.build import SeriesOptions
    from tests.fuzz.sound import NAMES, mended, write_seeds


def one(data: bytes, only: str = "") -> None:
    """Read one input as every sniffer and the winner would."""
    if len(data) < 2:
        return
    name = only or NAMES[data[0] % len(NAMES)]
    content = mended(name, data[1:])
    printed = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
        warnings.simplefilter("error")
        head = Source(name, given=content).head
        for parser in all_parsers():
            parser.sniff(head)
        with contextlib.suppress(ReadError):
            reading.read_bytes(content, name, None, ReadOptions(), SeriesOptions())
    if printed.getvalue():
        raise AssertionError(f"printed: {printed.getvalue()[:200]}")


def _option(arguments: list[str], name: str, has_value: bool) -> str:
    """Take an option out of the arguments; its value, or its name, or "" where it is not there."""
    if name not in arguments:
        return ""
    at = arguments.index(name)
    taken = arguments[at : at + 1 + has_value]
    del arguments[at : at + 1 + has_value]
    return taken[-1]


def main() -> None:
    """Run until told to stop, or until a fault."""
    arguments = list(sys.argv)
    only = _option(arguments, "--as", True)
    if _option(arguments, "--seed", False):
        write_seeds(Path(arguments[1]), only)
    all_parsers()
    atheris.Setup(arguments, lambda data: one(data, only))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
