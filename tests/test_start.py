"""What a small log costs before anything is looked at: modules that it does not need stay outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import nn_doctor
from nn_doctor.analyzers.medians import nan_row_medians
from nn_doctor.parsers.common import beside

TABLE = "epoch,loss,val_loss\n" + "".join(f"{i},{2 / (i + 1):.5f},{2.1 / (i + 1):.5f}\n" for i in range(60))
HEAVY = ("pandas", "scipy", "pyarrow", "yaml", "tomllib", "sqlite3", "zipfile", "multiprocessing")
OTHERS = ("nn_doctor.parsers.records.reading", "nn_doctor.parsers.sqlite.runs", "nn_doctor.reporters.html")


def imported(folder, *args):
    """The modules in a process that has run a command."""
    code = f"import sys; from nn_doctor.main import main; main({list(args)!r}); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(Path(nn_doctor.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=environment,
    )
    return set(done.stderr.split())


def test_a_small_table_needs_little(tmp_path):
    (tmp_path / "run.csv").write_text(TABLE)
    for form in ("terminal", "json"):
        assert not imported(tmp_path, "analyze", "run.csv", "--format", form) & {*HEAVY, *OTHERS}


def test_pages_need_no_numpy(tmp_path):
    for args in (["--help"], ["explain", "ND101"], ["catalogue"]):
        assert not imported(tmp_path, *args) & {"numpy", *HEAVY}


@settings(max_examples=100, deadline=None)
@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2), elements=st.floats(-1e300, 1e300) | st.just(np.nan)))
def test_medians_without_nan_are_those_of_numpy(rows):
    some = rows[~np.isnan(rows).all(axis=1)]
    if some.size:
        np.testing.assert_array_equal(nan_row_medians(some), np.nanmedian(some, axis=1))
    assert np.isnan(nan_row_medians(rows)).sum() == len(rows) - len(some)


def test_a_folder_is_listed_once_for_all_its_logs(tmp_path, monkeypatch):
    logs = [tmp_path / f"{i}.csv" for i in range(20)]
    for log in logs:
        log.write_text(TABLE)
    listings = []
    once = beside._named_settings
    monkeypatch.setattr(beside, "_named_settings", lambda folder: listings.append(folder) or once(folder))
    assert {beside.params_beside(log) == ({}, []) for log in logs} == {True}
    assert listings == [tmp_path]
    (tmp_path / "new.json").write_text("[]")
    (tmp_path / "args.json").write_text('{"lr": 0.1}')
    os.utime(tmp_path, ns=(1, 1))
    assert beside.params_beside(logs[0]) == ({}, [])
    assert len(listings) == 2
    for log in logs[1:]:
        log.unlink()
    assert beside.params_beside(logs[0])[0] == {"lr": 0.1}
