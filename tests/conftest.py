"""What holds for every test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

_AFTER_IMPORT: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _numbers_do_not_depend_on_the_tests_before(request: pytest.FixtureRequest) -> None:
    """A module's ``RNG`` begins anew with each test, whatever ran before it, in whatever process."""
    module = getattr(request, "module", None)
    rng = getattr(module, "RNG", None)
    if isinstance(rng, np.random.Generator):
        rng.bit_generator.state = _AFTER_IMPORT.setdefault(module.__name__, rng.bit_generator.state)
