"""One quantity or one split a file: TensorBoard's CSV export, ``train_loss.csv`` beside ``val_loss.csv``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.layouts.base import Bundle, Layout, Member
from nn_doctor.series.roles import MEASURED, meaning_of, split_of_word, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_EXPORT = re.compile(r"run-(.+?)-tag-(.+)\.csv$")
_TABLES = frozenset({".csv", ".tsv", ".json", ".jsonl", ".npy", ".txt"})
_LOGS = frozenset({"log", "logs", "metrics", "metric", "history", "results", "stats", "scalars", "curve", "curves"})
"""What a file with the log of one split is called beside the split: data sets are called train.csv and test.csv."""
_NAMED_INSIDE = ".npy"
"""A file of numbers is named after itself, so its split is in the name already."""


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """Bundles of files that hold one quantity each, by folder and run."""
    runs: dict[tuple[Path, str], list[Member]] = {}
    pairs: dict[tuple[Path, str, str], list[tuple[Path, str]]] = {}
    for path in paths:
        export = _EXPORT.fullmatch(path.name)
        if export:
            run = export.group(1).removesuffix("_train").removesuffix("_validation")
            runs.setdefault((path.parent, run), []).append(Member(path))
        elif path.suffix.lower() in _TABLES and (found := _split_and_rest(path.stem)) is not None:
            word, rest = found
            pairs.setdefault((path.parent, path.suffix, rest), []).append((path, word))
    bundles = [Bundle(folder, tuple(members), "split files") for (folder, _), members in sorted(runs.items())]
    for (folder, suffix, _), found_files in sorted(pairs.items()):
        if len({split_of_word(word) for _, word in found_files}) > 1:
            members = [Member(path, "" if suffix == _NAMED_INSIDE else f"{word}/") for path, word in found_files]
            bundles.append(Bundle(folder, tuple(members), "split files", loose=True))
    return bundles


def _split_and_rest(stem: str) -> tuple[str, str] | None:
    """The split word of a file's name and the run it belongs to ("train_loss_seed0": seed0), or None."""
    tokens = tokens_of(stem)
    words = [token for token in tokens if split_of_word(token)]
    if len(words) != 1:
        return None
    meaning = meaning_of(stem)
    if meaning.role in MEASURED:
        return words[0], meaning.term or ""
    rest = [token for token in tokens if token != words[0]]
    return (words[0], "_".join(rest)) if set(rest) & _LOGS else None


LAYOUT = Layout("split files", "one quantity or split a file (TensorBoard CSV export, train_loss.csv)", claim)
