"""The next character of Python's documentation, a GRU."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_letters", "tuning", "letters", "GRU", Plan(
    healthy={"epochs": 12, "batch": 48, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 3e-4},
    high={"optimiser": "momentum", "lr": 4.0},
    few={"train": 500},
    clean_few={"train": 1000},
    poor={"size": 1},
    noisy={"size": 8},
    start=0.1,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "not-learning"),
        "small_weights": seen("healthy", "underfitting", also=("saturated-early",)),
        "stopped": seen("healthy", "still-improving"),
        "kicked": seen("loss-jump", "diverging", "loss-spikes"),
        "poor_inputs": seen("underfitting", "healthy", also=("saturated-early",)),
        "killed": seen("healthy"),
        "sound_big_batch": seen("healthy", *OVERFIT),
        "sound_one_epoch": seen("healthy", also=("noisy-loss",)),
    },
))  # fmt: skip
