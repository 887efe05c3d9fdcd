"""Tables against their peers, each in a process of its own. Usage: tables.py [ROWS].

Prints CPU and peak memory of reading a big table against ``pandas.read_csv`` (6 columns, with blanks and with
NaNs), and the start-up of the whole program on 200 rows against importing numpy and click. Linux and macOS.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
OURS = """
import sys; from pathlib import Path
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.delimited import PARSER
from nn_doctor.parsers.source import Source
PARSER.read(Source(sys.argv[1], Path(sys.argv[1])), ReadOptions())
"""
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1])"
IMPORTS = "import numpy, click"


def write(path: Path, rows: int, blank: str = "") -> None:
    rng = random.Random(0)
    with path.open("w") as stream:
        stream.write("step,loss,val_loss,accuracy,lr,grad_norm\n")
        for i in range(rows):
            val = f"{2 + rng.random() / (i + 1):.6f}" if i % 10 == 0 else ""
            loss = blank if blank and i % 1000 == 7 else f"{1 + rng.random() / (i + 1):.6f}"
            stream.write(f"{i},{loss},{val},{rng.random():.6f},0.001,{rng.random():.6f}\n")


def cost(*argv: str) -> tuple[float, float]:
    """Least CPU seconds and the peak memory (MB) of a process, over some rounds."""
    best, peak = float("inf"), 0.0
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    for _ in range(ROUNDS):
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, *argv],
            environment,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(f"failed: {argv[:2]}")
        best = min(best, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20))
    return best, peak


def compare(what: str, ours: tuple[float, float], peer: tuple[float, float]) -> None:
    print(
        f"{what}: {ours[0]:.2f} s CPU, {ours[1]:.0f} MB; peer {peer[0]:.2f} s, {peer[1]:.0f} MB; "
        f"ratio {ours[0] / peer[0]:.2f} CPU, {ours[1] / peer[1]:.2f} memory"
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        for name, blank in (("blanks", ""), ("blanks and NaNs", "nan")):
            path = Path(folder) / "big.csv"
            write(path, rows, blank)
            compare(f"{rows} rows, {name}, read", cost("-c", OURS, str(path)), cost("-c", PANDAS, str(path)))
        small = Path(folder) / "run.csv"
        write(small, 200)
        program = cost("-m", "nn_doctor", "analyze", str(small), "--format", "json")
        compare("200 rows, whole program", program, cost("-c", IMPORTS))


if __name__ == "__main__":
    main()
