"""Log-densities below zero, a net that gives mean and width."""

from benchmarks.lab.batteries import OVERFIT, Plan, family, seen

FAMILY = family("torch_density", "judging", "density", "tanh net", Plan(
    healthy={"epochs": 30, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 2e-4},
    high={"optimiser": "adam", "lr": 0.3},
    few={"train": 30},
    clean_few={"train": 40},
    poor={},
    noisy={},
    start=0.3,
    dropped=("poor_inputs", "sound_floor", "high_lr_cut"),
    relabelled={
        "slow_lr": seen("learning-rate-too-low", "still-improving"),
        "small_weights": seen("non-finite-loss", "diverging", "exploding-gradients"),
        "few_samples": seen(*OVERFIT, "still-improving", "healthy"),
        "few_clean": seen(*OVERFIT, "small-validation-set", "healthy"),
        "tiny_validation": seen("small-validation-set", "healthy"),
        "sorted": seen("unshuffled-data", "noisy-loss", "loss-spikes", "healthy"),
        "kicked": seen("non-finite-loss"),
        "batch_of_one": seen("noisy-loss", "loss-spikes", "healthy"),
        "sound_step_decay_unlogged": seen("non-finite-loss", "diverging"),
        "sound_momentum": seen("non-finite-loss", "diverging", "exploding-gradients"),
        "sound_rmsprop": seen("healthy", "small-validation-set", "noisy-loss", "learning-rate-too-high"),
    },
))  # fmt: skip
