"""Two moons and a small perceptron: the example for a new family."""

from benchmarks.lab.base import Configuration, Family

FAMILY = Family(
    name="moons_mlp",
    script="moons_mlp",
    data="two moons",
    model="perceptron",
    part="tuning",
    configurations=(
        Configuration("moons_healthy_sgd", {"lr": 0.1}, ("healthy",), kind="a plain fall"),
        Configuration(
            "moons_lr_tiny",
            {"lr": 1e-4, "epochs": 40},
            ("not-learning", "learning-rate-too-low"),
            fault="learning rate a thousand times too small",
        ),
    ),
)
