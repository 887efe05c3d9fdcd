"""What several dialects ask of the records of a training."""

from __future__ import annotations

Records = list[dict[str, float]]


def parts_of(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Values of training and of validation (without the prefix), neither step nor epoch."""
    values = {k: v for k, v in record.items() if k not in {"step", "epoch"}}
    train = {k: v for k, v in values.items() if not k.startswith("val_")}
    return train, {k.removeprefix("val_"): v for k, v in values.items() if k.startswith("val_")}


def steps_of(records: Records) -> int:
    """Updates in an epoch."""
    return max(1, round(max(r["step"] for r in records) / (max(r["epoch"] for r in records) + 1)))
