"""An autoencoder of digits."""

from benchmarks.lab.batteries import Plan, family, seen

FAMILY = family("torch_codes", "tuning", "codes", "autoencoder", Plan(
    healthy={"epochs": 30, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 1e-3},
    high={"optimiser": "rmsprop", "lr": 0.2},
    few={"train": 40},
    clean_few={"train": 60},
    poor={"size": 1},
    noisy={"size": 4},
    start=0.1,
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "still-improving", also=("underfitting",)),
        "small_weights": seen("healthy", "still-improving", "slow-start"),
        "batch_of_one": seen("healthy", "noisy-loss"),
        "kicked": seen("loss-jump", "loss-spikes", "healthy", also=("diverging",)),
        "few_samples": seen("healthy", "still-improving", "overfitting"),
        "few_clean": seen("healthy", "still-improving", "overfitting"),
        "tiny_validation": seen("healthy", "small-validation-set"),
        "poor_inputs": seen("healthy", "underfitting", "saturated-early"),
        "sorted": seen("healthy", "unshuffled-data"),
    },
))  # fmt: skip
