"""A Hugging Face output folder: each ``checkpoint-N/trainer_state.json`` repeats the history so far; one run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nn_doctor.parsers.common.listing import inside, text_of
from nn_doctor.parsers.layouts.base import Bundle, Layout, Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_STATE = "trainer_state.json"
_CHECKPOINT = re.compile(r"checkpoint-\d+")
_STEP = re.compile(r'"global_step"\s*:\s*(\d{1,18})')
_FIRST_ENTRY = re.compile(r'"log_history"\s*:\s*\[\s*(\{[^{}]*\})')
_SUMMARIES = frozenset({"all_results.json", "train_results.json", "eval_results.json", "trainer_log.jsonl"})
"""Closing values, and LLaMA-Factory's second log of the same history."""
_EVENTS = "runs"


class _State(NamedTuple):
    """How far a state had come, whether it is the folder's own, where it is, how its history begins."""

    step: int
    is_own: bool
    path: Path
    first: str


def claim(paths: Sequence[Path]) -> list[Bundle]:
    """One bundle an output folder: the state that has come farthest; states of another run stay by themselves."""
    outputs: dict[Path, list[_State]] = {}
    for path in paths:
        if path.name == _STATE:
            home = path.parent.parent if _CHECKPOINT.fullmatch(path.parent.name) else path.parent
            outputs.setdefault(home, []).append(_state(path, path.parent == home))
    bundles = []
    files = inside(paths, outputs)
    for home, states in sorted(outputs.items()):
        last = max(states)
        same = {state.path for state in states if state.first == last.first} - {last.path}
        aside = (*sorted(same), *(path for path in files[home] if path.parent == home and path.name in _SUMMARIES))
        aside += _events(files[home], home)
        if aside and last.first:
            bundles.append(Bundle(home, (Member(last.path),), "hugging face", aside=aside))
    return bundles


def _state(path: Path, is_own: bool) -> _State:
    text = text_of(path)
    step, first = _STEP.search(text), _FIRST_ENTRY.search(text)
    return _State(int(step.group(1)) if step else -1, is_own, path, first.group(1) if first else "")


def _events(paths: Sequence[Path], home: Path) -> tuple[Path, ...]:
    """The TensorBoard events of this run: those in the one folder below ``runs/``, if there is no other."""
    found = [path for path in paths if (home / _EVENTS) in path.parents and "tfevents" in path.name]
    depth = len(home.parts) + 2
    return tuple(found) if len({path.parts[:depth] for path in found}) == 1 else ()


LAYOUT = Layout("hugging face", "Hugging Face output folders (checkpoint-*/trainer_state.json)", claim)
