"""The words that settings choose from, for the command line and the file alike. Imports nothing."""

from __future__ import annotations

FAIL_ON = ("never", "note", "warning", "critical")
SEVERITIES = ("note", "warning", "critical")
TASKS = ("auto", "classification", "regression", "lm", "gan", "rl", "boosting", "other")
EXPECT = ("normal", "finetune", "single-epoch", "overfit-one-batch", "lr-range")
RESTARTS = ("auto", "split", "join")
