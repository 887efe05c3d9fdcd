"""The logs of a family in one compressed file: columns of numbers with six significant digits, null where absent."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from pathlib import Path

LOGS = Path(__file__).parent / "logs"
DIGITS = 6


@dataclass(frozen=True)
class Stored:
    """What one training logged."""

    configuration: str
    seed: int
    records: list[dict[str, float]]


def load(family: str, folder: Path = LOGS) -> list[Stored]:
    """The stored trainings of a family, [] if there are none."""
    path = folder / f"{family}.json.xz"
    if not path.exists():
        return []
    entries = json.loads(lzma.decompress(path.read_bytes()))
    return [Stored(e["configuration"], e["seed"], _records(e["columns"])) for e in entries]


def save(family: str, runs: list[Stored], folder: Path = LOGS) -> None:
    """Write the trainings of a family, sorted, so that the file changes only where a training does."""
    ordered = sorted(runs, key=lambda run: (run.configuration, run.seed))
    entries = [{"configuration": r.configuration, "seed": r.seed, "columns": _columns(r.records)} for r in ordered]
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(entries, separators=(",", ":")).encode()
    (folder / f"{family}.json.xz").write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))


def _columns(records: list[dict[str, float]]) -> dict[str, list[float | None]]:
    names = dict.fromkeys(name for record in records for name in record)
    return {name: [_short(r[name]) if name in r else None for r in records] for name in names}


def _short(value: float) -> float:
    number = float(f"{float(value):.{DIGITS}g}")
    return int(number) if number.is_integer() and abs(number) < 10**DIGITS else number


def _records(columns: dict[str, list[float | None]]) -> list[dict[str, float]]:
    rows = zip(*columns.values(), strict=True)
    return [{name: v for name, v in zip(columns, row, strict=True) if v is not None} for row in rows]
