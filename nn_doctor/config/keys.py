"""The keys of the file: each named as the option of the command line, with its check and the field it sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nn_doctor.config import checks, choices

if TYPE_CHECKING:
    from nn_doctor.config.checks import Check


@dataclass(frozen=True, slots=True)
class Key:
    """One key: ``field`` of Settings or Expectation (or of the report, where ``of_report``)."""

    name: str
    field: str
    check: Check
    of_report: bool = False


KEYS = (
    Key("select", "select", checks.codes),
    Key("ignore", "ignore", checks.codes),
    Key("severities", "severities", checks.severities),
    Key("thresholds", "limits", checks.thresholds),
    Key("fail-on", "fail_on", checks.choice(choices.FAIL_ON)),
    Key("min-confidence", "min_confidence", checks.share),
    Key("gate-confidence", "gate_confidence", checks.share),
    Key("task", "task", checks.choice(choices.TASKS)),
    Key("expect", "expect", checks.choice(choices.EXPECT)),
    Key("classes", "classes", checks.whole(2)),
    Key("batches-per-epoch", "batches_per_epoch", checks.whole(1)),
    Key("val-size", "val_size", checks.whole(1)),
    Key("params", "params", checks.params),
    Key("parser", "parser", checks.text),
    Key("map", "maps", checks.maps),
    Key("objective", "objective", checks.text),
    Key("x", "x", checks.text),
    Key("from", "x_from", checks.number),
    Key("to", "x_to", checks.number),
    Key("restarts", "restarts", checks.choice(choices.RESTARTS)),
    Key("format", "form", checks.form, of_report=True),
    Key("reports", "reports", checks.reports, of_report=True),
    Key("known", "known", checks.text, of_report=True),
    Key("jobs", "jobs", checks.whole(0), of_report=True),
)
BY_NAME = {key.name: key for key in KEYS}
PLUGINS, OVERRIDES, PATHS = "plugins", "overrides", "paths"
"""Keys that are no setting: entry points to load, settings by path, and their patterns."""
