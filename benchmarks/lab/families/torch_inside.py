"""A deep plain net on clusters that logs its inside."""

from benchmarks.lab.base import Configuration, Family

DOOMED = (
    "not-learning",
    "diverging",
    "non-finite-loss",
    "loss-spikes",
    "loss-jump",
    "learning-rate-too-high",
    "slow-start",
    "noisy-loss",
    "exploding-gradients",
)
FLAT = (
    "not-learning",
    "vanishing-gradients",
    "activation-collapse",
    "dead-units",
    "slow-start",
    "learning-rate-too-low",
    "underfitting",
    "wrong-initial-loss",
    "update-ratio",
)
N, L = ("grad_norm", "lr"), ("layers",)

FAULTS = {
    "explode_growth": (
        {"unit": "none", "optimiser": "sgd", "lr": 1e-3, "grow": 9, "logs": N},
        ("exploding-gradients", "diverging", "non-finite-loss"),
        DOOMED,
    ),
    "explode_sgd": (
        {"optimiser": "sgd", "lr": 0.5, "grow": 4, "gain": 1.5, "logs": N},
        ("exploding-gradients", "diverging", "non-finite-loss", "not-learning"),
        DOOMED,
    ),
    "explode_layers": (
        {"unit": "none", "optimiser": "sgd", "lr": 1e-3, "grow": 9, "logs": L},
        ("exploding-gradients", "diverging", "non-finite-loss"),
        DOOMED,
    ),
    "explode_tanh": (
        {"unit": "tanh", "optimiser": "sgd", "lr": 1e-2, "grow": 9, "gain": 2, "logs": N},
        ("exploding-gradients", "diverging", "learning-rate-too-high", "loss-jump"),
        DOOMED,
    ),
    "vanish_sigmoid": (
        {"unit": "sigmoid", "depth": 8, "optimiser": "sgd", "lr": 0.05, "logs": L},
        ("vanishing-gradients",),
        FLAT,
    ),
    "vanish_sigmoid_adam": (
        {"unit": "sigmoid", "depth": 12, "lr": 1e-3, "logs": ("layers", "grad_norm")},
        ("vanishing-gradients", "not-learning", "slow-start"),
        FLAT,
    ),
    "vanish_small": (
        {"unit": "tanh", "depth": 10, "gain": 0.2, "optimiser": "sgd", "lr": 0.05, "logs": L},
        ("vanishing-gradients", "not-learning"),
        FLAT,
    ),
    "vanish_relu_small": (
        {"depth": 8, "gain": 0.3, "optimiser": "sgd", "lr": 0.05, "logs": ("layers", "accuracy")},
        ("vanishing-gradients", "not-learning"),
        FLAT,
    ),
    "updates_tiny": ({"lr": 1e-7, "logs": ("updates", "lr")}, ("update-ratio", "not-learning"), FLAT),
    "updates_tiny_sgd": (
        {"optimiser": "sgd", "lr": 1e-5, "logs": ("updates",)},
        ("update-ratio", "not-learning", "learning-rate-too-low"),
        (*FLAT, "learning-rate-too-low"),
    ),
    "updates_huge": (
        {"lr": 1.0, "logs": ("updates", "lr")},
        ("update-ratio", "diverging", "not-learning", "learning-rate-too-high", "loss-spikes", "non-finite-loss"),
        (*DOOMED, "update-ratio", "wrong-initial-loss", "saturated-early"),
    ),
    "dead_bias": ({"bias": -3.0, "logs": ("dead", "accuracy")}, ("dead-units", "not-learning"), FLAT),
    "dead_bias_sgd": (
        {"bias": -4.0, "optimiser": "sgd", "lr": 0.02, "logs": ("dead",)},
        ("dead-units", "not-learning"),
        FLAT,
    ),
    "dead_rate": (
        {"lr": 0.1, "depth": 4, "logs": ("dead", "lr")},
        ("dead-units",),
        (*DOOMED, *FLAT, "saturated-early"),
    ),
    "dead_zeros": ({"bias": -4.0, "logs": ("zeros",)}, ("dead-units", "not-learning"), FLAT),
    "penalty_large": (
        {"penalty": 0.05, "optimiser": "sgd", "lr": 1e-3, "logs": ()},
        ("regularisation-dominates",),
        (*FLAT, "still-improving"),
    ),
    "penalty_adam": (
        {"penalty": 1.0, "lr": 1e-4, "logs": ()},
        ("regularisation-dominates",),
        (*FLAT, "still-improving"),
    ),
    "penalty_deep": (
        {"penalty": 0.02, "optimiser": "sgd", "lr": 1e-3, "depth": 10, "logs": ("lr",)},
        ("regularisation-dominates",),
        (*FLAT, "still-improving"),
    ),
    "term_tiny": (
        {"terms": True, "weight": 1e-5, "optimiser": "sgd", "lr": 0.02, "logs": ()},
        ("loss-term-imbalance",),
        ("still-improving",),
    ),
    "term_tiny_wide": (
        {"terms": True, "weight": 1e-4, "optimiser": "sgd", "lr": 0.01, "width": 64, "depth": 3, "logs": ("lr",)},
        ("loss-term-imbalance",),
        ("still-improving",),
    ),
    "rate_zero": ({"schedule": "short", "logs": ("lr", "accuracy")}, ("learning-rate-schedule",), ("saturated-early",)),
    "rate_zero_sgd": (
        {"schedule": "short", "optimiser": "sgd", "lr": 0.05, "depth": 3, "logs": ("lr",)},
        ("learning-rate-schedule",),
        ("saturated-early", "noisy-loss", "underfitting"),
    ),
    "rate_restart": (
        {"schedule": "restart", "lr": 0.03, "depth": 4, "logs": ("lr",)},
        ("learning-rate-schedule", "diverging", "loss-jump"),
        (*DOOMED, "learning-rate-schedule"),
    ),
    "warmup_lost": (
        {"schedule": "warmup", "lr": 0.1, "depth": 4, "logs": ("lr", "grad_norm")},
        ("learning-rate-schedule", "diverging", "loss-jump", "learning-rate-too-high"),
        (*DOOMED, "learning-rate-schedule"),
    ),
    "clip_tiny": (
        {"clip": 0.02, "clip_logged": True, "optimiser": "sgd", "lr": 0.5, "logs": N},
        ("clipping-saturated",),
        ("still-improving", "learning-rate-too-low", "noisy-loss"),
    ),
    "clip_tiny_deep": (
        {"clip": 0.1, "clip_logged": True, "optimiser": "sgd", "lr": 0.1, "depth": 8, "logs": ("grad_norm",)},
        ("clipping-saturated",),
        ("still-improving", "learning-rate-too-low", "noisy-loss"),
    ),
    "clip_small_adam": (
        {"clip": 0.05, "clip_logged": True, "logs": N},
        ("clipping-saturated",),
        ("still-improving", "noisy-loss"),
    ),
    "collapse": (
        {"depth": 10, "gain": 0.3, "logs": ("spread",)},
        ("activation-collapse", "not-learning", "slow-start"),
        FLAT,
    ),
    "collapse_sgd": (
        {"depth": 8, "gain": 0.3, "optimiser": "sgd", "lr": 0.05, "logs": ("spread", "accuracy")},
        ("activation-collapse", "not-learning"),
        FLAT,
    ),
    "collapse_tanh": (
        {"depth": 10, "unit": "tanh", "gain": 0.2, "optimiser": "sgd", "lr": 0.05, "logs": ("spread",)},
        ("activation-collapse", "not-learning"),
        FLAT,
    ),
}
HEALTHY = {
    "everything": ({}, "all inner series logged"),
    "cosine": ({"schedule": "cosine"}, "cosine with inner series"),
    "shallow": ({"depth": 2, "logs": (*N, "layers", "dead")}, "gradients fall with the loss"),
    "normed": ({"norm": True, "depth": 10}, "ten layers with normalisation"),
    "tanh": ({"unit": "tanh", "depth": 4, "logs": ("layers", "spread", "updates")}, "tanh"),
    "gelu_sgd": ({"unit": "gelu", "optimiser": "sgd", "lr": 0.1, "depth": 3, "logs": (*N, "spread")}, "SGD and GELU"),
    "clip_rare": ({"clip": 5.0, "clip_logged": True, "logs": N}, "clipping acts at first only"),
    "small_penalty": ({"penalty": 1e-4, "logs": ()}, "a small penalty"),
    "two_terms": ({"terms": True, "weight": 0.1, "logs": ("lr",)}, "two terms of different size"),
    "warmup": ({"schedule": "warmup", "lr": 2e-3, "logs": N}, "warm-up peak of the norm"),
    "zeros": ({"logs": ("zeros", "grad_norm")}, "half of the activations are zero"),
    "long_converged": (
        {"steps": 3000, "every": 20, "schedule": "cosine", "logs": N},
        "norms fall by orders of magnitude",
    ),
}
DIALECTS = ("step_or_epoch_csv", "json_lines", "key_value")
NOT_ALARMING = ("noisy-loss",)

FAMILY = Family(
    name="torch_inside", script="torch_inside", data="clusters of eight classes", model="deep plain net", part="judging",
    configurations=(
        *(Configuration(f"deep_{k}", a, first, also, k.replace("_", " "), dialect=DIALECTS[i % 3], seeds=3) for i, (k, (a, first, also)) in enumerate(FAULTS.items())),
        *(Configuration(f"deep_sound_{k}", a, ("healthy",), (), "", kind, excused=NOT_ALARMING, dialect=DIALECTS[i % 3], seeds=4) for i, (k, (a, kind)) in enumerate(HEALTHY.items())),
    ),
)  # fmt: skip
