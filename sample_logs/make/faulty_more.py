"""Trainings with a known fault in data, generalisation or the log itself: name → (Setup, accepted first, also true). Each kind has several."""

# ruff: noqa: E501  (a table: one configuration a line)
from __future__ import annotations

import faults as f
from training import Setup

LOSS = ("loss",)
OVERFIT = ("severe-overfitting", "overfitting")
WITH_LR = ("loss", "lr")
TEXT = {"data": "text", "train": 8000, "val": 1500}

# fmt: off
FAULTY_MORE = {
    # ND201, ND202
    "overfit_mild_digits": (Setup(train=250, val=500, label_noise=0.05, lr=4e-3, epochs=40), ["overfitting"], ["saturated-early", "loss-metric-disagreement", "severe-overfitting"]),
    "overfit_mild_text": (Setup(data="text", train=4000, val=1500, lr=0.01, epochs=28, hidden=(64,)), ["overfitting", "still-improving", "healthy"], ["severe-overfitting", "loss-metric-disagreement"]),
    "overfit_cancer": (Setup(data="cancer", train=80, val=300, label_noise=0.1, lr=3e-3, epochs=40), [*OVERFIT, "healthy"], ["loss-metric-disagreement", "saturated-early"]),
    "severe_digits": (Setup(train=250, val=500, label_noise=0.25, lr=0.01, epochs=100), ["severe-overfitting"], ["overfitting"]),
    "overfit_text": (Setup(data="text", train=2500, val=1500, hidden=(128,), lr=0.03, epochs=36), ["overfitting"], ["severe-overfitting", "loss-metric-disagreement"]),
    "severe_text": (Setup(data="text", train=2500, val=1500, hidden=(128,), lr=0.03, epochs=60), ["severe-overfitting"], ["overfitting", "loss-metric-disagreement"]),
    "severe_regression": (Setup(data="diabetes", train=120, val=200, loss="squared", hidden=(128,), lr=0.005, epochs=150), ["severe-overfitting"], ["overfitting"]),
    "severe_wine": (Setup(data="wine", train=110, val=60, lr=0.02, epochs=120, batch=16, label_noise=0.1), [*OVERFIT], ["loss-metric-disagreement", "saturated-early"]),
    # ND203
    "small_val_12": (Setup(val=12, label_noise=0.15, epochs=60, lr=2e-3, batch=16, fresh_val=8), ["small-validation-set"], ["still-improving"]),
    "small_val_text": (Setup(data="text", train=8000, val=400, fresh_val=10, lr=2e-3, epochs=60), ["small-validation-set"], ["overfitting", "still-improving"]),
    "small_val_cancer": (Setup(data="cancer", train=400, val=16, label_noise=0.2, fresh_val=10, lr=1e-3, epochs=50), ["small-validation-set"], ["saturated-early", "overfitting"]),
    "small_val_fixed": (Setup(data="cancer", train=400, val=9, lr=0.03, batch=4, momentum=0.0, epochs=40, label_noise=0.1), ["small-validation-set", *OVERFIT], ["saturated-early", "loss-metric-disagreement", "frozen-metric", *OVERFIT]),
    # ND204
    "underfit_eight_columns": (Setup(features=8, hidden=(), lr=0.02, epochs=40, decay=1e-3), ["underfitting"], ["saturated-early", "still-improving", "overfitting"]),
    "underfit_features": (Setup(features=12, hidden=(16,), lr=0.01, epochs=50, decay=1e-3), ["underfitting"], ["saturated-early", "still-improving", "overfitting"]),
    "underfit_two_columns": (Setup(data="diabetes", features=2, loss="squared", train=340, val=100, hidden=(), lr=2e-3, epochs=40), ["underfitting"], ["saturated-early", "validation-better-than-training"]),
    "underfit_narrow": (Setup(hidden=(1,), activation="tanh", lr=0.01, epochs=60, decay=0.02), ["underfitting"], ["saturated-early", "still-improving"]),
    # ND205
    "val_better_dropout": (Setup(dropout=0.6, hidden=(64, 64), lr=5e-3, epochs=60), ["validation-better-than-training"], ["still-improving"]),
    "val_better_leak": (Setup(each=f.leak, lr=4e-3, epochs=40, train=1200), ["validation-better-than-training"], ["still-improving"]),
    "val_better_augmentation": (Setup(each=f.augmentation(2.5), lr=4e-3, epochs=50), ["validation-better-than-training"], ["saturated-early", "underfitting"]),
    # ND206
    "disagree_overconfident": (Setup(train=150, val=800, lr=0.01, hidden=(256,), epochs=250, data="text"), ["loss-metric-disagreement", *OVERFIT], list(OVERFIT)),
    "disagree_digits": (Setup(train=300, val=1000, lr=0.05, hidden=(256,), epochs=120, dropout=0.5, momentum=0.95), ["loss-metric-disagreement", *OVERFIT], [*OVERFIT, "noisy-loss", "loss-spikes", "learning-rate-too-high"]),
    "disagree_lr_cut": (Setup(data="text", train=4000, val=1500, hidden=(128,), lr=f.cuts(0.15, 0.6), epochs=40, dropout=0.3), ["loss-metric-disagreement", "overfitting"], list(OVERFIT)),
    "disagree_dropout": (Setup(data="text", train=3000, val=1500, lr=0.05, epochs=40, dropout=0.1), ["loss-metric-disagreement", "overfitting"], ["overfitting"]),
    "disagree_wide": (Setup(data="text", train=4000, val=1500, hidden=(128,), lr=0.05, epochs=30, dropout=0.2), ["loss-metric-disagreement", "overfitting"], list(OVERFIT)),
    "disagree_rare_class": (Setup(data="cancer", train=300, val=200, hidden=(), gain=0.01, lr=6e-5, epochs=40, each=f.rare_class(0.04)), ["loss-metric-disagreement", "frozen-metric", "healthy", "still-improving"], ["learning-rate-too-low", "validation-better-than-training"]),
    # ND301, ND302
    "unshuffled_sorted": (Setup(sort=True, shuffle=False, lr=2e-3, momentum=0.0, epochs=20, batch=10, log_every=1, columns=LOSS), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "unshuffled_digits": (Setup(sort=True, shuffle=False, label_noise=0.1, lr=5e-3, momentum=0.5, epochs=25, batch=16, log_every=2, columns=LOSS), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "unshuffled_by_target": (Setup(data="diabetes", loss="squared", sort=True, shuffle=False, train=340, val=60, lr=2e-3, batch=8, epochs=30, log_every=1, columns=LOSS), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "saturated-early", "diverging"]),
    "unshuffled_cancer": (Setup(data="cancer", sort=True, shuffle=False, train=400, val=100, lr=1e-3, batch=8, epochs=20, log_every=1, columns=WITH_LR), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "still-improving", "saturated-early"]),
    "unshuffled_same_order": (Setup(shuffle=False, batch=16, label_noise=0.15, lr=5e-4, train=800, epochs=12, log_every=1, columns=LOSS), ["unshuffled-data", "noisy-loss", "healthy"], ["noisy-loss", "still-improving"]),
    "epoch_steps_adam": (Setup(data="text12", train=600, val=300, hidden=(512,), optimiser="adam", lr=2e-3, batch=8, epochs=6, log_every=2, columns=LOSS), ["epoch-steps"], ["still-improving", "noisy-loss"]),
    "epoch_steps_sgd": (Setup(data="text16", train=1000, val=300, hidden=(512,), lr=0.06, momentum=0.5, batch=4, epochs=5, log_every=5, columns=("loss", "val_loss")), ["epoch-steps", "overfitting", "severe-overfitting"], ["still-improving", "noisy-loss", "overfitting", "too-short"]),
    "epoch_steps_more": (Setup(data="text12", train=900, val=300, hidden=(384,), optimiser="adam", lr=2e-3, batch=10, epochs=5, log_every=3, columns=WITH_LR), ["epoch-steps"], ["still-improving", "noisy-loss"]),
    # ND0
    "too_short": (Setup(epochs=2), ["too-short"], []),
    "too_short_text": (Setup(**TEXT, lr=0.01, epochs=3), ["too-short"], ["still-improving"]),
    "too_short_steps": (Setup(lr=0.01, epochs=1, train=128, log_every=1, columns=LOSS), ["too-short"], []),
    "resumed_digits": (Setup(lr=2e-3, epochs=40, resume=(23, 20), columns=("loss", "val_loss")), ["resumed-log", "healthy"], ["still-improving"]),
    "resumed_text_steps": (Setup(**TEXT, lr=5e-3, epochs=8, decay=1e-3, resume=(5, 4), log_every=25, columns=WITH_LR), ["resumed-log", "healthy"], ["still-improving", "epoch-steps"]),
    "resumed_adam": (Setup(optimiser="adam", lr=1e-3, epochs=30, resume=(18, 10), decay=2e-3), ["resumed-log", "healthy"], ["still-improving"]),
    "frozen_cached": (Setup(lr=3e-3, epochs=30, each=f.stale_evaluation), ["frozen-metric"], ["still-improving", "overfitting", "loss-metric-disagreement"]),
    "frozen_evaluation_cancer": (Setup(data="cancer", train=400, val=150, each=f.frozen_evaluation, lr=1e-3, epochs=50, columns=("loss", "accuracy", "val_accuracy")), ["frozen-metric"], ["overfitting", "loss-metric-disagreement", "still-improving", "saturated-early", "severe-overfitting"]),
    "frozen_evaluation": (Setup(each=f.frozen_evaluation, epochs=30, lr=3e-3), ["frozen-metric"], ["overfitting", "severe-overfitting", "loss-metric-disagreement", "validation-better-than-training", "still-improving"]),
}
