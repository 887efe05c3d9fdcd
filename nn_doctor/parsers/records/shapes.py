"""Which shape a JSON document has: records, lists by name, {"0": …} by name, a list of numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.records.by_split import joined, split_lists
from nn_doctor.parsers.records.cells import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.records.columns import Record

_NAME_PART = "-tag-"
_COUNTED = re.compile(r"(epoch|step|iteration|iter|round|fold)[ _-]?(\d{1,18})", re.IGNORECASE)


def records_in(document: object) -> tuple[list[Record], Record] | None:
    """``(records, the rest of the document)`` where a list of objects is the log, else None."""
    if isinstance(document, list):
        if document and isinstance(document[0], list) and all(isinstance(name, str) for name in document[0]):
            return _split_frame({"columns": document[0], "data": document[1:]}), {}
        records = [item for item in document if isinstance(item, dict)]
        return (records, {}) if records else None
    if not isinstance(document, dict):
        return None
    if _is_catboost(document):
        return _catboost(document), {"iterations_planned": _meta(document).get("iteration_count")}
    if _all_numbered(document) and all(isinstance(v, dict) for v in document.values()):
        numbered = sorted(document.items(), key=lambda item: int(item[0]))
        return [{"index": int(key), **value} for key, value in numbered], {}
    shaped = _by_counted_key(document) or _split_frame(document)
    if shaped:
        return shaped, {}
    if lists_of_splits := split_lists(document):
        return joined(lists_of_splits), {k: v for k, v in document.items() if k not in lists_of_splits}
    lists = [(k, v) for k, v in document.items() if isinstance(v, list) and v and isinstance(v[0], dict)]
    if not lists:
        return None
    key, best = next(((k, v) for k, v in lists if k == "log_history"), max(lists, key=lambda kv: len(kv[1])))
    rest = {k: v for k, v in document.items() if k != key}
    return [item for item in best if isinstance(item, dict)], rest


def _by_counted_key(document: dict[str, object]) -> list[Record]:
    """``{"epoch_1": {…}, "epoch_2": {…}}`` as records with their epoch; nothing unless every key is of that form."""
    records: list[Record] = []
    for key, value in document.items():
        found = _COUNTED.fullmatch(key)
        if found is None or not isinstance(value, dict):
            return []
        records.append({found.group(1).lower(): int(found.group(2)), **value})
    return records


def _split_frame(document: dict[str, object]) -> list[Record]:
    """``{"columns": […], "data": [[…], …]}``, a data frame as pandas writes it with ``orient="split"``."""
    names, rows = document.get("columns"), document.get("data")
    if not isinstance(names, list) or not isinstance(rows, list) or not all(isinstance(name, str) for name in names):
        return []
    whole = [row for row in rows if isinstance(row, list) and len(row) == len(names)]
    return [dict(zip(names, row, strict=True)) for row in whole]


def lists_in(document: object) -> dict[str, list[object]]:
    """Lists of numbers by name: a dict of lists, one level of nesting allowed; {"0": …} counts as a list."""
    found: dict[str, list[object]] = {}
    if not isinstance(document, dict):
        return found
    for name, value in _one_level(document):
        series = _as_list(value)
        if series and any(number_of(item) is not None for item in series):
            found[name] = series
    return found


def _one_level(document: dict[str, object]) -> Iterator[tuple[str, object]]:
    """``(name, value)`` of a dict, going into dicts that are not themselves series."""
    for key, value in document.items():
        if not isinstance(value, dict) or _all_numbered(value):
            yield key, value
            continue
        wrapper = len(document) == 1 or key in ("history", "metrics", "log")
        for inner, series in value.items():
            yield (inner if wrapper else f"{key}/{inner}"), series


def _as_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and _all_numbered(value):
        return [item for _, item in sorted(value.items(), key=lambda item: int(item[0]))]
    return []


def _all_numbered(value: dict[str, object]) -> bool:
    """Whether all keys are whole numbers written as text, as DataFrame.to_json writes its index."""
    return bool(value) and all(key.isascii() and key.isdigit() and len(key) < 19 for key in value)


def numbers_in(document: object, name: str) -> dict[str, list[object]]:
    """A bare list of numbers, or TensorBoard's ``[[wall time, step, value], …]``, named after the file."""
    if not isinstance(document, list) or not document:
        return {}
    if all(isinstance(item, list) and len(item) == 3 for item in document):
        wall, step, value = (list(column) for column in zip(*document, strict=True))
        return {"wall_time": wall, "step": step, metric_of_file(name): value}
    if any(number_of(item) is not None and not isinstance(item, list) for item in document):
        return {metric_of_file(name): document}
    return {}


def metric_of_file(name: str) -> str:
    """The metric in a file name: after ``-tag-`` as TensorBoard writes it, else the stem."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return stem.split(_NAME_PART, 1)[1] if _NAME_PART in stem else stem or name


def _is_catboost(document: dict[str, object]) -> bool:
    meta, iterations = document.get("meta"), document.get("iterations")
    return isinstance(meta, dict) and isinstance(iterations, list) and "learn_metrics" in meta


def _meta(document: dict[str, object]) -> dict[str, object]:
    meta = document["meta"]
    return meta if isinstance(meta, dict) else {}


def _catboost(document: dict[str, object]) -> list[Record]:
    """catboost_training.json: values stand by position, their names in ``meta``."""
    meta, iterations = _meta(document), document["iterations"]
    names = {split: _metric_names(meta.get(f"{split}_metrics")) for split in ("learn", "test")}
    records: list[Record] = []
    for item in iterations if isinstance(iterations, list) else []:
        if not isinstance(item, dict):
            continue
        record: Record = {k: v for k, v in item.items() if k in ("iteration", "passed_time")}
        for split, metrics in names.items():
            record.update(_by_name(split, metrics, item.get(split)))
        records.append(record)
    return records


def _metric_names(metrics: object) -> list[str]:
    listed = metrics if isinstance(metrics, list) else []
    return [str(metric.get("name", "")) for metric in listed if isinstance(metric, dict)]


def _by_name(split: str, names: list[str], values: object) -> Record:
    """The values of one split; with several test sets there is a list for each."""
    listed = values if isinstance(values, list) else []
    if listed and isinstance(listed[0], list):
        record: Record = {}
        for number, inner in enumerate(listed):
            record.update(_by_name(split if number == 0 else f"{split}{number}", names, inner))
        return record
    return {f"{split}/{name}": value for name, value in zip(names, listed, strict=False)}
