"""The last number of a text without a line end: whole where those before it show so."""

from __future__ import annotations

import pytest

from nn_doctor.parsers.common.ending import is_whole


@pytest.mark.parametrize(
    ("last", "before"),
    [
        ("400", ["100", "200", "300"]),  # a count of steps; 4000 would leap
        ("32", ["32", "32", "32"]),
        ("0.51", ["0.7", "0.64", "0.58", "0.55"]),  # two decimals, zeros left off
        ("0.1853659376855704", ["0.19951951173664648", "0.2", "0.21"]),  # all that a double holds
        ("1.5e-04", ["1.7e-04", "1.6e-04", "1.6e-04"]),
    ],
)
def test_a_whole_number(last: str, before: list[str]) -> None:
    assert is_whole(last, before)


@pytest.mark.parametrize(
    ("last", "before"),
    [
        ("40", ["100", "200", "300"]),
        ("1", ["7", "8", "9"]),  # of 10
        ("4", ["3", "30", "300"]),
        ("0.5", ["0.7", "0.64", "0.58", "0.55"]),
        ("9.99", ["1.21e-04", "1.10e-04", "1.01e-04"]),  # of 9.99e-05
        ("1e-0", ["1e-04", "1e-04", "1e-04"]),
        ("0.51", ["0.62"]),  # one number before shows nothing
        ("200", ["100"]),
        ("12", []),
    ],
)
def test_perhaps_the_beginning_of_one(last: str, before: list[str]) -> None:
    assert not is_whole(last, before)
