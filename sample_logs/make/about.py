"""The samples: name → configuration, dialect and one sentence about the training."""

# ruff: noqa: E501  (a table)
from __future__ import annotations

OVERFIT = ["overfitting", "severe-overfitting"]

# fmt: off
SAMPLES = {
    "nd001_too_short": {"config": "too_short", "dialect": "keras_progress", "about": "Handwritten digits, a small net, stopped after two epochs."},
    "nd002_resumed_log": {"config": "resumed_adam", "dialect": "keras_csv", "about": "Digits with Adam; killed before epoch 18 and started again from the checkpoint of epoch 10, the log appended to."},
    "nd003_frozen_metric": {"config": "frozen_evaluation", "dialect": "json_lines", "about": "Digits; validation looks at a copy of the initial weights that is never updated."},
    "nd101_not_learning": {"config": "not_learning_tiny_lr", "dialect": "keras_csv", "about": "Digits with a learning rate of 1e-8."},
    "nd102_diverging": {"config": "diverging_growing_lr", "dialect": "trainer_state", "about": "A character model whose learning rate grows with every step instead of falling."},
    "nd103_non_finite_loss": {"config": "nan_out_of_the_blue", "dialect": "json_lines", "about": "Digits; one sample with a missing value turns all weights to NaN at step 700."},
    "nd104_learning_rate_too_high": {"config": "lr_high_regression_cut", "dialect": "lightning_csv", "about": "Linear regression on the diabetes data with SGD at the edge of stability, the rate cut to a tenth at 60 % of the run."},
    "nd105_learning_rate_too_low": {"config": "lr_low_text", "dialect": "decimal_comma", "about": "A character model trained with plain SGD at 6e-5."},
    "nd106_slow_start": {"config": "slow_start_steps", "dialect": "tsv", "about": "Digits, three layers initialised at a twelfth of the usual scale."},
    "nd107_still_improving": {"config": "still_improving_text", "dialect": "pytorch_example", "about": "A character model stopped after 25 epochs, while both losses fall steadily."},
    "nd108_loss_spikes": {"config": "spikes_text", "dialect": "nanogpt", "about": "A character model without clipping; every 700th batch has inputs 60 times too large and shuffled labels."},
    "nd109_noisy_loss": {"config": "noisy_batch_1_short", "dialect": "tensorboard_csv", "about": "Digits with batches of one sample, every step logged."},
    "nd110_wrong_initial_loss": {"config": "initial_sum", "dialect": "key_value", "args": ["--classes", "10"], "about": "Digits with the loss summed over a batch of 32 instead of averaged: it starts at 32 times ln 10."},
    "nd111_loss_jump": {"config": "jump_resumed", "dialect": "wandb_csv", "runs": {"digits-a": 0, "digits-b": 1}, "about": "Two repeats on digits; from step 1500 on the labels of another, worse source are used (40 % wrong)."},
    "nd112_saturated_early": {"config": "saturated_lr_zero", "dialect": "keras_history", "about": "A character model whose learning rate is cut to nothing after a fifth of the run."},
    "nd201_overfitting": {"config": "overfit_text", "dialect": "events", "about": "A character model on 2,500 contexts: validation turns upwards after a third of the run while training falls on."},
    "nd202_severe_overfitting": {"config": "severe_digits", "dialect": "keras_csv", "about": "250 digits, a quarter of the labels wrong, learnt by heart over 100 epochs."},
    "nd203_small_validation_set": {"config": "small_val_12", "dialect": "yolo_csv", "about": "Digits, validated on eight samples drawn anew every epoch."},
    "nd204_underfitting": {"config": "underfit_eight_columns", "dialect": "hf_dicts", "about": "A linear classifier of digits that sees eight of the 64 pixels."},
    "nd205_validation_better": {"config": "val_better_leak", "dialect": "keras_progress", "about": "Digits; the validation set is the part of the training set whose labels are all right."},
    "nd206_loss_metric_disagreement": {"config": "disagree_dropout", "dialect": "trainer_state", "about": "A character model with dropout: validation loss rises from epoch 16 on while validation accuracy still grows."},
    "nd301_unshuffled_data": {"config": "unshuffled_digits", "dialect": "json_lines", "about": "Digits sorted by class and never shuffled, every second step logged."},
    "nd302_epoch_steps": {"config": "epoch_steps_adam", "dialect": "json_lines", "about": "600 contexts of twelve characters learnt by heart with Adam: the loss falls at each epoch's boundary."},
    "healthy_cosine_warmup": {"config": "healthy_cosine_warmup_epochs", "dialect": "decimal_comma", "also": [], "about": "Digits with warm-up and cosine decay."},
    "healthy_cosine_steps": {"config": "healthy_cosine_warmup", "dialect": "json_lines", "also": [], "about": "A character model with warm-up and cosine decay, every tenth step logged."},
    "healthy_step_decay": {"config": "healthy_step_decay", "dialect": "tsv", "also": ["overfitting"], "about": "A character model; the learning rate is cut to a tenth twice, and the loss falls with it."},
    "healthy_warm_restarts": {"config": "healthy_warm_restarts", "dialect": "step_csv", "also": [], "about": "A character model with four cosine cycles of the learning rate."},
    "healthy_batch_norm": {"config": "healthy_batch_norm", "dialect": "events", "also": [], "about": "A convolutional net with batch normalisation: early validation losses jump, then calm down."},
    "healthy_dropout": {"config": "healthy_dropout_val_better", "dialect": "pytorch_example", "also": [], "about": "Digits with dropout: validation is better than training at first."},
    "healthy_negative_losses": {"config": "healthy_negative_losses", "dialect": "key_value", "also": [], "about": "Negative log-density of the diabetes targets under a Gaussian: below zero from the first epochs on."},
    "healthy_near_zero_loss": {"config": "healthy_near_zero_steps", "dialect": "tensorboard_csv", "also": [], "about": "Digits, a training loss near zero that jitters by a factor."},
    "healthy_scale_1e8": {"config": "healthy_scale_1e8", "dialect": "keras_history", "also": [], "about": "Regression with squared errors of 1e8."},
    "healthy_label_smoothing": {"config": "healthy_label_smoothing", "dialect": "keras_progress", "also": [], "about": "Digits with smoothed labels: the loss ends on a high floor, as it must."},
    "healthy_one_epoch": {"config": "healthy_one_epoch_pretraining", "dialect": "trainer_state", "also": ["still-improving", "noisy-loss"], "about": "A character model that sees its data once; still falling at the end, by design."},
    "healthy_fine_tuning": {"config": "healthy_fine_tuning", "dialect": "hf_dicts", "also": ["noisy-loss"], "about": "A character model trained before, tuned on with a small learning rate: a small, noisy, slow decline."},
    "healthy_boosting": {"config": "healthy_boosting", "dialect": "boosting_rounds", "also": ["overfitting"], "about": "Gradient boosting on the diabetes data, 150 rounds."},
    "healthy_adversarial": {"config": "healthy_adversarial", "dialect": "step_csv", "also": [], "about": "A small GAN on digits: both losses hover, and are not to be judged."},
    "healthy_bandit": {"config": "healthy_bandit", "dialect": "json_lines", "also": [], "about": "REINFORCE on a ten-armed bandit: the policy loss hovers while the reward grows."},
    "healthy_noisy_sgd": {"config": "healthy_noisy_sgd_digits", "dialect": "nanogpt", "also": [], "about": "Digits with batches of 32, every step logged: noisy, and converging."},
    "healthy_converged": {"config": "healthy_converged_long", "dialect": "yolo_csv", "also": [], "about": "A linear classifier of tumours that has converged for most of its 300 epochs."},
    "healthy_system_series": {"config": "healthy_system_series", "dialect": "step_csv", "also": [], "about": "A character model with time and memory of the machine logged beside the loss."},
    "healthy_accuracy_only": {"config": "healthy_accuracy_only", "dialect": "keras_csv", "also": [], "about": "Digits; only accuracies are logged."},
    "healthy_two_seeds": {"config": "healthy_cyclical", "dialect": "wandb_csv", "also": [], "runs": {"cyclical-0": 0, "cyclical-1": 1}, "about": "Two repeats of a character model with a triangular learning rate."},
}
