"""The writers of the sample logs, for tests that need stores of their own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_MAKE = Path(__file__).parents[2] / "sample_logs" / "make"


def writers():
    """The module ``sample_logs/make/stores.py``."""
    sys.path.insert(0, str(_MAKE))
    try:
        spec = importlib.util.spec_from_file_location("sample_stores", _MAKE / "stores.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(_MAKE))
    return module
