"""Which of the values read are curves, and the last touches that need all rows at once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from nn_doctor.parsers.textlog import dialects
from nn_doctor.parsers.textlog.before import place_before_ends, place_before_words
from nn_doctor.parsers.textlog.beside import put_beside_their_loss
from nn_doctor.parsers.textlog.plan import RATES

if TYPE_CHECKING:
    from nn_doctor.parsers.textlog.assemble import Assembler, Row

FEWEST_UNKNOWN = 3
"""A name that is no known metric must come this often to be a curve."""
FEWEST_EPOCHS = 3
"""With fewer epochs the updates of a progress bar are the curve, with more their last states."""
STANDING = 3
"""Lines with one and the same step that make it no place."""


def left_out(reader: Assembler, records: list[dict[str, float]]) -> list[str]:
    """Names that came often but are no curves: nothing known is measured by them and no x stands beside them."""
    counts: Counter[str] = Counter(name for row in reader.rows for name in row.values)
    kept = {name for record in records for name in record}
    return [n for n, c in counts.items() if c >= FEWEST_UNKNOWN and n not in kept and f"{n}_epoch" not in kept]


def records_of(reader: Assembler, x: str | None = None) -> tuple[list[dict[str, float]], list[int], set[str]]:
    """Records, their lines, and the names averaged over the epoch; empty if the text holds no training log.

    ``x`` is a name to keep whatever it is: the user says that it counts.
    """
    _join_headed(reader)
    put_beside_their_loss(reader)
    _name_catboost(reader)
    place_before_words(reader.rows, reader.ends)
    _settle_leading_bars(reader.rows)
    reader.rows = _last_states(reader.rows)
    counts: Counter[str] = Counter(name for row in reader.rows for name in row.values)
    anchored = Counter(name for row in reader.rows if row.x for name in row.values)
    kept = {n for n, c in counts.items() if n == x or _is_curve(n, c, anchored[n], reader)}
    rows = [row for row in reader.rows if not kept.isdisjoint(row.values)]
    if not any(name in reader.measures and name not in RATES for name in kept) and not _repeats(rows):
        return [], [], set()
    _part_epochs(rows)
    rows = _ends_of_evaluations(rows)
    _place_leading(rows)
    place_before_ends(rows)
    _settle_steps(rows)
    records = [row.x | {n: v for n, v in row.values.items() if n in kept or _stem(n) in kept} for row in rows]
    keras = {n for row in rows if row.keras for n in row.values if not n.lower().startswith("val")}
    return records, [row.line for row in rows], keras


def _is_curve(name: str, count: int, anchored: int, reader: Assembler) -> bool:
    """A known metric with an x, or twice without; anything else must repeat beside an x."""
    if name in reader.measures:
        return anchored > 0 or count > 1
    return anchored >= FEWEST_UNKNOWN and name in reader.beside_x


def _repeats(rows: list[Row]) -> bool:
    """Whether enough rows print an x of their own: a log even if none of its names is known."""
    return sum(bool(row.own & {"epoch", "step"}) for row in rows) >= 2 * FEWEST_UNKNOWN


def _settle_steps(rows: list[Row]) -> None:
    """A step that starts again with each epoch is a batch; a batch without any epoch is a step."""
    backward = forward = 0
    both = [row for row in rows if {"epoch", "step"} <= row.own]
    for before, after in pairwise(both):
        if after.x["epoch"] > before.x["epoch"]:
            backward += after.x["step"] < before.x["step"]
            forward += after.x["step"] >= before.x["step"]
    if backward > forward:
        for row in both:
            row.x.setdefault("batch", row.x.pop("step"))
    for row in both:
        if "batch" in row.own and "batches" not in row.x and "step" in row.x:  # the step says more
            row.x.pop("batch", None)  # one place of the line may have been taken for another
    _settle_counts_of_the_run(rows)
    for row in rows:
        if "batch" in row.x and "epoch" not in row.x:
            row.x.setdefault("step", row.x.pop("batch"))
            row.x.pop("batches", None)
    _drop_standing_steps(rows)


def _drop_standing_steps(rows: list[Row]) -> None:
    """A step that is the same on every line (bars that are all full) is no place: the lines follow one another."""
    told = [row for row in rows if "step" in row.x]
    if (
        len(told) >= STANDING
        and not any("epoch" in row.x for row in rows)
        and len({row.x["step"] for row in told}) == 1
    ):
        for row in told:
            del row.x["step"]


def _settle_counts_of_the_run(rows: list[Row]) -> None:
    """Batches that count on from epoch to epoch, and never back, are steps of the run."""
    counted = [row for row in rows if {"epoch", "batch"} <= row.x.keys() and "step" not in row.x]
    later = [(a, b) for a, b in pairwise(counted) if b.x["epoch"] > a.x["epoch"]]
    if not later or any(b.x["batch"] < a.x["batch"] for a, b in pairwise(counted)):
        return
    if all(b.x["batch"] > a.x["batch"] and b.x.get("batches") == a.x.get("batches") for a, b in later):
        for row in counted:
            row.x["step"] = row.x.pop("batch")
            row.x.pop("batches", None)


def _place_leading(rows: list[Row]) -> None:
    """Batches printed before any line with an epoch: that line ends an epoch, so theirs is the one to come.

    Told apart for each name, as one split may come before the line and another after it.
    """
    first = next((row.x["epoch"] for row in rows if "epoch" in row.x), None)
    leading = {n for row in rows if "batch" in row.x and "epoch" not in row.x for n in row.values}
    if first is None or not leading:
        return
    for row in rows:
        if "batch" in row.x and "epoch" not in row.own and not leading.isdisjoint(row.values):
            row.x["epoch"] = row.x.get("epoch", first - 1) + 1


def _stem(name: str) -> str:
    return name.removesuffix("_epoch")


def _part_epochs(rows: list[Row]) -> None:
    """Values printed once an epoch are kept apart from those printed every few batches under the same name."""
    batched: Counter[str] = Counter(n for row in rows if "batch" in row.x and not row.bar for n in row.values)
    single = Counter(n for row in rows if "batch" not in row.x and not (row.keras or row.bar) for n in row.values)
    both = {n for n in batched if single[n]}
    for row in rows:
        if both and "batch" not in row.x and not row.bar:
            row.values = {f"{n}_epoch" if n in both else n: v for n, v in row.values.items()}


def _ends_of_evaluations(rows: list[Row]) -> list[Row]:
    """Of the lines an evaluation prints on its way (``Test: [10/97]``) the last, with the means it had come to."""
    kept = []
    for i, row in enumerate(rows):
        if row.evaluating and i + 1 < len(rows) and _goes_on(row, rows[i + 1]):
            continue
        if row.evaluating and not row.own & {"step"}:
            row.x = {k: v for k, v in row.x.items() if k not in ("batch", "batches")}
        kept.append(row)
    return kept


def _goes_on(row: Row, then: Row) -> bool:
    same = then.evaluating and row.values.keys() <= then.values.keys()
    return (
        same and all(row.x.get(k) == then.x.get(k) for k in ("epoch", "batches")) and row.x["batch"] < then.x["batch"]
    )


def _settle_leading_bars(rows: list[Row]) -> None:
    """A bar before a fraction of an epoch counts the steps of the run; before a whole epoch it is another loop's.

    ``10/500 [...] {'loss': 2.5, 'epoch': 0.2}`` against the bar of an evaluation that a message was printed behind.
    """
    leading = [row for row in rows if row.leading]
    fractional = any(row.x.get("epoch", 0.0) % 1 for row in leading)
    for row in leading:
        if fractional or row.bar:
            done = row.x.pop("batch", None)
            row.x.pop("batches", None)
            if fractional and done is not None:
                row.x["step"] = done


def _last_states(rows: list[Row]) -> list[Row]:
    """One row for each progress bar of an epoch: its last state. With few epochs the updates are all there is: kept."""
    bars = [i for i, row in enumerate(rows) if row.bar and "epoch" in row.own and "batches" in row.x]
    if len({rows[i].x["epoch"] for i in bars}) < FEWEST_EPOCHS:
        return rows
    superseded = {i for i, j in pairwise(bars) if _same_bar(rows[i], rows[j]) or _drawn_again(rows[i], rows[j])}
    superseded |= {j for i, j in pairwise(bars) if _is_stale(rows[i], rows[j])}
    for i in bars:
        if rows[i].x["batch"] >= rows[i].x["batches"]:
            rows[i].x = {k: v for k, v in rows[i].x.items() if k not in ("batch", "batches")}
    return [row for i, row in enumerate(rows) if i not in superseded]


def _is_stale(before: Row, after: Row) -> bool:
    """Whether the bar of a new epoch, at 0 still, shows what the last one had come to."""
    return after.x["batch"] == 0 and all(before.values.get(n) == v for n, v in after.values.items())


def _same_bar(before: Row, after: Row) -> bool:
    x, y = before.x, after.x
    same = x["epoch"] == y["epoch"] and x["batches"] == y["batches"] and x["batch"] <= y["batch"]
    if "step" in before.own & after.own and x["step"] < y["step"]:  # "step=345" says that it is a point of its own
        return False
    return same and before.values.keys() <= after.values.keys()


def _drawn_again(before: Row, after: Row) -> bool:
    """Whether a bar stands where it stood; what was printed behind it the first time is handed on."""
    again = before.x == after.x and all(after.values.get(n, v) == v for n, v in before.values.items())
    if again:
        after.values = before.values | after.values
    return again


def _join_headed(reader: Assembler) -> None:
    """A name found under a heading "Training" and elsewhere without one is one name: heading and value are apart."""
    names = {name for row in reader.rows for name in row.values}
    joined = {n.removeprefix("train/"): n for n in reader.headed if n.startswith("train/")} if reader.headed else {}
    joined = {free: n for free, n in joined.items() if free in names and not _beside_split(free, names)}
    if not joined:
        return
    for row in reader.rows:
        row.values = {joined.get(name, name): value for name, value in row.values.items()}
    reader.measures.update(joined[n] for n in list(reader.measures) if n in joined)


def _beside_split(free: str, names: set[str]) -> bool:
    return f"val/{free}" in names or f"test/{free}" in names


def _name_catboost(reader: Assembler) -> None:
    """CatBoost does not say what it prints: what rises on its own training data, or as a record, is a score."""
    rows = [row for row in reader.rows if dialects.LEARN in row.values or dialects.TEST in row.values]
    if not rows:
        return
    records = [row.values.pop(dialects.RECORD) for row in rows if dialects.RECORD in row.values]
    learned = [row.values[dialects.LEARN] for row in rows if dialects.LEARN in row.values] or records
    if not learned or learned[-1] <= learned[0]:
        return
    names = {dialects.LEARN: "learn/score", dialects.TEST: "eval/score"}
    for row in rows:
        row.values = {names.get(name, name): value for name, value in row.values.items()}
    reader.measures.update(names.values())
