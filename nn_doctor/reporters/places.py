"""Where a diagnosis stands: a path other tools can follow, a line, an identity that outlives one report."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, RunReport
    from nn_doctor.series.model import Run

MAX_LINE = (1 << 31) - 1


def relative(source: str) -> str:
    """``source`` with forward slashes and without detours, relative to the current folder where it lies in it.

    Continuous integration shows findings only at paths relative to the repository's top, where it runs the tool.
    """
    path = source.replace("\\", "/") if os.name == "nt" else source
    if path in ("", "-") or "\0" in path:
        return path
    path = posixpath.normpath(path)
    if not Path(path).is_absolute():
        return path
    try:
        here = Path.cwd().as_posix().rstrip("/")
    except OSError:  # the current folder has been removed
        return path
    return path[len(here) + 1 :] if path.startswith(f"{here}/") else path


def run_key(name: str, source: str) -> str:
    """A run's id with its source's path made relative: the same however the path was typed."""
    tail = name[len(source) :] if name.startswith(source) else f"#{name}"
    return relative(source) + tail


def line_of(run: Run, diagnosis: Diagnosis) -> int | None:
    """The line of the log at which the diagnosis's span begins; None where it is not known (binary logs, folders)."""
    span = diagnosis.span
    if run.file is None or span is None:
        return None
    for name in diagnosis.series:
        series = next((s for s in run.series if s.name == name), None)
        if series is None or series.line is None or not len(series):
            continue
        x = series.x if series.axis == span.axis else getattr(series, span.axis, None)
        if x is None:
            continue
        at = int(np.searchsorted(x, span.start))
        line = int(series.line[min(at, len(series) - 1)])
        return line if 0 < line <= MAX_LINE else None
    return None


def fingerprint(*parts: str) -> str:
    """64 hexadecimal digits that stand for these words: stable from one report to the next."""
    import hashlib

    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()


def ranked(runs: tuple[RunReport, ...]) -> list[tuple[RunReport, Diagnosis]]:
    """The diagnoses of all runs: those that gate first, known ones last, then by severity and confidence."""
    weights = {"critical": 0, "warning": 1, "note": 2}
    found = [(run, diagnosis) for run in runs for diagnosis in run.diagnoses]
    return sorted(found, key=lambda pair: (
        not pair[1].gates, pair[1].known, weights[pair[1].severity], -pair[1].confidence, pair[1].code
    ))  # fmt: skip
