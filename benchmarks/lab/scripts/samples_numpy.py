"""The numpy trainings that the samples are picked from, as one more script of the laboratory."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "sample_logs" / "make"))


def train(seed: int, name: str) -> list[dict[str, float]]:
    """The records of the configuration ``name`` of sample_logs/make/lab.py."""
    training = importlib.import_module("training")
    work = importlib.import_module("lab").jobs()[name][0]
    records: list[dict[str, float]] = training.train(work, seed) if isinstance(work, training.Setup) else work(seed)
    return records
