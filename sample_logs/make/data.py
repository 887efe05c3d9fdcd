"""Real data sets that come with scikit-learn or with Python itself, as float arrays."""

from __future__ import annotations

from functools import cache

import numpy as np
from sklearn import datasets


@cache
def load(name: str) -> tuple[np.ndarray, np.ndarray, int]:
    """(x, y, classes) of a data set by name; classes is 0 for regression. Inputs are standardised."""
    if name.startswith("text"):
        return _text(int(name[4:] or 4))
    makers = {
        "digits": datasets.load_digits,
        "autoencoder": datasets.load_digits,
        "cancer": datasets.load_breast_cancer,
        "wine": datasets.load_wine,
        "diabetes": datasets.load_diabetes,
        "raw cancer": datasets.load_breast_cancer,
    }
    x, y = makers[name](return_X_y=True)
    if not name.startswith("raw"):
        x = (x - x.mean(0)) / (x.std(0) + 1e-8)
    if name == "autoencoder":
        return x, x, 0
    if name == "diabetes":
        return x, ((y - y.mean()) / y.std())[:, None], 0
    return x, y.astype(int), int(y.max()) + 1


def _text(context: int = 4, size: int = 12_000) -> tuple[np.ndarray, np.ndarray, int]:
    """Characters of Python's own documentation strings: four one-hot characters in, the next one out."""
    import pydoc_data.topics as topics

    text = " ".join(topics.topics[key] for key in sorted(topics.topics)).lower()
    letters = "abcdefghijklmnopqrstuvwxyz .,\n"
    codes = np.array([letters.index(c) for c in text if c in letters][: size + context])
    rows = np.stack([codes[i : i + size] for i in range(context)], axis=1)
    return np.eye(len(letters))[rows].reshape(size, -1), codes[context : context + size], len(letters)


def split(name: str, train: int, val: int, rng: np.random.Generator, noise: float = 0.0) -> tuple:
    """Shuffled (x, y, x_val, y_val, classes); a share ``noise`` of all labels is drawn anew at random."""
    x, y, classes = load(name)
    order = rng.permutation(len(x))
    x, y = x[order], y[order].copy()
    if noise:
        wrong = rng.random(len(y)) < noise
        y[wrong] = rng.integers(0, classes, wrong.sum()) if classes else rng.normal(size=y[wrong].shape)
    train = min(train, len(x) - val)
    return x[:train], y[:train], x[train : train + val], y[train : train + val], classes
