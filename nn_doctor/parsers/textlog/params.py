"""Hyper-parameters printed before the training: ``Namespace(lr=0.1)``, a command's ``--lr 0.1``, ``lr: 0.1``."""

from __future__ import annotations

import re

MOST = 500
_PAIR = re.compile(r"\b([A-Za-z_]\w{0,40})=('[^']{0,80}'|[+\-\w.]{1,40})(?=[,)]|\s|$)")
_LINE = re.compile(
    r"^\s{0,12}(?:--)?([A-Za-z_]\w{0,40})\s{0,30}[:=]\s{0,12}([+-]?[\d.]{1,20}(?:[eE][+-]?\d{1,3})?)\s{0,4}$"
)


_OPTION = re.compile(r"\s--([A-Za-z][\w.\-]{0,40})[ =]([+-]?[\w.][\w.\-+]{0,39})(?=\s|$)")
COMMANDS = ("python", "torchrun", "accelerate ", "deepspeed", "srun ", "fairseq-train", "uv run")
"""What a line that echoes the command of a training begins with, after a prompt or a shell's trace."""


def options_of(line: str) -> dict[str, object]:
    """The options of a command that was printed (``+ python train.py --lr 0.1``), empty for other lines."""
    if not line.lstrip("$+>% ").startswith(COMMANDS):
        return {}
    return {name: _value(value) for name, value in _OPTION.findall(line[:20_000])[:MOST]}


def params_of(line: str) -> dict[str, object]:
    """The settings a line prints, empty for a line that prints none."""
    if "Namespace(" in line:
        return {k: _value(v) for k, v in _PAIR.findall(line[line.index("Namespace(") :][:20_000])[:MOST]}
    match = _LINE.match(line[:200])
    return {match.group(1): _value(match.group(2))} if match else {}


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text.strip("'")
