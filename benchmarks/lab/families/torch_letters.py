"""The next character of Python's documentation, a GRU."""

from benchmarks.lab.batteries import Plan, family

FAMILY = family("torch_letters", "judging", "letters", "GRU", Plan(
    healthy={"epochs": 12, "batch": 48, "optimiser": "adam", "lr": 3e-3},
    slow={"optimiser": "sgd", "lr": 3e-4},
    high={"optimiser": "momentum", "lr": 4.0},
    few={"train": 500},
    clean_few={"train": 1000},
    poor={"size": 1},
    noisy={"size": 8},
    start=0.1,
))  # fmt: skip
