"""Digits as pictures, a small convolutional net."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_conv", "tuning", "conv", "convolutional net", Plan(
    classes=10,
    healthy={"epochs": 20, "optimiser": "adam", "lr": 2e-3},
    slow={"optimiser": "sgd", "lr": 3e-4},
    high={"optimiser": "momentum", "lr": 0.25},
    few={"train": 120, "wrong": 0.25},
    clean_few={"train": 120},
    poor={"pixels": 8},
    noisy={"wrong": 0.2},
    start=0.2,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "not-learning"),
        "high_lr_cut": seen("not-learning", "learning-rate-too-high", "diverging", "loss-jump"),
        "batch_of_one": seen("healthy", "noisy-loss", "slow-start"),
        "kicked": seen("loss-jump", "diverging", "loss-spikes", "small-validation-set", *OVERFIT),
        "few_clean": seen("healthy", *OVERFIT),
        "poor_inputs": seen("underfitting", "healthy", also=("saturated-early",)),
        "sound_long": seen(*OVERFIT, "loss-metric-disagreement", also=("saturated-early",)),
        "sound_one_epoch": seen("healthy", also=("noisy-loss",)),
    },
))  # fmt: skip
