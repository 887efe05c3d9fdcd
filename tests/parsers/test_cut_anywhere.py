"""Every sample log cut at any byte: the whole records, in silence, and never a number short of its digits."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import NNDoctorError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.packed.opening import given_source
from nn_doctor.reading import read_source

SAMPLES = Path(__file__).parents[2] / "sample_logs"
REFUSED = (".npz", ".parquet", ".db", ".zip")
"""Formats with their table of contents at the end."""
BY_LINE = ("text", "delimited", "json_lines", "mlflow", "mllog")
FEW = 4
"""With fewer points a table does not show which column counts, nor an epoch's bar that it is one of several."""
NO_LOGS = re.compile(
    r"make/|expect\.toml|README|\.yaml|/params/|/tags/|config\.json|metrics_epoch_[1-9]|run\.json|\.tar"
)


def _files() -> list[Path]:
    """Each file of the samples that is read by itself."""
    files = (path for path in sorted(SAMPLES.rglob("*")) if path.is_file())
    return [path for path in files if not NO_LOGS.search(path.relative_to(SAMPLES).as_posix())]


def _curves(data: bytes, name: str) -> tuple[str, dict[tuple[str, str], list[tuple[float, int]]]]:
    """The parser that read it; the points of each series, each with its line (0 where there is none)."""
    chosen, _, recordings = read_source(given_source(data, name), None, ReadOptions())
    found: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for recording in recordings:
        for channel in recording.channels:
            lines = [0] * channel.y.size if channel.line is None else channel.line.tolist()
            found.setdefault((recording.name, channel.name), []).extend(zip(channel.y.tolist(), lines, strict=True))
    return chosen.name, found


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_a_log_cut_anywhere_gives_its_sound_prefix(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = path.read_bytes()
    if path.suffix not in REFUSED:
        parser, whole = _curves(data, path.name)

    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(st.integers(1, len(data) - 1))
    def cut_at(place: int) -> None:
        try:
            used, found = _curves(data[:place], path.name)
        except NNDoctorError as error:
            assert "\n" not in str(error)
            assert path.suffix in REFUSED or data[:place].count(b"\n") < FEW or parser not in BY_LINE, error
            return
        assert path.suffix not in REFUSED
        for name, points in found.items():
            _is_prefix(points, whole.get(name, []))
        if used == parser and parser in BY_LINE:
            _holds_whole_lines(found, whole, data[:place].count(b"\n"))

    cut_at()
    assert capfd.readouterr() == ("", "")


def _is_prefix(points: list[tuple[float, int]], whole: list[tuple[float, int]]) -> None:
    """The points begin the whole series; up to a double's last digits, where a cut number cannot be told.

    A single point may be what the bar of the first epoch shows so far; a few may be of a column that counts.
    """
    if len(points) >= FEW or len(whole) >= len(points) > 1:
        assert len(points) <= len(whole)
        values, expected = ([value for value, _ in part] for part in (points, whole[: len(points)]))
        np.testing.assert_allclose(values, expected, rtol=1e-13, atol=0)


def _holds_whole_lines(found: dict, whole: dict, lines: int) -> None:  # type: ignore[type-arg]
    """No point of a line with its end is missing."""
    for name, points in whole.items():
        done = sum(line <= lines for _, line in points)
        assert done < FEW or len(found[name]) >= done, name
