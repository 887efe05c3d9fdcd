"""The rules by themselves: what the trees of the second opinion add is tested where it is named."""

from __future__ import annotations

import pytest

from tests.catalogue import draws

OWN = ("test_second_opinion", "test_contract", "likeness")


@pytest.fixture(autouse=True)
def rules_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of rules draw their curves; the trees know trainings, and have no say on drawings."""
    if not any(name in request.node.nodeid for name in OWN):
        monkeypatch.setattr("nn_doctor.catalogue.examine.with_second_opinion", lambda _, outcomes, __: list(outcomes))


@pytest.fixture(autouse=True)
def same_draws() -> None:
    """A test's random curves do not depend on the tests before it."""
    draws.anew()
