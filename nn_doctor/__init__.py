"""nn-doctor: a doctor for loss curves.

``read(path)`` gives runs in one series model, ``diagnose(path_or_data)`` the report. Names are imported when
first used, so that ``import nn_doctor`` costs next to nothing.
"""

from __future__ import annotations

from typing import Any

from nn_doctor.version import __version__

_HOMES = {
    "read": "api",
    "diagnose": "api",
    "assert_healthy": "integrations.health",
    "Settings": "settings",
    "LiveDoctor": "live.doctor",
    "Run": "series.model",
    "Series": "series.model",
    "Diagnosis": "report.model",
    "Evidence": "report.model",
    "Outcome": "report.model",
    "Report": "report.model",
    "RunReport": "report.model",
    "Expectation": "catalogue.base",
    "NNDoctorError": "errors",
    "ReadError": "errors",
    "ConfigError": "errors",
    "InsufficientData": "errors",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'nn_doctor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"nn_doctor.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
