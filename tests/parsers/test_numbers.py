from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.parsers.common.numbers import is_absent, parse_duration, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.31", 0.31),
        (" -1e-3 ", -0.001),
        ("-0.0", 0.0),
        ("12 %", 12.0),
        ("-100.00%", -100.0),
        ("30ms", 30.0),
        ("30.82dB", 30.82),
        ("1756Mb", 1756.0),
        ("12K", 12000.0),
        ("127.0K", 127000.0),
        ("5.23G", 5.23e9),
        ("14.97.", 14.97),
        ("4.", 4.0),
        ('"0.5"', 0.5),
        ("tensor(0.3, device='cuda:0')", 0.3),
        ("tensor(0.0126, device='cuda:0', grad_fn=<NllLossBackward>)", 0.0126),
        ("np.float64(0.25)", 0.25),
        ("[0.59]", 0.59),
        ("[[0.59]]", 0.59),
        ("3,840", 3840.0),
        ("1,234,567.5", 1234567.5),
        ("1_000", 1000.0),
        ("٣", 3.0),
        ("１２", 12.0),
        ("−1.5", -1.5),
        ("1e400", math.inf),
        ("4e492493924924", math.inf),
        ("9" * 5000, math.inf),
        ("0." + "3" * 400, 1 / 3),
        ("inf", math.inf),
        ("-Infinity", -math.inf),
        ("-1.#INF", -math.inf),
        ("5e-324", 5e-324),
    ],
)
def test_numbers_as_logs_write_them(text, value):
    assert parse_number(text) == pytest.approx(value, rel=1e-15, abs=0)


@pytest.mark.parametrize("text", ["nan", "NaN", "-nan", "1.#QNAN", "-1.#IND", "nan(ind)", "tensor(nan)", "nan%"])
def test_every_spelling_of_nan_is_a_value(text):
    value = parse_number(text)
    assert value is not None
    assert math.isnan(value)
    assert not is_absent(text)


@pytest.mark.parametrize("text", ["", "  ", "None", "null", "NA", "N/A", "-", "_", '""', "No log"])
def test_absent_cells(text):
    assert is_absent(text)
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["True", "1+2j", "0x1p3", "2020-01-21", "10/20", "1.2.3", "0.5 loss", "12e", "[0.1 0.2]", "tensor([1, 2])",
     "1,2", "01,234", "12:33:21", "abc", "[" * 5000, "9" * 20_000],
)  # fmt: skip
def test_text_is_no_number(text):
    assert parse_number(text) is None


def test_decimal_comma_only_when_asked_for():
    assert parse_number("0,31") is None
    assert parse_number("0,31", decimal_comma=True) == 0.31
    assert parse_number("1.234,5", decimal_comma=True) == 1234.5
    assert parse_number("1,5 %", decimal_comma=True) == 1.5
    assert parse_number("0.31", decimal_comma=True) == 0.31


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("00:14", 14), ("1:02:03", 3723), ("2m 22s", 142), ("14m 08s", 848), ("2 days, 0:00:05", 172805), ("0s", 0)],
)
def test_durations(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "3", "0.5", "2020-01-21", "abc", "1:2:3:4"])
def test_not_durations(text):
    assert parse_duration(text) is None


@given(st.floats())
def test_every_float_comes_back(value):
    back = parse_number(repr(value))
    assert back is not None
    assert back == value or (math.isnan(back) and math.isnan(value))


@given(st.integers(min_value=1000, max_value=10**15))
def test_thousands_separators(value):
    assert parse_number(f"{value:,}") == value


@given(st.text(max_size=200))
def test_any_text_is_survived_and_never_both_absent_and_a_number(text):
    for comma in (False, True):
        value = parse_number(text, comma)
        assert value is None or not is_absent(text)
    parse_duration(text)


@pytest.mark.parametrize("shape", ["9", "9,", "(", "[", "tensor(", "1:", "1d ", "1.#", " "])
def test_hostile_texts_take_no_time(shape):
    started = time.process_time()
    for size in (9_000, 100_000):
        parse_number((shape * size)[:size])
        parse_duration((shape * size)[:size])
    assert time.process_time() - started < 1
