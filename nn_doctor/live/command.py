"""Run the user's command when a diagnosis is told: what is known goes into its environment, never into its text."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from nn_doctor import safe

if TYPE_CHECKING:
    from nn_doctor.live.confirm import Told

PATIENCE = 60.0
"""Seconds a command may take."""


def environment(told: Told) -> dict[str, str]:
    """``NN_DOCTOR_`` CODE, SLUG, SEVERITY, CONFIDENCE, SUMMARY, FIX (the first), RUN and SOURCE."""
    diagnosis = told.diagnosis
    known = {
        "CODE": diagnosis.code,
        "SLUG": diagnosis.slug,
        "SEVERITY": diagnosis.severity,
        "CONFIDENCE": f"{diagnosis.confidence:.2f}",
        "SUMMARY": diagnosis.summary,
        "FIX": diagnosis.fixes[0] if diagnosis.fixes else "",
        "RUN": told.run.run.id,
        "SOURCE": told.run.run.source,
    }
    return {f"NN_DOCTOR_{name}": safe.one_line(text).replace("\0", "") for name, text in known.items()}


def run(command: str, told: Told) -> str:
    """Run it in the user's shell, its output on standard error; "" if it went well, else what went wrong."""
    try:
        done = subprocess.run(  # noqa: S602 - the user's own command, given on the command line
            command,
            shell=True,
            env={**os.environ, **environment(told)},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"the command {command!r} failed: {error}"
    return f"the command {command!r} ended with {done.returncode}" if done.returncode else ""
