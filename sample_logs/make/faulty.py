"""Trainings with a known fault: name → (Setup, accepted first, also true). One kind of fault has several."""

from __future__ import annotations

import faults as f
from training import Setup

TRAIN_ONLY = ("loss", "accuracy")
OVERFIT = ("severe-overfitting", "overfitting")

FAULTY = {
    # ND101
    "not_learning_tiny_lr": (Setup(lr=1e-8, epochs=40), ["not-learning"], []),
    "not_learning_no_parameters": (Setup(each=f.no_parameters, epochs=25, data="wine", train=100, val=60), ["not-learning"], []),
    "not_learning_zero_init": (Setup(each=f.zero_init, epochs=30, lr=1e-5), ["not-learning"], []),
    "not_learning_dead_relu": (Setup(bias=-60.0, epochs=30, optimiser="adam", lr=1e-3), ["not-learning"], ["saturated-early"]),
    "not_learning_steps": (Setup(lr=1e-8, epochs=60, log_every=5, columns=("loss",)), ["not-learning"], ["noisy-loss"]),
    "not_learning_lr_high_flat": (Setup(lr=3.0, optimiser="adam", hidden=(64, 64, 64), epochs=40), ["not-learning", "diverging", "wrong-initial-loss", "learning-rate-too-high"], ["saturated-early", "loss-spikes", "noisy-loss"]),
    # ND102
    "diverging_ascent": (Setup(each=f.ascent(), lr=1e-4, epochs=25), ["diverging"], ["overfitting"]),
    "diverging_ascent_later": (Setup(each=f.ascent(450), lr=2e-3, epochs=30), ["diverging"], ["loss-jump"]),
    "diverging_lr": (Setup(lr=0.42, momentum=0.95, scale=1.0, epochs=20, hidden=(64, 64), log_every=2, columns=("loss",)), ["diverging", "learning-rate-too-high", "not-learning"], ["loss-spikes", "noisy-loss", "loss-jump", "wrong-initial-loss"]),
    "diverging_bad_data": (Setup(each=f.bad_data_from(600), lr=2e-3, epochs=30, log_every=10, columns=("loss",)), ["diverging", "loss-jump"], ["loss-spikes", "noisy-loss"]),
    "diverging_regression": (Setup(data="diabetes", train=300, val=100, loss="squared", lr=0.0009, optimiser="sgd", each=f.ascent(), epochs=30), ["diverging"], []),
    # ND103
    "nan_log_zero": (Setup(loss="naive", lr=0.6, gain=2.0, epochs=20), ["non-finite-loss"], []),
    "nan_overflow": (Setup(data="diabetes", train=300, val=100, loss="squared", lr=1.5, epochs=30, scale=10.0), ["non-finite-loss"], ["diverging"]),
    "nan_first": (Setup(loss="naive", gain=60.0, epochs=8), ["non-finite-loss"], []),
    # ND104
    "lr_high_plateau": (Setup(lr=0.3, momentum=0.9, epochs=60, data="text", train=8000, val=1500, hidden=(64,), log_every=40, columns=("loss",)), ["learning-rate-too-high"], ["noisy-loss", "saturated-early", "loss-spikes"]),
    "lr_high_then_cut": (Setup(lr=f.cuts(0.3, 0.6, factor=0.05), momentum=0.9, epochs=40, data="text", train=8000, val=1500, hidden=(64,), log_every=40, columns=("loss", "lr")), ["learning-rate-too-high"], ["noisy-loss", "epoch-steps", "loss-spikes"]),
    "lr_high_adam": (Setup(lr=0.08, optimiser="adam", epochs=50, data="text", train=6000, val=1500, hidden=(64,)), ["learning-rate-too-high"], ["saturated-early", "noisy-loss", "underfitting", "small-validation-set", "loss-spikes"]),
    # ND105
    "lr_low_digits": (Setup(lr=2e-5, momentum=0.0, epochs=60), ["learning-rate-too-low"], ["still-improving"]),
    "lr_low_text": (Setup(data="text", train=6000, val=1500, lr=6e-5, momentum=0.0, epochs=40), ["learning-rate-too-low"], ["still-improving"]),
    "lr_low_steps": (Setup(lr=3e-5, momentum=0.0, epochs=60, log_every=10, columns=("loss", "lr")), ["learning-rate-too-low"], ["still-improving"]),
    # ND106
    "slow_start_tiny_init": (Setup(gain=0.02, hidden=(64, 64, 64), activation="tanh", lr=0.02, epochs=60), ["slow-start"], ["still-improving"]),
    "slow_start_deep": (Setup(gain=0.25, hidden=(48, 48, 48, 48, 48), lr=0.01, epochs=80, log_every=10, columns=("loss",)), ["slow-start"], ["still-improving"]),
    "slow_start_small": (Setup(gain=0.01, hidden=(64, 64), lr=0.01, epochs=50, columns=("loss",)), ["slow-start"], ["still-improving"]),
    # ND107
    "still_improving_digits": (Setup(lr=7e-4, momentum=0.0, epochs=25), ["still-improving"], []),
    "still_improving_text": (Setup(data="text", train=8000, val=1500, lr=2e-3, epochs=25), ["still-improving"], []),
    "still_improving_regression": (Setup(data="diabetes", train=300, val=100, loss="squared", lr=1e-5, epochs=60), ["still-improving", "learning-rate-too-low"], ["wrong-initial-loss"]),
    # ND108
    "spikes_bad_batches": (Setup(each=f.bad_batches(500, 8.0), epochs=80, lr=5e-3, log_every=5, columns=("loss",)), ["loss-spikes"], ["still-improving", "noisy-loss"]),
    "spikes_text": (Setup(data="text", train=8000, val=1500, each=f.bad_batches(700, 60.0), epochs=15, lr=5e-3, log_every=5, columns=("loss", "lr")), ["loss-spikes"], ["still-improving", "noisy-loss"]),
    "spikes_adam": (Setup(data="wine", train=110, val=60, optimiser="adam", beta2=0.9, eps=1e-12, lr=0.02, epochs=400, log_every=4, columns=("loss",), each=f.bad_batches(300, 6.0)), ["loss-spikes"], ["noisy-loss"]),
    # ND109
    "noisy_batch_1": (Setup(batch=1, lr=3e-4, momentum=0.0, epochs=4, log_every=1, columns=("loss",)), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    "noisy_text": (Setup(data="text", train=6000, val=1000, batch=2, lr=3e-4, epochs=2, log_every=2, columns=("loss",)), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    "noisy_labels_batch_2": (Setup(label_noise=0.4, batch=2, lr=1e-4, epochs=6, log_every=1, columns=("loss",)), ["noisy-loss"], ["still-improving", "loss-spikes"]),
    # ND110
    "initial_last_layer": (Setup(last_gain=50.0, epochs=25, lr=1e-3, columns=("loss", "accuracy", "val_loss", "val_accuracy"), log_every=2, val_every=0, args={"classes": 10}), ["wrong-initial-loss"], ["loss-spikes"]),
    "initial_raw_inputs": (Setup(data="raw cancer", train=400, val=150, lr=1e-6, epochs=60, log_every=2, columns=("loss",), args={"classes": 2}), ["wrong-initial-loss"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "initial_sum": (Setup(scale=32.0, lr=1e-3, epochs=30, log_every=4, columns=("loss",), args={"classes": 10}), ["wrong-initial-loss"], ["still-improving", "loss-spikes"]),
    # ND111
    "jump_resumed": (Setup(each=f.other_data_from(1500), epochs=80, lr=3e-3, log_every=10, columns=("loss",)), ["loss-jump"], ["diverging"]),
    "jump_lr": (Setup(each=f.resumed_without_state(900, 40.0), data="text", train=8000, val=1500, lr=4e-3, epochs=8, log_every=5, columns=("loss",)), ["loss-jump", "learning-rate-too-high"], ["still-improving"]),
    "jump_labels": (Setup(each=f.other_data_from(800, 0.25), epochs=60, lr=5e-3, columns=TRAIN_ONLY), ["loss-jump"], ["diverging"]),
    # ND112
    "saturated_noise": (Setup(data="diabetes", train=340, val=100, loss="squared", hidden=(), lr=2e-3, epochs=300, label_noise=0.3), ["saturated-early"], ["validation-better-than-training"]),
    "saturated_linear_text": (Setup(data="text", train=9000, val=2500, hidden=(), lr=0.02, epochs=80, columns=("loss", "val_loss")), ["saturated-early"], ["still-improving"]),
    # ND201, ND202
    "overfit_mild_digits": (Setup(train=250, val=500, label_noise=0.05, lr=4e-3, epochs=40), ["overfitting"], ["saturated-early", "loss-metric-disagreement", "severe-overfitting"]),
    "overfit_mild_text": (Setup(data="text", train=4000, val=1500, lr=0.01, epochs=28, hidden=(64,)), ["overfitting"], ["severe-overfitting", "loss-metric-disagreement", "still-improving"]),
    "overfit_wine": (Setup(data="cancer", train=80, val=300, label_noise=0.1, lr=3e-3, epochs=40), list(OVERFIT), ["loss-metric-disagreement"]),
    "severe_digits": (Setup(train=250, val=500, label_noise=0.25, lr=0.01, epochs=100), ["severe-overfitting"], ["overfitting"]),
    "severe_text": (Setup(data="text", train=2500, val=1500, hidden=(128,), lr=0.03, epochs=60), ["severe-overfitting"], ["overfitting", "loss-metric-disagreement"]),
    "severe_regression": (Setup(data="diabetes", train=120, val=200, loss="squared", hidden=(128,), lr=0.005, epochs=150), ["severe-overfitting"], ["overfitting"]),
    # ND203
    "small_val_12": (Setup(val=12, label_noise=0.15, epochs=60, lr=2e-3, batch=16, fresh_val=8), ["small-validation-set"], ["still-improving"]),
    "small_val_text": (Setup(data="text", train=8000, val=400, fresh_val=10, lr=2e-3, epochs=60), ["small-validation-set"], ["overfitting", "still-improving"]),
    "small_val_cancer": (Setup(data="cancer", train=400, val=16, label_noise=0.2, fresh_val=10, lr=1e-3, epochs=50), ["small-validation-set"], ["saturated-early", "overfitting"]),
    # ND204
    "underfit_decay": (Setup(decay=1.2, lr=5e-3, epochs=40), ["underfitting"], ["saturated-early", "validation-better-than-training"]),
    "underfit_narrow": (Setup(hidden=(1,), activation="tanh", lr=0.01, epochs=60, decay=0.02), ["underfitting"], ["saturated-early", "still-improving"]),
    # ND205
    "val_better_dropout": (Setup(dropout=0.6, hidden=(64, 64), lr=5e-3, epochs=60), ["validation-better-than-training"], ["still-improving"]),
    "val_better_leak": (Setup(each=f.leak, lr=4e-3, epochs=40, train=1200), ["validation-better-than-training"], ["still-improving"]),
    # ND206
    "disagree_overconfident": (Setup(train=150, val=800, label_noise=0.0, lr=0.01, hidden=(256,), epochs=250, data="text"), ["loss-metric-disagreement", *OVERFIT], list(OVERFIT)),
    # ND301, ND302
    "unshuffled_sorted": (Setup(sort=True, shuffle=False, lr=2e-3, momentum=0.0, epochs=20, batch=10, log_every=1, columns=("loss",)), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "unshuffled_text": (Setup(data="digits", sort=True, shuffle=False, label_noise=0.1, lr=5e-3, momentum=0.5, epochs=25, batch=16, log_every=2, columns=("loss",)), ["unshuffled-data"], ["noisy-loss", "loss-spikes", "still-improving"]),
    "epoch_steps_memorise": (Setup(data="text", train=1200, val=1000, hidden=(256, 256), optimiser="adam", lr=2e-3, batch=16, epochs=6, log_every=1, columns=("loss",)), ["epoch-steps"], ["still-improving", "noisy-loss"]),
    # ND0
    "too_short": (Setup(epochs=2), ["too-short"], []),
    "frozen_evaluation": (Setup(each=f.frozen_evaluation, epochs=30, lr=3e-3), ["frozen-metric"], ["overfitting", "severe-overfitting", "loss-metric-disagreement", "validation-better-than-training", "still-improving"]),
}
