"""The numpy trainings behind the samples: the rules grew up on them, so they are tuning data."""

import importlib
import sys
from pathlib import Path

from benchmarks.lab.base import NOTES, Configuration, Family

sys.path.insert(0, str(Path(__file__).parents[3] / "sample_logs" / "make"))

OPTIONS = {"boosting": {"task": "boosting"}, "rl": {"task": "rl"}, "gan": {"task": "gan"}}


def _configurations() -> tuple[Configuration, ...]:
    lab = importlib.import_module("lab")
    table = lab.jobs()
    return tuple(_configuration(name, table[name], lab) for name in table)


def _configuration(name: str, job: tuple, lab: object) -> Configuration:
    work, first, also, kind, task = job
    healthy = kind == "healthy"
    given = {"classes": work.args["classes"]} if "classes" in getattr(work, "args", {}) else OPTIONS.get(task, {})
    return Configuration(
        name=name,
        args={"name": name},
        first=tuple(first),
        also=tuple(slug for slug in also if slug not in NOTES),
        fault="" if healthy else name.replace("_", " "),
        kind=name.removeprefix("healthy_").replace("_", " ") if healthy else "",
        options=given,
        params=lab.params(work) if hasattr(work, "batch") else {},
        dialect="step_or_epoch_csv" if getattr(work, "log_every", 0) or hasattr(work, "func") else "keras_csv",
    )


FAMILY = Family("samples_numpy", "samples_numpy", "digits, text, diabetes", "numpy nets", "tuning", _configurations())
