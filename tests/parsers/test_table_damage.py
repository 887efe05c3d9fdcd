from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers import delimited
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.tables import fast
from tests.parsers.reading import curves, notes, read

ROWS = [(e, 2 / (1 + e), 2.1 / (1 + e) + 0.1) for e in range(40)]
CLEAN = "epoch,loss,val_loss\n" + "".join(f"{e},{a:.4f},{b:.4f}\n" for e, a, b in ROWS)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + CLEAN.encode(),
        b"\xff\xfe" + CLEAN.encode("utf-16-le"),
        b"\xfe\xff" + CLEAN.encode("utf-16-be"),
        CLEAN.replace("\n", "\r\n").encode(),
        CLEAN.replace("\n", "\r\r\n").encode(),
        CLEAN.replace("\n", "\r").encode(),
        CLEAN.replace("\n20,", "\n" + "\0" * 225 + "20,").encode(),
        CLEAN.replace(",", "\t").encode(),
        CLEAN.replace(",", ";").replace(".", ",").encode(),
        CLEAN.replace(",", "   ").encode(),
        CLEAN.replace("\n", ",\n").encode(),
        CLEAN.replace("\n20,", "\n\n\n20,").encode(),
        CLEAN.replace("\n20,", "\n# note, by hand\n20,").encode(),
        "".join(",".join(f'"{c}"' for c in row.split(",")) + "\n" for row in CLEAN.splitlines()).encode(),
        ("Model A, batch 50\n\n" + CLEAN).encode(),
    ],
)
def test_the_clean_table_comes_back(data):
    assert curves(data) == curves(CLEAN)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12 %", 12.0),
        ("30ms", 30.0),
        ("\"tensor(0.3, device='cuda:0')\"", 0.3),
        ("nan", math.nan),
        ("-nan", math.nan),
        ("1.#QNAN", math.nan),
        ("inf", math.inf),
        ("-Infinity", -math.inf),
        ("1e400", math.inf),
        ('"3,840"', 3840.0),
        ("1_000", 1000.0),
    ],
)
@pytest.mark.parametrize("big", [False, True])
def test_odd_cells_in_a_column_of_numbers(tmp_path, monkeypatch, cell, value, big):
    if big:
        monkeypatch.setattr(fast, "BIG", 0)
    path = tmp_path / "run.csv"
    path.write_text("epoch,loss\n" + "".join(f"{e},{cell if e == 3 else 0.5}\n" for e in range(9)))
    (recording,) = delimited.read(Source("run.csv", path), ReadOptions())
    (loss,) = recording.channels
    np.testing.assert_array_equal(loss.y, [0.5, 0.5, 0.5, value, 0.5, 0.5, 0.5, 0.5, 0.5])


@pytest.mark.parametrize("cell", ["", "None", "null", "NA", "-", "_"])
def test_absent_cells_make_no_point(cell):
    (recording,) = read("epoch,loss\n" + "".join(f"{e},{cell if e == 3 else 0.5}\n" for e in range(9)))
    assert recording.channels[0].epoch.tolist() == [0, 1, 2, 4, 5, 6, 7, 8]


def test_rows_of_train_and_validation_alternate():
    text = "epoch,step,loss,val_loss\n" + "".join(f"{e},{e * 10 + 5},0.5,\n{e},{e * 10 + 9},,0.7\n" for e in range(5))
    (recording,) = read(text)
    loss, val = recording.channels
    assert loss.step.tolist() == [5, 15, 25, 35, 45]
    assert val.step.tolist() == [9, 19, 29, 39, 49]


def test_short_rows_keep_their_cells_and_long_rows_lose_the_rest():
    text = CLEAN.replace("\n20,0.0952,", "\n20,0.0952\n99,").replace("\n30,0.0645,0.1677", "\n30,0.0645,0.1677,7,8")
    found, clean = curves(text), curves(CLEAN)
    assert found["loss"][:21] == clean["loss"][:21]
    assert found["val_loss"][:20] == clean["val_loss"][:20]
    assert found["val_loss"][-10:] == clean["val_loss"][-10:]
    assert "more cells than the header" in notes(text)


def test_equal_names_are_numbered():
    assert set(curves("epoch,loss,loss,loss\n0,1,2,3\n1,1,2,3\n")) == {"loss", "loss.1", "loss.2"}


def test_a_second_header_of_the_same_width_begins_new_columns():
    (recording,) = read("epoch,loss\n0,1.5\n1,1.2\nepoch,accuracy\n0,0.1\n1,0.2\n")
    assert {c.name: c.y.tolist() for c in recording.channels} == {"loss": [1.5, 1.2], "accuracy": [0.1, 0.2]}


def test_an_unclosed_quote_costs_no_more_than_its_row():
    found, clean = curves(CLEAN.replace("\n20,", '\n"20,')), curves(CLEAN)
    assert len(found["loss"]) >= len(clean["loss"]) - 1
    assert found["loss"][:20] == clean["loss"][:20]
    assert found["loss"][-10:] == clean["loss"][-10:]


def test_numbers_without_a_header_are_named_by_position():
    assert curves("0.5 1.5\n0.7 1.2\n0.6 1.0\n", "x.txt") == {"column 1": [0.5, 0.7, 0.6], "column 2": [1.5, 1.2, 1.0]}


def test_one_row_is_read_and_a_header_alone_is_an_empty_log():
    assert curves("epoch,loss\n0,1.5\n") == {"loss": [1.5]}
    (recording,) = read("epoch,loss\n")
    assert recording.channels == ()
    assert "without rows" in recording.notes[0].text


def test_a_table_of_models_is_no_run():
    with pytest.raises(ReadError, match="table of runs"):
        read("model,val_acc,loss\n" + "".join(f"m{i},{i / 20},{1 - i / 20}\n" for i in range(20)))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_named_columns_does_not_matter(order):
    names = ["epoch", "loss", "val_loss", "accuracy"]
    rows = [[e, 1 / (e + 1), "" if e % 2 else 0.5, e / 10] for e in range(9)]
    text = "\n".join(",".join(str(row[i]) for i in order) for row in [names, *rows]) + "\n"
    (recording,) = read(text)
    found = {c.name: (c.y.tolist(), c.epoch.tolist()) for c in recording.channels}
    assert found == {
        "loss": ([1 / (e + 1) for e in range(9)], list(range(9))),
        "val_loss": ([0.5] * 5, [0, 2, 4, 6, 8]),
        "accuracy": ([e / 10 for e in range(9)], list(range(9))),
    }


@settings(max_examples=60, deadline=None)
@given(st.integers(34, len(CLEAN)))
def test_a_cut_row_is_told(cut):
    text = CLEAN[:cut]
    whole = text.endswith("\n")
    assert ("last row" in notes(text)) == (not whole and text.rsplit("\n", 1)[1].strip(",") != "")


def test_a_header_longer_than_a_head_keeps_all_its_names():
    names = [f"a_rather_long_name_{i}" for i in range(9_000)]
    row = ",".join("0.5" for _ in names)
    found = curves("epoch," + ",".join(names) + "\n" + "".join(f"{e},{row}\n" for e in range(3)))
    assert list(found) == names


HOSTILE = {
    "commas": "," * 10**6,
    "a line of commas": CLEAN + "," * 10**6 + "\n" + CLEAN,
    "quotes": '"' * 10**6,
    "lines of quotes": CLEAN + '"\n' * 10**5 + CLEAN,
    "quote soup": ('",' * 50 + "\n") * 5000,
    "an open quote": CLEAN + '"\n' + CLEAN * 200,
    "a long field": CLEAN.replace("\n20,", "\n20" + "x" * 200_000 + ","),
    "a long quoted field": CLEAN.replace("\n20,", '\n"20' + "x\n" * 100_000 + '",'),
    "a long name": CLEAN.replace("loss", "l" * 200_000, 1),
    "long digits": "epoch,loss\n" + "".join(f"{i},{'9' * 5000}\n" for i in range(100)),
    "long groups": "epoch,loss\n" + "".join(f"{i},{'1,' * 9000}\n" for i in range(10)),
    "brackets": "epoch,loss\n" + "".join(f"{i},{'(' * 9000}\n" for i in range(100)),
    "carriage returns": "\r" * 10**6,
    "blanks": " \t" * 500_000,
    "many columns": "epoch," + ",".join(f"m{i}" for i in range(20_000)) + "\n" + ("1," * 20_000 + "1\n") * 3,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tables_take_little_time(text):
    started = time.process_time()
    given_source = Source("run.csv", given=text.encode())
    delimited.sniff(given_source.head)
    try:
        recordings = delimited.read(given_source, ReadOptions())
    except ReadError:
        recordings = []
    assert time.process_time() - started < 5
    assert sum(len(r.channels) for r in recordings) <= 10_000
