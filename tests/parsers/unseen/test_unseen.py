"""Logs of many habits, each written with its expectation before the reader was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import folders, records, second, tables, text_frameworks, text_homemade  # noqa: F401 (they enter their cases)
from .case import CASES
from .judge import differences, lay_out, read

if TYPE_CHECKING:
    from pathlib import Path

WAITING: frozenset[str] = frozenset(
    {
        "matlab_trainNetwork.txt",
        "short_names.log",
    }
)
"""Read wrongly, or not at all, so far."""


@pytest.mark.parametrize("name", CASES)
def test_unseen_log_is_read_as_a_person_reads_it(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if name in WAITING:
        request.applymarker(pytest.mark.xfail(reason="not understood yet", strict=True))
    case = CASES[name]
    code, series, error = read(lay_out(case, tmp_path))
    assert differences(case, code, series) == []
    if code != 0:
        assert error.strip(), "refused without a word"
