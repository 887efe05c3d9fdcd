"""Trainings with a known fault of optimisation: name → (Setup, accepted first, also true). Each kind has several."""

# ruff: noqa: E501  (a table: one configuration a line)
from __future__ import annotations

import faults as f
from training import Setup

LOSS = ("loss",)
TRAIN_ONLY = ("loss", "accuracy")
WITH_LR = ("loss", "lr")
TEXT = {"data": "text", "train": 8000, "val": 1500}
DIABETES = {"data": "diabetes", "train": 300, "val": 100, "loss": "squared"}

# fmt: off
FAULTY = {
    # ND101
    "not_learning_tiny_lr": (Setup(lr=1e-8, epochs=40), ["not-learning"], ["frozen-metric"]),
    "not_learning_no_parameters": (Setup(each=f.no_parameters, epochs=25, data="wine", train=100, val=60), ["not-learning"], ["frozen-metric"]),
    "not_learning_zero_init": (Setup(each=f.zero_init, epochs=30, lr=1e-5), ["not-learning"], ["frozen-metric"]),
    "not_learning_dead_relu": (Setup(bias=-60.0, epochs=30, optimiser="adam", lr=1e-3), ["not-learning"], ["saturated-early", "frozen-metric"]),
    "not_learning_tiny_init": (Setup(gain=0.02, hidden=(64, 64, 64), activation="tanh", lr=0.02, epochs=60), ["not-learning"], ["frozen-metric"]),
    "not_learning_small_init": (Setup(gain=0.01, hidden=(64, 64), lr=0.01, epochs=50, columns=LOSS), ["not-learning"], ["saturated-early"]),
    "not_learning_steps": (Setup(lr=1e-8, epochs=60, log_every=5, columns=LOSS), ["not-learning"], ["noisy-loss"]),
    "not_learning_lr_high_flat": (Setup(lr=3.0, optimiser="adam", hidden=(64, 64, 64), epochs=40), ["not-learning", "diverging", "wrong-initial-loss", "learning-rate-too-high"], ["saturated-early", "loss-spikes", "noisy-loss"]),
    # ND102
    "diverging_ascent": (Setup(each=f.ascent(), lr=1e-4, epochs=25), ["diverging"], ["overfitting", "frozen-metric"]),
    "diverging_ascent_later": (Setup(each=f.ascent(450), lr=2e-3, epochs=30), ["diverging"], ["loss-jump"]),
    "diverging_lr": (Setup(lr=0.42, momentum=0.95, scale=1.0, epochs=20, hidden=(64, 64), log_every=2, columns=LOSS), ["diverging", "learning-rate-too-high", "not-learning"], ["loss-spikes", "noisy-loss", "loss-jump", "wrong-initial-loss"]),
    "diverging_bad_data": (Setup(each=f.bad_data_from(600), lr=2e-3, epochs=30, log_every=10, columns=LOSS), ["loss-jump", "diverging"], ["loss-spikes", "noisy-loss"]),
    "diverging_regression": (Setup(**DIABETES, lr=3e-6, each=f.ascent(), epochs=30), ["diverging"], []),
    "diverging_growing_lr": (Setup(**TEXT, lr=lambda d: 1e-3 * 10 ** (4.2 * d), epochs=16, log_every=20, columns=WITH_LR), ["diverging"], ["loss-spikes", "noisy-loss", "learning-rate-too-high", "learning-rate-schedule"]),
    "diverging_momentum": (Setup(data="cancer", train=400, val=150, lr=0.5, momentum=0.95, epochs=60), ["diverging", "non-finite-loss"], ["learning-rate-too-high", "loss-metric-disagreement", "small-validation-set", "loss-spikes"]),
    # ND103
    "nan_log_zero": (Setup(loss="naive", lr=0.6, gain=2.0, epochs=20), ["non-finite-loss"], []),
    "nan_overflow": (Setup(data="diabetes", train=300, val=100, loss="squared", lr=1.5, epochs=30, scale=10.0), ["non-finite-loss"], ["diverging"]),
    "nan_first": (Setup(loss="naive", gain=60.0, epochs=8), ["non-finite-loss"], []),
    "nan_out_of_the_blue": (Setup(lr=3e-3, epochs=40, each=f.nan_sample(700)), ["non-finite-loss"], ["frozen-metric", "loss-metric-disagreement"]),
    "nan_one_step_skipped": (Setup(lr=3e-3, epochs=40, log_every=5, each=f.nan_sample(700), skip_non_finite=True, columns=LOSS), ["non-finite-loss"], ["still-improving"]),
    "nan_half_precision": (Setup(**DIABETES, half=True, target_scale=300.0, lr=0.004, epochs=30, log_every=1, columns=LOSS), ["non-finite-loss"], ["diverging", "too-short"]),
    "nan_run_up": (Setup(lr=lambda d: 1e-3 * 10 ** (5 * d), epochs=20, log_every=4, loss="naive", columns=("loss", "grad_norm", "lr")), ["non-finite-loss", "exploding-gradients"], ["diverging", "exploding-gradients", "loss-spikes"]),
    # ND104
    "lr_high_adam": (Setup(lr=0.08, optimiser="adam", epochs=50, data="text", train=6000, val=1500, hidden=(64,)), ["learning-rate-too-high", "severe-overfitting", "overfitting"], ["saturated-early", "noisy-loss", "underfitting", "small-validation-set", "loss-spikes", "loss-metric-disagreement"]),
    "lr_high_regression": (Setup(data="diabetes", train=340, val=100, loss="squared", hidden=(), lr=0.068, epochs=120), ["learning-rate-too-high", "noisy-loss", "small-validation-set", "healthy"], ["noisy-loss", "small-validation-set", "loss-spikes", "saturated-early", "underfitting"]),
    "lr_high_regression_cut": (Setup(data="diabetes", train=340, val=100, loss="squared", hidden=(), lr=f.cuts(0.068, 0.6), epochs=80, batch=16, columns=("loss", "val_loss", "lr")), ["learning-rate-too-high"], ["noisy-loss", "small-validation-set", "loss-spikes", "saturated-early"]),
    "lr_high_text": (Setup(**TEXT, lr=1.2, epochs=20, log_every=20, columns=LOSS), ["learning-rate-too-high", "not-learning", "diverging"], ["noisy-loss", "loss-spikes", "saturated-early"]),
    "lr_high_text_cut": (Setup(**TEXT, lr=f.cuts(0.7, 0.6, factor=0.03), epochs=20, log_every=20, columns=WITH_LR), ["learning-rate-too-high"], ["noisy-loss", "loss-spikes"]),
    "lr_high_text_cut_unlogged": (Setup(**TEXT, lr=f.cuts(0.75, 0.5, factor=0.03), epochs=16, log_every=20, columns=LOSS), ["learning-rate-too-high", "healthy"], ["noisy-loss", "loss-spikes", "still-improving"]),
    # ND105
    "lr_low_digits": (Setup(lr=2e-5, momentum=0.0, epochs=60), ["learning-rate-too-low"], ["still-improving"]),
    "lr_low_text": (Setup(data="text", train=6000, val=1500, lr=6e-5, momentum=0.0, epochs=40), ["learning-rate-too-low"], ["still-improving"]),
    "lr_low_steps": (Setup(lr=3e-5, momentum=0.0, epochs=60, log_every=10, columns=WITH_LR), ["learning-rate-too-low"], ["still-improving"]),
    # ND106
    "slow_start_tanh": (Setup(gain=0.15, hidden=(64, 64, 64), activation="tanh", lr=0.003, epochs=60), ["slow-start"], ["still-improving"]),
    "slow_start_wine": (Setup(gain=0.08, hidden=(64, 64), lr=0.03, epochs=60, data="wine", train=110, val=60), ["slow-start"], ["still-improving", "overfitting"]),
    "slow_start_steps": (Setup(gain=0.08, hidden=(64, 64), lr=0.008, epochs=40, columns=LOSS, log_every=10), ["slow-start"], ["still-improving"]),
    "slow_start_deep": (Setup(gain=0.25, hidden=(48, 48, 48, 48, 48), lr=0.01, epochs=80, log_every=10, columns=LOSS), ["slow-start"], ["still-improving", "loss-spikes"]),
    # ND107
    "still_improving_digits": (Setup(lr=7e-4, momentum=0.0, epochs=25), ["still-improving"], []),
    "still_improving_text": (Setup(data="text", train=8000, val=1500, lr=2e-3, epochs=25), ["still-improving"], []),
    "still_improving_wine": (Setup(data="wine", train=110, val=60, lr=1e-3, momentum=0.0, epochs=40), ["still-improving"], []),
    "still_improving_regression": (Setup(data="diabetes", train=300, val=100, loss="squared", lr=1e-5, epochs=60), ["still-improving", "learning-rate-too-low"], ["wrong-initial-loss"]),
    # ND108
    "spikes_bad_batches": (Setup(each=f.bad_batches(500, 8.0), epochs=80, lr=5e-3, log_every=5, columns=LOSS), ["loss-spikes"], ["still-improving", "noisy-loss"]),
    "spikes_text": (Setup(data="text", train=8000, val=1500, each=f.bad_batches(700, 60.0), epochs=15, lr=5e-3, log_every=5, columns=WITH_LR), ["loss-spikes"], ["still-improving", "noisy-loss"]),
    "spikes_adam": (Setup(data="wine", train=110, val=60, optimiser="adam", beta2=0.9, eps=1e-12, lr=0.02, epochs=400, log_every=4, columns=LOSS, each=f.bad_batches(300, 6.0)), ["loss-spikes"], ["noisy-loss"]),
    # ND109
    "noisy_batch_1": (Setup(batch=1, lr=3e-4, momentum=0.0, epochs=4, log_every=1, columns=LOSS), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    "noisy_batch_1_short": (Setup(batch=1, lr=3e-4, momentum=0.0, epochs=1, log_every=1, columns=LOSS), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    "noisy_text": (Setup(data="text", train=6000, val=1000, batch=2, lr=3e-4, epochs=2, log_every=2, columns=LOSS), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    "noisy_labels_batch_2": (Setup(label_noise=0.4, batch=2, lr=1e-4, epochs=6, log_every=1, columns=LOSS), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    # ND110
    "initial_last_layer": (Setup(last_gain=50.0, epochs=25, lr=1e-3, columns=("loss", "accuracy", "val_loss", "val_accuracy"), log_every=2, val_every=0, args={"classes": 10}), ["wrong-initial-loss"], ["loss-spikes", "overfitting", "severe-overfitting"]),
    "initial_raw_inputs": (Setup(data="raw cancer", train=400, val=150, lr=1e-6, epochs=60, log_every=2, columns=LOSS, args={"classes": 2}), ["wrong-initial-loss"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "initial_sum": (Setup(scale=32.0, lr=1e-3, epochs=30, log_every=4, columns=LOSS, args={"classes": 10}), ["wrong-initial-loss"], ["still-improving", "loss-spikes"]),
    # ND111
    "jump_resumed": (Setup(each=f.other_data_from(1500), epochs=80, lr=3e-3, log_every=10, columns=LOSS), ["loss-jump"], ["diverging"]),
    "jump_labels": (Setup(each=f.other_data_from(800, 0.25), epochs=60, lr=5e-3, columns=TRAIN_ONLY), ["loss-jump"], ["diverging"]),
    "jump_scaling": (Setup(**TEXT, each=f.unscaled_from(1200, 0.3), lr=5e-3, epochs=10, log_every=10, columns=LOSS), ["loss-jump"], ["diverging", "still-improving", "noisy-loss"]),
    # ND112
    "saturated_lr_zero": (Setup(**TEXT, lr=f.cuts(0.03, 0.2, factor=1e-7), epochs=50, hidden=(16,), columns=("loss", "val_loss", "lr")), ["learning-rate-schedule", "saturated-early"], ["saturated-early"]),
    "saturated_cut": (Setup(**TEXT, lr=f.cuts(0.03, 0.2, factor=1e-7), epochs=50, hidden=(16,), columns=("loss", "val_loss")), ["saturated-early"], []),
    "saturated_linear": (Setup(data="cancer", train=400, val=150, hidden=(), lr=0.02, decay=0.1, epochs=150, columns=("loss", "val_loss")), ["saturated-early", "healthy"], ["validation-better-than-training"]),
    "saturated_noise": (Setup(data="diabetes", train=340, val=100, loss="squared", hidden=(), lr=2e-3, epochs=300, label_noise=0.3), ["saturated-early", "healthy"], ["validation-better-than-training", "underfitting"]),
}
