"""Records, block by block → columns of numbers; nested objects are flattened with "/".

Records with the same keys are turned into columns together, which keeps the work per record small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from nn_doctor.parsers.records.cells import kind_of, number_of, printable_key, seconds_of
from nn_doctor.parsers.records.lenient import MAX_DEPTH
from nn_doctor.parsers.records.snapshots import SNAPSHOT_KEY, with_snapshot
from nn_doctor.series.axis_names import SPLIT_NAMES, is_place
from nn_doctor.series.channel import Note
from nn_doctor.series.roles import split_of_word, tokens_of
from nn_doctor.series.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Record = dict[str, object]

MAX_COLUMNS = 10_000
_MAX_NOTES = 20
_COMMON = frozenset({"global_steps", "lr", "learning_rate", "memory"})
"""Columns that belong to no split, beside those that say where a record stands."""
_ENVELOPES = ("data", "payload")
"""Keys of an object with all that a record says, beside what kind of event it is."""
_EVENT = "event"
_CONFIGS = frozenset(("config", "hparams", "hyperparameters", "args"))
SUMMARY_KEY = "train_runtime"
"""The closing record of a Hugging Face log, with means over the run, has this key."""


@dataclass(slots=True)
class Columns:
    """Collects records; ``split_rows`` are the rows of each prefix that a "mode" key gave."""

    cells: dict[str, list[tuple[Ints, Floats]]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    params: dict[str, object] = field(default_factory=dict)
    summaries: list[tuple[Record, int]] = field(default_factory=list)
    split_rows: dict[str, list[Ints]] = field(default_factory=dict)
    skipped: dict[str, tuple[str, int]] = field(default_factory=dict)
    too_many: bool = False

    def add(self, records: Sequence[Record], lines: Sequence[int]) -> None:
        """Add records, each with its line."""
        import numpy as np

        base = len(self.lines)
        self.lines.extend(lines)
        for keys, members in _by_keys(records).items():
            chosen = list(records) if len(members) == len(records) else [records[i] for i in members]
            rows = np.array(members, dtype=np.int64) + base
            if _EVENT in keys and any(key in keys for key in _ENVELOPES):
                self._add_opened([_opened(record) for record in chosen], rows)
                continue
            if SNAPSHOT_KEY in keys and "results" in keys:
                chosen = [with_snapshot(record) for record in chosen]
                keys = tuple(chosen[0])
            if SUMMARY_KEY in keys:
                self.summaries.extend(zip(chosen, (lines[i] for i in members), strict=True))
            else:
                self._add_top(chosen, rows, keys)

    def _add_opened(self, records: list[Record], rows: Ints) -> None:
        """Records that came in envelopes: what was inside has keys of its own."""
        import numpy as np

        for keys, members in _by_keys(records).items():
            self._add_top([records[i] for i in members], rows[np.array(members)], keys)

    def add_summaries_as_rows(self) -> None:
        """Where a file holds nothing but a summary, its values are the only row there is."""
        records = [{k: v for k, v in record.items() if k != SUMMARY_KEY} for record, _ in self.summaries]
        self.add(records, [line for _, line in self.summaries])

    def _add_top(self, records: list[Record], rows: Ints, keys: tuple[str, ...]) -> None:
        import numpy as np

        found = [key for key in SPLIT_NAMES if key in keys]
        key = next((k for k in found if _split_of(records[0][k]) is not None), None)
        if key is None:
            self._add_group(records, rows, keys, "", 0)
            return
        prefixes = [_split_of(record[key]) or "" for record in records]
        rest = tuple(k for k in keys if k != key)
        for prefix in dict.fromkeys(prefixes):
            at = [i for i, p in enumerate(prefixes) if p == prefix]
            self.split_rows.setdefault(prefix, []).append(rows[np.array(at)])
            self._add_group([records[i] for i in at], rows[np.array(at)], rest, prefix, 0)

    def _add_group(self, records: list[Record], rows: Ints, keys: tuple[str, ...], prefix: str, depth: int) -> None:
        """Records (n) with the same keys, at rows (n,)."""
        if depth and "mean" in keys and "num" in keys and len(keys) <= 3:
            self._add_values(prefix[:-1], [record["mean"] for record in records], rows, depth)
            return
        for key in keys:
            values = list(map(itemgetter(key), records))
            if not depth and key in _CONFIGS and isinstance(values[0], dict):
                self.params = flat_params(values[0]) | self.params
                continue
            name = key if not depth and (key in _COMMON or is_place(key)) else prefix + key
            self._add_values(name, values, rows, depth)

    def _add_values(self, name: str, values: list[object], rows: Ints, depth: int) -> None:
        """The values of one key; numbers become points, objects are gone into, the rest is noted."""
        import numpy as np

        if set(map(type, values)) <= {float, int}:
            try:
                self._add_column(name, rows, np.array(values, dtype=np.float64))
                return
            except OverflowError:
                pass
        convert = seconds_of if "elapsed" in name and isinstance(values[0], str) else number_of
        numbers = [convert(value) for value in values]
        good = [i for i, number in enumerate(numbers) if number is not None]
        if good:
            self._add_column(name, rows[np.array(good)], np.array([numbers[i] for i in good], dtype=np.float64))
        self._add_others(name, values, rows, depth, set(good))

    def _add_others(self, name: str, values: list[object], rows: Ints, depth: int, good: set[int]) -> None:
        import numpy as np

        nested: list[Record] = []
        at: list[int] = []
        for index, value in enumerate(values):
            if isinstance(value, dict) and depth < MAX_DEPTH:
                nested.append(value)
                at.append(index)
            elif index not in good and (name in self.skipped or len(self.skipped) < MAX_COLUMNS):
                kind, count = self.skipped.get(name, (kind_of(value), 0))
                self.skipped[name] = kind, count + 1
        if nested:
            for keys, members in _by_keys(nested).items():
                inner = rows[np.array([at[i] for i in members])]
                self._add_group([nested[i] for i in members], inner, keys, name + "/", depth + 1)

    def _add_column(self, name: str, rows: Ints, values: Floats) -> None:
        parts = self.cells.get(name)
        if parts is None:
            if len(self.cells) >= MAX_COLUMNS:
                self.too_many = True
                return
            parts = self.cells[name] = []
        parts.append((rows, values))

    def table(self) -> Table:
        """All columns, by first use, rows ascending."""
        import numpy as np

        return Table(
            tuple(_column(name, parts) for name, parts in self.cells.items()),
            np.array(self.lines, dtype=np.int64),
        )

    def notes(self) -> list[Note]:
        """One Note for each key with values that are no numbers."""
        notes = [
            Note(f"{printable_key(name)}: {kind} in {count} records, skipped")
            for name, (kind, count) in list(self.skipped.items())[:_MAX_NOTES]
        ]
        if len(self.skipped) > _MAX_NOTES:
            notes.append(Note(f"{len(self.skipped) - _MAX_NOTES} more keys with values that are no numbers"))
        if self.too_many:
            notes.append(Note("more than 10,000 keys: the others are skipped"))
        return notes


def _by_keys(records: Sequence[Record]) -> Mapping[tuple[str, ...], Sequence[int]]:
    """Indices of records by their keys in order."""
    kinds = set(map(tuple, records))
    if len(kinds) == 1:
        return {kinds.pop(): range(len(records))}
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, record in enumerate(records):
        groups.setdefault(tuple(record), []).append(index)
    return groups


def _split_of(value: object) -> str | None:
    """The prefix of the split that a value names; train's curves bear their plain names."""
    split = split_of_word(value) if isinstance(value, str) else None
    return "" if split == "train" else split and f"{split}/"


def _opened(record: Record) -> Record:
    """The record with what is in its envelope beside its other keys; an event named after a split gives the split."""
    opened = dict(record)
    for key in _ENVELOPES:
        if isinstance(inside := opened.get(key), dict):
            del opened[key]
            opened.update(inside)
    kind = opened.pop(_EVENT, None)
    words = tokens_of(kind) if isinstance(kind, str) else ()
    split = next((word for word in words if split_of_word(word)), None)
    return opened if split is None else {"split": split, **opened}


def _column(name: str, parts: list[tuple[Ints, Floats]]) -> Column:
    import numpy as np

    rows = np.concatenate([part[0] for part in parts])
    values = np.concatenate([part[1] for part in parts])
    if (np.diff(rows) < 0).any():
        order = np.argsort(rows, kind="stable")
        rows, values = rows[order], values[order]
    return Column(printable_key(name), rows, values)


def flat_params(record: dict[str, object], prefix: str = "", depth: int = 0) -> dict[str, object]:
    """Scalars of a nested object, names joined with "/"."""
    params: dict[str, object] = {}
    for key, value in record.items():
        name = printable_key(prefix + key)
        if isinstance(value, dict) and depth < MAX_DEPTH:
            params.update(flat_params(value, prefix + key + "/", depth + 1))
        elif isinstance(value, (bool, int, float, str)) and len(params) < MAX_COLUMNS:
            params[name] = value
    return params
