"""Regression on a random teacher network, a net with two hidden layers."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_teacher", "tuning", "teacher", "two hidden layers", Plan(
    healthy={"epochs": 30, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 1e-4},
    high={"optimiser": "sgd", "lr": 0.35},
    few={"train": 60, "noise": 0.8},
    clean_few={"train": 80},
    poor={"seen": 1},
    noisy={"noise": 0.8, "width": 12},
    start=0.3,
    relabelled={
        "small_weights": seen("healthy", also=("noisy-loss",)),
        "slow_lr": seen("learning-rate-too-low", "not-learning", also=("still-improving",)),
        "few_clean": seen(*OVERFIT, "healthy"),
        "sound_long": seen(*OVERFIT, also=("saturated-early",)),
        "kicked": seen("loss-jump", "diverging", "loss-spikes"),
        "spikes": seen("loss-spikes", "loss-jump", also=("diverging",)),
        "poor_inputs": seen("not-learning", "underfitting", also=("saturated-early",)),
        "batch_of_one": seen("noisy-loss", "healthy"),
    },
))  # fmt: skip
