"""Friedman's function, one hidden layer: held out."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_friedman", "held-out", "friedman", "one hidden layer", Plan(
    healthy={"epochs": 60, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 1e-4},
    high={"optimiser": "sgd", "lr": 0.2},
    few={"train": 40, "noise": 2.0},
    clean_few={"train": 50},
    poor={"noise": 12.0},
    noisy={"noise": 2.0},
    start=0.2,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "not-learning", "still-improving"),
        "small_weights": seen("healthy"),
        "few_samples": seen("healthy", "still-improving", "overfitting"),
        "few_clean": seen("healthy", "still-improving", "overfitting"),
        "poor_inputs": seen(*OVERFIT, "underfitting"),
        "kicked": seen("loss-jump", "diverging", "loss-spikes"),
    },
))  # fmt: skip
