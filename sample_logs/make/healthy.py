"""Healthy trainings that look frightening: name → (Setup, notes that would also be true)."""

# ruff: noqa: E501  (a table: one configuration a line)
from __future__ import annotations

import faults as f
from training import Setup

NOTES = ["still-improving", "saturated-early", "validation-better-than-training", "epoch-steps"]
LOSS = ("loss",)
PAIR = ("loss", "val_loss")

# fmt: off
HEALTHY = {
    "plain_digits": Setup(train=1200, lr=2e-3, epochs=30, decay=5e-3),
    "steep_then_plateau": Setup(data="text", train=9000, val=2500, hidden=(), lr=0.05, epochs=40, columns=PAIR),
    "fine_tuning": Setup(data="text", train=8960, val=2500, lr=f.cosine(3e-3, 0.05), epochs=3, log_every=30, columns=("loss", "lr"), pretrain=Setup(data="text", train=4000, val=8000, lr=0.01, epochs=5)),
    "step_decay": Setup(data="text", train=9000, val=2500, hidden=(32,), lr=f.cuts(0.05, 0.5, 0.75), epochs=40, decay=2e-4, columns=("loss", "val_loss", "lr")),
    "step_decay_digits": Setup(lr=f.cuts(0.02, 0.4, 0.7), batch=16, epochs=40, label_noise=0.1, decay=0.02, log_every=5, columns=("loss", "lr")),
    "cosine_warmup": Setup(data="text", train=9000, val=2500, hidden=(48,), lr=f.cosine(0.03, 0.1), epochs=20, decay=5e-4, log_every=10, columns=("loss", "lr")),
    "cosine_warmup_epochs": Setup(train=1200, lr=f.cosine(0.01, 0.1), epochs=40, decay=0.01, columns=("loss", "val_loss", "lr")),
    "warm_restarts": Setup(data="text", train=9000, val=2500, hidden=(32,), lr=f.restarts(0.08, 4), epochs=24, decay=3e-4, log_every=20, columns=("loss", "lr")),
    "cyclical": Setup(data="text", train=9000, val=2500, hidden=(32,), lr=f.triangle(0.002, 0.05, 6), epochs=24, decay=3e-4, log_every=20, columns=("loss", "lr")),
    "small_gap": Setup(data="text", train=6000, val=2500, hidden=(24,), lr=3e-3, epochs=30, decay=2e-3, columns=PAIR),
    "dropout_val_better": Setup(dropout=0.2, hidden=(96,), lr=3e-3, epochs=30, decay=2e-3),
    "near_zero_jitter": Setup(data="autoencoder", hidden=(64,), activation="linear", loss="squared", lr=f.cosine(3e-4), epochs=80, columns=LOSS, train=1300),
    "near_zero_steps": Setup(lr=0.02, epochs=30, batch=32, log_every=3, columns=LOSS),
    "negative_losses": Setup(data="diabetes", train=340, val=100, loss="gaussian", target_scale=0.02, gain=0.05, optimiser="adam", lr=f.cosine(0.03), clip=5.0, epochs=60, hidden=(), columns=PAIR),
    "autoencoder": Setup(data="autoencoder", hidden=(32,), activation="tanh", loss="squared", lr=1e-3, epochs=50, columns=PAIR, train=1300),
    "adam_many_epochs": Setup(data="text", train=2400, val=1000, hidden=(48,), optimiser="adam", lr=1e-3, batch=16, epochs=12, log_every=2, columns=LOSS),
    "noisy_sgd_digits": Setup(train=1300, lr=3e-3, epochs=12, log_every=1, columns=LOSS, decay=3e-3),
    "label_smoothing": Setup(smoothing=0.15, lr=3e-3, epochs=40, decay=2e-3),
    "character_model": Setup(data="text", train=9500, val=2500, hidden=(48,), lr=0.01, epochs=20, decay=1e-3, columns=PAIR),
    "noisy_labels_floor": Setup(label_noise=0.35, train=1300, lr=2e-3, hidden=(), decay=0.1, epochs=40),
    "scale_1e-6": Setup(scale=1e-6, lr=3e3, train=1200, epochs=30, columns=PAIR),
    "scale_1e8": Setup(data="diabetes", train=340, val=100, loss="squared", scale=1e8, lr=2e-11, epochs=60, hidden=(8,), decay=0.0, columns=PAIR),
    "converged_long": Setup(data="cancer", train=400, val=150, hidden=(), lr=5e-3, decay=0.05, epochs=300, columns=PAIR),
    "one_epoch_pretraining": Setup(data="text", train=9472, val=2500, hidden=(128,), lr=f.cosine(0.01, 0.05, 0.001), epochs=1, batch=8, log_every=4, columns=("loss", "lr")),
    "noisy_regression_floor": Setup(data="diabetes", train=340, val=100, loss="squared", lr=1e-3, hidden=(), decay=0.05, epochs=60, label_noise=0.2),
    "adam_few_epochs": Setup(optimiser="adam", lr=1e-3, data="text", train=9500, val=2500, hidden=(32,), batch=32, epochs=6, log_every=5, columns=LOSS),
    "accuracy_only": Setup(lr=2e-3, epochs=30, columns=("accuracy", "val_accuracy")),
    "noisy_sgd_batch_16": Setup(data="text", train=9500, val=2500, hidden=(48,), batch=16, lr=5e-3, epochs=6, log_every=1, columns=LOSS),
    "noisy_sgd_val": Setup(label_noise=0.1, batch=16, lr=2e-3, epochs=25, decay=5e-3, log_every=2, columns=("loss", "val_loss")),
    "ten_epochs": Setup(lr=1e-3, epochs=10, train=1200),
    "long_steps": Setup(data="text", train=9500, val=2500, hidden=(32,), batch=16, lr=f.cosine(0.01), decay=5e-4, epochs=34, log_every=1, columns=("loss", "lr")),
    "wine_small_data": Setup(data="wine", train=100, val=70, lr=2e-3, decay=0.02, epochs=40),
    "exponential_decay": Setup(data="text", train=6000, val=2500, hidden=(32,), lr=lambda d: 0.02 * 0.02**d, decay=1e-3, epochs=30, columns=("loss", "val_loss", "lr")),
    "linear_decay_val": Setup(train=1200, lr=lambda d: 0.02 * (1 - d) + 1e-5, decay=0.01, epochs=25, log_every=10, columns=("loss", "val_loss", "lr")),
    "tanh_deep": Setup(hidden=(64, 64, 64), activation="tanh", lr=5e-3, decay=5e-3, epochs=30),
    "memorised_train_only": Setup(train=800, lr=0.01, epochs=60, columns=("loss", "accuracy")),
    "validation_early_noise": Setup(lr=f.cosine(0.08), batch=16, epochs=40, decay=0.01, columns=PAIR),
    "system_series": Setup(data="text", train=9000, val=2500, hidden=(32,), lr=f.cosine(0.02, 0.05), decay=5e-4, epochs=12, log_every=25, system=True, columns=("loss", "lr", "step_time_ms", "memory_mb")),
    "print_batches": Setup(train=1280, val=500, lr=f.cosine(0.01), decay=0.01, epochs=14, log_every=10, columns=("loss", "val_loss", "val_accuracy")),
    "progress_bar": Setup(train=1280, val=500, hidden=(48,), activation="tanh", lr=4e-3, decay=8e-3, epochs=25, log_every=10),
    "gradient_norm_logged": Setup(lr=5e-3, clip=1.0, epochs=10, log_every=4, columns=("loss", "grad_norm", "lr")),
}
