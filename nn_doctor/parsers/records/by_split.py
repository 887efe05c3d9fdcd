"""``{"train": [{…}, …], "val": [{…}, …]}``: records of each split in a list of its own, joined by what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.records.cells import number_of
from nn_doctor.series.axis_names import is_counter
from nn_doctor.series.roles import is_measured, split_of_word, tokens_of

if TYPE_CHECKING:
    from nn_doctor.parsers.records.columns import Record

_COUNTS = frozenset({"step", "steps", "epoch", "iteration"})


def split_lists(document: dict[str, object]) -> dict[str, list[Record]]:
    """The lists of records that are named after splits, where there are two or more."""
    found = {
        key: [item for item in value if isinstance(item, dict)]
        for key, value in document.items()
        if split_of_word(key.lower()) and isinstance(value, list) and value and isinstance(value[0], dict)
    }
    return found if len(found) > 1 else {}


def joined(lists: dict[str, list[Record]]) -> list[Record]:
    """One list, in the order of the counter that all records have; without one, the n-th of each split together."""
    named = {key: [_named(key, item, lists) for item in records] for key, records in lists.items()}
    counters = [name for name in next(iter(lists.values()))[0] if _counts(name)]
    every = [item for records in named.values() for item in records]
    for counter in counters:
        places = [number_of(item.get(counter)) for item in every]
        if all(place is not None for place in places):
            return _merged(every, [place or 0.0 for place in places])
    return _merged(every, [float(i) for records in named.values() for i in range(len(records))])


def _merged(records: list[Record], places: list[float]) -> list[Record]:
    """In order, those of one place as one record where they hold different things: batches of an epoch stay apart."""
    found: list[tuple[float, Record]] = []
    for place, record in sorted(zip(places, records, strict=True), key=lambda pair: pair[0]):
        if found and found[-1][0] == place and _agree(found[-1][1], record):
            found[-1][1].update(record)
        else:
            found.append((place, dict(record)))
    return [record for _, record in found]


def _agree(one: Record, other: Record) -> bool:
    return all(one[name] == value for name, value in other.items() if name in one)


def _named(split: str, record: Record, lists: dict[str, list[Record]]) -> Record:
    """A record whose names tell the split, where they measure something or another split has them as well."""
    others = [records[0] for key, records in lists.items() if key != split]
    return {
        name if _counts(name) or not _is_of_split(name, others) else f"{split}/{name}": value
        for name, value in record.items()
    }


def _is_of_split(name: str, others: list[Record]) -> bool:
    told = any(split_of_word(word) for word in tokens_of(name))
    return not told and (is_measured(name) or any(name in record for record in others))


def _counts(name: str) -> bool:
    return is_counter(name) or bool(_COUNTS & set(tokens_of(name)))
