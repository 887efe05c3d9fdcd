"""A fixture for tests of training code: ``assert_healthy`` with the project's configuration.

def test_training(assert_healthy, tmp_path):
train(log=tmp_path / "run.csv")
assert_healthy(tmp_path / "run.csv", fail_on="critical")
"""  # fmt: skip

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.report.model import Report


@pytest.fixture
def assert_healthy(pytestconfig: pytest.Config) -> Callable[..., Report]:
    """``nn_doctor.assert_healthy`` with the configuration found from pytest's root folder upwards."""
    from nn_doctor.config import load
    from nn_doctor.integrations import health

    return partial(health.assert_healthy, config=load.find(pytestconfig.rootpath))
