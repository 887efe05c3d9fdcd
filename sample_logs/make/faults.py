"""Faults and schedules: what goes wrong inside a training, and learning rates as functions of its progress."""

from __future__ import annotations

import copy

import numpy as np


def cosine(peak, warmup=0.0, floor=0.0):
    def lr(done):
        if done < warmup:
            return peak * done / warmup
        return floor + (peak - floor) * 0.5 * (1 + np.cos(np.pi * (done - warmup) / (1 - warmup)))

    return lr


def cuts(start, *at, factor=0.1):
    return lambda done: start * factor ** sum(done > a for a in at)


def restarts(peak, times):
    return lambda done: peak * 0.5 * (1 + np.cos(np.pi * ((done * times) % 1.0)))


def triangle(low, high, times):
    return lambda done: low + (high - low) * abs(1 - 2 * ((done * times) % 1.0))


def no_parameters(s):
    """The optimiser was never given the parameters."""
    s.lr = 0.0


def ascent(after=0):
    def each(s):
        s.sign = -1.0 if s.step >= after else 1.0

    return each


def bad_batches(every, strength=30.0, labels=True):
    """A corrupted batch now and then: inputs blown up, labels drawn at random."""

    def each(s):
        if s.step % every == every // 2:
            s.batch_x = s.batch_x * strength
            if labels:
                s.batch_y = s.rng.permutation(s.batch_y)

    return each


def bad_data_from(step):
    """From some step on the labels are random and the inputs unscaled."""

    def each(s):
        if s.step >= step:
            s.batch_x = s.batch_x * 20 + 50
            s.batch_y = s.rng.permutation(s.batch_y)
            s.lr *= 10

    return each


def other_data_from(step, noise=0.4):
    """From some step on the training data are of another, worse source: some labels are wrong."""

    def each(s):
        if s.step == step:
            wrong = s.rng.random(len(s.y)) < noise
            s.y = s.y.copy()
            s.y[wrong] = s.rng.integers(0, s.y.max() + 1, wrong.sum())

    return each


def frozen_evaluation(s):
    """Evaluation runs on a copy of the initial weights that nobody ever updates."""
    if s.frozen is None:
        s.frozen = copy.deepcopy(s.net)


def leak(s):
    """The validation set is the easy part of the training set: seen in training, and without its wrong labels."""
    if s.step == 0:
        s.x_val, s.y_val = s.x[: len(s.x_val)], s.y[: len(s.y_val)]
        noisy = s.rng.random(len(s.y)) < 0.35
        noisy[: len(s.y_val)] = False
        s.y = s.y.copy()
        s.y[noisy] = s.rng.integers(0, s.y.max() + 1, noisy.sum())


def shuffled_labels(s):
    if s.step == 0:
        s.y = s.rng.permutation(s.y)


def zero_init(s):
    """All weights and biases zero: no symmetry is ever broken."""
    if s.step == 0:
        for p in s.net.parameters:
            p *= 0.0
    if s.step >= 0:
        s.lr = min(s.lr, 1e-4)


def stale_evaluation(s):
    """The result of the first evaluation is cached by mistake and logged ever after."""
    if s.stale is None and s.records and "val_loss" in s.records[-1]:
        s.stale = {k: v for k, v in s.records[-1].items() if k.startswith("val_")}


def rare_class(share):
    """Hardly any sample is of class 0, in training and validation alike: always answering 1 looks good."""

    def each(s):
        if s.step == 0:
            for x, y in (("x", "y"), ("x_val", "y_val")):
                labels = getattr(s, y)
                keep = (labels != 0) | (np.arange(len(labels)) % round(1 / share) == 0)
                setattr(s, x, np.resize(getattr(s, x)[keep], getattr(s, x).shape))
                setattr(s, y, np.resize(labels[keep], labels.shape))

    return each


def nan_sample(step):
    """One sample with a missing value, met at one step."""

    def each(s):
        if s.step == step:
            s.batch_x = s.batch_x.copy()
            s.batch_x[0, 3] = np.nan

    return each


def augmentation(strength):
    """Inputs are disturbed in training only."""

    def each(s):
        s.batch_x = s.batch_x + s.rng.normal(size=s.batch_x.shape) * strength

    return each


def unscaled_from(step, factor):
    """From some step on the pipeline forgets to normalise the inputs."""

    def each(s):
        if s.step >= step:
            s.batch_x = s.batch_x * factor

    return each
