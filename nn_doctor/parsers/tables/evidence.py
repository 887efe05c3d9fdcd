"""How surely a table is a training log, by the words of its header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.parsers.base import Match
from nn_doctor.parsers.common.long import long_of
from nn_doctor.parsers.tables.exports import is_runs_table
from nn_doctor.series.axis_names import is_axis
from nn_doctor.series.languages import in_english

if TYPE_CHECKING:
    from nn_doctor.parsers.tables.dialect import Dialect

AXES = frozenset(
    "epoch epochs step steps iter iters iteration iterations episode episodes timesteps kimg updates nepoch "
    "totalenvinteracts globalstep".split()
)
MEASURES = frozenset(
    "loss losses acc accuracy val valid validation train training trn logloss perplexity ppl rmse mse mae auc iou miou "
    "dice map reward return bleu wer psnr top lr ret".split()
)
"""Words of which two columns make a log even without an axis: nobody keeps prices or people under them."""
MONITOR = ("r", "l", "t")
"""The columns of Stable-Baselines' monitor files: reward, length, time."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_YOLO_ROW = re.compile(r"\s*\d+/\d+\s+[\d.]+G\s")
_MLFLOW_ROW = re.compile(r"\s*1\d{12} \S+ \d+\s*$", re.MULTILINE)
TWO = 2


def certainty(dialect: Dialect, text: str) -> Match:
    """SIGNATURE with an axis and a measure in the header, SHAPE with one of them, POSSIBLE for any other numbers.

    A folder is searched for tables of SHAPE or more: prices, people and points must not be diagnosed.
    """
    header = dialect.header
    if not header:
        if _YOLO_ROW.match(text):
            return Match.SIGNATURE
        return Match.SHAPE if _MLFLOW_ROW.match(text) else Match.POSSIBLE
    if is_runs_table(header) and long_of(header) is None:
        return Match.POSSIBLE
    if tuple(name.strip('" ').lower() for name in header[:3]) == MONITOR:
        return Match.SIGNATURE
    words = [{word.lower() for word in _WORD.findall(in_english(name[:200]))} for name in header[:1000]]
    axis = any(AXES & found for found in words) or any(is_axis(name) for name in header[:1] if not name.isascii())
    measures = sum(bool(MEASURES & found) for found in words)
    if (axis and measures) or measures >= TWO:
        return Match.SIGNATURE
    return Match.SHAPE if axis or measures else Match.POSSIBLE
