"""Tables against their peers, each in a process of its own. Usage: tables.py [ROWS].

Prints CPU (the least of some rounds) and peak memory of: reading, and diagnosing, a big table of 6 columns with
blanks, without and with NaNs, against ``pandas.read_csv``; the analysis alone at two lengths against one running
median; the whole program on 200 rows and ``--help`` against importing what they need. Modules are compiled
before (installed programs are). Linux and macOS.
"""

from __future__ import annotations

import os
import random
import subprocess
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
ANALYSIS = """
import sys, time
from nn_doctor.doctor import Settings, read_runs, report_on
found = read_runs([sys.argv[1]], Settings())
begin = time.process_time()
report_on(found, Settings())
print(time.process_time() - begin)
"""
MEDIAN = """
import sys, time, numpy, scipy.ndimage
y = numpy.random.default_rng(0).random(int(sys.argv[1]))
begin = time.process_time()
scipy.ndimage.median_filter(y, size=101)
print(time.process_time() - begin)
"""
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1])"
IMPORTS = "import numpy, click"
ANALYZE = ("nn_doctor", "analyze", "--format", "json")


def write(path: Path, rows: int, blank: str = "") -> None:
    rng = random.Random(0)
    with path.open("w") as stream:
        stream.write("step,loss,val_loss,accuracy,lr,grad_norm\n")
        for i in range(rows):
            val = f"{2 + rng.random() / (i + 1):.6f}" if i % 10 == 0 else ""
            loss = blank if blank and i % 1000 == 7 else f"{1 + rng.random() / (i + 1):.6f}"
            stream.write(f"{i},{loss},{val},{rng.random():.6f},0.001,{rng.random():.6f}\n")


def environment() -> dict[str, str]:
    """As in a shell of a user: no limit on threads (nn-doctor sets its own), compiled modules are kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in kept.items() if not name.endswith("_NUM_THREADS")}


def printed(*argv: str) -> float:
    """The least number a process prints, over some rounds."""
    runs = [
        subprocess.run([sys.executable, *argv], env=environment(), capture_output=True, check=True, text=True)
        for _ in range(ROUNDS)
    ]
    return min(float(run.stdout) for run in runs)


def cost(*argv: str) -> tuple[float, float]:
    """Least CPU seconds and the peak memory (MB) of a process, over some rounds."""
    best, peak = float("inf"), 0.0
    for _ in range(ROUNDS):
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, *argv],
            environment(),
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


def big(folder: Path, rows: int) -> None:
    """Reading, diagnosing and the analysis alone, on a long log."""
    path = folder / "big.csv"
    for name, blank in (("blanks", ""), ("blanks and NaNs", "nan")):
        write(path, rows, blank)
        peer = cost("-c", PANDAS, str(path))
        compare(f"{rows} rows, {name}, read", cost("-c", OURS, str(path)), peer)
        compare(f"{rows} rows, {name}, whole program", cost("-m", *ANALYZE, str(path)), peer)
    for count in (rows // 10, rows):
        write(path, count)
        ours, peer_seconds = printed("-c", ANALYSIS, str(path)), printed("-c", MEDIAN, str(5 * count))
        each = f"{ours / count / 5 * 1e9:.0f} ns a point"
        print(f"{count} rows, analysis: {ours:.3f} s, {each}; a running median {peer_seconds:.3f} s")


def small(folder: Path) -> None:
    """Start-up."""
    path = folder / "run.csv"
    write(path, 200)
    peer, click = cost("-c", IMPORTS), cost("-c", "import click")
    compare("200 rows, json", cost("-m", *ANALYZE, str(path)), peer)
    compare("200 rows, terminal", cost("-m", "nn_doctor", "analyze", str(path)), peer)
    compare("--help", cost("-m", "nn_doctor", "--help"), click)
    compare("explain", cost("-m", "nn_doctor", "explain", "ND101"), click)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        small(Path(folder))
        big(Path(folder), rows)


if __name__ == "__main__":
    main()
