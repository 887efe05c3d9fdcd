"""How long text takes to read. Usage: python -m benchmarks.text.

First 100 kB of hostile text of each kind (sniffed and read, in milliseconds; the aim is 50), made to make a careless
pattern try every place; then 200 and 400 kB of the worst, which shows whether time grows in line with size; then an
ordinary log of about 3 MB.
"""

from __future__ import annotations

import contextlib
import time

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read, sniff
from nn_doctor.parsers.textlog.keys import key_of

KILO = 1000
SIZE = 100 * KILO
AIM = 50.0
UNITS = {
    "a word": "a",
    "numbers": "1 ",
    "decimals": "1.",
    "commas in numbers": "1,234",
    "exponents": "1e9 ",
    "keys": "loss: ",
    "keys without values": "epoch loss acc ",
    "pairs": "a=1,",
    "brackets": "[(",
    "ratios": "1/2/",
    "dashes": " - ",
    "pipes": "| a ",
    "pipes and dashes": "|-",
    "bars": "#",
    "tree": "\u2502 \u251c\u2500 ",
    "clocks": "1:23:45 ",
    "dates": "2024-01-01 ",
    "days": "01/01/24 ",
    "percents": "5%|",
    "quotes": "\"'",
    "backslashes": "\\",
    "blanks": " ",
    "tabs": "\t",
    "carriage returns": "loss: 1\r",
    "backspaces": "loss: 1\b",
    "escapes": "\x1b[31m",
    "lines of one letter": "a\n",
    "lines of one number": "1\n",
    "lines with ever new names": "",
    "lines with ever new words": "",
    "nested JSON": '{"a":[',
    "MLPerf": ":::MLLOG {",
    "words after words": "loss after epoch ",
    "places": "a.py:1] ",
    "results": "Result for a:\n b: 1\n",
    "boxes": "| a | 1 |\n",
    "rulers": "--- ",
    "programs": "import os\ndef f():\n'''\n",
    "namespaces": "Namespace(a=1, ",
    "non-ASCII": "\u635f\u5931\uff1a",
}


def hostile(name: str, size: int = SIZE) -> str:
    """Text of one kind, ``size`` characters long."""
    if name == "lines with ever new names":
        return "".join(f"name{chr(97 + i % 26)}{i:x}q: 1.5 loss {i}\n" for i in range(size // 24))[:size]
    if name == "lines with ever new words":
        return "".join(f"{chr(97 + i % 26)} word{i:x}x said {i} things\n" for i in range(size // 24))[:size]
    unit = UNITS[name]
    return (unit * (size // len(unit) + 1))[:size]


def seconds(text: str) -> float:
    """How long sniffing and reading takes, the best of three."""
    data = text.encode()
    found = []
    for _ in range(3):
        key_of.cache_clear()
        begin = time.process_time()
        source = Source("x.log", given=data)
        sniff(source.head)
        with contextlib.suppress(ReadError):
            read(source, ReadOptions())
        found.append(time.process_time() - begin)
    return min(found)


def ordinary(lines: int = 40 * KILO) -> str:
    """A log as trainings print it."""
    line = "2024-01-01 10:00:00,123 - INFO - Epoch [{}][{}/1000]\tlr: 1.0e-03, eta: 1:02, loss: {:.4f}, acc: {:.3f}\n"
    return "".join(line.format(i // 1000 + 1, i % 1000 + 1, 2 / (1 + i / 900), i / lines) for i in range(lines))


def main() -> None:
    """Print the table."""
    times = {name: seconds(hostile(name)) * KILO for name in UNITS}
    for name, took in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{name:<28}{took:8.1f} ms{'  over the aim' if took > AIM else ''}")
    worst = max(times, key=lambda name: times[name])
    for times_as_long in (2, 4):
        took = seconds(hostile(worst, times_as_long * SIZE)) * KILO
        print(f"{worst}, {times_as_long} times as long: {took / times[worst]:.1f} times the time")
    text = ordinary()
    print(f"an ordinary log of {len(text) / KILO**2:.1f} MB: {seconds(text):.2f} s")


if __name__ == "__main__":
    main()
