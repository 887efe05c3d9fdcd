"""The trees as arrays: what a plain walk through them says, and what the library says that grew them."""

from __future__ import annotations

import importlib.util
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.catalogue.likeness.forest import HEALTHY, Forest, forest

SMALL = Forest(
    names=("noise", "rise"),
    classes=(HEALTHY, "diverging", "noisy-loss"),
    feature=np.array([1, 0, 0]),
    threshold=np.array([0.5, 0.1, 0.3]),
    left=np.array([~0, ~2, ~4]),
    right=np.array([~1, ~3, ~5]),
    missing=np.array([1, 1, 0]),
    leaf=np.array([-1.0, 2.0, 1.0, -1.0, -1.0, 1.5]),
    roots=np.array([1, 0, 2]),
    of_class=np.array([0, 1, 2]),
    low=np.array([0.0, -1.0]),
    high=np.array([0.05, 0.1]),
    scores=np.array([0.5, 1.0]),
    sure=np.array([[0.0, 0.0], [0.2, 0.7], [0.1, 0.3]]),
)


def walked(trees: Forest, portrait: dict[str, float]) -> dict[str, float]:
    """One tree after the other, node by node."""
    sums = dict.fromkeys(trees.classes, 0.0)
    for root, place in zip(trees.roots, trees.of_class, strict=True):
        node = root
        while node >= 0:
            value = np.float32(portrait.get(trees.names[trees.feature[node]], math.nan))
            left = bool(trees.missing[node]) if math.isnan(value) else value <= trees.threshold[node]
            node = trees.left[node] if left else trees.right[node]
        sums[trees.classes[place]] += trees.leaf[~node]
    whole = sum(math.exp(value) for value in sums.values())
    return {name: math.exp(value) / whole for name, value in sums.items()}


@given(st.dictionaries(st.sampled_from(["noise", "rise", "unknown"]), st.floats(-2, 2, width=32)))
def test_a_walk_through_small_trees(portrait):
    assert SMALL.shares(portrait) == pytest.approx(walked(SMALL, portrait))


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_a_walk_through_the_real_trees(data):
    trees = forest()
    some = data.draw(st.lists(st.sampled_from(trees.names), max_size=40, unique=True))
    portrait = {name: data.draw(st.floats(-3, 3, width=32)) for name in some}
    assert trees.shares(portrait) == pytest.approx(walked(trees, portrait))
    assert sum(trees.shares(portrait).values()) == pytest.approx(1.0)


def test_what_cannot_be_measured_counts_as_missing():
    assert SMALL.shares({"noise": math.nan, "rise": math.inf}) == SMALL.shares({})


def test_the_number_that_tells_is_named_first():
    told = SMALL.telling({"noise": 0.02, "rise": 1.5}, "diverging")
    assert told == [("rise", -1.0, 0.1)]
    assert SMALL.telling({"noise": 0.02}, "diverging") == []


def test_confidence_lies_between_its_points():
    assert SMALL.confidence("diverging", 0.75) == pytest.approx(0.45)
    assert SMALL.confidence("diverging", 0.1) == 0.2
    assert SMALL.confidence("noisy-loss", 1.0) == 0.3


def test_the_real_map_rises_and_stays_below_the_gate():
    trees = forest()
    assert trees.sure.shape == (len(trees.classes), len(trees.scores))
    assert (np.diff(trees.sure, axis=1) >= 0).all()
    assert trees.sure.max() < 0.8


@pytest.mark.skipif(not importlib.util.find_spec("lightgbm"), reason="the library that grows the trees is not here")
def test_the_arrays_say_what_the_library_says():
    lightgbm = pytest.importorskip("lightgbm")
    likeness = pytest.importorskip("benchmarks.likeness")
    rng = np.random.default_rng(0)
    numbers = rng.normal(0, 1, (300, 6)).astype(np.float32)
    numbers[rng.random(numbers.shape) < 0.2] = np.nan
    numbers[:, 5] = 1.0 + np.nan_to_num(numbers[:, 5])  # a number that is never missing here
    labels = (np.nan_to_num(numbers[:, 0]) > 0).astype(int) + (np.nan_to_num(numbers[:, 5]) > 1)
    told = {"objective": "multiclass", "num_class": 3, "verbose": -1, "num_threads": 1, "min_data_in_leaf": 5}
    booster = lightgbm.train(told, lightgbm.Dataset(numbers, labels), 20)
    names = tuple("abcdef")
    rest = {"low": np.zeros(6), "high": np.ones(6), "scores": np.array([0.0, 1.0]), "sure": np.zeros((3, 2))}
    grown = {
        name: array if name == "threshold" else array.astype(np.int64)
        for name, array in likeness.arrays(booster).items()
    }
    trees = Forest(names=names, classes=("x", "y", "z"), **(grown | {"leaf": likeness.arrays(booster)["leaf"]} | rest))
    for row in numbers[:50]:
        portrait = {name: float(value) for name, value in zip(names, row, strict=True) if not math.isnan(value)}
        assert list(trees.shares(portrait).values()) == pytest.approx(booster.predict(row[None])[0], abs=1e-5)
    without = booster.predict(np.full((1, 6), np.nan))[0]
    assert list(trees.shares({}).values()) == pytest.approx(without, abs=1e-5)
