"""The HTML report: one file, no network, readable without a script. ``render`` is the reporter."""

from __future__ import annotations

from nn_doctor.reporters.html.page import render

__all__ = ["render"]
