"""Gaussian clusters, a plain net."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_clusters", "tuning", "clusters", "plain net", Plan(
    classes=6,
    healthy={"epochs": 30, "optimiser": "adam", "lr": 2e-3},
    slow={"optimiser": "sgd", "lr": 3e-4},
    high={"optimiser": "momentum", "lr": 0.5},
    few={"train": 150, "wrong": 0.3},
    clean_few={"train": 150, "spread": 1.8},
    poor={"width": 1, "deep": 1},
    noisy={"wrong": 0.2, "width": 16},
    start=0.15,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "not-learning", also=("still-improving",)),
        "high_lr_cut": seen("not-learning", "learning-rate-too-high", "diverging"),
        "batch_of_one": seen("noisy-loss", "healthy"),
        "poor_inputs": seen("underfitting", "still-improving", "learning-rate-too-low"),
        "kicked": seen(*OVERFIT, "loss-jump", "loss-metric-disagreement", "small-validation-set"),
        "sound_long": seen(*OVERFIT, also=("loss-metric-disagreement", "saturated-early")),
    },
))  # fmt: skip
