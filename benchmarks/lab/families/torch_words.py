"""Docstrings by module, a bag of words: held out."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_words", "held-out", "words", "bag of words", Plan(
    classes=10,
    healthy={"epochs": 40, "batch": 16, "optimiser": "adam", "lr": 1e-3},
    slow={"optimiser": "sgd", "lr": 1e-4},
    high={"optimiser": "momentum", "lr": 1.0},
    few={"train": 80},
    clean_few={"train": 150},
    poor={"width": 1},
    noisy={"width": 8},
    start=0.1,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "not-learning"),
        "high_lr_cut": seen("learning-rate-too-high", "healthy", "small-validation-set", *OVERFIT),
        "small_weights": seen("healthy", also=("noisy-loss",)),
        "kicked": seen("loss-jump", "diverging", "loss-metric-disagreement", "small-validation-set", *OVERFIT),
        "killed": seen("resumed-log", "healthy", *OVERFIT),
        "poor_inputs": seen("underfitting", "still-improving", "learning-rate-too-low"),
        "sound_adam": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_scaled_up": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_rmsprop": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_big_batch": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_long": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_step_decay_unlogged": seen("healthy", *OVERFIT, also=("loss-metric-disagreement",)),
        "sound_one_epoch": seen("healthy", also=("noisy-loss",)),
    },
))  # fmt: skip
