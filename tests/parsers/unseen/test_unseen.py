"""Logs of many habits, each written with its expectation before the reader was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import folders, records, tables, text_frameworks, text_homemade  # noqa: F401 (they enter their cases)
from .case import CASES
from .judge import differences, lay_out, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", CASES)
def test_unseen_log_is_read_as_a_person_reads_it(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    code, series, error = read(lay_out(case, tmp_path))
    assert differences(case, code, series) == []
    if not case.curves:
        assert error.strip(), "refused without a word"
