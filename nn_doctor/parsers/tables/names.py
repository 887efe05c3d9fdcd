"""Column names: made unique, given by position where a known format has none, taken from the file's name."""

from __future__ import annotations

import re

YOLO_TXT = (
    "epoch", "gpu_mem", "train/box_loss", "train/obj_loss", "train/cls_loss", "train/total_loss", "targets",
    "img_size", "metrics/precision", "metrics/recall", "metrics/mAP_0.5", "metrics/mAP_0.5:0.95", "val/box_loss",
    "val/obj_loss", "val/cls_loss",
)  # fmt: skip
"""Columns of the results.txt of older YOLO versions, which has no header."""
_ONE_METRIC = frozenset({"", "index", "idx", "unnamed: 0", "step", "epoch", "value", "timestamp", "time", "wall time"})
"""Columns beside the value of a single metric."""
_EXPORT = re.compile(r"(?:.*\W)?run-(.+?)-tag-(.+)\.csv")
_MILLISECONDS = 1e11
"""A first column beyond this holds Unix times in milliseconds."""


def unique(names: tuple[str, ...], width: int) -> list[str]:
    """Names for ``width`` columns: repeats numbered, missing ones called after their position."""
    result: list[str] = []
    used: dict[str, int] = {}
    for position in range(width):
        name = names[position].strip() if position < len(names) else f"column {position + 1}"
        taken = used.get(name, 0)
        used[name] = taken + 1
        result.append(name if not taken or not name else f"{name}.{taken}")
    return result


def by_position(first_row: list[str], file_name: str) -> tuple[str, ...]:
    """Names for a table without header: a known format's, else "column 1", "column 2" …."""
    if len(first_row) == len(YOLO_TXT) and "/" in first_row[0] and first_row[1].endswith("G"):
        return YOLO_TXT
    if len(first_row) == 3 and _is_mlflow(first_row):
        return ("timestamp", file_name, "step")
    return tuple(f"column {i + 1}" for i in range(len(first_row)))


def _is_mlflow(row: list[str]) -> bool:
    return row[0].isdecimal() and row[2].isdecimal() and float(row[0]) > _MILLISECONDS


def is_tensorboard_export(header: tuple[str, ...]) -> bool:
    """Whether this is TensorBoard's "download CSV"."""
    return tuple(name.lower() for name in header) == ("wall time", "step", "value")


def is_export_of_one(header: tuple[str, ...]) -> bool:
    """Whether this is one metric without its name ("step,value,timestamp"), as trackers' charts are downloaded."""
    plain = {name.strip().lower() for name in header}
    return {"step", "value"} <= plain <= _ONE_METRIC


def tag_of(file_name: str) -> str:
    """The tag (with the split its run is named after) in the file name of a TensorBoard export, else its stem."""
    match = _EXPORT.fullmatch(file_name)
    if match is None:
        return file_name.rsplit(".", 1)[0] or "value"
    run, tag = match.groups()
    for ending in ("train", "validation", "val", "eval", "test"):
        if run == ending or run.endswith((f"_{ending}", f"-{ending}", f".{ending}")):
            return f"{ending}/{tag}"
    return tag
