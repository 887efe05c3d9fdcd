"""StyleGAN's metric-*.jsonl: the thousands of images stand only in the name of the snapshot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.parsers.records.columns import Record

_SNAPSHOT = re.compile(r"(\d+)\.pkl$")
SNAPSHOT_KEY = "snapshot_pkl"


def with_snapshot(record: Record) -> Record:
    """The record with its results under "val/" and the snapshot's number as "kimg"."""
    match = _SNAPSHOT.search(str(record.get(SNAPSHOT_KEY, "")))
    results = record.get("results")
    if match is None or not isinstance(results, dict):
        return record
    keep = {k: v for k, v in record.items() if k == "timestamp"}
    return {"kimg": int(match.group(1)), **{f"val/{k}": v for k, v in results.items()}, **keep}
