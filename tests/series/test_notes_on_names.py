"""What is said, and not passed over in silence, of names: a --map that fits none, series beyond the limit."""

from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.series.build import MAX_SERIES, SeriesOptions, runs_of
from nn_doctor.series.channel import Channel, Recording


def notes(names, maps=()):
    channels = tuple(Channel(name, np.array([2.0, 1.0]), step=np.array([0.0, 1.0])) for name in names)
    (run,) = runs_of(Recording(channels), "log", "log", "test", SeriesOptions(maps=maps))
    return [note.text for note in run.notes]


@pytest.mark.parametrize("map_", ["cost=loss", "c*=loss", "cost=-", "loss[0]=loss/train"])
def test_a_map_that_fits_is_not_spoken_of(map_):
    assert notes(["cost", "loss[0]"], (map_,)) == []


@pytest.mark.parametrize("map_", ["costs=loss", "x*=loss", "costs=-"])
def test_a_map_that_fits_no_name_is_noted(map_):
    assert notes(["cost"], (map_, "cost=loss")) == [f"--map '{map_}': no series of this name"]


def test_series_beyond_the_limit_are_noted():
    assert notes([f"a{i}" for i in range(MAX_SERIES)]) == []
    assert notes([f"a{i}" for i in range(MAX_SERIES + 3)]) == ["10003 series: those after the first 10000 are left out"]
