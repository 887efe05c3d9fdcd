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


def listed(values: dict[str, float], between: str, equals: str, digits: str) -> str:
    """Names and values in a row."""
    return between.join(f"{k}{equals}{v:{digits}}" for k, v in values.items())


def clock(i: int) -> str:
    """The time of day that a made log stamps on its line after ``i`` seconds, with milliseconds."""
    return f"2023-07-22 15:{i // 60 % 60:02d}:{i % 60:02d},{(137 * i) % 1000:03d}"
